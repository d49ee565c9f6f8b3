import { conformalP } from './conformal-rank.ts';

/** Calibration of one combined out-of-range score out of two distances (decisions.md 21). */
export interface RangeCalibration {
  /** Distances of one part of the calibration people, ascending: they turn a distance into a rank. */
  featureScores: ArrayLike<number>;
  hiddenScores: ArrayLike<number>;
  /** Larger rank of another part of them, ascending: they turn the larger rank into a p value. */
  combinedScores: ArrayLike<number>;
}

/** Larger of the two conformal ranks, 0..1: 1 means stranger than all calibration people. */
export function combinedRank(
  featureScore: number,
  hiddenScore: number,
  calibration: Pick<RangeCalibration, 'featureScores' | 'hiddenScores'>,
): number {
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
 * @param keptRanks - ranks kept of the first group, so that a file stays small. The second group is ranked among the
 *   kept ones, exactly as a new person will be, so the promise holds for whatever number is kept.
 */
export function calibrateRange(
  rankPeople: readonly { featureScore: number; hiddenScore: number }[],
  combinePeople: readonly { featureScore: number; hiddenScore: number }[],
  keptRanks = Number.POSITIVE_INFINITY,
): { featureScores: Float64Array; hiddenScores: Float64Array; combinedScores: Float64Array } {
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

/** Conformal p value of "like the training people"; small means unlike them. */
export function inRangeP(featureScore: number, hiddenScore: number, calibration: RangeCalibration): number {
  return conformalP(calibration.combinedScores, combinedRank(featureScore, hiddenScore, calibration));
}
