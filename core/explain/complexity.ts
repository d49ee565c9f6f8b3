/** |value| as a share of all; null when all are zero. @throws RangeError when empty or not finite. */
function magnitudeShares(values: ArrayLike<number>): Float64Array | null {
  const magnitudes = magnitudesOf(values);
  const sum = magnitudes.reduce((total, each) => total + each, 0);
  return sum > 0 ? magnitudes.map((each) => each / sum) : null;
}

function magnitudesOf(values: ArrayLike<number>): Float64Array {
  const magnitudes = Float64Array.from(values, Math.abs);
  if (magnitudes.length === 0 || !magnitudes.every(Number.isFinite)) {
    throw new RangeError('complexity needs values, all of them finite');
  }
  return magnitudes;
}

/**
 * Entropy of the shares of |value|, in nats: 0 when one value holds all, ln(n) when n values are equal.
 * Source: Bhatt et al. 2020.
 * @returns null when all values are zero. @throws RangeError when empty or not finite.
 */
export function attributionEntropy(values: ArrayLike<number>): number | null {
  const shares = magnitudeShares(values);
  if (shares === null) return null;
  const entropy = shares.reduce((sum, share) => (share > 0 ? sum - share * Math.log(share) : sum), 0);
  // A single share of 1 leaves -0.
  return entropy === 0 ? 0 : entropy;
}

/**
 * Gini index of |value|: 0 when all are equal, 1 - 1/n when one of n holds all. Source: Chalasani et al. 2020.
 * @returns null when all values are zero. @throws RangeError when empty or not finite.
 */
export function attributionGini(values: ArrayLike<number>): number | null {
  const shares = magnitudeShares(values)?.sort();
  if (!shares) return null;
  const count = shares.length;
  return shares.reduce((sum, share, i) => sum + (2 * (i + 1) - count - 1) * share, 0) / count;
}

/**
 * Number of values with |value| above a threshold. Source: Nguyen & Martinez 2020, effective complexity.
 * @param threshold - 0 or more, in the unit of the values. @throws RangeError otherwise, when empty or not finite.
 */
export function effectiveComplexity(values: ArrayLike<number>, threshold: number): number {
  if (!(threshold >= 0 && Number.isFinite(threshold))) throw new RangeError('a threshold is 0 or more');
  return magnitudesOf(values).filter((magnitude) => magnitude > threshold).length;
}

/**
 * Smallest number of values (groups, bands) that together hold a share of the sum of |value|.
 * @param mass - above 0, up to 1. @returns null when all values are zero.
 * @throws RangeError for another mass, when empty or not finite.
 */
export function countForMass(values: ArrayLike<number>, mass = 0.8): number | null {
  if (!(mass > 0 && mass <= 1)) throw new RangeError('a share of the mass is above 0, up to 1');
  const shares = magnitudeShares(values)?.sort().reverse();
  if (!shares) return null;
  let held = 0;
  for (const [i, share] of shares.entries()) {
    held += share;
    // Shares that add up to the mass but for rounding reach it.
    if (held >= mass - 1e-12) return i + 1;
  }
  return shares.length;
}
