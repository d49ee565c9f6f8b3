import { describe, expect, it } from 'vitest';
import { randomStream } from '../../core/numerics/random-stream.ts';
import { ledoitWolf } from '../../core/uncertainty/covariance.ts';
import { featurePrecision } from './feature-precision.ts';

const rows = Array.from({ length: 80 }, (_, i) => {
  const stream = randomStream('precision', 'row', i);
  const shared = stream.normal();
  return Float64Array.of(shared + 0.3 * stream.normal(), shared, stream.normal());
});

/** Law: M S is a multiple of the identity, and the diagonal of M averages 1. */
function isScaledInverse(precision: Float64Array): boolean {
  const { covariance } = ledoitWolf(rows);
  const product = Array.from({ length: 9 }, (_, at) => {
    const [i, j] = [Math.floor(at / 3), at % 3];
    return [0, 1, 2].reduce((sum, k) => sum + precision[3 * i + k]! * covariance[3 * k + j]!, 0);
  });
  const trace = precision[0]! + precision[4]! + precision[8]!;
  // Entries are of the order of 1; 1e-9 is rounding.
  const isMultiple = product.every((value, at) => Math.abs(value - (at % 4 === 0 ? product[0]! : 0)) < 1e-9);
  return isMultiple && Math.abs(trace - 3) < 1e-9;
}

describe('precision of the features', () => {
  it('is the scaled inverse of the shrunk covariance; the covariance itself, its broken twin, is not', () => {
    expect(isScaledInverse(featurePrecision(rows))).toBe(true);
    expect(isScaledInverse(ledoitWolf(rows).covariance)).toBe(false);
  });
  it('makes the difference of two columns that agree dearer than their sum', () => {
    const precision = featurePrecision(rows);
    const cost = (a: number, b: number) =>
      a * a * precision[0]! + 2 * a * b * precision[1]! + b * b * precision[4]!;
    expect(cost(1, -1)).toBeGreaterThan(3 * cost(1, 1));
  });
  it('refuses equal rows', () => {
    expect(() => featurePrecision([Float64Array.of(1, 2), Float64Array.of(1, 2)])).toThrow(RangeError);
  });
});
