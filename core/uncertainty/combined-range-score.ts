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
 */
export function calibrateRange(
  rankPeople: readonly { featureScore: number; hiddenScore: number }[],
  combinePeople: readonly { featureScore: number; hiddenScore: number }[],
): { featureScores: Float64Array; hiddenScores: Float64Array; combinedScores: Float64Array } {
  const featureScores = Float64Array.from(rankPeople, (person) => person.featureScore).sort();
  const hiddenScores = Float64Array.from(rankPeople, (person) => person.hiddenScore).sort();
  const combinedScores = Float64Array.from(combinePeople, (person) =>
    combinedRank(person.featureScore, person.hiddenScore, { featureScores, hiddenScores }),
  ).sort();
  return { featureScores, hiddenScores, combinedScores };
}

/** Conformal p value of "like the training people"; small means unlike them. */
export function inRangeP(featureScore: number, hiddenScore: number, calibration: RangeCalibration): number {
  return conformalP(calibration.combinedScores, combinedRank(featureScore, hiddenScore, calibration));
}
