import { conformalRank, exactFraction } from './conformal-rank.ts';

/** Why a conformal method gives no bound, for the screen to put into words. */
export type NoBoundReason =
  | {
      kind: 'too-few-cases';
      /** Calibration cases that there are. */
      count: number;
      /** Calibration cases from which this alpha can be promised. */
      neededCount: number;
    }
  /** The group or class had no calibration case at all. */
  | { kind: 'never-seen' };

/**
 * Calibration cases from which a share of misses can be promised: the smallest n with 1 / (n + 1) <= alpha, in whole
 * numbers; 9 for 0.1 and 19 for 0.05. @throws RangeError unless alpha lies between 0 and 1.
 */
export function neededCalibrationCount(alpha: number): number {
  if (!(alpha > 0 && alpha < 1)) throw new RangeError('alpha lies between 0 and 1');
  const { numerator, denominator } = exactFraction(alpha);
  return Number((denominator + numerator - 1n) / numerator) - 1;
}

/**
 * Why `count` calibration cases give no bound at this alpha; null when they give one.
 * @throws RangeError for a count that is none, or alpha outside 0 to 1.
 */
export function tooFewCases(count: number, alpha: number): NoBoundReason | null {
  if (conformalRank(count, alpha) !== 'unbounded') return null;
  return { kind: 'too-few-cases', count, neededCount: neededCalibrationCount(alpha) };
}

/** The reason as a sentence. */
export function noBoundSentence(reason: NoBoundReason): string {
  if (reason.kind === 'never-seen') return 'No calibration case was of this kind.';
  const { count, neededCount } = reason;
  return `${count} calibration cases are too few for this promise; it needs ${neededCount}.`;
}
