/** First two moments of the equal mixture of the members' normal forecasts; squares of the unit of the means. */
export interface MixtureMoments {
  mean: number;
  /** aleatoric + epistemic. */
  totalVariance: number;
  /** Mean of the members' variances: noise that they all expect. */
  aleatoric: number;
  /** Variance of the members' means, divided by M: what they disagree about. */
  epistemic: number;
  /** The same divided by M - 1: what further members drawn alike would be expected to vary by. */
  epistemicSample: number;
}

/**
 * Mean and variance of an ensemble's regression forecast, by the law of total variance. Source: Lakshminarayanan 2017,
 * arXiv:1612.01474.
 * @param means - of M >= 2 members, finite. @param variances - of their noise, 0 or more; zeros for members that give
 *   none. @throws RangeError otherwise.
 */
export function mixtureMoments(means: ArrayLike<number>, variances: ArrayLike<number>): MixtureMoments {
  const count = means.length;
  if (count < 2) throw new RangeError('the spread of an ensemble needs at least two members');
  if (variances.length !== count) throw new RangeError('every member needs a variance');
  let [mean, aleatoric] = [0, 0];
  for (let m = 0; m < count; m += 1) {
    if (!Number.isFinite(means[m])) throw new RangeError('a mean of a member is not finite');
    if (!(variances[m]! >= 0 && Number.isFinite(variances[m]))) {
      throw new RangeError('a variance is a finite number from 0');
    }
    mean += means[m]! / count;
    aleatoric += variances[m]! / count;
  }
  let squares = 0;
  for (let m = 0; m < count; m += 1) squares += (means[m]! - mean) ** 2;
  const epistemic = squares / count;
  return {
    mean,
    totalVariance: aleatoric + epistemic,
    aleatoric,
    epistemic,
    epistemicSample: squares / (count - 1),
  };
}
