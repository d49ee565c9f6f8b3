import { Matrix, SVD } from 'ml-matrix';
import {
  TRACE_LEAD_S,
  TRACE_LENGTH,
  TRACE_STEP_COUNT,
  TRACE_STEP_S,
} from '../../core/signals/trace-resample.ts';
import { TRACE_COMPONENT_COUNT, TRACE_COMPONENTS } from '../../core/signals/trace-shape.ts';
import type { Plot } from '../evaluate/figures.ts';

/** Principal components of resampled traces, fitted on training people only. */
export interface TraceComponents {
  /** Mean trace, 180 numbers, [step][force component], shares of the reference force. */
  mean: Float64Array;
  /** Unit vectors of 180 numbers, orthogonal, the one that explains most first. */
  directions: readonly Float64Array[];
  /** Share of the total variance of each, 0..1, falling; their sum is below 1 unless all are kept. */
  explainedShare: readonly number[];
  /** Standard deviation of the scores of each over the traces of the fit. */
  scoreSd: readonly number[];
}

/**
 * Principal components by singular value decomposition of the centred traces. Not scaled by column: all columns are
 * in one unit, and scaling would raise the quiet lead, which is noise alone, to the rank of the hold. A direction's
 * sign is chosen so that its largest entry is positive, so that two machines agree.
 * @param traces - resampled traces of {@link TRACE_LENGTH} numbers each, more than `count` of them.
 * @param count - directions kept, 1 to {@link TRACE_LENGTH}.
 * @throws RangeError when a trace has another length or a number missing, there are too few of them, or all are equal.
 */
export function fitTraceComponents(traces: readonly Float64Array[], count: number): TraceComponents {
  if (!Number.isInteger(count) || count < 1 || count > TRACE_LENGTH) {
    throw new RangeError(`The number of components lies between 1 and ${TRACE_LENGTH}.`);
  }
  if (traces.length <= count) throw new RangeError('There must be more traces than components.');
  const mean = new Float64Array(TRACE_LENGTH);
  for (const trace of traces) {
    checkTrace(trace);
    trace.forEach((share, index) => {
      mean[index]! += share / traces.length;
    });
  }
  const centred = new Matrix(traces.map((trace) => trace.map((share, index) => share - mean[index]!)));
  const decomposition = new SVD(centred, {
    computeLeftSingularVectors: false,
    computeRightSingularVectors: true,
    autoTranspose: true,
  });
  // With fewer traces than columns the decomposition is of the transpose, whose left vectors these are.
  const variances = decomposition.diagonal.map((value) => (value * value) / (traces.length - 1));
  const total = variances.reduce((sum, variance) => sum + variance, 0);
  // Below this there is rounding of the mean alone: a spread of 1e-10 of the reference force.
  if (total < 1e-20) throw new RangeError('The traces are all the same: there is nothing to decompose.');
  const kept = variances.slice(0, count);
  return {
    mean,
    directions: kept.map((_, index) => signed(decomposition.rightSingularVectors.getColumn(index))),
    explainedShare: kept.map((variance) => variance / total),
    scoreSd: kept.map(Math.sqrt),
  };
}

/** Scores of a trace: its deviation from the mean along each direction. @throws RangeError as the fit does. */
export function projectTrace(fitted: TraceComponents, trace: Float64Array): Float64Array {
  checkTrace(trace);
  return Float64Array.from(fitted.directions, (direction) =>
    direction.reduce((sum, weight, index) => sum + weight * (trace[index]! - fitted.mean[index]!), 0),
  );
}

/** The trace that a row of scores stands for. @param scores - at most as many as there are directions. */
export function reconstructTrace(fitted: TraceComponents, scores: ArrayLike<number>): Float64Array {
  if (scores.length > fitted.directions.length)
    throw new RangeError('There are more scores than components.');
  const trace = Float64Array.from(fitted.mean);
  for (let index = 0; index < scores.length; index += 1) {
    fitted.directions[index]!.forEach((weight, column) => {
      trace[column]! += scores[index]! * weight;
    });
  }
  return trace;
}

/** Root mean square difference of traces from their reconstruction, shares of the reference force. */
export function reconstructionError(fitted: TraceComponents, traces: readonly Float64Array[]): number {
  let squares = 0;
  for (const trace of traces) {
    const again = reconstructTrace(fitted, projectTrace(fitted, trace));
    trace.forEach((share, index) => {
      squares += (share - again[index]!) ** 2;
    });
  }
  return Math.sqrt(squares / (traces.length * TRACE_LENGTH));
}

/** Time of every step's middle from the onset, seconds. */
export const TRACE_STEP_TIMES_S: readonly number[] = Array.from(
  { length: TRACE_STEP_COUNT },
  (_, step) => (step + 0.5) * TRACE_STEP_S - TRACE_LEAD_S,
);

/** One force component of a resampled trace, in percent of the reference force. */
export const componentPercent = (trace: Float64Array, component: number): number[] =>
  Array.from(
    { length: TRACE_STEP_COUNT },
    (_, step) => 100 * trace[step * TRACE_COMPONENT_COUNT + component]!,
  );

/** A picture a component: what one standard deviation of it adds to the mean trace. */
export function traceComponentPlots(fitted: TraceComponents): Plot[] {
  return fitted.directions.map((direction, index) => {
    const shift = direction.map((weight) => weight * fitted.scoreSd[index]!);
    return {
      title: `Trace component ${index + 1}: ${(100 * fitted.explainedShare[index]!).toFixed(1)} % of the variance`,
      xTitle: 'Time from the onset, s',
      yTitle: 'Added by one standard deviation, % of the gauge reading',
      kind: 'line',
      lines: TRACE_COMPONENTS.map((name, component) => ({
        name,
        x: [...TRACE_STEP_TIMES_S],
        y: componentPercent(shift, component),
      })),
      caption: 'Where a line is away from zero, people with a high score on this component pull differently.',
    };
  });
}

function checkTrace(trace: Float64Array): void {
  if (trace.length !== TRACE_LENGTH) throw new RangeError(`A resampled trace has ${TRACE_LENGTH} numbers.`);
  if (!trace.every(Number.isFinite)) throw new RangeError('A resampled trace has a number missing.');
}

function signed(direction: readonly number[]): Float64Array {
  const largest = direction.reduce((top, weight) => (Math.abs(weight) > Math.abs(top) ? weight : top), 0);
  return Float64Array.from(direction, (weight) => (largest < 0 ? -weight : weight));
}
