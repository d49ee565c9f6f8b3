import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { traceFeatures } from '../../../core/signals/trace-features.ts';
import { type ForceTrace, traceComponent } from '../../../core/signals/trace-shape.ts';
import { variedHand } from '../../population/varied-hand.ts';
import { pinchMechanics } from '../pinch/pinch-mechanics.ts';
import { pinchTrace } from '../pinch/pinch-trace.ts';
import {
  drawLoadCell,
  type LoadCell,
  PERFECT_LOAD_CELL,
  recordSingleAxis,
  recordThreeAxes,
} from './load-cell.ts';
import { believedNewtons, operateForm, SLIP_SHARES, typeTrials } from './operator.ts';
import { gaugeNewtons, KILOGRAM_GAUGE, POUND_GAUGE, readGauge, readGaugeOfTrace } from './pinch-gauge.ts';

const RECORDING = { seed: 'instrument-test', subject: 1, name: 'neutral' };
const mechanics = pinchMechanics(variedHand('instrument-test', 1, 1.25));
const PULL: ForceTrace = pinchTrace(mechanics, { ...RECORDING, sex: 'female' });
const recorded = (cell: Partial<LoadCell>, trace: ForceTrace = PULL): ForceTrace =>
  recordThreeAxes(trace, { ...PERFECT_LOAD_CELL, sampleRateHz: 200, ...cell }, RECORDING);
const STILL: ForceTrace = { timeS: PULL.timeS, forceN: new Float64Array(PULL.forceN.length) };

describe('pinch gauge', () => {
  it('shows the same force on both dials, within half a mark', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 250, noNaN: true }), (peakN) => {
        for (const gauge of [KILOGRAM_GAUGE, POUND_GAUGE]) {
          const readN = gaugeNewtons(readGauge(peakN, gauge), gauge);
          expect(Math.abs(readN - peakN)).toBeLessThanOrEqual(
            gaugeNewtons(gauge.resolution, gauge) / 2 + 1e-9,
          );
        }
      }),
    );
    // Broken twin: a reading in pounds taken for kilograms is not the force.
    expect(Math.abs(gaugeNewtons(readGauge(100, POUND_GAUGE), KILOGRAM_GAUGE) - 100)).toBeGreaterThan(50);
  });

  it('stops at full scale and reads the peak of a pull', () => {
    expect(readGauge(1000, KILOGRAM_GAUGE)).toBeCloseTo(27, 9);
    const shownN = gaugeNewtons(readGaugeOfTrace(PULL, KILOGRAM_GAUGE), KILOGRAM_GAUGE);
    // 50 ms of needle take a little off the peak of fluctuation and tremor (about 2 % each).
    expect(Math.abs(shownN / Math.max(...traceComponent(PULL, 0)) - 1)).toBeLessThan(0.03);
  });

  it('reads nothing but a force', () => {
    expect(() => readGauge(Number.NaN, KILOGRAM_GAUGE)).toThrow(RangeError);
    expect(() => readGauge(-1, KILOGRAM_GAUGE)).toThrow(RangeError);
    expect(() => readGauge(1, { ...KILOGRAM_GAUGE, resolution: 0 })).toThrow(RangeError);
    const broken = { ...PULL, forceN: PULL.forceN.map((force, i) => (i === 600 ? Number.NaN : force)) };
    expect(() => readGaugeOfTrace(broken, KILOGRAM_GAUGE)).toThrow(/Sample 201 .* palmar force/);
  });
});

