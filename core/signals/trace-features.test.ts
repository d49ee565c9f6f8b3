import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MIN_HOLD_S, traceFeatures } from './trace-features.ts';
import { type ForceTrace, singleAxisTrace, TRACE_COMPONENT_COUNT } from './trace-shape.ts';

interface Shape {
  onsetS?: number;
  rampS?: number;
  releaseS?: number;
  levelN?: number;
  /** Share of the level lost a second. */
  declinePerS?: number;
  /** Turn of the force across the thumb a second, radians. */
  turnRadPerS?: number;
  waveFraction?: number;
  offsetN?: number;
  rateHz?: number;
}

/** A pull whose features are known: straight ramp, straight decline, steady turn, one wave of 2 Hz. */
function handMade(shape: Shape = {}): ForceTrace {
  const { onsetS = 0.5, rampS = 0.6, releaseS = 5, levelN = 80, declinePerS = 0, turnRadPerS = 0 } = shape;
  const { waveFraction = 0, offsetN = 0, rateHz = 200 } = shape;
  const timeS = Float64Array.from({ length: 6 * rateHz }, (_, i) => i / rateHz);
  const forceN = new Float64Array(timeS.length * TRACE_COMPONENT_COUNT).fill(offsetN);
  timeS.forEach((time, i) => {
    const ramp = Math.max(0, Math.min(1, (time - onsetS) / rampS, (releaseS - time) / 0.1));
    const held = Math.max(0, time - onsetS - rampS);
    const wave = held > 0 ? waveFraction * Math.SQRT2 * Math.sin(2 * Math.PI * 2 * held) : 0;
    const magnitudeN = levelN * ramp * (1 - declinePerS * held + wave);
    forceN[i * 3]! += magnitudeN * Math.cos(turnRadPerS * held);
    forceN[i * 3 + 2]! += magnitudeN * Math.sin(turnRadPerS * held);
  });
  return { timeS, forceN };
}

describe('features of a hand-made pull', () => {
  it('reads onset, peak and rise', () => {
    const features = traceFeatures(handMade());
    // 5 % of the ramp is the onset's own threshold; a sample is 5 ms.
    expect(Math.abs(features.onsetS - (0.5 + 0.05 * 0.6))).toBeLessThan(0.006);
    expect(features.peakN).toBeCloseTo(80, 9);
    expect(Math.abs(features.riseTimeS! - 0.8 * 0.6)).toBeLessThan(0.011);
    expect(features.holdVariation).toBeCloseTo(0, 9);
    expect(features.holdDecline).toBeCloseTo(0, 9);
    expect(features.directionDriftRad).toBeCloseTo(0, 9);
  });

  it('reads the decline from the start to the end of the hold', () => {
    const features = traceFeatures(handMade({ declinePerS: 0.03 }));
    const expected = 0.03 * features.holdS;
    // The line starts a little after the ramp's end, where the force is a little lower: a second-order difference.
    expect(Math.abs(features.holdDecline! - expected)).toBeLessThan(0.05 * expected);
    expect(features.holdVariation).toBeLessThan(0.001);
  });

  it('reads steadiness apart from decline', () => {
    for (const declinePerS of [0, 0.03]) {
      const { holdVariation } = traceFeatures(handMade({ waveFraction: 0.02, declinePerS }));
      // Seven to eight whole waves fit into the hold; the line takes a little of them.
      expect(Math.abs(holdVariation! / 0.02 - 1)).toBeLessThan(0.1);
    }
  });

  it('reads the turn of the force, with its sign', () => {
    for (const turnRadPerS of [0.02, -0.02]) {
      const features = traceFeatures(handMade({ turnRadPerS }));
      // Between the middles of the first and the last quarter: three quarters of the hold.
      const expected = turnRadPerS * 0.75 * features.holdS;
      expect(Math.abs(features.transverseTurnRad! - expected)).toBeLessThan(0.02 * Math.abs(expected));
      expect(Math.abs(features.directionDriftRad! - Math.abs(expected))).toBeLessThan(
        0.02 * Math.abs(expected),
      );
    }
  });

  it('says nothing about a hold that is too short', () => {
    const features = traceFeatures(handMade({ rampS: 0.1, releaseS: 0.9 }));
    expect(features.holdS).toBeLessThan(MIN_HOLD_S);
    expect(features.holdVariation).toBeNull();
    expect(features.holdDecline).toBeNull();
    expect(features.directionDriftRad).toBeNull();
    expect(features.riseTimeS).not.toBeNull();
  });
});

/** Shares, times and angles do not depend on the unit of force nor on an offset that was not tared. */
function isUnitFree(features: typeof traceFeatures): boolean {
  let holds = true;
  fc.assert(
    fc.property(
      fc.double({ min: 0.1, max: 10, noNaN: true }),
      fc.double({ min: -20, max: 20, noNaN: true }),
      (factor, offsetN) => {
        const shape = { declinePerS: 0.03, turnRadPerS: 0.02, waveFraction: 0.01 };
        const own = features(handMade(shape));
        const other = features(handMade({ ...shape, levelN: 80 * factor, offsetN }));
        if (Math.abs(other.peakN - factor * own.peakN) > 1e-6 * factor * own.peakN) holds = false;
        for (const key of ['riseTimeS', 'holdVariation', 'holdDecline', 'transverseTurnRad'] as const) {
          if (Math.abs(other[key]! - own[key]!) > 1e-6) holds = false;
        }
      },
    ),
    { numRuns: 20 },
  );
  return holds;
}

describe('unit law', () => {
  it('keeps shares, times and angles when force is scaled and offset', () => {
    expect(isUnitFree(traceFeatures)).toBe(true);
  });

  it('catches features that are taken without the baseline (broken twin)', () => {
    const withoutZero: typeof traceFeatures = (trace) => {
      const features = traceFeatures(trace);
      return { ...features, peakN: features.peakN + trace.forceN[0]! };
    };
    expect(isUnitFree(withoutZero)).toBe(false);
  });
});

describe('traces that cannot be read', () => {
  const broken = (change: (trace: ForceTrace) => void): ForceTrace => {
    const trace = handMade();
    change(trace);
    return trace;
  };
  it.each([
    ['a missing force', broken((t) => (t.forceN[300] = Number.NaN)), /Sample 101 .* palmar force/],
    ['a missing time', broken((t) => (t.timeS[7] = Number.NaN)), /Sample 8 .* no time/],
    ['a clock that stands still', broken((t) => (t.timeS[7] = t.timeS[6]!)), /does not run forward/],
    [
      'other lengths',
      { timeS: new Float64Array(20), forceN: new Float64Array(59) },
      /three force components/,
    ],
    ['three samples', { timeS: Float64Array.of(0, 1, 2), forceN: new Float64Array(9) }, /at least/],
    ['no pull', broken((t) => t.forceN.fill(1)), /never rises/],
    ['no quiet start', { ...handMade(), timeS: handMade().timeS.map((time) => 60 * time) }, /quiet/],
  ])('refuses %s', (_, trace, message) => {
    expect(() => traceFeatures(trace)).toThrow(RangeError);
    expect(() => traceFeatures(trace)).toThrow(message);
  });

  it('refuses force and time swapped: that clock does not run forward', () => {
    const { timeS, forceN } = handMade();
    const palmarN = Float64Array.from(timeS, (_, i) => forceN[3 * i]!);
    expect(() => traceFeatures(singleAxisTrace(palmarN, timeS))).toThrow(/does not run forward/);
  });
});
