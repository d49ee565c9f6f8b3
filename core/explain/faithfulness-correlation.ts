import { randomStream } from '../numerics/random-stream.ts';
import { pearsonCorrelation, spearmanCorrelation } from '../numerics/rank-correlation.ts';
import { checkQuestion, outputWithout, type RemovalQuestion } from './removal-question.ts';

/** What the values promise of subsets of groups beside what their removal does. */
export interface FaithfulnessCorrelation {
  /** Sum of the values of each subset. */
  attributionSums: Float64Array;
  /** Fall of the output when the subset goes to its reference. */
  outputDrops: Float64Array;
  /** Pearson's correlation of the two; null when one of them is constant. */
  pearson: number | null;
  /** Spearman's. */
  spearman: number | null;
}

/**
 * Correlation over subsets of groups between the sum of their values and the fall of the output without them; 1 for
 * the contributions of a linear model. Source: Bhatt et al. 2020.
 * @param subsets - group indices, e.g. of seededSubsets.
 * @throws RangeError when something does not fit, there is no subset, or one is empty or names a group twice.
 */
export function faithfulnessCorrelation(
  question: RemovalQuestion,
  values: ArrayLike<number>,
  subsets: readonly (readonly number[])[],
): FaithfulnessCorrelation {
  checkQuestion(question, values);
  if (subsets.length === 0) throw new RangeError('a faithfulness correlation needs a subset');
  for (const subset of subsets) {
    if (subset.length === 0 || new Set(subset).size !== subset.length) {
      throw new RangeError('a subset needs a group, and each only once');
    }
  }
  const output = outputWithout(question, []);
  const outputDrops = Float64Array.from(subsets, (subset) => output - outputWithout(question, subset));
  const attributionSums = Float64Array.from(subsets, (subset) =>
    subset.reduce((sum, index) => sum + values[index]!, 0),
  );
  return {
    attributionSums,
    outputDrops,
    pearson: pearsonCorrelation(attributionSums, outputDrops),
    spearman: spearmanCorrelation(attributionSums, outputDrops),
  };
}

/**
 * The same with every group alone: the faithfulness estimate. Source: Alvarez-Melis & Jaakkola 2018.
 * @throws RangeError as faithfulnessCorrelation.
 */
export function faithfulnessEstimate(
  question: RemovalQuestion,
  values: ArrayLike<number>,
): FaithfulnessCorrelation {
  return faithfulnessCorrelation(
    question,
    values,
    question.groups.map((_, index) => [index]),
  );
}

/** Largest number of subsets that sensitivityN looks at. */
export const MAX_SUBSETS = 4_096;

/**
 * The same over all subsets of n groups. Source: Ancona et al. 2018.
 * @param n - 1 to the number of groups.
 * @throws RangeError as faithfulnessCorrelation, and when there are more than MAX_SUBSETS subsets: then draw some with
 *   seededSubsets.
 */
export function sensitivityN(
  question: RemovalQuestion,
  values: ArrayLike<number>,
  n: number,
): FaithfulnessCorrelation {
  return faithfulnessCorrelation(question, values, allSubsets(question.groups.length, n));
}

/** All subsets of `size` of `count` groups in lexicographic order. @throws RangeError above MAX_SUBSETS of them. */
export function allSubsets(count: number, size: number): number[][] {
  checkSize(count, size);
  let total = 1;
  for (let i = 1; i <= size; i += 1) total = (total * (count - size + i)) / i;
  if (total > MAX_SUBSETS) throw new RangeError(`${total} subsets are more than ${MAX_SUBSETS}`);
  const grown = (start: number, left: number): number[][] => {
    if (left === 0) return [[]];
    const found: number[][] = [];
    for (let first = start; first <= count - left; first += 1) {
      for (const rest of grown(first + 1, left - 1)) found.push([first, ...rest]);
    }
    return found;
  };
  return grown(0, size);
}

/**
 * Random subsets, each of `size` different groups. @param seed - names the stream, the same each time.
 * @throws RangeError when size is not 1 to count, or draws is no whole number above 0.
 */
export function seededSubsets(count: number, size: number, draws: number, seed: string): number[][] {
  checkSize(count, size);
  if (!Number.isInteger(draws) || draws < 1)
    throw new RangeError('subsets need a whole number of draws above 0');
  const stream = randomStream(seed, 'subsets', size);
  return Array.from({ length: draws }, () => {
    const groups = Array.from({ length: count }, (_, i) => i);
    for (let i = 0; i < size; i += 1) {
      const j = i + stream.integer(count - i);
      [groups[i], groups[j]] = [groups[j]!, groups[i]!];
    }
    return groups.slice(0, size).sort((a, b) => a - b);
  });
}

function checkSize(count: number, size: number): void {
  const isFitting = Number.isInteger(count) && Number.isInteger(size) && size >= 1 && size <= count;
  if (!isFitting) throw new RangeError(`a subset of ${size} of ${count} groups does not exist`);
}
