import { type RandomStream, randomStream } from '../numerics/random-stream.ts';
import { type ChanceDistribution, chanceDistribution } from './chance-distribution.ts';
import { eventsOfMask, markedCount, maskOfEvents, type TraceEvent, type TraceMask } from './trace-marks.ts';

export interface RandomMarksOptions {
  seed: number | string;
  /** Arrangements drawn where not all are gone through, 100 to 100,000. */
  draws: number;
  /** 1 minus the share of arrangements in the interval; 0.05 when absent. */
  alpha?: number;
}

/**
 * A measure over marks of the same lengths put elsewhere on the trace: the floor that a marking must beat. Single steps
 * put at random would be an easier floor, since both marks and relevance come in stretches.
 *
 * A single mark takes every place there is (exact). Of several, orders and gaps are drawn at random, each arrangement
 * that keeps them apart being equally likely, from streams named by the seed.
 * @param mask - the clinician's marks. @param measure - of one arrangement; null where it has no value.
 * @returns null for empty and full marks, and when the measure has no value for the marks or an arrangement.
 * @throws RangeError for another number of draws or alpha.
 */
export function chanceOfRandomMarks(
  mask: TraceMask,
  measure: (mask: TraceMask) => number | null,
  options: RandomMarksOptions,
): ChanceDistribution | null {
  const { kind, arrangements } = marksElsewhere(mask, options);
  const marked = markedCount(mask);
  const observed = marked === 0 || marked === mask.length ? null : measure(mask);
  if (observed === null) return null;
  const values: number[] = [];
  for (const arrangement of arrangements) {
    const value = measure(arrangement);
    if (value === null) return null;
    values.push(value);
  }
  return chanceDistribution(kind, observed, values, options.alpha);
}

/**
 * Marks of the same lengths elsewhere, as {@link chanceOfRandomMarks} goes through them. Empty and full marks have no
 * other place: what comes of them must not be compared.
 * @throws RangeError for another number of draws or alpha.
 */
export function marksElsewhere(
  mask: TraceMask,
  { seed, draws, alpha = 0.05 }: RandomMarksOptions,
): { kind: ChanceDistribution['kind']; arrangements: Iterable<TraceMask> } {
  if (!Number.isInteger(draws) || draws < 100 || draws > 100_000) {
    throw new RangeError(`100 to 100,000 arrangements can be drawn, not ${draws}`);
  }
  if (!(alpha > 0 && alpha < 1)) throw new RangeError('alpha lies between 0 and 1');
  const events = eventsOfMask(mask);
  return events.length === 1
    ? { kind: 'exact', arrangements: everyPlace(markedCount(mask), mask.length) }
    : { kind: 'permutation', arrangements: drawnPlaces(events, mask.length, seed, draws) };
}

/**
 * Marks of the lengths given, in random order and with random gaps of at least one step between them.
 * @throws RangeError when they do not fit.
 */
export function randomMarks(lengths: readonly number[], stepCount: number, stream: RandomStream): TraceMask {
  const total = lengths.reduce((sum, length) => sum + length, 0);
  const free = stepCount - total - Math.max(0, lengths.length - 1);
  if (free < 0) throw new RangeError('the marks do not fit on the trace with a gap between each two');
  const order = [...lengths];
  for (let place = order.length - 1; place > 0; place -= 1) {
    const other = stream.integer(place + 1);
    [order[place], order[other]] = [order[other]!, order[place]!];
  }
  // Each set of places for the marks among the free steps is one arrangement.
  const places = drawWithoutReplacement(lengths.length, free + lengths.length, stream);
  let before = 0;
  const events = order.map((length, index): TraceEvent => {
    const start = places[index]! + before;
    // The next place stands one further for this mark; the gap of one step takes that.
    before += length;
    return { start, end: start + length };
  });
  return maskOfEvents(events, stepCount);
}

/** `count` of the numbers 0..size-1, ascending, every set equally likely. */
function drawWithoutReplacement(count: number, size: number, stream: RandomStream): number[] {
  const drawn = new Set<number>();
  // Floyd's way: as many draws as numbers, whatever they are.
  for (let top = size - count; top < size; top += 1) {
    const number = stream.integer(top + 1);
    drawn.add(drawn.has(number) ? top : number);
  }
  return [...drawn].sort((a, b) => a - b);
}

function* everyPlace(length: number, stepCount: number): Generator<TraceMask> {
  for (let start = 0; start + length <= stepCount; start += 1) {
    yield maskOfEvents([{ start, end: start + length }], stepCount);
  }
}

function* drawnPlaces(
  events: readonly TraceEvent[],
  stepCount: number,
  seed: number | string,
  draws: number,
): Generator<TraceMask> {
  const lengths = events.map(({ start, end }) => end - start);
  for (let draw = 0; draw < draws; draw += 1) {
    yield randomMarks(lengths, stepCount, randomStream(seed, 'random-marks', draw));
  }
}
