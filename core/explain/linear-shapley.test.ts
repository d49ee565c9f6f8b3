import { describe, expect, it } from 'vitest';
import { randomStream } from '../numerics/random-stream.ts';
import { linearConditionalShapley, linearShapley } from './linear-shapley.ts';

const weights = Float64Array.of(2, -1, 0.5);
const mean = Float64Array.of(1, 0, -1);
const input = Float64Array.of(2, 3, 4);
const independent = [
  [2, 0, 0],
  [0, 1, 0],
  [0, 0, 3],
];
const covariance = [
  [2, 0.6, -0.4],
  [0.6, 1, 0.2],
  [-0.4, 0.2, 3],
];

/** Mean of input j given some others, by the partitioned normal distribution for one or two known inputs. */
function conditionalMean(j: number, known: readonly number[]): number {
  const c = covariance;
  const off = known.map((i) => input[i]! - mean[i]!);
  const [a, b] = known;
  if (a === undefined) return mean[j]!;
  if (b === undefined) return mean[j]! + (c[j]![a]! / c[a]![a]!) * off[0]!;
  const determinant = c[a]![a]! * c[b]![b]! - c[a]![b]! ** 2;
  const first = (c[b]![b]! * off[0]! - c[a]![b]! * off[1]!) / determinant;
  const second = (c[a]![a]! * off[1]! - c[a]![b]! * off[0]!) / determinant;
  return mean[j]! + c[j]![a]! * first + c[j]![b]! * second;
}

describe('Shapley values of a linear model', () => {
  it('are weight times distance from the mean when inputs are taken alone', () => {
    expect(Array.from(linearShapley({ weights, mean }, input))).toEqual([2, -3, 2.5]);
  });
  it('are the same when the inputs are not correlated', () => {
    linearConditionalShapley({ weights, mean }, independent, input).forEach((value, i) => {
      expect(value).toBeCloseTo([2, -3, 2.5][i]!, 12);
    });
  });
  it('are the mean over all orders of what each new input tells of the rest', () => {
    const expectation = (known: readonly number[]) =>
      weights.reduce(
        (sum, weight, j) => sum + weight * (known.includes(j) ? input[j]! : conditionalMean(j, known)),
        0,
      );
    const orders = [
      [0, 1, 2],
      [0, 2, 1],
      [1, 0, 2],
      [1, 2, 0],
      [2, 0, 1],
      [2, 1, 0],
    ];
    const means = [0, 0, 0];
    for (const order of orders) {
      order.forEach((i, at) => {
        means[i]! += (expectation(order.slice(0, at + 1)) - expectation(order.slice(0, at))) / orders.length;
      });
    }
    linearConditionalShapley({ weights, mean }, covariance, input).forEach((value, i) => {
      expect(value).toBeCloseTo(means[i]!, 12);
    });
  });
  it('share equally between inputs that are the same thing', () => {
    const same = [
      [1, 1, 0],
      [1, 1, 0],
      [0, 0, 1],
    ];
    const values = linearConditionalShapley(
      { weights: Float64Array.of(1, 0, 0), mean: new Float64Array(3) },
      same,
      Float64Array.of(1, 1, 1),
    );
    [0.5, 0.5, 0].forEach((value, i) => {
      expect(values[i]).toBeCloseTo(value, 12);
    });
  });
  it('takes the covariance of measured inputs, which is symmetric to rounding only', () => {
    const stream = randomStream('covariance', 'test', 0);
    const noisy = covariance.map((row) => row.map((value) => value * (1 + 1e-15 * stream.normal())));
    const [plain, rounded] = [covariance, noisy].map((each) =>
      linearConditionalShapley({ weights, mean }, each, input),
    );
    plain!.forEach((value, i) => {
      expect(rounded![i]).toBeCloseTo(value, 12);
    });
  });
  it.each<[string, () => unknown]>([
    [
      'no input',
      () => linearShapley({ weights: new Float64Array(0), mean: new Float64Array(0) }, new Float64Array(0)),
    ],
    ['a weight too few', () => linearShapley({ weights: weights.slice(1), mean }, input)],
    [
      'a mean that is not finite',
      () => linearShapley({ weights, mean: Float64Array.of(1, Number.NaN, 0) }, input),
    ],
    ['a mean too few', () => linearConditionalShapley({ weights, mean: mean.slice(1) }, covariance, input)],
    [
      'a covariance of other inputs',
      () => linearConditionalShapley({ weights, mean }, covariance.slice(1), input),
    ],
    ['a short row', () => linearConditionalShapley({ weights, mean }, [[2], [1], [3]], input)],
    [
      'an asymmetric one',
      () =>
        linearConditionalShapley(
          { weights, mean },
          [
            [2, 0.5, 0],
            [0.6, 1, 0],
            [0, 0, 3],
          ],
          input,
        ),
    ],
    [
      'a negative variance',
      () =>
        linearConditionalShapley(
          { weights, mean },
          [
            [-2, 0, 0],
            [0, 1, 0],
            [0, 0, 3],
          ],
          input,
        ),
    ],
    [
      'an entry that is not finite',
      () =>
        linearConditionalShapley(
          { weights, mean },
          [
            [Number.NaN, 0, 0],
            [0, 1, 0],
            [0, 0, 3],
          ],
          input,
        ),
    ],
    [
      '13 inputs',
      () => {
        const zeros = new Float64Array(13);
        const identity = Array.from({ length: 13 }, (_, i) => zeros.map((_zero, j) => (i === j ? 1 : 0)));
        return linearConditionalShapley({ weights: zeros, mean: zeros }, identity, zeros);
      },
    ],
  ])('refuse %s', (_name, misuse) => {
    expect(misuse).toThrow(RangeError);
  });
});
