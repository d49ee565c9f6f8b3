import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectedStrength } from './expected-strength.ts';
import { WRIST_FEATURE_COUNT, type WristFeatureInput, wristFeatures } from './wrist-features.ts';

const newtons = fc.double({ min: 1, max: 200, noNaN: true });
const torque = fc.double({ min: 0.1, max: 20, noNaN: true });
const measured = fc.record({
  sex: fc.constantFrom('female' as const, 'male' as const),
  ageYears: fc.integer({ min: 18, max: 90 }),
  heightM: fc.double({ min: 1.4, max: 2, noNaN: true }),
  weightKg: fc.double({ min: 40, max: 150, noNaN: true }),
  side: fc.constantFrom('right' as const, 'left' as const),
  affectedSide: fc.constantFrom('right' as const, 'left' as const, 'both' as const, 'none' as const),
  pinchPeakN: fc.option(newtons),
  otherHandPinchPeakN: fc.option(newtons),
  wristExtensionNm: fc.option(torque),
  wristFlexionNm: fc.option(torque),
  wristRadialNm: fc.option(torque),
  wristUlnarNm: fc.option(torque),
  pinchFlexion20N: fc.option(newtons),
  pinchExtension20N: fc.option(newtons),
  pinchUlnar10N: fc.option(newtons),
});

const complete: WristFeatureInput = {
  sex: 'male',
  ageYears: 40,
  heightM: 1.76,
  weightKg: 80,
  side: 'right',
  affectedSide: 'right',
  pinchPeakN: 90,
  otherHandPinchPeakN: 100,
  wristExtensionNm: 5,
  wristFlexionNm: 9,
  wristRadialNm: 8,
  wristUlnarNm: 7,
  pinchFlexion20N: 81,
  pinchExtension20N: 99,
  pinchUlnar10N: 90,
};

type Features = typeof wristFeatures;

/** A masked value must be zero and must not move when the other inputs change. */
function isMaskHonest(features: Features): boolean {
  let isHonest = true;
  fc.assert(
    fc.property(measured, (input) => {
      const { values, mask } = features(input);
      values.forEach((value, i) => {
        if (mask[i] === 0 && value !== 0) isHonest = false;
        if (mask[i] === 1 && !(value > 0)) isHonest = false;
      });
    }),
  );
  return isHonest;
}

describe('the nine wrist features', () => {
  it('are exactly what the definition says for a complete measurement', () => {
    const expected = expectedStrength(complete, 'right');
    const { values, mask, pattern } = wristFeatures(complete);
    expect(pattern).toBe('C');
    expect([...mask]).toEqual(new Array(WRIST_FEATURE_COUNT).fill(1));
    const definition = [
      (100 * 90) / expected.pinchN,
      0.9,
      0.9,
      1.1,
      1,
      (100 * 5) / expected.wristExtensionNm,
      (100 * 9) / expected.wristFlexionNm,
      (100 * 8) / expected.wristRadialNm,
      (100 * 7) / expected.wristUlnarNm,
    ];
    definition.forEach((value, i) => {
      expect(values[i]).toBeCloseTo(value, 12);
    });
  });

  it('are zero where the mask is zero, and positive where it is one', () => {
    expect(isMaskHonest(wristFeatures)).toBe(true);
  });

  it('catches a stale value behind a mask (broken twin)', () => {
    const stale: Features = (input) => {
      const made = wristFeatures(input);
      return { ...made, values: made.values.map((value) => value || 100) };
    };
    expect(isMaskHonest(stale)).toBe(false);
  });

  it('mask wrist strength as a whole, never one of four', () => {
    fc.assert(
      fc.property(measured, (input) => {
        const { mask, pattern } = wristFeatures(input);
        const strength = [...mask.slice(5)];
        expect(new Set(strength).size).toBe(1);
        expect(pattern !== 'A').toBe(strength[0] === 1);
        expect(pattern === 'C').toBe(mask[2] === 1);
      }),
    );
  });

  it('do not compare with the other hand when both are affected', () => {
    expect(wristFeatures({ ...complete, affectedSide: 'both' }).mask[1]).toBe(0);
    expect(wristFeatures({ ...complete, otherHandPinchPeakN: 0 }).mask[1]).toBe(0);
  });

  it('need the norm of the hand that was measured', () => {
    const right = wristFeatures(complete).values[0]!;
    const left = wristFeatures({ ...complete, side: 'left' }).values[0]!;
    expect(left).toBeGreaterThan(right);
  });

  it('scale with the measurement: twice the force is twice the percentage, ratios stay', () => {
    const doubled = wristFeatures({ ...complete, pinchPeakN: 180, otherHandPinchPeakN: 200 }).values;
    const single = wristFeatures(complete).values;
    expect(doubled[0]).toBeCloseTo(2 * single[0]!, 9);
    expect(doubled[1]).toBeCloseTo(single[1]!, 12);
  });

  it('refuse negative measurements in words', () => {
    expect(() => wristFeatures({ ...complete, pinchPeakN: -1 })).toThrow('key pinch');
    expect(() => wristFeatures({ ...complete, wristUlnarNm: Number.NaN })).toThrow('ulnar');
  });
});
