import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FLEXOR_GROUP_COUNT, maximalGroupTorquesNm } from './elbow-muscles.ts';
import { shareLoad } from './load-sharing.ts';
import { plainPerson, SHARING_PATTERNS } from './simulation-runs.ts';
import { maximalNetTorqueNm, SAMPLE_RATE_HZ, simulateHold } from './sustained-hold.ts';
import { FLEXORS_BY_SEX } from './three-compartment-fatigue.ts';
import { virtualElbowPerson } from './virtual-elbow-person.ts';

const EVEN = { strength: 1, fatigueRate: 1, recoveryRate: 1, sharing: [1, 1, 1, 1], emgGain: 1 };
const ofSex = (sex: 'female' | 'male') => ({
  ...plainPerson(EVEN),
  fatigue: new Array(5).fill(FLEXORS_BY_SEX[sex]),
  rampS: 0.1,
});

describe('sharing a load', () => {
  const torquesNm = maximalGroupTorquesNm(90).slice(0, FLEXOR_GROUP_COUNT);
  const fullNm = torquesNm.reduce((sum, torqueNm) => sum + torqueNm, 0);
  const positives = fc.array(fc.double({ min: 0.1, max: 3, noNaN: true }), { minLength: 4, maxLength: 4 });
  const shares = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 4, maxLength: 4 });

  it('meets the torque exactly while the capacities allow, and never exceeds one of them', () => {
    fc.assert(
      fc.property(
        positives,
        shares,
        fc.double({ min: 0, max: 1, noNaN: true }),
        (weights, capacities, part) => {
          const canNm = capacities.reduce((sum, share, i) => sum + share * torquesNm[i]!, 0);
          const targets = new Float64Array(4);
          shareLoad(part * fullNm, weights, capacities, torquesNm, targets);
          const carriedNm = targets.reduce((sum, share, i) => sum + share * torquesNm[i]!, 0);
          expect(Math.abs(carriedNm - Math.min(canNm, part * fullNm))).toBeLessThan(1e-9);
          targets.forEach((share, i) => {
            expect(share).toBeGreaterThanOrEqual(0);
            expect(share).toBeLessThanOrEqual(capacities[i]! + 1e-12);
          });
        },
      ),
    );
  });
});

describe('a sustained hold', () => {
  it('lasts 117 s in women and 84 s in men at half of maximum, within 5 %', () => {
    expect(Math.abs(simulateHold(ofSex('female'), 0.5).timeToFailureS / 117 - 1)).toBeLessThan(0.05);
    expect(Math.abs(simulateHold(ofSex('male'), 0.5).timeToFailureS / 84 - 1)).toBeLessThan(0.05);
  });

  it('keeps its torque until failure and loses it from then on', () => {
    const hold = simulateHold(ofSex('male'), 0.5);
    const targetNm = 0.5 * hold.maximalTorqueNm;
    const failure = Math.floor(hold.timeToFailureS * SAMPLE_RATE_HZ);
    for (let sample = 4; sample < failure; sample += 1) {
      expect(hold.torqueNm[sample]! / targetNm).toBeGreaterThan(0.99);
    }
    for (let sample = failure + 2; sample < hold.torqueNm.length; sample += 1) {
      expect(hold.torqueNm[sample]!).toBeLessThan(hold.torqueNm[sample - 1]!);
    }
  });

  /** Twice the strength gives twice the torque at every time and the same failure. */
  const scalesWithStrength = (holdOf: (strength: number) => ReturnType<typeof simulateHold>): boolean => {
    const weak = holdOf(0.5);
    const strong = holdOf(1);
    return (
      strong.torqueNm.every((torqueNm, i) => Math.abs(torqueNm - 2 * weak.torqueNm[i]!) < 1e-9) &&
      strong.timeToFailureS === weak.timeToFailureS
    );
  };
  it('scales with strength; a twin that asks everybody for the same newton metres is caught', () => {
    expect(scalesWithStrength((strength) => simulateHold(plainPerson({ ...EVEN, strength }), 0.6))).toBe(
      true,
    );
    const brokenTwin = (strength: number) => simulateHold(plainPerson({ ...EVEN, strength }), 0.4 / strength);
    expect(scalesWithStrength(brokenTwin)).toBe(false);
  });

  it('is shorter for the higher level, the faster fatigue and the slower recovery', () => {
    const failure = (level: number, fatigueRate: number, recoveryRate: number) =>
      simulateHold(plainPerson({ ...EVEN, fatigueRate, recoveryRate }), level).timeToFailureS;
    expect(failure(0.7, 1, 1)).toBeLessThan(failure(0.6, 1, 1));
    expect(failure(0.6, 1.4, 1)).toBeLessThan(failure(0.6, 1, 1));
    expect(failure(0.6, 1, 0.5)).toBeLessThan(failure(0.6, 1, 1));
  });

  it('loads the biceps more when the biceps leads', () => {
    const led = simulateHold(plainPerson({ ...EVEN, sharing: SHARING_PATTERNS[1]! }), 0.4);
    expect(led.active[20 * 5]).toBeGreaterThan(led.active[20 * 5 + 1]!);
  });

  it('gives less net maximum to a person who pulls against it, and refuses one who has none', () => {
    const plain = plainPerson(EVEN);
    expect(maximalNetTorqueNm({ ...plain, coContraction: 0.1 })).toBeLessThan(maximalNetTorqueNm(plain));
    expect(() => simulateHold({ ...plain, coContraction: 5 }, 0.5)).toThrow(/no flexion torque/);
    expect(() => simulateHold(plain, 1.2)).toThrow(/hold level/);
    expect(() => simulateHold(plain, Number.NaN)).toThrow(RangeError);
  });

  it('draws every quantity from its own stream: another subject differs, the same one repeats', () => {
    expect(virtualElbowPerson('laws', 3)).toEqual(virtualElbowPerson('laws', 3));
    expect(virtualElbowPerson('laws', 3).person.strengthFactor).not.toBe(
      virtualElbowPerson('laws', 4).person.strengthFactor,
    );
  });
});
