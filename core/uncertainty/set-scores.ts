import { checkProbabilityRows } from './probability-rows.ts';

/**
 * How strange a class is for a case, from the case's probabilities; larger is stranger.
 * - `lac`: 1 - probability (Sadinle 2019); the smallest sets, may be empty.
 * - `aps`: probability of all classes down to and including this one, most probable first (Romano 2020,
 *   arXiv:2006.02544); sets grow where the model is unsure.
 * - `raps`: `aps` plus `penalty` for every rank beyond `freeRank` (Angelopoulos 2021, arXiv:2009.14193); for many classes.
 * - `margin`: largest probability of another class minus that of this one.
 * - `top-k`: rank of the class, the most probable has rank 1; all sets are of one size.
 */
export type SetScore =
  | { kind: 'lac' | 'aps' | 'margin' | 'top-k' }
  | {
      kind: 'raps';
      /** Added for every rank beyond the free ones, 0 or more. */
      penalty: number;
      /** Ranks from 1 up to this one carry no penalty; a whole number from 0. */
      freeRank: number;
    };

/** Whether a score subtracts a random share of the class's own probability. */
export const isRandomisable = ({ kind }: SetScore): boolean => kind === 'aps' || kind === 'raps';

/**
 * Score of every class of one case.
 * @param probabilities - one per class, of two classes or more, together 1. Of equal ones the lower index counts as more probable.
 * @param draw - 0 to 1: share of the class's own probability that `aps` and `raps` leave out. 0, the default, is
 *   deterministic and covers too much; a uniform draw for each case, in calibration and after, makes coverage exact.
 * @returns one per class. @throws RangeError when the probabilities are none, for a draw outside 0 to 1 or for a score
 *   that takes none, and for a penalty or a free rank outside its range.
 */
export function setScores(score: SetScore, probabilities: ArrayLike<number>, draw = 0): Float64Array {
  checkProbabilityRows([probabilities]);
  if (!(draw >= 0 && draw <= 1)) throw new RangeError('a draw lies between 0 and 1');
  if (draw > 0 && !isRandomisable(score)) throw new RangeError(`the score ${score.kind} takes no draw`);
  switch (score.kind) {
    case 'lac':
      return Float64Array.from(probabilities, (value) => 1 - value);
    case 'aps':
      return cumulativeScores(probabilities, draw, 0, 0);
    case 'raps': {
      const { penalty, freeRank } = score;
      if (!(Number.isFinite(penalty) && penalty >= 0)) throw new RangeError('a penalty is 0 or more');
      if (!Number.isSafeInteger(freeRank) || freeRank < 0) {
        throw new RangeError('the free rank is a whole number from 0');
      }
      return cumulativeScores(probabilities, draw, penalty, freeRank);
    }
    case 'margin':
      return Float64Array.from(probabilities, (own, label) => largestOther(probabilities, label) - own);
    case 'top-k':
      return Float64Array.from(classRanks(probabilities));
  }
}

/**
 * Rank of every class, the most probable has rank 1; of equal ones the lower index comes first.
 * @param probabilities - or any other measure in which more is more likely. @throws RangeError when one is not finite.
 */
export function classRanks(probabilities: ArrayLike<number>): number[] {
  const ranks: number[] = [];
  for (const [rank, label] of byProbability(probabilities).entries()) ranks[label] = rank + 1;
  return ranks;
}

/** Classes, the most probable first; the sort is stable, so equal ones stay in order. */
function byProbability(probabilities: ArrayLike<number>): number[] {
  const values = Array.from(probabilities);
  if (!values.every(Number.isFinite)) throw new RangeError('a probability is a finite number');
  return values.map((_, label) => label).sort((a, b) => values[b]! - values[a]!);
}

function cumulativeScores(
  probabilities: ArrayLike<number>,
  draw: number,
  penalty: number,
  freeRank: number,
): Float64Array {
  const scores = new Float64Array(probabilities.length);
  let sum = 0;
  for (const [index, label] of byProbability(probabilities).entries()) {
    sum += probabilities[label]!;
    scores[label] = sum - draw * probabilities[label]! + penalty * Math.max(index + 1 - freeRank, 0);
  }
  return scores;
}

function largestOther(probabilities: ArrayLike<number>, label: number): number {
  let largest = Number.NEGATIVE_INFINITY;
  for (let other = 0; other < probabilities.length; other += 1) {
    if (other !== label) largest = Math.max(largest, probabilities[other]!);
  }
  return largest;
}
