/**
 * Class probabilities for a clinic in which the classes are not as frequent as the model was told: every probability
 * times prevalence / prior, scaled to sum to 1 (Bayes' rule). It moves the base rate only and assumes that people within
 * a class are those of the training; no number typed by a clinic corrects a class that looks different there.
 * Source: Saerens, Latinne & Decaestecker 2002, Neural Comput 14:21, eq. 2.4.
 * @param probabilities - calibrated, one a class, sum 1.
 * @param prior - frequency of each class that the probabilities assume, each above 0, sum 1; kept in calibration.json.
 * @param prevalence - frequency of each class in the clinic, 0 to 1, sum 1.
 * @returns probabilities of the same classes, sum 1. @throws RangeError when lengths or ranges do not fit, or when every
 *   class that the model holds possible has prevalence 0.
 */
export function correctForPrevalence(
  probabilities: ArrayLike<number>,
  prior: ArrayLike<number>,
  prevalence: ArrayLike<number>,
): Float64Array {
  if (probabilities.length !== prior.length || prior.length !== prevalence.length) {
    throw new RangeError('every class needs a probability, a prior and a prevalence');
  }
  requireShares(probabilities, 'probabilities');
  requireShares(prior, 'prior');
  requireShares(prevalence, 'prevalence');
  const weighted = Float64Array.from(probabilities, (probability, k) => {
    if (!(prior[k]! > 0))
      throw new RangeError('a class with prior 0 was never trained and cannot be corrected');
    return (probability * prevalence[k]!) / prior[k]!;
  });
  const total = weighted.reduce((sum, value) => sum + value, 0);
  if (!(total > 0)) throw new RangeError('the prevalence excludes every class that the model holds possible');
  return weighted.map((value) => value / total);
}

/** Typed shares such as 33.3 % three times are accepted, a forgotten class is not. */
const SUM_TOLERANCE = 0.005;

function requireShares(shares: ArrayLike<number>, name: string): void {
  let sum = 0;
  for (let k = 0; k < shares.length; k += 1) {
    const share = shares[k]!;
    if (!(share >= 0 && share <= 1)) throw new RangeError(`the ${name} must lie between 0 and 1`);
    sum += share;
  }
  if (!(Math.abs(sum - 1) <= SUM_TOLERANCE)) throw new RangeError(`the ${name} must sum to 1`);
}
