import { checkProbabilityRows, mostProbableClass } from './probability-rows.ts';

/** How sure an ensemble is of a class, and how much of its doubt is disagreement. Entropies in nats. */
export interface EnsembleSpread {
  /** Mean over the members, per class. */
  mean: Float64Array;
  /** Entropy of the mean, 0..ln K: all doubt. */
  predictiveEntropy: number;
  /** Mean entropy of the members, 0..predictiveEntropy: doubt that they share. */
  expectedEntropy: number;
  /** The rest, 0..predictiveEntropy: what they disagree about. */
  mutualInformation: number;
  /** predictiveEntropy / ln K, 0..1. */
  normalisedEntropy: number;
  /** Share of members that do not vote for the class with most votes, 0..1 - 1/K. */
  variationRatio: number;
  /** Share of pairs of members that vote for different classes, 0..1. */
  disagreement: number;
  /** Mean over pairs of the Jensen-Shannon divergence, 0..ln 2. */
  meanPairwiseJensenShannon: number;
  /** Standard deviation, divided by M - 1, of the members' probability of the most probable class of the mean. */
  topClassSd: number;
  /** Largest minus second largest probability of the mean, 0..1. */
  margin: number;
}

/**
 * Spread of an ensemble's class probabilities. A member votes for its most probable class, the first of equal ones.
 * Sources: Lakshminarayanan 2017, arXiv:1612.01474; Depeweg 2018, arXiv:1710.07283 (entropies); Houlsby 2011,
 * arXiv:1112.5745 (mutual information).
 * @param members - M >= 2 rows of K probabilities. @throws RangeError otherwise.
 */
export function ensembleSpread(members: readonly ArrayLike<number>[]): EnsembleSpread {
  const classes = checkProbabilityRows(members);
  const count = members.length;
  if (count < 2) throw new RangeError('the spread of an ensemble needs at least two members');
  const mean = new Float64Array(classes);
  for (const row of members) for (let k = 0; k < classes; k += 1) mean[k]! += row[k]! / count;
  const predictiveEntropy = entropy(mean);
  const expectedEntropy = Math.min(
    predictiveEntropy,
    members.reduce((sum, row) => sum + entropy(row), 0) / count,
  );
  const votes = members.map(mostProbableClass);
  const votesOf = mean.map((_, k) => votes.filter((vote) => vote === k).length);
  let [different, divergence, pairs] = [0, 0, 0];
  for (let a = 0; a < count; a += 1) {
    for (let b = a + 1; b < count; b += 1) {
      pairs += 1;
      if (votes[a] !== votes[b]) different += 1;
      divergence += jensenShannon(members[a]!, members[b]!);
    }
  }
  const top = mostProbableClass(mean);
  const ofTop = members.map((row) => row[top]!);
  const [first, second] = [...mean].sort((a, b) => b - a);
  return {
    mean,
    predictiveEntropy,
    expectedEntropy,
    mutualInformation: predictiveEntropy - expectedEntropy,
    normalisedEntropy: predictiveEntropy / Math.log(classes),
    variationRatio: 1 - Math.max(...votesOf) / count,
    disagreement: different / pairs,
    meanPairwiseJensenShannon: divergence / pairs,
    topClassSd: Math.sqrt(ofTop.reduce((sum, p) => sum + (p - mean[top]!) ** 2, 0) / (count - 1)),
    margin: first! - second!,
  };
}

/** Entropy in nats; 0 log 0 is 0. */
function entropy(probabilities: ArrayLike<number>): number {
  let sum = 0;
  for (let k = 0; k < probabilities.length; k += 1) {
    if (probabilities[k]! > 0) sum -= probabilities[k]! * Math.log(probabilities[k]!);
  }
  return sum;
}

function jensenShannon(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const middle = Float64Array.from(a, (value, k) => (value + b[k]!) / 2);
  // Not below 0 in exact arithmetic; rounding of nearly equal entropies is cut off.
  return Math.max(0, entropy(middle) - (entropy(a) + entropy(b)) / 2);
}
