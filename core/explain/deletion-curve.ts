import { checkQuestion, outputWithOnly, outputWithout, type RemovalQuestion } from './removal-question.ts';

/** Outputs while groups are replaced or put back in an order. */
export interface PerturbationCurve {
  /** Share of the groups done, 0 to 1: before the first step and after the last one included. */
  fractions: Float64Array;
  /** Output at each of them. */
  outputs: Float64Array;
  /** Area under the curve over the fraction, by trapezoids: in the unit of the output. */
  area: number;
}

/** Groups from the most to the least in favour of the output; of equal values the first comes first. */
export const mostRelevantFirst = (values: ArrayLike<number>): number[] =>
  Array.from(values, (_, i) => i).sort((a, b) => values[b]! - values[a]! || a - b);

/** The reverse order. */
export const leastRelevantFirst = (values: ArrayLike<number>): number[] =>
  mostRelevantFirst(values).reverse();

/**
 * Output while groups go to their reference in an order, `step` groups at a time. A steep fall under
 * mostRelevantFirst speaks for the explanation; always beside the same under random orders (randomOrderTest).
 * Source: Samek et al. 2017 (MoRF, LeRF); Petsiuk et al. 2018 (deletion).
 * @param order - every group once. @param step - 1 or more; the last step takes what is left.
 * @throws RangeError when the question does not fit, the order is no permutation, or an output is not finite.
 */
export function deletionCurve(
  question: RemovalQuestion,
  order: readonly number[],
  step = 1,
): PerturbationCurve {
  return curve(question, order, step, outputWithout);
}

/** The same from the reference, putting groups back (Petsiuk et al. 2018, insertion). @throws RangeError likewise. */
export function insertionCurve(
  question: RemovalQuestion,
  order: readonly number[],
  step = 1,
): PerturbationCurve {
  return curve(question, order, step, outputWithOnly);
}

/**
 * Area over the perturbation curve: mean over all steps, the untouched input included, of the fall from it.
 * Source: Samek et al. 2017. @param outputs - of a deletion curve. @throws RangeError when empty or not finite.
 */
export function areaOverPerturbationCurve(outputs: ArrayLike<number>): number {
  const first = outputs[0];
  const list = Array.from(outputs);
  if (first === undefined || !list.every(Number.isFinite)) {
    throw new RangeError('a perturbation curve needs outputs that are finite');
  }
  return list.reduce((sum, output) => sum + (first - output), 0) / list.length;
}

/**
 * Area under outputs by trapezoids. @param fractions - growing, of the same length, at least two.
 * @throws RangeError otherwise.
 */
export function trapezoidArea(fractions: ArrayLike<number>, outputs: ArrayLike<number>): number {
  if (fractions.length !== outputs.length || outputs.length < 2) {
    throw new RangeError('an area needs two points or more, each with a fraction and an output');
  }
  let area = 0;
  for (let k = 1; k < outputs.length; k += 1) {
    const width = fractions[k]! - fractions[k - 1]!;
    if (!(width > 0)) throw new RangeError('the fractions of a curve must grow');
    area += (width * (outputs[k]! + outputs[k - 1]!)) / 2;
  }
  return area;
}

/** Numbers of groups done at each point of a curve, e.g. 0, 2, 4, 5 of five groups by two. */
export function curveCounts(groupCount: number, step: number): number[] {
  if (!Number.isInteger(step) || step < 1)
    throw new RangeError('a step needs a whole number of groups from 1');
  const counts = [0];
  for (let done = step; done < groupCount; done += step) counts.push(done);
  counts.push(groupCount);
  return counts;
}

function curve(
  question: RemovalQuestion,
  order: readonly number[],
  step: number,
  outputAfter: (question: RemovalQuestion, done: Iterable<number>) => number,
): PerturbationCurve {
  checkQuestion(question);
  const groupCount = question.groups.length;
  const isPermutation =
    order.length === groupCount &&
    new Set(order).size === groupCount &&
    order.every((i) => question.groups[i]);
  if (!isPermutation) throw new RangeError('an order needs every group once');
  const counts = curveCounts(groupCount, step);
  const fractions = Float64Array.from(counts, (count) => count / groupCount);
  const outputs = Float64Array.from(counts, (count) => outputAfter(question, order.slice(0, count)));
  return { fractions, outputs, area: trapezoidArea(fractions, outputs) };
}