describe('load cell', () => {
  it('gives the physical force when it has no error', () => {
    recorded({}).forceN.forEach((force, i) => {
      expect(force).toBeCloseTo(PULL.forceN[i]!, 9);
    });
  });

  it('interpolates to its own rate', () => {
    const slow = recorded({ sampleRateHz: 100 });
    expect(slow.timeS.length).toBe(600);
    expect(slow.forceN[3 * 300]).toBeCloseTo(PULL.forceN[3 * 600]!, 9);
    const fast = recorded({ sampleRateHz: 1000 });
    const middle = (PULL.forceN[3 * 300]! + PULL.forceN[3 * 301]!) / 2;
    // 2.5 of 5 ms lie between two of the fast cell's samples.
    expect((fast.forceN[3 * 1502]! + fast.forceN[3 * 1503]!) / 2).toBeCloseTo(middle, 6);
  });

  it('reads multiples of its step, within full scale', () => {
    const { forceN } = recorded({ resolutionN: 0.5, fullScaleN: 60 });
    for (const force of forceN) {
      expect(Math.abs(force)).toBeLessThanOrEqual(60);
      expect(Math.abs(force / 0.5 - Math.round(force / 0.5))).toBeLessThan(1e-9);
    }
    expect(Math.max(...forceN)).toBe(60);
    // Broken twin: without quantisation hardly any sample is a multiple.
    expect(recorded({}).forceN.some((force) => Math.abs(force / 0.5 - Math.round(force / 0.5)) > 0.1)).toBe(
      true,
    );
  });

  it('is at zero without force when tared, and at its offset when not', () => {
    const errors = { offsetN: [3, -2, 1], resolutionN: 0.05 } as const;
    const tared = recorded({ ...errors, isTared: true }, STILL);
    expect(tared.forceN.every((force) => Math.abs(force) < 1e-9)).toBe(true);
    expect([...recorded(errors, STILL).forceN.subarray(0, 3)]).toEqual(
      [3, -2, 1].map((n) => expect.closeTo(n, 9)),
    );
    const drifting = recorded({ driftNPerS: [0.1, 0, 0], isTared: true }, STILL);
    const last = drifting.forceN.length - 3;
    // Tare is the mean of the first 0.2 s.
    expect(drifting.forceN[last]).toBeCloseTo(0.1 * (drifting.timeS[drifting.timeS.length - 1]! - 0.0975), 6);
  });

  it('shows a share of every other axis', () => {
    const clean = recorded({});
    const mixed = recorded({ crossAxis: 0.02 });
    for (const sample of [400, 700]) {
      const [palmar, longitudinal, transverse] = clean.forceN.subarray(3 * sample, 3 * sample + 3);
      expect(mixed.forceN[3 * sample]).toBeCloseTo(palmar! + 0.02 * (longitudinal! + transverse!), 9);
      expect(mixed.forceN[3 * sample + 2]).toBeCloseTo(transverse! + 0.02 * (palmar! + longitudinal!), 9);
    }
  });

  it('has noise of its own: the pull is the same, the sensor is not', () => {
    const noisy = recorded({ noiseN: 0.2 });
    const difference = noisy.forceN.map((force, i) => force - PULL.forceN[i]!);
    const sd = Math.sqrt(difference.reduce((sum, d) => sum + d * d, 0) / difference.length);
    // 3,600 draws: the standard error of the deviation is 1.2 %; five of them.
    expect(Math.abs(sd / 0.2 - 1)).toBeLessThan(0.06);
    expect(recorded({ noiseN: 0.2 })).toEqual(noisy);
  });

  it('leaves what a clinic reads nearly as it was with a drawn copy, on one axis or three', () => {
    const own = traceFeatures(PULL);
    const three = traceFeatures(recordThreeAxes(PULL, drawLoadCell('instrument-test', 4), RECORDING));
    const one = traceFeatures(recordSingleAxis(PULL, drawLoadCell('instrument-test', 4), RECORDING));
    // Gain within 1 % (three standard deviations), cross-talk 1 % of half the force.
    expect(Math.abs(three.peakN / own.peakN - 1)).toBeLessThan(0.05);
    expect(Math.abs(three.riseTimeS! - own.riseTimeS!)).toBeLessThan(0.02);
    expect(one.directionDriftRad).toBe(0);
    expect(one.peakN).toBeCloseTo(three.peakN, 9);
  });

  it('refuses a rate that it does not have, and a trace with a hole', () => {
    expect(() => recorded({ sampleRateHz: 20 })).toThrow(/100 to 1000/);
    const broken = { ...PULL, forceN: PULL.forceN.map((force, i) => (i === 5 ? Number.NaN : force)) };
    expect(() => recorded({}, broken)).toThrow(/Sample 2 .* transverse force/);
  });
});

describe('operator', () => {
  const trialsN = [80, 84, 82];
  it('types what the gauge showed', () => {
    const believedN = believedNewtons(typeTrials(trialsN, 'kg', 'none', 'lb'));
    believedN.forEach((forceN, i) => {
      expect(Math.abs(forceN - trialsN[i]!)).toBeLessThan(0.05 * 9.81 + 1e-9);
    });
  });

  it('makes each slip as it is named', () => {
    expect(typeTrials(trialsN, 'kg', 'wrong-unit', 'N').values).toEqual([80, 84, 82]);
    expect(typeTrials(trialsN, 'kg', 'one-trial-in-another-unit', 'lb', 1).values).toEqual([8.2, 18.9, 8.4]);
    expect(typeTrials(trialsN, 'kg', 'decimal-lost', 'lb', 2).values).toEqual([8.2, 8.6, 84]);
  });

  it('slips as often as it is told', () => {
    const counts = { none: 0, 'wrong-unit': 0, 'one-trial-in-another-unit': 0, 'decimal-lost': 0 };
    const people = 20_000;
    for (let subject = 0; subject < people; subject += 1) {
      counts[operateForm('operator-test', subject, trialsN, 'kg').slip] += 1;
    }
    for (const slip of ['wrong-unit', 'one-trial-in-another-unit', 'decimal-lost'] as const) {
      const share = SLIP_SHARES[slip];
      // Four binomial standard errors.
      const tolerance = 4 * Math.sqrt((share * (1 - share)) / people);
      expect(Math.abs(counts[slip] / people - share)).toBeLessThan(tolerance);
    }
  });

  it('refuses no trial, another trial than there is, one unit in a slip of two', () => {
    expect(() => typeTrials([], 'kg', 'none', 'lb')).toThrow(RangeError);
    expect(() => typeTrials(trialsN, 'kg', 'decimal-lost', 'lb', 3)).toThrow(RangeError);
    expect(() => typeTrials(trialsN, 'kg', 'wrong-unit', 'kg')).toThrow(RangeError);
    expect(() => typeTrials([Number.NaN], 'kg', 'none', 'lb')).toThrow(RangeError);
  });
});
