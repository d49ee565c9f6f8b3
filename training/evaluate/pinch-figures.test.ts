import { describe, expect, it } from 'vitest';
import { MIN_HOLD_S, traceFeatures } from '../../core/signals/trace-features.ts';
import { resampleTrace } from '../../core/signals/trace-resample.ts';
import { referenceDataFolder } from '../population/survey-rows.ts';
import { Figures } from './figures.ts';
import { aplWords, collapseWords } from './pinch-collapse.ts';
import { pinchFigures } from './pinch-figures.ts';
import { meanWithInterval } from './pinch-intervals.ts';
import {
  declineWords,
  PULSE_READING,
  readGripLoadCell,
  readPinchPulses,
  realRecordingFigures,
} from './pinch-real-recordings.ts';
import { contactWords, genericHandWords } from './pinch-surgery-figures.ts';

describe('figures of the pinch simulator', () => {
  it('hold with few hands, but for the departure of ADR 9', async () => {
    const steps: string[] = [];
    const counts = { surgery: 400, collapse: 800, laws: 12, traces: 24 };
    const figures = Figures.parse(await pinchFigures((line) => steps.push(line), counts));
    const missed = figures.checks.filter(({ ok }) => ok === false).map(({ name }) => name);
    expect(missed).toEqual(['known collapse: all sixteen varying, FPL']);
    expect(figures.checks.length).toBeGreaterThan(50);
    for (const { low, value, high } of [...figures.checks, ...figures.findings]) {
      expect(low).toBeLessThanOrEqual(value);
      expect(high).toBeGreaterThanOrEqual(value);
    }
    const names = [...figures.checks, ...figures.findings].map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(steps.length).toBe(6);
  });

  it('resamples people for an interval, and needs one', () => {
    const { value, low, high, n } = meanWithInterval([1, 2, 3, 4], 'test');
    expect({ value, n }).toEqual({ value: 2.5, n: 4 });
    expect(low).toBeGreaterThanOrEqual(1);
    expect(low).toBeLessThan(2.5);
    expect(high).toBeGreaterThan(2.5);
    expect(() => meanWithInterval([], 'test')).toThrow(RangeError);
  });
});

describe('sentences', () => {
  const interval = (low: number, high: number) => ({ value: (low + high) / 2, low, high });

  it('say of either contact model what was measured, and claim a difference only beyond the intervals', () => {
    expect(contactWords(interval(70, 72), interval(97, 99))).toMatch(/29\.0 %.*2\.0 %.*rests on the contact/);
    // Broken twin of the old wording: the same loss in both models.
    expect(contactWords(interval(70, 72), interval(71, 73))).toMatch(/no difference .* is claimed/);
  });

  it('put the generic hand on the side of the people where it is', () => {
    expect(genericHandWords(60, interval(70, 72))).toContain('more than people');
    expect(genericHandWords(80, interval(70, 72))).toContain('less than people');
    expect(genericHandWords(71, interval(70, 72))).toContain('as much as people');
  });

  it('tell a collapse, none, and what cannot be told', () => {
    expect(collapseWords(interval(0.21, 0.23))).toContain('hardly be told');
    expect(collapseWords(interval(0.4, 0.5))).toContain('does not show');
    expect(collapseWords(interval(0.25, 0.35))).toContain('cannot be told');
    expect(aplWords(interval(0.18, 0.22))).toContain('not told from chance');
    expect(aplWords(interval(0.3, 0.4))).toContain('more often than by chance');
    expect(aplWords(interval(0.85, 0.9))).toContain('as in the source');
    expect(aplWords(interval(0.1, 0.15))).toContain('less often');
  });

  it('compare declines by the second, so that a longer hold is no faster one', () => {
    expect(declineWords(30, 11)).toContain('faster, so real holds');
    expect(declineWords(5, 11)).toContain('did not let go faster');
  });
});

describe('real recordings', () => {
  it('are not judged where they are absent', () => {
    const { checks } = realRecordingFigures('/nowhere');
    expect(checks.map(({ ok }) => ok)).toEqual([null, null]);
    expect(checks.every(({ bar }) => bar.includes('not judged'))).toBe(true);
  });

  const folder = referenceDataFolder();
  const pulses = readPinchPulses(folder);
  const grips = readGripLoadCell(folder);
  if (pulses === null) console.log('skipped: no real pinch pulses (PREHENSA_REFERENCE_DATA)');
  if (grips === null) console.log('skipped: no real grip recordings (PREHENSA_REFERENCE_DATA)');

  it.skipIf(pulses === null)('pinch pulses: a quick rise, no hold, and not what the network takes', () => {
    for (const { trace } of pulses ?? []) {
      const features = traceFeatures(trace, PULSE_READING);
      // Described: peaks of 9.1-12.3 N at 80-145 ms over a background of about 2 N.
      expect(features.peakN).toBeGreaterThan(6.5);
      expect(features.peakN).toBeLessThan(11);
      expect(features.riseTimeS!).toBeGreaterThan(0.01);
      expect(features.riseTimeS!).toBeLessThan(0.08);
      expect(features.holdVariation).toBeNull();
      expect(() => resampleTrace(trace, features.peakN)).toThrow(RangeError);
    }
  });

  it.skipIf(grips === null)('grip recordings: counts with an irregular clock have a hold', () => {
    for (const { name, trace } of grips ?? []) {
      const features = traceFeatures(trace);
      expect(features.holdS).toBeGreaterThan(MIN_HOLD_S);
      expect(features.holdVariation!).toBeLessThan(0.2);
      // Described for the sustained hold: from 1.73 to 1.1-1.3 million counts over about 11 s.
      if (name.startsWith('sustained')) {
        expect(Math.abs(features.holdS - 11)).toBeLessThan(2);
        expect(features.holdDecline!).toBeGreaterThan(0.2);
      }
    }
  });
});
