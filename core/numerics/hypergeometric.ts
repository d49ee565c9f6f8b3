/**
 * Distribution of how many marked items are among those drawn without replacement: index 0 stands for `least`.
 * Probabilities sum to 1.
 */
export interface HypergeometricDistribution {
  /** Smallest count that can occur. */
  least: number;
  probabilities: Float64Array;
}

/**
 * Chance of every number of marked items among `drawn` of `population`, of which `marked` are marked.
 * Built outwards from the mode by the ratio of neighbours, so that no factorial is formed and both tails keep their
 * digits.
 * @param population - 0 or more. @param marked - 0..population. @param drawn - 0..population.
 * @throws RangeError unless these are whole numbers in range.
 */
export function hypergeometric(
  population: number,
  marked: number,
  drawn: number,
): HypergeometricDistribution {
  if (![population, marked, drawn].every((count) => Number.isSafeInteger(count) && count >= 0)) {
    throw new RangeError('counts are whole numbers from 0');
  }
  if (marked > population || drawn > population) {
    throw new RangeError('no more can be marked or drawn than there are');
  }
  const least = Math.max(0, drawn + marked - population);
  const most = Math.min(drawn, marked);
  const weights = new Float64Array(most - least + 1);
  const mode = Math.floor(((drawn + 1) * (marked + 1)) / (population + 2));
  const start = Math.min(most, Math.max(least, mode));
  // P(count + 1) / P(count)
  const ratio = (count: number) =>
    ((marked - count) * (drawn - count)) / ((count + 1) * (population - marked - drawn + count + 1));
  weights[start - least] = 1;
  for (let count = start; count < most; count += 1) {
    weights[count + 1 - least] = weights[count - least]! * ratio(count);
  }
  for (let count = start; count > least; count -= 1) {
    weights[count - 1 - least] = weights[count - least]! / ratio(count - 1);
  }
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return { least, probabilities: weights.map((weight) => weight / total) };
}

/**
 * Chance of at least `observed` marked items among those drawn.
 * @returns 0..1; exactly 1 when fewer cannot occur, exactly 0 when as many cannot.
 * @throws RangeError when `observed` is not a whole number, or as {@link hypergeometric}.
 */
export function hypergeometricUpperTail(
  population: number,
  marked: number,
  drawn: number,
  observed: number,
): number {
  if (!Number.isSafeInteger(observed)) throw new RangeError('an observed count is a whole number');
  const { least, probabilities } = hypergeometric(population, marked, drawn);
  if (observed <= least) return 1;
  let tail = 0;
  // From the small end, so that small chances are not lost beside large ones.
  for (let index = probabilities.length - 1; index >= observed - least; index -= 1) {
    tail += probabilities[index]!;
  }
  return Math.min(1, tail);
}

/**
 * Where the number of marked items among those drawn lies by chance: the smallest counts that at least alpha / 2 and at
 * least 1 - alpha / 2 of all draws do not exceed.
 * @param alpha - above 0 and below 1. @throws RangeError otherwise, or as {@link hypergeometric}.
 */
export function hypergeometricInterval(
  population: number,
  marked: number,
  drawn: number,
  alpha = 0.05,
): [number, number] {
  if (!(alpha > 0 && alpha < 1)) throw new RangeError('alpha lies between 0 and 1');
  const { least, probabilities } = hypergeometric(population, marked, drawn);
  const quantile = (share: number): number => {
    let sum = 0;
    for (const [index, probability] of probabilities.entries()) {
      sum += probability;
      // A share met exactly in whole numbers may be missed by a rounding.
      if (sum >= share - 1e-12) return least + index;
    }
    return least + probabilities.length - 1;
  };
  return [quantile(alpha / 2), quantile(1 - alpha / 2)];
}
