/** Activations the Float64 engine computes. Anything else is refused by name when a model is read. */
export const ACTIVATIONS = ['linear', 'relu', 'tanh', 'sigmoid', 'softplus', 'softmax'] as const;
export type Activation = (typeof ACTIVATIONS)[number];

/** Logistic function, 0..1; exact to rounding for any finite x. */
export function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

/** Piecewise linear stand-in for {@link sigmoid}: 0.2 x + 0.5, cut at 0 and 1 (Keras 2, tfjs). */
export function hardSigmoid(x: number): number {
  return Math.min(1, Math.max(0, 0.2 * x + 0.5));
}

/**
 * Applies an activation in place.
 * @param channels - width of the last axis; only softmax, which sums over it, looks at it.
 */
export function activate(values: Float64Array, activation: Activation, channels: number): void {
  switch (activation) {
    case 'linear':
      return;
    case 'relu':
      for (let i = 0; i < values.length; i += 1) if (values[i]! < 0) values[i] = 0;
      return;
    case 'tanh':
      for (let i = 0; i < values.length; i += 1) values[i] = Math.tanh(values[i]!);
      return;
    case 'sigmoid':
      for (let i = 0; i < values.length; i += 1) values[i] = sigmoid(values[i]!);
      return;
    case 'softplus':
      // max(x, 0) + log(1 + exp(-|x|)): no overflow for large x.
      for (let i = 0; i < values.length; i += 1) {
        const x = values[i]!;
        values[i] = Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
      }
      return;
    case 'softmax':
      for (let start = 0; start < values.length; start += channels) {
        softmaxInPlace(values.subarray(start, start + channels));
      }
  }
}

/** The largest value is taken away first, so that no exponential overflows. */
function softmaxInPlace(values: Float64Array): void {
  let top = Number.NEGATIVE_INFINITY;
  for (const value of values) top = Math.max(top, value);
  let sum = 0;
  for (let k = 0; k < values.length; k += 1) sum += values[k] = Math.exp(values[k]! - top);
  for (let k = 0; k < values.length; k += 1) values[k]! /= sum;
}
