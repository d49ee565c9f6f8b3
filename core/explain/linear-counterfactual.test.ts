import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CounterfactualDistance, linearCounterfactual, linearScore } from './linear-counterfactual.ts';

const number = (limit: number) => fc.double({ min: -limit, max: limit, noNaN: true });
const vectors = (make: fc.Arbitrary<number>) =>
  fc.array(make, { minLength: 3, maxLength: 3 }).map((values) => Float64Array.from(values));
const steep = vectors(number(5)).filter((weights) => weights.some((weight) => Math.abs(weight) > 0.1));
const scales = vectors(fc.double({ min: 0.1, max: 5, noNaN: true }));

const DISTANCES: Record<string, (change: Float64Array, scale: Float64Array) => number> = {
  l1: (change) => change.reduce((sum, each) => sum + Math.abs(each), 0),
  l2: (change) => Math.sqrt(change.reduce((sum, each) => sum + each ** 2, 0)),
  'scaled-l2': (change, scale) =>
    Math.sqrt(change.reduce((sum, each, i) => sum + (each / scale[i]!) ** 2, 0)),
};

describe('nearest input with a wanted linear score', () => {
  it.each(['l1', 'l2', 'scaled-l2'] as const)('reaches it, and nothing nearer does: %s', (kind) => {
    fc.assert(
      fc.property(
        steep,
        number(3),
        vectors(number(3)),
        number(3),
        scales,
        vectors(number(1)),
        (weights, bias, input, target, scale, turn) => {
          const model = { weights, bias };
          const distance: CounterfactualDistance = kind === 'scaled-l2' ? { kind, scale } : { kind };
          const found = linearCounterfactual(model, input, target, distance)!;
          const change = found.counterfactual.map((value, i) => value - input[i]!);
          expect(linearScore(model, found.counterfactual)).toBeCloseTo(target, 9);
          expect(found.score).toBe(linearScore(model, input));
          expect(found.distance).toBeCloseTo(DISTANCES[kind]!(change, scale), 9);
          // Any other input with the same score: turned along the plane of equal scores.
          const off = linearScore({ weights, bias: 0 }, turn) / linearScore({ weights, bias: 0 }, weights);
          const other = change.map((value, i) => value + turn[i]! - off * weights[i]!);
          expect(DISTANCES[kind]!(other, scale)).toBeGreaterThan(found.distance - 1e-9);
        },
      ),
      { seed: 2, numRuns: 150 },
    );
  });
  it('moves one input alone for the sum of changes, of equal ones the first', () => {
    const model = { weights: Float64Array.of(1, -2, 2), bias: 0 };
    const found = linearCounterfactual(model, Float64Array.of(1, 1, 1), 3, { kind: 'l1' })!;
    expect(found.changedInput).toBe(1);
    expect(Array.from(found.counterfactual)).toEqual([1, 0, 1]);
  });
  it('says null when no input moves the score, and nothing to do when it is there', () => {
    const flat = { weights: new Float64Array(2), bias: 1 };
    const input = Float64Array.of(3, 4);
    expect(linearCounterfactual(flat, input, 0, { kind: 'l2' })).toBeNull();
    expect(linearCounterfactual(flat, input, 1, { kind: 'l1' })).toMatchObject({
      distance: 0,
      changedInput: null,
    });
  });
  const model = { weights: Float64Array.of(1, 2), bias: 0 };
  const input = Float64Array.of(1, 1);
  it.each<[string, () => unknown]>([
    [
      'no input',
      () =>
        linearCounterfactual({ weights: new Float64Array(0), bias: 0 }, new Float64Array(0), 0, {
          kind: 'l1',
        }),
    ],
    ['a weight too few', () => linearCounterfactual(model, Float64Array.of(1, 1, 1), 0, { kind: 'l1' })],
    ['a score that is not finite', () => linearCounterfactual(model, input, Number.NaN, { kind: 'l2' })],
    [
      'an input that is not finite',
      () => linearCounterfactual(model, Float64Array.of(1, Number.NaN), 0, { kind: 'l2' }),
    ],
    [
      'a scale too few',
      () => linearCounterfactual(model, input, 0, { kind: 'scaled-l2', scale: Float64Array.of(1) }),
    ],
    [
      'a scale of zero',
      () => linearCounterfactual(model, input, 0, { kind: 'scaled-l2', scale: Float64Array.of(1, 0) }),
    ],
    ['the score of another input', () => linearScore(model, Float64Array.of(1))],
  ])('refuses %s', (_name, misuse) => {
    expect(misuse).toThrow(RangeError);
  });
});
