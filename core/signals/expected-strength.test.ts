import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  averageSize,
  expectedStrength,
  MEASURED_MEN_TORQUE_NM,
  type PersonSize,
} from './expected-strength.ts';

/** Pooled band means of the recalled Mathiowetz 1985 table, right hand, newtons (pounds x 4.448). */
const TABLE_RIGHT = [
  ['male', 20, 40, 117.0],
  ['male', 40, 60, 113.8],
  ['male', 60, 70, 103.6],
  ['male', 70, 82, 88.5],
  ['female', 20, 40, 78.5],
  ['female', 40, 60, 74.2],
  ['female', 60, 70, 67.8],
  ['female', 70, 82, 60.3],
] as const;

type Expected = typeof expectedStrength;

const averagePerson = (sex: 'female' | 'male', ageYears: number): PersonSize => ({
  sex,
  ageYears,
  ...averageSize(sex, ageYears),
});

/** Largest relative distance between the curve's band means and the table. */
function worstBand(expected: Expected): number {
  return Math.max(
    ...TABLE_RIGHT.map(([sex, low, high, mean]) => {
      const ages = Array.from({ length: high - low }, (_, i) => low + i + 0.5);
      const curve =
        ages.reduce((sum, age) => sum + expected(averagePerson(sex, age)).pinchN, 0) / ages.length;
      return Math.abs(curve / mean - 1);
    }),
  );
}

const person = fc.record({
  sex: fc.constantFrom('female' as const, 'male' as const),
  ageYears: fc.double({ min: 1, max: 120, noNaN: true }),
  heightM: fc.double({ min: 0.8, max: 2.5, noNaN: true }),
  weightKg: fc.double({ min: 20, max: 350, noNaN: true }),
});

describe('expected strength', () => {
  it('follows the recalled key pinch table within 5 % in pooled bands', () => {
    expect(worstBand(expectedStrength)).toBeLessThan(0.05);
  });

  it('catches sexes mixed up (broken twin)', () => {
    const mixed: Expected = (who) =>
      expectedStrength({ ...who, sex: who.sex === 'male' ? 'female' : 'male' });
    expect(worstBand(mixed)).toBeGreaterThan(0.05);
  });

  it('catches a norm left in pounds (broken twin)', () => {
    const pounds: Expected = (who) => {
      const newtons = expectedStrength(who);
      return { ...newtons, pinchN: newtons.pinchN / 4.448 };
    };
    expect(worstBand(pounds)).toBeGreaterThan(0.05);
  });

  it('gives the measured wrist torques for an average man of thirty', () => {
    const man = expectedStrength(averagePerson('male', 30));
    expect(man.wristExtensionNm).toBeCloseTo(MEASURED_MEN_TORQUE_NM.extension, 9);
    expect(man.wristFlexionNm).toBeCloseTo(MEASURED_MEN_TORQUE_NM.flexion, 9);
    expect(man.wristRadialNm).toBeCloseTo(MEASURED_MEN_TORQUE_NM.radial, 9);
    expect(man.wristUlnarNm).toBeCloseTo(MEASURED_MEN_TORQUE_NM.ulnar, 9);
  });

  it('is positive and finite for everybody the contract admits', () => {
    fc.assert(
      fc.property(person, fc.constantFrom('right' as const, 'left' as const), (who, side) => {
        for (const value of Object.values(expectedStrength(who, side))) {
          expect(Number.isFinite(value) && value > 0).toBe(true);
        }
      }),
    );
  });

  it('grows with height and with weight, and falls after sixty', () => {
    fc.assert(
      fc.property(person, fc.double({ min: 0, max: 0.3, noNaN: true }), (who, more) => {
        const base = expectedStrength(who);
        const taller = expectedStrength({ ...who, heightM: who.heightM + more });
        const heavier = expectedStrength({ ...who, weightKg: who.weightKg * (1 + more) });
        const older = expectedStrength({
          ...who,
          ...averageSize(who.sex, 60),
          ageYears: 60 + 60 * more,
        });
        const sixty = expectedStrength({ ...who, ...averageSize(who.sex, 60), ageYears: 60 });
        for (const key of ['pinchN', 'wristExtensionNm', 'wristUlnarNm'] as const) {
          expect(taller[key]).toBeGreaterThanOrEqual(base[key]);
          expect(heavier[key]).toBeGreaterThanOrEqual(base[key]);
        }
        // Grip, and so wrist strength, falls at fixed size; pinch at the average size of the age.
        expect(older.wristExtensionNm).toBeLessThanOrEqual(sixty.wristExtensionNm);
      }),
    );
  });

  it('treats impossible sizes as the nearer end and refuses what is no number', () => {
    const who = averagePerson('female', 50);
    expect(expectedStrength({ ...who, heightM: 0.9 })).toEqual(expectedStrength({ ...who, heightM: 1.3 }));
    expect(expectedStrength({ ...who, ageYears: 110 })).toEqual(expectedStrength({ ...who, ageYears: 90 }));
    expect(() => expectedStrength({ ...who, heightM: 0 })).toThrow('height');
    expect(() => expectedStrength({ ...who, weightKg: Number.NaN })).toThrow('weight');
  });
});
