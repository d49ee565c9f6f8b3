import type { RandomStream } from '../numerics/random-stream.ts';
import { checkForecasts } from './probability-rows.ts';
import { binOf, equalWidthEdges } from './reliability-bins.ts';

/**
 * Expected calibration error of the top class: mean over equal-width bins of |share right - mean confidence|,
 * weighted by count. The last bin is closed, so that a confidence of 1 is counted. Source: Naeini 2015. It means nothing
 * without the number of rows: binnedCalibrationErrors answers both, {@link perfectCalibrationErrors} the value of a
 * perfect model.
 * @param confidences - probability of the top class of each row, 0..1. @param isRight - whether it was the class.
 * @param binCount - 10 in this project. @throws RangeError without rows, or when lengths or ranges do not fit.
 */
export function calibrationError(
  confidences: ArrayLike<number>,
  isRight: ArrayLike<boolean>,
  binCount = 10,
): number {
  checkForecasts(confidences, isRight);
  const count = confidences.length;
  const edges = equalWidthEdges(binCount);
  const gap = new Float64Array(binCount);
  for (let i = 0; i < count; i += 1) {
    gap[binOf(confidences[i]!, edges)]! += (isRight[i] ? 1 : 0) - confidences[i]!;
  }
  return gap.reduce((sum, value) => sum + Math.abs(value), 0) / count;
}

/**
 * Calibration error that a perfectly calibrated model with the same confidences would show at this count, by
 * simulation: it is far from 0 for few rows and must stand beside every calibration error.
 * @param confidences - 0..1, at least one; or a function that draws those of a test, when rows vary from test to test.
 * @param repeats - simulated tests, at least 20.
 * @returns mean, and the value that 1 in 20 tests exceeds. @throws RangeError with fewer repeats, or as
 *   {@link calibrationError}.
 */
export function perfectCalibrationErrors(
  confidences: ArrayLike<number> | ((stream: RandomStream) => ArrayLike<number>),
  stream: RandomStream,
  repeats: number,
  binCount = 10,
): { mean: number; upper: number } {
  if (!(Number.isSafeInteger(repeats) && repeats >= 20)) {
    throw new RangeError('a 95 % point needs a whole number of repeats, at least 20');
  }
  const errors = Array.from({ length: repeats }, () => {
    const said = typeof confidences === 'function' ? confidences(stream) : confidences;
    const isRight = Array.from(said, (confidence) => stream.uniform() < confidence);
    return calibrationError(said, isRight, binCount);
  }).sort((a, b) => a - b);
  const mean = errors.reduce((sum, error) => sum + error, 0) / repeats;
  return { mean, upper: errors[Math.ceil(0.95 * repeats) - 1]! };
}
