/** A stretch of a trace: from step `start` to before step `end`. */
export interface TraceEvent {
  start: number;
  end: number;
}

/** One entry a step of the trace: 1 inside a mark, 0 outside. */
export type TraceMask = Uint8Array;

/**
 * A mask from 0 and 1.
 * @throws RangeError when it is empty or holds anything else.
 */
export function traceMask(steps: ArrayLike<number>): TraceMask {
  if (steps.length === 0) throw new RangeError('a trace needs a step');
  const values = Array.from(steps);
  if (values.some((value) => value !== 0 && value !== 1)) throw new RangeError('a mask holds 0 and 1 only');
  return Uint8Array.from(values);
}

/**
 * Steps inside at least one event. Events may overlap and touch; the mask no longer tells them apart.
 * @param stepCount - at least 1.
 * @throws RangeError when an event is empty, not in whole steps, or reaches outside the trace.
 */
export function maskOfEvents(events: readonly TraceEvent[], stepCount: number): TraceMask {
  checkStepCount(stepCount);
  const mask = new Uint8Array(stepCount);
  for (const { start, end } of events) {
    if (
      !(Number.isInteger(start) && Number.isInteger(end) && start >= 0 && start < end && end <= stepCount)
    ) {
      throw new RangeError(`steps ${start} to ${end} are no stretch of a trace of ${stepCount} steps`);
    }
    mask.fill(1, start, end);
  }
  return mask;
}

/** Longest stretches of marked steps, in the order of time. */
export function eventsOfMask(mask: TraceMask): TraceEvent[] {
  const events: TraceEvent[] = [];
  for (let step = 0; step < mask.length; step += 1) {
    if (mask[step] === 0) continue;
    const start = step;
    while (step < mask.length && mask[step] === 1) step += 1;
    events.push({ start, end: step });
  }
  return events;
}

/**
 * The steps of a brushed stretch of time: those whose middle lies inside. Step i lasts from i to i + 1 times `stepS`
 * after the start of the trace.
 * @param stretch.fromS - seconds after the start of the trace. @param stretch.toS - as fromS, later.
 * @returns null when it holds no middle of a step. @throws RangeError when the times are not in order or not finite.
 */
export function eventOfSeconds(
  stretch: { fromS: number; toS: number },
  trace: { stepS: number; stepCount: number },
): TraceEvent | null {
  const { fromS, toS } = stretch;
  const { stepS, stepCount } = trace;
  checkStepCount(stepCount);
  if (!(Number.isFinite(fromS) && Number.isFinite(toS) && fromS < toS)) {
    throw new RangeError('a stretch of time has a beginning before its end');
  }
  if (!(stepS > 0 && Number.isFinite(stepS))) throw new RangeError('a step lasts some time');
  const start = Math.max(0, Math.ceil(fromS / stepS - 0.5));
  const end = Math.min(stepCount, Math.ceil(toS / stepS - 0.5));
  return start < end ? { start, end } : null;
}

/**
 * Bands of equal length, as nearly as whole steps allow: band k of B holds the steps from floor(k steps / B) to before
 * floor((k + 1) steps / B), as the explainers cut a trace.
 * @param bandCount - 1 to the number of steps. @throws RangeError otherwise.
 */
export function equalBands(stepCount: number, bandCount: number): TraceEvent[] {
  checkStepCount(stepCount);
  if (!Number.isInteger(bandCount) || bandCount < 1 || bandCount > stepCount) {
    throw new RangeError(`a trace of ${stepCount} steps cannot be cut into ${bandCount} bands`);
  }
  const edge = (k: number) => Math.floor((k * stepCount) / bandCount);
  return Array.from({ length: bandCount }, (_, k) => ({ start: edge(k), end: edge(k + 1) }));
}

/**
 * Relevance of equal bands, spread evenly over the steps of each, so that it can be laid beside marks in steps. Steps
 * of one band are tied: every measure of overlap averages over ties.
 * @param bandRelevance - one finite number a band. @returns one number a step; the sum stays the same.
 * @throws RangeError when a number is not finite or there are more bands than steps.
 */
export function stepsOfBands(bandRelevance: ArrayLike<number>, stepCount: number): Float64Array {
  checkStepCount(stepCount);
  const steps = new Float64Array(stepCount);
  for (const [band, { start, end }] of equalBands(stepCount, bandRelevance.length).entries()) {
    const relevance = bandRelevance[band]!;
    if (!Number.isFinite(relevance)) throw new RangeError('relevance is finite');
    steps.fill(relevance / (end - start), start, end);
  }
  return steps;
}

/** Share of marked steps in each of `bandCount` equal bands, 0..1. @throws RangeError as {@link equalBands}. */
export function markedShareOfBands(mask: TraceMask, bandCount: number): Float64Array {
  return Float64Array.from(
    equalBands(mask.length, bandCount),
    ({ start, end }) => markedCount(mask.subarray(start, end)) / (end - start),
  );
}

/** Number of marked steps. */
export function markedCount(mask: TraceMask): number {
  return mask.reduce((count, value) => count + value, 0);
}

function checkStepCount(stepCount: number): void {
  if (!Number.isSafeInteger(stepCount) || stepCount < 1) throw new RangeError('a trace needs a step');
}
