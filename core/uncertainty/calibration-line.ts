import { fitLogisticLine, type LogisticLine } from './logistic-line.ts';
import { checkForecasts } from './probability-rows.ts';

/** Calibration in the weak sense: are forecasts too extreme, and are they too high on the whole? */
export interface CalibrationLine {
  n: number;
  /** Of logit P(yes) = intercept + slope logit(forecast); 1 is perfect, below 1 is too extreme. Null: no finite fit. */
  slope: number | null;
  intercept: number | null;
  /** Intercept with the slope held at 1; 0 is perfect, below 0 is too high on the whole. Null: no finite fit. */
  interceptAtSlopeOne: number | null;
}

/**
 * Calibration slope and intercept. Source: Cox 1958, Biometrika 45:562.
 * @param probabilities - of a yes-or-no event, above 0 and below 1: a forecast of certainty has no logit.
 * @param cameTrue - as many.
 * @throws RangeError without forecasts, when lengths differ, or when a probability is not above 0 and below 1.
 */
export function calibrationLine(
  probabilities: ArrayLike<number>,
  cameTrue: ArrayLike<boolean>,
): CalibrationLine {
  checkForecasts(probabilities, cameTrue);
  const logits = Float64Array.from(probabilities, (p) => Math.log(p) - Math.log1p(-p));
  if (!logits.every(Number.isFinite)) {
    throw new RangeError('a forecast of certainty has no place on a calibration line');
  }
  const targets = Array.from(cameTrue, (value): number => (value ? 1 : 0));
  const line = fitLogisticLine(logits, targets);
  const shifted = fitLogisticLine(logits, targets, 1);
  return {
    n: logits.length,
    slope: line?.slope ?? null,
    intercept: line?.intercept ?? null,
    interceptAtSlopeOne: shifted?.intercept ?? null,
  };
}

/**
 * Platt scaling: a logistic line from scores to probabilities, against targets drawn in from 0 and 1 by the number of
 * rows of each outcome, so that separable scores keep a finite line. Source: Platt 1999, where A = -slope and
 * B = -intercept.
 * @param scores - finite; larger speaks for yes or for no. @param cameTrue - as many.
 * @returns null when the scores are all equal. @throws RangeError without rows or when lengths or ranges do not fit.
 */
export function plattScaling(scores: ArrayLike<number>, cameTrue: ArrayLike<boolean>): LogisticLine | null {
  const outcomes = Array.from(cameTrue);
  const positives = outcomes.filter(Boolean).length;
  const negatives = outcomes.length - positives;
  const targets = outcomes.map((came) => (came ? (positives + 1) / (positives + 2) : 1 / (negatives + 2)));
  return fitLogisticLine(scores, targets);
}
