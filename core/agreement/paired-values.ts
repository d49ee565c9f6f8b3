/** Mean and spread of numbers. */
export interface Moments {
  count: number;
  mean: number;
  /** Sum of squared distances from the mean. */
  squares: number;
}

/** @throws RangeError unless all are finite numbers and at least `least` of them. */
export function momentsOf(values: ArrayLike<number>, least: number): Moments {
  const numbers = Float64Array.from(values);
  if (numbers.length < least || !numbers.every(Number.isFinite)) {
    throw new RangeError(`this needs finite numbers, ${least} or more`);
  }
  const mean = numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
  // Second pass over what rounding has left of the mean.
  const rest = numbers.reduce((sum, value) => sum + (value - mean), 0) / numbers.length;
  const squares = numbers.reduce((sum, value) => sum + (value - mean - rest) ** 2, 0);
  return { count: numbers.length, mean: mean + rest, squares };
}

/** @throws RangeError unless two equally long lists of finite numbers, `least` or more. */
export function checkPairs(first: ArrayLike<number>, second: ArrayLike<number>, least: number): void {
  if (first.length !== second.length) throw new RangeError('both methods measured the same subjects');
  if (first.length < least) throw new RangeError(`this needs ${least} subjects or more`);
  if (![first, second].every((values) => Array.from(values).every(Number.isFinite))) {
    throw new RangeError('measurements are finite numbers');
  }
}

/** Sum of products of the distances from the means. @throws RangeError as {@link checkPairs}. */
export function sumOfProducts(first: ArrayLike<number>, second: ArrayLike<number>): number {
  checkPairs(first, second, 1);
  const [one, two] = [momentsOf(first, 1).mean, momentsOf(second, 1).mean];
  return Array.from(first).reduce((sum, value, i) => sum + (value - one) * (second[i]! - two), 0);
}
