import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import contact from '../../../resources/biomechanics/lateral-pinch-contact.json' with { type: 'json' };
import { CONTACT_LAWS, type MaximalPinch, maximalPinch } from './maximal-pinch.ts';
import {
  COORDINATE_COUNT,
  genericHand,
  momentArmMm,
  PINCH_MUSCLE_COUNT,
  PINCH_MUSCLES,
  type PinchHand,
  type PinchMuscle,
  tendonForceN,
  WRIST_POSTURES,
  type WristPosture,
} from './pinch-muscles.ts';

const indexOf = (muscle: PinchMuscle): number => PINCH_MUSCLES.indexOf(muscle);
const withForce = (muscle: PinchMuscle, factor: number): PinchHand => {
  const hand = genericHand();
  hand.maxForceN[indexOf(muscle)]! *= factor;
  return hand;
};
const BASE_N = maximalPinch(genericHand()).forceN;

/** A hand with its own factor on every muscle force. */
const anyHand = fc
  .array(fc.double({ min: 0.5, max: 2, noNaN: true }), {
    minLength: PINCH_MUSCLE_COUNT,
    maxLength: PINCH_MUSCLE_COUNT,
  })
  .map((factors) => {
    const hand = genericHand();
    factors.forEach((factor, i) => {
      hand.maxForceN[i]! *= factor;
    });
    return hand;
  });
const anyPosture = fc.constantFrom(...WRIST_POSTURES);

describe('maximal pinch against the checks of the design', () => {
  it.each([
    ['neutral', 92.3, 115.3],
    ['extension-20', 89.9, 109.7],
    ['flexion-20', 88.4, 118.0],
    ['ulnar-10', 91.9, 113.9],
  ] as const)('%s: %d N without and %d N with reserve, within 2 %%', (posture, withoutN, withN) => {
    const soft = maximalPinch(genericHand(), posture, CONTACT_LAWS.A).forceN;
    const reserved = maximalPinch(genericHand(), posture, CONTACT_LAWS.B).forceN;
    expect(Math.abs(soft / withoutN - 1)).toBeLessThan(0.02);
    expect(Math.abs(reserved / withN - 1)).toBeLessThan(0.02);
  });

  it('carries the norm level at 1.25 times the generic forces', () => {
    expect(Math.abs(maximalPinch(genericHand(1.25)).forceN / 115.4 - 1)).toBeLessThan(0.02);
  });

  // Central difference over +-5 %: the optimum has a kink at the generic hand for FPL and ECU, so that a
  // smaller step gives another mean of the two one-sided slopes.
  it.each([
    ['ADPo', 0.27],
    ['FPL', 0.23],
    ['ECU', 0.21],
    ['ADPt', 0.12],
    ['APB', 0.06],
    ['ECRB', 0.06],
    ['FPB', 0.04],
    ['EPL', 0],
    ['EPB', 0],
    ['APL', 0],
    ['OPP', 0],
    ['1stDI_MC1', 0],
    ['ECRL', 0],
    ['FCR', 0],
    ['FCU', 0],
    ['PL', 0],
  ] as const)('elasticity of %s is %d', (muscle, elasticity) => {
    const up = maximalPinch(withForce(muscle, 1.05)).forceN;
    const down = maximalPinch(withForce(muscle, 1 / 1.05)).forceN;
    expect(Math.abs(Math.log(up / down) / (2 * Math.log(1.05)) - elasticity)).toBeLessThan(0.01);
  });

  it.each([
    ['FPL', 0.6],
    ['ADPo', 0.16],
    ['ADPt', 0.09],
  ] as const)('elasticity of %s with reserve is %d', (muscle, elasticity) => {
    const up = maximalPinch(withForce(muscle, 1.05), 'neutral', CONTACT_LAWS.B).forceN;
    const down = maximalPinch(withForce(muscle, 1 / 1.05), 'neutral', CONTACT_LAWS.B).forceN;
    expect(Math.abs(Math.log(up / down) / (2 * Math.log(1.05)) - elasticity)).toBeLessThan(0.015);
  });

  it.each([
    ['FPL', 0],
    ['ECU', 45],
    ['ADPo', 61],
    ['ADPt', 84],
    ['ECRB', 89],
    ['FCU', 90],
    ['APB', 93],
    ['FPB', 95],
  ] as const)('without %s, %d %% of the pinch is left', (muscle, percent) => {
    const left = (100 * maximalPinch(withForce(muscle, 0)).forceN) / BASE_N;
    expect(Math.abs(left - percent)).toBeLessThan(1);
  });
});

