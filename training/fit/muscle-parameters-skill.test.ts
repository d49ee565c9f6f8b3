import { describe, expect, it } from 'vitest';
import { randomStream } from '../../core/numerics/random-stream.ts';
import { TARGET_COUNT } from '../dataset/muscle-parameters-targets.ts';
import {
  pairedSkill,
  resampleSums,
  rootMeanSquares,
  squaredErrors,
  verdictOf,
} from './muscle-parameters-skill.ts';

/** Squared errors of people whose error is `scale` times a normal number that all predictors share. */
function errorsOf(scale: number, count = 400): Float64Array {
  const stream = randomStream('muscle-skill-test', 'errors', 0);
  return Float64Array.from({ length: count * TARGET_COUNT }, () => (scale * stream.normal()) ** 2);
}

describe('paired skill', () => {
  const sums = (errors: Float64Array) => resampleSums(errors, 'test');
  const model = sums(errorsOf(0.8));

  it('is exact, without width, when both err in the same places', () => {
    const { value, low, high } = pairedSkill(model, sums(errorsOf(1)))[0]!;
    expect(value).toBeCloseTo(0.36, 9);
    expect(high - low).toBeLessThan(1e-9);
  });

  it('would be wide if the people were not paired (broken twin)', () => {
    // The same errors, each person compared with another one.
    const shifted = Float64Array.from(errorsOf(1));
    shifted.copyWithin(0, TARGET_COUNT * 7);
    const { low, high } = pairedSkill(model, sums(shifted))[0]!;
    expect(high - low).toBeGreaterThan(0.05);
  });

  it('compares the same people and resamples or nothing', () => {
    expect(() => pairedSkill(sums(errorsOf(1, 10)), sums(errorsOf(1, 11)))).toThrow(RangeError);
    expect(() => pairedSkill(model, resampleSums(errorsOf(1), 'other'))).toThrow(RangeError);
    expect(() => sums(new Float64Array())).toThrow(RangeError);
    expect(() => squaredErrors([], [{ targets: new Float64Array(TARGET_COUNT) }])).toThrow(RangeError);
  });

  it('has a root mean square whose interval holds the truth', () => {
    const { value, low, high } = rootMeanSquares(sums(errorsOf(2)))[3]!;
    expect(low).toBeLessThan(2);
    expect(high).toBeGreaterThan(2);
    // 400 normal errors: standard error 2 / sqrt(800) = 0.07.
    expect(Math.abs(value - 2)).toBeLessThan(0.25);
  });
});

describe('verdict', () => {
  const at = (low: number) => ({ value: low + 0.02, low, high: low + 0.04 });
  const world = (d: number, s: number | null, g: number | null) => ({
    D: at(d),
    S: s === null ? null : at(s),
    G: g === null ? null : at(g),
  });

  it('asks for 0.05 beyond general strength in both contact models', () => {
    expect(verdictOf([world(0.4, 0.06, 0.06), world(0.3, 0.05, 0.05)])).toBe('identifiable');
    expect(verdictOf([world(0.4, 0.06, 0.06), world(0.3, 0.04, 0.05)])).toBe('general-strength-only');
    expect(verdictOf([world(0.4, 0.06, 0.01), world(0.3, 0.06, 0.06)])).toBe('general-strength-only');
  });

  it('lets tier 1 identify nothing: it sees no more than general strength', () => {
    expect(verdictOf([world(0.5, null, null), world(0.5, null, null)])).toBe('general-strength-only');
  });

  it('calls a parameter that does not beat the person alone not identifiable', () => {
    expect(verdictOf([world(0.4, 0, 0), world(-0.01, 0, 0)])).toBe('not-identifiable');
    expect(() => verdictOf([])).toThrow(RangeError);
  });
});
