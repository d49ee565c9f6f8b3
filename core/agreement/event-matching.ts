import type { CannotSayReason } from './overlap-measure.ts';
import type { TraceEvent } from './trace-marks.ts';

/** Shared steps over steps of either that two events need in order to be the same event. */
export const MATCHING_IOU = 0.3;

export interface EventMatching {
  /** Pairs of the model's and the clinician's events by their places in the lists, in the order of the model's. */
  matches: readonly { model: number; clinician: number; intersectionOverUnion: number }[];
  /** Matched among the model's events; null when it has none. */
  precision: number | null;
  /** Matched among the clinician's events; null when there is none. */
  recall: number | null;
  /** Twice the matches over all events of both; null when there is none at all. */
  f1: number | null;
  /** Why the three say nothing about agreement; null when they do. */
  cannotSay: Extract<CannotSayReason, 'empty-mark' | 'full-mark' | 'no-model-event'> | null;
}

/** Shared steps over the steps of either. @throws RangeError when an event does not begin before its end. */
export function intersectionOverUnion(a: TraceEvent, b: TraceEvent): number {
  if (!(a.start < a.end && b.start < b.end)) throw new RangeError('an event begins before its end');
  const shared = Math.max(0, Math.min(a.end, b.end) - Math.max(a.start, b.start));
  return shared / (a.end - a.start + b.end - b.start - shared);
}

/**
 * Pairs events one to one, best overlap first (greedy), as long as a pair shares enough. Of equal overlaps the earlier
 * events of the model, then of the clinician, go first.
 * @param minimumIou - above 0 to 1. @param stepCount - of the trace.
 * @throws RangeError outside these ranges or when an event is none of the trace.
 */
export function matchEvents(
  model: readonly TraceEvent[],
  clinician: readonly TraceEvent[],
  stepCount: number,
  minimumIou: number = MATCHING_IOU,
): EventMatching {
  if (!(minimumIou > 0 && minimumIou <= 1))
    throw new RangeError('a smallest overlap lies above 0, at most at 1');
  for (const { start, end } of [...model, ...clinician]) {
    if (
      !(Number.isInteger(start) && Number.isInteger(end) && start >= 0 && start < end && end <= stepCount)
    ) {
      throw new RangeError(`steps ${start} to ${end} are no stretch of a trace of ${stepCount} steps`);
    }
  }
  const pairs = model
    .flatMap((event, m) =>
      clinician.map((mark, c) => ({
        model: m,
        clinician: c,
        intersectionOverUnion: intersectionOverUnion(event, mark),
      })),
    )
    .filter((pair) => pair.intersectionOverUnion >= minimumIou)
    .sort((a, b) => b.intersectionOverUnion - a.intersectionOverUnion);
  const matches: (typeof pairs)[number][] = [];
  for (const pair of pairs) {
    const isTaken = matches.some((each) => each.model === pair.model || each.clinician === pair.clinician);
    if (!isTaken) matches.push(pair);
  }
  matches.sort((a, b) => a.model - b.model);
  const share = (count: number) => (count === 0 ? null : matches.length / count);
  const isFull = clinician.some(({ start, end }) => start === 0 && end === stepCount);
  return {
    matches,
    precision: share(model.length),
    recall: share(clinician.length),
    f1: share((model.length + clinician.length) / 2),
    cannotSay:
      clinician.length === 0
        ? 'empty-mark'
        : isFull
          ? 'full-mark'
          : model.length === 0
            ? 'no-model-event'
            : null,
  };
}
