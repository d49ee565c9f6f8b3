import { describe, expect, it } from 'vitest';
import { drawVirtualPerson } from '../../population/virtual-person.ts';
import { CONTACT_LAWS, maximalPinch, minimumEffortPinch } from './maximal-pinch.ts';
import { genericHand } from './pinch-muscles.ts';

const effort = (activations: Float64Array) => activations.reduce((sum, a) => sum + a, 0);
const PEOPLE = Array.from({ length: 60 }, (_, subject) => drawVirtualPerson('minimum-effort', subject));

describe('pinch held with the least effort', () => {
  it('holds the asked force and needs no more than the scaled maximum does', () => {
    for (const { hand, law } of PEOPLE) {
      const most = maximalPinch(hand, 'neutral', law);
      for (const level of [0.25, 0.5, 0.75, 0.9]) {
        const held = minimumEffortPinch(hand, level * most.forceN, 'neutral', law);
        expect(held.forceN).toBeCloseTo(level * most.forceN, 6);
        // In A all torques are linear in activation, so the scaled maximum is one way to hold the force.
        expect(effort(held.activations)).toBeLessThanOrEqual(level * effort(most.activations) + 1e-6);
        for (const a of held.activations) expect(a).toBeLessThanOrEqual(1 + 1e-9);
      }
    }
  });

  it('shares the force otherwise than the scaled maximum, so that its direction says something new (broken twin)', () => {
    const turned = PEOPLE.filter(({ hand, law }) => {
      const most = maximalPinch(hand, 'neutral', law);
      const held = minimumEffortPinch(hand, most.forceN / 2, 'neutral', law);
      return Math.abs(held.transverseN / held.forceN - most.transverseN / most.forceN) > 0.01;
    });
    expect(turned.length).toBeGreaterThan(PEOPLE.length / 2);
  });

  it('ends in the maximal pinch, where there is only one way to hold the force', () => {
    for (const { hand, law } of PEOPLE) {
      const most = maximalPinch(hand, 'neutral', law);
      const held = minimumEffortPinch(hand, most.forceN * (1 - 1e-6), 'neutral', law);
      // The solution moves continuously with the force; a millionth of it moves activations by far less than 1 %.
      expect(held.transverseN / held.forceN).toBeCloseTo(most.transverseN / most.forceN, 2);
      for (const [m, a] of held.activations.entries())
        expect(Math.abs(a - most.activations[m]!)).toBeLessThan(0.01);
    }
  });

  it('refuses a force that the hand does not have, and none at all', () => {
    const { forceN } = maximalPinch(genericHand(), 'neutral', CONTACT_LAWS.A);
    expect(() => minimumEffortPinch(genericHand(), 1.01 * forceN)).toThrow(RangeError);
    expect(() => minimumEffortPinch(genericHand(), 0)).toThrow(RangeError);
    expect(() => minimumEffortPinch(genericHand(), Number.NaN)).toThrow(RangeError);
  });
});
