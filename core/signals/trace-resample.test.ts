import { describe, expect, it } from 'vitest';
import {
  resampleTrace,
  TRACE_LEAD_S,
  TRACE_LENGTH,
  TRACE_STEP_COUNT,
  TRACE_STEP_S,
} from './trace-resample.ts';
import { type ForceTrace, singleAxisTrace } from './trace-shape.ts';

/** Nothing, then a step to `levelN` at `onsetS`. */
function stepTrace(levelN: number, onsetS: number, durationS: number, rateHz: number): ForceTrace {
  const timeS = Float64Array.from({ length: Math.round(durationS * rateHz) }, (_, i) => i / rateHz);
  return singleAxisTrace(
    timeS,
    timeS.map((time) => (time >= onsetS ? levelN : 0)),
  );
}
const palmar = (values: Float64Array): number[] =>
  Array.from({ length: TRACE_STEP_COUNT }, (_, step) => values[3 * step]!);

describe('the trace of the network', () => {
  it('has 60 steps of three components from four steps before the onset, as shares of the reference', () => {
    const values = resampleTrace(stepTrace(80, 0.6, 6, 200), 100);
    expect(values.length).toBe(TRACE_LENGTH);
    expect(palmar(values).slice(0, 4)).toEqual([0, 0, 0, 0]);
    for (const share of palmar(values).slice(4)) expect(share).toBeCloseTo(0.8, 12);
    expect(values.every((value, i) => i % 3 === 0 || value === 0)).toBe(true);
  });

  it('is the same whatever the sample rate, also when the steps hold no sample of their own', () => {
    const fast = palmar(resampleTrace(stepTrace(80, 0.6, 6, 1000), 80));
    for (const rateHz of [100, 200, 12, 10]) {
      const slow = palmar(resampleTrace(stepTrace(80, 0.6, 6, rateHz), 80));
      // The onset of a slow recording is late by up to one of its samples: the edge step may differ.
      slow.forEach((share, step) => {
        if (Math.abs(step - TRACE_LEAD_S / TRACE_STEP_S) > 1.5) expect(share).toBeCloseTo(fast[step]!, 9);
      });
    }
  });

  it('keeps a scale that is wrong visible', () => {
    const tenfold = stepTrace(800, 0.6, 6, 200);
    expect(Math.max(...resampleTrace(tenfold, 80))).toBeCloseTo(10, 9);
    // Broken twin: divided by its own peak, the same trace looks like any other.
    expect(Math.max(...resampleTrace(tenfold, 800))).toBeCloseTo(1, 9);
  });

  it.each([
    [
      'a recording that ends too early',
      () => resampleTrace(stepTrace(80, 0.6, 4, 200), 80),
      /4.5 s are needed/,
    ],
    ['no reference', () => resampleTrace(stepTrace(80, 0.6, 6, 200), 0), /reference/],
    [
      'a reference that is no number',
      () => resampleTrace(stepTrace(80, 0.6, 6, 200), Number.NaN),
      /reference/,
    ],
    ['a missing sample', () => resampleTrace(stepTrace(Number.NaN, 0.6, 6, 200), 80), /no palmar force/],
  ])('refuses %s', (_, make, message) => {
    expect(make).toThrow(RangeError);
    expect(make).toThrow(message);
  });
});
