import { randomStream } from '../numerics/random-stream.ts';
import { curveCounts, mostRelevantFirst, trapezoidArea } from './deletion-curve.ts';
import { checkQuestion, outputWithout, type RemovalQuestion } from './removal-question.ts';

/** Up to this many groups all orders are looked at: 7! = 5,040 orders over 128 coalitions. */
export const EXACT_ORDER_GROUPS = 7;
/** Coalitions are kept by bit mask up to here. */
const MASK_GROUPS = 30;
/** Areas closer than this share of their size are equal: rounding of the sums. */
const ROUNDING = 1e-12;

/** Area under the deletion curve of an explanation beside the same under orders that know nothing. */
export interface RandomOrderTest {
  /** Under the explanation's order, most relevant first. Below the random mean is better than chance. */
  area: number;
  /** Of all orders, or of the drawn ones. */
  randomAreas: Float64Array;
  randomMean: number;
  /**
   * Chance that an order that knows nothing does as well: share of all orders, the own one among them, or
   * (k + 1) / (draws + 1) with k of the drawn orders.
   */
  p: number;
  isExact: boolean;
  /** Of the draws; null when all orders were looked at. */
  seed: string | null;
}

/**
 * Tests the order of an explanation against random orders by the area under the deletion curve.
 * @param values - one a group. @param options.draws - random orders above EXACT_ORDER_GROUPS groups.
 * @param options.step - groups at a time. @param options.subject - keeps the draws of several inputs apart.
 * @throws RangeError when the question does not fit, draws is no whole number above 0, or an output is not finite.
 */
export function randomOrderTest(
  question: RemovalQuestion,
  values: ArrayLike<number>,
  options: { seed: string; draws?: number; step?: number; subject?: number },
): RandomOrderTest {
  const { seed, draws = 200, step = 1, subject = 0 } = options;
  checkQuestion(question, values);
  if (!Number.isInteger(draws) || draws < 1)
    throw new RangeError('a test needs a whole number of draws above 0');
  const groupCount = question.groups.length;
  const isExact = groupCount <= EXACT_ORDER_GROUPS;
  const areaOf = areasByOrder(question, step);
  const area = areaOf(mostRelevantFirst(values));
  const orders = isExact ? allOrders(groupCount) : drawnOrders(groupCount, draws, seed, subject);
  const randomAreas = Float64Array.from(orders, areaOf);
  const atLeastAsGood = randomAreas.filter(
    (each) => each <= area + ROUNDING * Math.max(1, Math.abs(area)),
  ).length;
  return {
    area,
    randomAreas,
    randomMean: randomAreas.reduce((sum, each) => sum + each, 0) / randomAreas.length,
    p: isExact ? atLeastAsGood / randomAreas.length : (atLeastAsGood + 1) / (draws + 1),
    isExact,
    seed: isExact ? null : seed,
  };
}

/** Area under the deletion curve of an order; each coalition is computed once. */
function areasByOrder(question: RemovalQuestion, step: number): (order: readonly number[]) => number {
  const groupCount = question.groups.length;
  const counts = curveCounts(groupCount, step);
  const fractions = counts.map((count) => count / groupCount);
  const known = new Map<number, number>();
  const outputOf = (removed: readonly number[]): number => {
    if (groupCount > MASK_GROUPS) return outputWithout(question, removed);
    const mask = removed.reduce((bits, index) => bits | (1 << index), 0);
    let output = known.get(mask);
    if (output === undefined) {
      output = outputWithout(question, removed);
      known.set(mask, output);
    }
    return output;
  };
  return (order) =>
    trapezoidArea(
      fractions,
      counts.map((count) => outputOf(order.slice(0, count))),
    );
}

function* allOrders(count: number): Generator<number[]> {
  if (count === 0) {
    yield [];
    return;
  }
  for (const shorter of allOrders(count - 1)) {
    for (let place = 0; place < count; place += 1) {
      yield [...shorter.slice(0, place), count - 1, ...shorter.slice(place)];
    }
  }
}

/** Fisher-Yates shuffles of one stream. */
function* drawnOrders(count: number, draws: number, seed: string, subject: number): Generator<number[]> {
  const stream = randomStream(seed, 'random-order', subject);
  for (let draw = 0; draw < draws; draw += 1) {
    const order = Array.from({ length: count }, (_, i) => i);
    for (let i = count - 1; i > 0; i -= 1) {
      const j = stream.integer(i + 1);
      [order[i], order[j]] = [order[j]!, order[i]!];
    }
    yield order;
  }
}
