import { conformalP } from './conformal-rank.ts';

/** Calibration of one combined out-of-range score out of two distances (decisions.md 21). */
export interface RangeCalibration {
  /** Distances of one part of the calibration people, ascending: they turn a distance into a rank. */
  featureScores: ArrayLike<number>;
  hiddenScores: ArrayLike<number>;
  /** Larger rank of another part of them, ascending: they turn the larger rank into a p value. */
  combinedScores: ArrayLike<number>;
}

/**
 * Larger of the two conformal ranks, 0..1: 1 means stranger than all calibration people.
 * @throws RangeError when a score is not a number, or a list is empty or holds what is not a number: among nobody
 *   everybody would rank as ordinary.
 */
export function combinedRank(
  featureScore: number,
  hiddenScore: number,
  calibration: Pick<RangeCalibration, 'featureScores' | 'hiddenScores'>,
): number {
  checkAscending(calibration.featureScores);
  checkAscending(calibration.hiddenScores);
  return (
    1 -
    Math.min(
      conformalP(calibration.featureScores, featureScore),
      conformalP(calibration.hiddenScores, hiddenScore),
    )
  );
}

/**
 * Calibrates the combined score on two groups of people who share nobody: taking the larger of two ranks and
 * calling it one p value would refuse up to twice as many people as promised.
 * @param rankPeople - one or more, distances finite. @param combinePeople - one or more others, likewise.
 * @param keptRanks - ranks kept of the first group, a whole number from 2 or infinite, so that a file stays small. The
 *   second group is ranked among the kept ones, exactly as a new person will be, so the promise holds for whatever number
 *   is kept; fewer tell strangers apart less.
 * @throws RangeError otherwise.
 */
export function calibrateRange(
  rankPeople: readonly { featureScore: number; hiddenScore: number }[],
  combinePeople: readonly { featureScore: number; hiddenScore: number }[],
  keptRanks = Number.POSITIVE_INFINITY,
): { featureScores: Float64Array; hiddenScores: Float64Array; combinedScores: Float64Array } {
  if (rankPeople.length === 0 || combinePeople.length === 0) {
    throw new RangeError(
      'an out-of-range score needs people to rank among and others whose ranks to combine',
    );
  }
  for (const people of [rankPeople, combinePeople]) {
    for (const { featureScore, hiddenScore } of people) {
      if (!(Number.isFinite(featureScore) && Number.isFinite(hiddenScore))) {
        throw new RangeError('a distance is a finite number');
      }
    }
  }
  if (!(keptRanks === Number.POSITIVE_INFINITY || (Number.isSafeInteger(keptRanks) && keptRanks >= 2))) {
    throw new RangeError('the number of kept ranks is a whole number from 2, for both ends');
  }
  const ranks = (scores: Float64Array) => evenlyThinned(scores.sort(), keptRanks);
  const featureScores = ranks(Float64Array.from(rankPeople, (person) => person.featureScore));
  const hiddenScores = ranks(Float64Array.from(rankPeople, (person) => person.hiddenScore));
  const combinedScores = Float64Array.from(combinePeople, (person) =>
    combinedRank(person.featureScore, person.hiddenScore, { featureScores, hiddenScores }),
  ).sort();
  return { featureScores, hiddenScores, combinedScores };
}

/** At most `count` evenly spaced order statistics of ascending scores; the ends are kept. */
function evenlyThinned(sorted: Float64Array, count: number): Float64Array {
  if (sorted.length <= count) return sorted;
  return Float64Array.from(
    { length: count },
    (_, i) => sorted[Math.round((i * (sorted.length - 1)) / Math.max(1, count - 1))]!,
  );
}

/** Refuses ascending scores that rank nobody. What is not a number was sorted to the end. */
function checkAscending(scores: ArrayLike<number>): void {
  if (scores.length === 0) throw new RangeError('without calibration people nobody can be ranked');
  if (Number.isNaN(scores[scores.length - 1])) throw new RangeError('a calibration score is not a number');
}

/**
 * Conformal p value of "like the training people", above 0 to 1; small means unlike them.
 * @throws RangeError as {@link combinedRank}: no p value means "nobody to compare with", 1 would mean "like everybody".
 */
export function inRangeP(featureScore: number, hiddenScore: number, calibration: RangeCalibration): number {
  checkAscending(calibration.combinedScores);
  return conformalP(calibration.combinedScores, combinedRank(featureScore, hiddenScore, calibration));
}
