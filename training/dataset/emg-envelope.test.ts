import { describe, expect, it } from 'vitest';
import { lowPassBothWays, rectifiedEnvelope, resampled } from './emg-envelope.ts';

const sine = (hz: number, rateHz: number, seconds: number) =>
  Float64Array.from({ length: rateHz * seconds }, (_, i) => Math.sin((2 * Math.PI * hz * i) / rateHz));
/** Amplitude in the middle half, away from the ends. */
const amplitude = (samples: Float64Array) => {
  const middle = samples.subarray(samples.length / 4, (3 * samples.length) / 4);
  return Math.SQRT2 * Math.sqrt(middle.reduce((sum, value) => sum + value ** 2, 0) / middle.length);
};

describe('envelope', () => {
  it('halves the power twice at the cutoff: 0.5 of the amplitude after both passes', () => {
    // Second-order Butterworth is 1/sqrt(2) at its cutoff, once each way. 0.01: the middle is no whole number of periods.
    expect(Math.abs(amplitude(lowPassBothWays(sine(4, 200, 8), 200, 4)) - 0.5)).toBeLessThan(0.01);
    expect(amplitude(lowPassBothWays(sine(0.5, 200, 16), 200, 4))).toBeGreaterThan(0.99);
    expect(amplitude(lowPassBothWays(sine(40, 200, 4), 200, 4))).toBeLessThan(2e-4);
  });

  it('delays nothing: a symmetric pulse stays where it is', () => {
    const pulse = Float64Array.from({ length: 401 }, (_, i) => Math.exp(-(((i - 200) / 30) ** 2)));
    const filtered = lowPassBothWays(pulse, 200, 4);
    expect(filtered.indexOf(Math.max(...filtered))).toBe(200);
  });

  it('keeps a constant and takes an offset off the raw signal', () => {
    expect(lowPassBothWays(new Float64Array(50).fill(3), 200, 4).every((v) => Math.abs(v - 3) < 1e-9)).toBe(
      true,
    );
    const offset = sine(50, 200, 4).map((value) => value + 7);
    const plain = rectifiedEnvelope(sine(50, 200, 4), 200, 4);
    rectifiedEnvelope(offset, 200, 4).forEach((value, i) => {
      expect(value).toBeCloseTo(plain[i]!, 9);
    });
  });

  it('refuses a cutoff above half the rate', () => {
    expect(() => lowPassBothWays(new Float64Array(9), 8, 4)).toThrow(RangeError);
  });
});

describe('resampling', () => {
  it('gives a straight line back and ends inside the recording', () => {
    const line = Float64Array.from({ length: 201 }, (_, i) => i);
    expect([...resampled(line, 200, 20)]).toEqual(Array.from({ length: 21 }, (_, i) => 10 * i));
    expect(resampled(line, 150, 20).at(-1)).toBeLessThanOrEqual(200);
  });
});
