import {
  type Attribution,
  attributionOf,
  checkGroups,
  checkRows,
  type InputGroup,
  type Reference,
} from './attribution.ts';
import type { ExplainedOutput } from './explained-output.ts';
import { stepColumns, type TraceBlock } from './time-bands.ts';

/**
 * What the output loses when a group, e.g. a time band, looks like the reference: f(x) - f(x with the group of b).
 * Groups are replaced one at a time, so the values add up only when no two of them act together; the residual tells.
 * Source: Zeiler and Fergus 2014.
 * @returns one value a group, in their order, in the unit of the output.
 * @throws RangeError when rows do not fit, or a group is empty, unnamed, outside the row or shares a column.
 */
export function occlusion(
  explained: ExplainedOutput,
  row: Float64Array,
  reference: Reference,
  groups: readonly InputGroup[],
): Attribution {
  checkRows(explained, row, reference);
  checkGroups(groups, explained.inputCount);
  const output = explained.valueOf(row);
  return attributionOf(explained, row, reference, {
    method: 'occlusion',
    parameters: { groups: groups.map(({ name }) => name).join('; ') },
    values: Float64Array.from(
      groups,
      ({ columns }) => output - valueWithout(explained, row, reference, columns),
    ),
    shape: [groups.length],
  });
}

export interface SlidingWindow {
  /** Steps that are replaced together, 1 to the steps of the trace. */
  size: number;
  /** Steps from one window to the next, 1 to `size`, so that no step is left out. */
  stride: number;
}

/** Values: one a step, the mean loss over the windows that hold it. */
export interface WindowOcclusion extends Attribution {
  /** First step of each window. */
  starts: readonly number[];
  /** What the output loses by each window, in its unit. */
  drops: Float64Array;
  /** Windows that hold each step. */
  windowCounts: Float64Array;
}

/**
 * Occlusion by windows that slide over a trace; all channels of a window's steps take the values of the reference.
 * Windows start at 0, stride, 2 stride, ... until one reaches the end; the last may be shorter.
 * @param block - where the trace lies in the row.
 * @returns values of shape [steps], in the unit of the output.
 * @throws RangeError when rows, block or window do not fit.
 */
export function windowOcclusion(
  explained: ExplainedOutput,
  row: Float64Array,
  reference: Reference,
  block: TraceBlock,
  { size, stride }: SlidingWindow,
): WindowOcclusion {
  checkRows(explained, row, reference);
  const { steps } = block;
  if (Math.max(...stepColumns(block, steps - 1, steps)) >= row.length) {
    throw new RangeError('the trace does not lie inside of the row');
  }
  if (!Number.isInteger(size) || size < 1 || size > steps) {
    throw new RangeError(`a window holds 1 to ${steps} steps, not ${size}`);
  }
  if (!Number.isInteger(stride) || stride < 1 || stride > size) {
    throw new RangeError(`windows of ${size} steps are 1 to ${size} steps apart, not ${stride}`);
  }
  const output = explained.valueOf(row);
  const windowTotal = Math.ceil((steps - size) / stride) + 1;
  const starts = Array.from({ length: windowTotal }, (_, k) => k * stride);
  const drops = new Float64Array(windowTotal);
  const sums = new Float64Array(steps);
  const windowCounts = new Float64Array(steps);
  for (const [k, start] of starts.entries()) {
    const end = Math.min(steps, start + size);
    drops[k] = output - valueWithout(explained, row, reference, stepColumns(block, start, end));
    for (let step = start; step < end; step += 1) {
      sums[step]! += drops[k]!;
      windowCounts[step]! += 1;
    }
  }
  const attribution = attributionOf(explained, row, reference, {
    method: 'occlusion',
    parameters: { size, stride, steps, channels: block.channels, offset: block.offset ?? 0 },
    values: sums.map((sum, step) => sum / windowCounts[step]!),
    shape: [steps],
  });
  return { ...attribution, starts, drops, windowCounts };
}

function valueWithout(
  explained: ExplainedOutput,
  row: Float64Array,
  reference: Reference,
  columns: readonly number[],
): number {
  const changed = row.slice();
  for (const column of columns) changed[column] = reference.row[column]!;
  return explained.valueOf(changed);
}