/** Largest joint torque that is not balanced, N.mm. `signs` flips coordinates: the broken twin. */
function imbalanceNmm(
  hand: PinchHand,
  posture: WristPosture,
  found: MaximalPinch,
  signs: readonly number[] = [1, 1, 1, 1, 1, 1],
): number {
  const { forceLeversMm, momentLevers } = contact.postures[posture];
  let worst = 0;
  for (let joint = 0; joint < COORDINATE_COUNT; joint += 1) {
    let torque = 0;
    for (let muscle = 0; muscle < PINCH_MUSCLE_COUNT; muscle += 1) {
      const force = found.activations[muscle]! * tendonForceN(hand, muscle, posture);
      torque += signs[joint]! * force * momentArmMm(hand, muscle, joint, posture);
    }
    const lever = forceLeversMm[joint]!;
    const load = lever[0]! * found.forceN + lever[1]! * found.longitudinalN + lever[2]! * found.transverseN;
    const twist = found.padMomentsNmm.reduce((sum, m, i) => sum + m * momentLevers[joint]![i]!, 0);
    worst = Math.max(worst, Math.abs(torque - load - twist));
  }
  return worst;
}

describe('laws of the pinch problem', () => {
  it('balances every joint within the limits of the contact and of activation', () => {
    fc.assert(
      fc.property(anyHand, anyPosture, (hand, posture) => {
        const found = maximalPinch(hand, posture);
        const slack = 1e-6 * (1 + found.forceN);
        // Joint torques are of the order of 5,000 N.mm.
        expect(imbalanceNmm(hand, posture, found)).toBeLessThan(0.01);
        expect(Math.abs(found.longitudinalN)).toBeLessThanOrEqual(0.5 * found.forceN + slack);
        expect(Math.abs(found.transverseN)).toBeLessThanOrEqual(0.5 * found.forceN + slack);
        expect(Math.abs(found.padMomentsNmm[0])).toBeLessThanOrEqual(4 * found.forceN + slack);
        expect(Math.abs(found.padMomentsNmm[1])).toBeLessThanOrEqual(4 * found.forceN + slack);
        expect(Math.abs(found.padMomentsNmm[2])).toBeLessThanOrEqual(6 * found.forceN + slack);
        for (const activation of found.activations) {
          expect(activation).toBeGreaterThanOrEqual(-1e-9);
          expect(activation).toBeLessThanOrEqual(1 + 1e-9);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('catches a wrist deviation with the wrong sign (broken twin)', () => {
    const found = maximalPinch(genericHand());
    expect(imbalanceNmm(genericHand(), 'neutral', found, [1, 1, 1, 1, 1, -1])).toBeGreaterThan(100);
  });

  /** Twice the muscle force gives twice the pinch: true without a reserve. */
  const isHomogeneous = (pinchN: (hand: PinchHand) => number): boolean => {
    let holds = true;
    fc.assert(
      fc.property(anyHand, fc.double({ min: 0.3, max: 3, noNaN: true }), (hand, factor) => {
        const scaled = { ...hand, maxForceN: hand.maxForceN.map((force) => factor * force) };
        if (Math.abs(pinchN(scaled) / (factor * pinchN(hand)) - 1) > 1e-6) holds = false;
      }),
      { numRuns: 100 },
    );
    return holds;
  };

  it('scales with muscle force in model A', () => {
    expect(isHomogeneous((hand) => maximalPinch(hand).forceN)).toBe(true);
  });

  it('catches a torque that does not scale (broken twin: model B)', () => {
    expect(isHomogeneous((hand) => maximalPinch(hand, 'neutral', CONTACT_LAWS.B).forceN)).toBe(false);
  });

  /** A stronger muscle never weakens a pinch that may leave it idle. */
  const isMonotone = (pinchN: (hand: PinchHand) => number): boolean => {
    let holds = true;
    const muscle = fc.integer({ min: 0, max: PINCH_MUSCLE_COUNT - 1 });
    fc.assert(
      fc.property(anyHand, muscle, fc.double({ min: 1, max: 2, noNaN: true }), (hand, index, factor) => {
        const stronger = { ...hand, maxForceN: Float64Array.from(hand.maxForceN) };
        stronger.maxForceN[index]! *= factor;
        if (pinchN(stronger) < pinchN(hand) - 1e-6) holds = false;
      }),
      { numRuns: 200 },
    );
    return holds;
  };

  it('never loses pinch to a stronger muscle', () => {
    expect(isMonotone((hand) => maximalPinch(hand).forceN)).toBe(true);
  });

  it('catches an antagonist that cannot be left idle (broken twin)', () => {
    const cocontracted = (hand: PinchHand): number =>
      maximalPinch(hand).forceN - 0.05 * hand.maxForceN[indexOf('EPL')]!;
    expect(isMonotone(cocontracted)).toBe(false);
  });

  it('has no pinch when the thumb flexor pulls the other way', () => {
    const hand = genericHand();
    hand.momentArmFactor[indexOf('FPL')] = -1;
    expect(maximalPinch(hand).forceN).toBeLessThan(0.01 * BASE_N);
  });

  it('never gets worse with a reserve', () => {
    fc.assert(
      fc.property(anyHand, anyPosture, (hand, posture) => {
        const without = maximalPinch(hand, posture, CONTACT_LAWS.A).forceN;
        expect(maximalPinch(hand, posture, CONTACT_LAWS.B).forceN).toBeGreaterThanOrEqual(without - 1e-6);
      }),
      { numRuns: 100 },
    );
  });
});
