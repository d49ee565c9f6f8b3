import { checkLabels } from './probability-rows.ts';

/** Result of temperature scaling; `isAtBound` says that no finite optimum was found inside the range. */
export interface TemperatureFit {
  temperature: number;
  isAtBound: boolean;
}

export const TEMPERATURE_RANGE = [0.05, 20] as const;

/**
 * Temperature that minimises the negative log likelihood of softmax(logits / T). Convex in 1/T; solved by
 * bisection on its derivative. Source: Guo 2017 (arXiv:1706.04599).
 * @param logits - one row per calibration person. @param labels - class of each row.
 * @returns the nearer end of {@link TEMPERATURE_RANGE}, flagged, when the optimum lies outside, as with classes that
 *   separate perfectly. @throws RangeError without rows, when lengths differ, when a logit is not finite, or when a label
 *   is no class.
 */
export function fitTemperature(
  logits: readonly ArrayLike<number>[],
  labels: ArrayLike<number>,
): TemperatureFit {
  if (logits.length === 0) throw new RangeError('a temperature needs rows of logits');
  const classCount = logits[0]!.length;
  for (const row of logits) {
    if (row.length !== classCount) throw new RangeError('rows of logits must have the same length');
    for (let k = 0; k < classCount; k += 1) {
      if (!Number.isFinite(row[k])) throw new RangeError('a logit is not finite');
    }
  }
  checkLabels(labels, logits.length, classCount);
  let [low, high] = [1 / TEMPERATURE_RANGE[1], 1 / TEMPERATURE_RANGE[0]];
  if (likelihoodSlope(logits, labels, low) >= 0) return { temperature: 1 / low, isAtBound: true };
  if (likelihoodSlope(logits, labels, high) <= 0) return { temperature: 1 / high, isAtBound: true };
  // 60 halvings take the interval below the spacing of doubles.
  for (let step = 0; step < 60; step += 1) {
    const middle = (low + high) / 2;
    if (likelihoodSlope(logits, labels, middle) < 0) low = middle;
    else high = middle;
  }
  return { temperature: 2 / (low + high), isAtBound: false };
}

/** Derivative of the mean negative log likelihood with respect to 1/T. */
export function likelihoodSlope(
  logits: readonly ArrayLike<number>[],
  labels: ArrayLike<number>,
  inverseTemperature: number,
): number {
  let slope = 0;
  for (const [row, values] of logits.entries()) {
    let top = Number.NEGATIVE_INFINITY;
    for (let k = 0; k < values.length; k += 1) top = Math.max(top, values[k]!);
    let sum = 0;
    let expected = 0;
    for (let k = 0; k < values.length; k += 1) {
      const weight = Math.exp(inverseTemperature * (values[k]! - top));
      sum += weight;
      expected += weight * values[k]!;
    }
    slope += expected / sum - values[labels[row]!]!;
  }
  return slope / logits.length;
}
