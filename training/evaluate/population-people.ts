import { expectedStrength } from '../../core/signals/expected-strength.ts';
import { pinchTrialsN, sessionFactor } from '../dataset/pinch-trials.ts';
import type { Demographics } from '../population/demographics.ts';
import type { GripSession } from '../population/grip.ts';
import { drawGripSession } from '../population/grip.ts';
import { otherHandRatio } from '../population/other-hand.ts';
import { drawPersonGripKg, drawVirtualPerson, type PopulationOptions } from '../population/virtual-person.ts';
import { maximalPinch } from '../simulation/pinch/maximal-pinch.ts';

/** A nonimpaired virtual person, measured as the norms were: three trials of key pinch and of grip a hand. */
export interface NormPerson extends Demographics {
  side: 'right' | 'left';
  commonScore: number;
  /** True maximal key pinch of `side`, newtons, and what the norm expects for sex, age, size and hand. */
  capacityN: number;
  expectedN: number;
  /** Newtons, as read from the gauge. */
  pinchTrialsN: readonly number[];
  otherHandPinchTrialsN: readonly number[];
  grip: GripSession;
}

const TRIAL_COUNT = 3;

/**
 * Virtual people for the norm match, the same as those of the data sets for a seed and subject, with three trials
 * each. About 0.15 ms a person.
 * @param subjectOffset - first subject; disjoint ranges of one seed are disjoint people.
 */
export function drawNormPeople(
  count: number,
  seed: number | string,
  subjectOffset = 0,
  options: PopulationOptions = {},
): NormPerson[] {
  return Array.from({ length: count }, (_, index) => {
    const subject = subjectOffset + index;
    const virtual = drawVirtualPerson(seed, subject, options);
    const { demographics, side } = virtual;
    const capacityN = maximalPinch(virtual.hand, 'neutral', virtual.law).forceN;
    const session = sessionFactor(seed, subject);
    const trialsOf = (name: string, forceN: number): number[] =>
      pinchTrialsN(seed, name, subject, forceN * session, TRIAL_COUNT);
    const gripKg = drawPersonGripKg(seed, subject, virtual, capacityN, options);
    return {
      ...demographics,
      side,
      commonScore: virtual.commonScore,
      capacityN,
      expectedN: expectedStrength(demographics, side).pinchN,
      pinchTrialsN: trialsOf('neutral', capacityN),
      otherHandPinchTrialsN: trialsOf(
        'other-hand',
        capacityN * otherHandRatio(seed, subject, demographics, side),
      ),
      grip: drawGripSession(seed, subject, demographics, gripKg),
    };
  });
}
