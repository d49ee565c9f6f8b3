import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attributionSensitivity, noisePerturbations } from './max-sensitivity.ts';

/** Tenths, and never a zero. */
const number = fc.integer({ min: 1, max: 30 }).chain((n) => fc.constantFrom(n / 10, -n / 10));
const vector = fc.array(number, { minLength: 3, maxLength: 3 }).map((list) => Float64Array.from(list));
const norm = (values: Iterable<number>) => Math.sqrt([...values].reduce((sum, x) => sum + x * x, 0));
/** Contributions of x0 x1 + x2^2, gradient times input. */
const explain = ([a, b, c]: Float64Array) => Float64Array.of(a! * b!, a! * b!, 2 * c! * c!);

describe('sensitivity of an explanation', () => {
  it('equals its definitions, one perturbation after the other', () => {
    fc.assert(
      fc.property(vector, fc.array(vector, { minLength: 1, maxLength: 4 }), (row, perturbations) => {
        const here = explain(row);
        const found = attributionSensitivity(explain, row, perturbations);
        const changes = perturbations.map((p) => {
          const there = explain(row.map((x, i) => x + p[i]!));
          return norm(there.map((x, i) => x - here[i]!));
        });
        for (const [i, change] of changes.entries()) {
          expect(found.relativeChanges[i]).toBeCloseTo(change / norm(here), 9);
          expect(found.lipschitz[i]).toBeCloseTo(change / norm(perturbations[i]!), 9);
        }
        expect(found.maxSensitivity).toBe(Math.max(...found.relativeChanges));
        expect(found.maxLipschitz).toBe(Math.max(...found.lipschitz));
        const sum = [...found.relativeChanges].reduce((s, x) => s + x, 0);
        expect(found.averageSensitivity).toBe(sum / perturbations.length);
      }),
      { seed: 4, numRuns: 80 },
    );
  });
  it('is 0 for the slopes of a linear function, infinite where there was nothing', () => {
    const step = [Float64Array.of(0.1)];
    expect(attributionSensitivity(() => Float64Array.of(2), Float64Array.of(1), step).maxSensitivity).toBe(0);
    expect(attributionSensitivity(() => Float64Array.of(0), Float64Array.of(1), step).maxSensitivity).toBe(0);
    const grown = attributionSensitivity((row) => row, Float64Array.of(0), step);
    expect(grown.maxSensitivity).toBe(Number.POSITIVE_INFINITY);
  });
  it('refuses no perturbation, one of nothing, one that does not fit and values that are none', () => {
    const row = Float64Array.of(1, 2);
    const same = (each: Float64Array) => each;
    expect(() => attributionSensitivity(same, row, [])).toThrow(RangeError);
    expect(() => attributionSensitivity(same, row, [new Float64Array(2)])).toThrow(RangeError);
    expect(() => attributionSensitivity(same, row, [Float64Array.of(1)])).toThrow(RangeError);
    expect(() => attributionSensitivity(same, row, [Float64Array.of(1, Number.NaN)])).toThrow(RangeError);
    const broken = (each: Float64Array) => each.map((x) => (x > 1.5 ? x : Number.NaN));
    expect(() => attributionSensitivity(broken, row, [Float64Array.of(1, 1)])).toThrow(RangeError);
  });
});

describe('noise perturbations', () => {
  it('have the deviations asked for and are the same each time', () => {
    const drawn = noisePerturbations([2, 0, 0.5], 2_000, 'a');
    for (const [i, deviation] of [2, 0, 0.5].entries()) {
      const spread = Math.sqrt(drawn.reduce((sum, each) => sum + each[i]! ** 2, 0) / drawn.length);
      // Five standard errors of a deviation of 2,000 draws.
      expect(Math.abs(spread - deviation)).toBeLessThanOrEqual((5 * deviation) / Math.sqrt(4_000));
    }
    expect(noisePerturbations([2, 0, 0.5], 3, 'a')).toEqual(drawn.slice(0, 3));
    expect(noisePerturbations([2, 0, 0.5], 3, 'b')).not.toEqual(drawn.slice(0, 3));
  });
  it('refuse no noise, negative noise and no draws', () => {
    for (const bad of [[], [0, 0], [-1, 1], [Number.NaN]]) {
      expect(() => noisePerturbations(bad, 1, 'a')).toThrow(RangeError);
    }
    for (const bad of [0, 1.5]) expect(() => noisePerturbations([1], bad, 'a')).toThrow(RangeError);
  });
});
