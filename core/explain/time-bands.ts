import type { InputGroup } from './attribution.ts';

/** Where a trace lies in an input row: values row-major [step][channel] from `offset` on. */
export interface TraceBlock {
  steps: number;
  channels: number;
  /** Columns before it; none if not said. */
  offset?: number;
}

/** Columns of the steps first..end - 1 of a trace, all channels. @throws RangeError when they are none of it. */
export function stepColumns(block: TraceBlock, first: number, end: number): number[] {
  const { channels, offset } = checkedBlock(block);
  if (!Number.isInteger(first) || !Number.isInteger(end) || first < 0 || first >= end || end > block.steps) {
    throw new RangeError(`steps ${first} to ${end} are no part of a trace of ${block.steps} steps`);
  }
  return Array.from({ length: (end - first) * channels }, (_, i) => offset + first * channels + i);
}

/**
 * Cuts a trace into bands of equal length, as nearly as whole steps allow: band k of B holds the steps from
 * floor(k steps / B) to before floor((k + 1) steps / B).
 * @param count - bands, 1 to the number of steps.
 * @returns one group a band in the order of time, named by its steps, e.g. "steps 0-9".
 * @throws RangeError when the block is none or has fewer steps than bands.
 */
export function timeBands(block: TraceBlock, count: number): InputGroup[] {
  const { steps } = checkedBlock(block);
  if (!Number.isInteger(count) || count < 1 || count > steps) {
    throw new RangeError(`a trace of ${steps} steps cannot be cut into ${count} bands`);
  }
  const edge = (k: number) => Math.floor((k * steps) / count);
  return Array.from({ length: count }, (_, k) => ({
    name: `steps ${edge(k)}-${edge(k + 1) - 1}`,
    columns: stepColumns(block, edge(k), edge(k + 1)),
  }));
}

function checkedBlock({ steps, channels, offset = 0 }: TraceBlock): Required<TraceBlock> {
  const isBlock =
    Number.isInteger(steps) &&
    steps >= 1 &&
    Number.isInteger(channels) &&
    channels >= 1 &&
    Number.isInteger(offset) &&
    offset >= 0;
  if (!isBlock) throw new RangeError('a trace has whole numbers of steps, channels and columns before it');
  return { steps, channels, offset };
}
