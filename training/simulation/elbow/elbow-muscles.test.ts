import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import table from '../../../resources/biomechanics/elbow-muscles.json' with { type: 'json' };
import {
  ELBOW_GROUPS,
  elbowTorqueNm,
  FLEXOR_GROUP_COUNT,
  maximalGroupTorquesNm,
  maximalMuscleTorquesNm,
  readElbowMuscles,
} from './elbow-muscles.ts';

const flexionNm = (angleDeg: number): number =>
  maximalGroupTorquesNm(angleDeg)
    .subarray(0, FLEXOR_GROUP_COUNT)
    .reduce((sum, torqueNm) => sum + torqueNm, 0);

describe('maximal elbow torque', () => {
  // The reference table has three significant digits of moment arm and of force-length factor: 0.5 % is their rounding.
  it.each([
    [30, 51.7],
    [60, 78.8],
    [90, 97.5],
    [120, 80.2],
  ])('of all flexors at %d degrees is %d N.m', (angleDeg, torqueNm) => {
    expect(Math.abs(flexionNm(angleDeg) / torqueNm - 1)).toBeLessThan(0.005);
  });

  it.each([
    ['BIClong', 23.9],
    ['BICshort', 13.8],
    ['BRA', 24.5],
    ['BRD', 18.9],
    ['PT', 7.7],
    ['ECRL', 8.8],
  ])('of %s at 90 degrees is %d N.m', (muscle, torqueNm) => {
    // 2 %: the reference has the cosine of pronator teres' ten degrees of pennation (1.5 %), and rounds to a tenth.
    expect(Math.abs(maximalMuscleTorquesNm(90).get(muscle)! / torqueNm - 1)).toBeLessThan(0.02);
  });

  it('is negative for triceps and refuses an angle outside the table', () => {
    expect(maximalGroupTorquesNm(90)[ELBOW_GROUPS.indexOf('triceps')]).toBeLessThan(0);
    expect(() => maximalGroupTorquesNm(5)).toThrow(/10 to 120 degrees/);
    expect(() => maximalGroupTorquesNm(Number.NaN)).toThrow(RangeError);
  });
});

type TorqueRule = typeof elbowTorqueNm;
const shares = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 5, maxLength: 5 });
const groupNm = maximalGroupTorquesNm(90);

describe('laws of elbow torque', () => {
  /** Fatiguing every group by a factor is the same as activating every group less by that factor. */
  const isProductLaw = (rule: TorqueRule): boolean => {
    try {
      fc.assert(
        fc.property(shares, fc.double({ min: 0.1, max: 1, noNaN: true }), (activations, factor) => {
          const fatigued = rule(activations, new Array(5).fill(factor), groupNm);
          const drivenLess = rule(
            activations.map((value) => value * factor),
            new Array(5).fill(1),
            groupNm,
          );
          return Math.abs(fatigued - drivenLess) <= 1e-9;
        }),
        { numRuns: 50 },
      );
      return true;
    } catch {
      return false;
    }
  };

  it('activation and active share enter as a product; a twin that takes the smaller of them is caught', () => {
    expect(isProductLaw(elbowTorqueNm)).toBe(true);
    const brokenTwin: TorqueRule = (activations, activeShares, torquesNm) =>
      Array.from(torquesNm).reduce(
        (sum, torqueNm, group) => sum + Math.min(activations[group]!, activeShares[group]!) * torqueNm,
        0,
      );
    expect(isProductLaw(brokenTwin)).toBe(false);
  });

  it('refuses arrays that do not fit the groups', () => {
    expect(() => elbowTorqueNm([1, 1], [1, 1], groupNm)).toThrow(/activation and an active share/);
  });
});

describe('a malformed muscle table', () => {
  const broken = (change: (copy: typeof table) => void): (() => unknown) => {
    const copy = structuredClone(table);
    change(copy);
    return () => readElbowMuscles(copy);
  };

  it('is refused with a sentence that names the muscle', () => {
    expect(broken((copy) => copy.muscles[0]!.momentArmsMm.pop())).toThrow(
      /BIClong needs one of momentArmsMm/,
    );
    expect(
      broken((copy) => {
        copy.muscles[2]!.momentArmsMm[0] = -3;
      }),
    ).toThrow(/BRA: a flexor's moment arm is positive/);
    expect(broken((copy) => copy.anglesDeg.reverse())).toThrow(/must rise/);
    expect(
      broken((copy) => {
        copy.muscles = copy.muscles.filter(({ group }) => group !== 'triceps');
      }),
    ).toThrow(/No muscle is in group triceps/);
  });

  it('is refused when a force is missing or not a number', () => {
    expect(
      broken((copy) => {
        copy.muscles[0]!.maxForceN = Number.NaN;
      }),
    ).toThrow(z.ZodError);
    expect(() => readElbowMuscles({})).toThrow(z.ZodError);
    expect(() => readElbowMuscles(null)).toThrow(z.ZodError);
  });
});
