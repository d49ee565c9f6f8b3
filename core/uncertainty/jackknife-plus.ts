import { checkColumns } from './checked-columns.ts';
import type { ConformalInterval } from './conformal-interval.ts';
import { conformalRank } from './conformal-rank.ts';

/**
 * Jackknife+ interval of one new case, from models that each left out one case: all cases serve for fitting and for
 * calibration. With k = ceil((n + 1)(1 - alpha)), the (n + 1 - k)-th smallest of (prediction - residual) to the k-th
 * smallest of (prediction + residual). Source: Barber 2021 (arXiv:1905.02928).
 *
 * A new exchangeable case lies inside with a chance of at least 1 - 2 alpha; usually it is near 1 - alpha, which is not
 * promised.
 * @param predictions - of the new case, by the model without case i. @param residuals - |y_i - prediction of case i by the
 *   model without it|, 0 or more, same unit. @param alpha - above 0, at most 0.5: beyond it nothing is promised.
 * @returns 'unbounded' when there are too few cases for this alpha.
 * @throws RangeError when there is no case, lengths differ, a number is not finite, a residual below 0, any other alpha.
 */
export function jackknifePlusInterval(
  predictions: ArrayLike<number>,
  residuals: ArrayLike<number>,
  alpha: number,
): ConformalInterval {
  const count = checkColumns({ predictions, residuals });
  if (!(alpha > 0 && alpha <= 0.5)) throw new RangeError('alpha of jackknife+ lies above 0 and up to 0.5');
  for (let i = 0; i < count; i += 1) {
    if (residuals[i]! < 0) throw new RangeError(`residual ${i} is below 0`);
  }
  const rank = conformalRank(count, alpha);
  if (rank === 'unbounded') return 'unbounded';
  const lower = Float64Array.from(predictions, (value, i) => value - residuals[i]!).sort();
  const upper = Float64Array.from(predictions, (value, i) => value + residuals[i]!).sort();
  return [lower[count - rank]!, upper[rank - 1]!];
}
