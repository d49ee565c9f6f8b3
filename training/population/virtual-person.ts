import { randomStream } from '../../core/numerics/random-stream.ts';
import { expectedStrength } from '../../core/signals/expected-strength.ts';
import { CONTACT_LAWS, type ContactLaw, type ContactModel } from '../simulation/pinch/maximal-pinch.ts';
import type { PinchHand } from '../simulation/pinch/pinch-muscles.ts';
import { type Demographics, drawDemographics } from './demographics.ts';
import { drawGripKg, GRIP_PINCH_CORRELATION } from './grip.ts';
import {
  COMMON_STRENGTH_SHARE,
  drawStrengthFactors,
  MUSCLE_VARIATION,
  normLevel,
  pinchScore,
} from './strength-factors.ts';
import { DEFAULT_SPREAD, type MuscleSpread, variedHand } from './varied-hand.ts';

/** What the robustness table changes; every default is the shipped setting. */
export interface PopulationOptions {
  contact?: ContactModel;
  spread?: MuscleSpread;
  /** Factor on everybody's strength: recruitment shift (1.062 to 1.194, Diaz 2025), weaker hands. */
  strengthFactor?: number;
  /** Share of log key pinch (given sex, age, size) that the common factor explains. */
  commonShare?: number;
  /** Correlation of log grip with log key pinch, for `drawPersonGripKg`: 0.5 to 0.9 in robustness. */
  gripPinchCorrelation?: number;
}

/** A virtual person without any measurement. */
export interface VirtualPerson {
  demographics: Demographics;
  /** The hand in question, right or left alike often. */
  side: 'right' | 'left';
  hand: PinchHand;
  law: ContactLaw;
  /** Factor on every generic F0 before the muscles' own factors. */
  forceScale: number;
  /** The same factor for a person of average strength: what "expected" means for muscles. */
  expectedForceScale: number;
  /** Common strength factor (mean 1) and its standard normal score. */
  common: number;
  commonScore: number;
}

/**
 * One virtual person: demographics, strength factors and a hand. The muscles' own spread costs a few percent of
 * pinch on average, which the force scale gives back, so that the mean pinch stays on the norm. In contact
 * model B the reserve torque grows with the norm level ("scales with size").
 */
export function drawVirtualPerson(
  seed: number | string,
  subject: number,
  options: PopulationOptions = {},
): VirtualPerson {
  const contact = options.contact ?? 'A';
  const demographics = drawDemographics(seed, subject);
  const side = randomStream(seed, 'side', subject).uniform() < 0.5 ? 'right' : 'left';
  const factors = drawStrengthFactors(seed, subject, demographics.sex, options.commonShare);
  const strengthFactor = options.strengthFactor ?? 1;
  if (!(strengthFactor > 0 && strengthFactor < Number.POSITIVE_INFINITY)) {
    throw new RangeError("the factor on everybody's strength must be above 0");
  }
  const common = factors.common * strengthFactor;
  const level = normLevel(demographics, side, contact);
  const expectedForceScale = level / MUSCLE_VARIATION[contact].meanRatio;
  const forceScale = expectedForceScale * common * factors.individual;
  const law = CONTACT_LAWS[contact];
  return {
    demographics,
    side,
    hand: variedHand(seed, subject, forceScale, options.spread ?? DEFAULT_SPREAD),
    law: { ...law, reserveNmm: law.reserveNmm * level },
    forceScale,
    expectedForceScale,
    common,
    commonScore: factors.commonScore,
  };
}

/**
 * Best grip of the right hand of a virtual person, kilogram-force, under the same options as the person. The shift
 * of everybody's strength acts on grip too: in Diaz 2025 pinch and grip were shifted alike.
 * @param capacityN - the person's true maximal pinch under these options, newtons.
 */
export function drawPersonGripKg(
  seed: number | string,
  subject: number,
  person: VirtualPerson,
  capacityN: number,
  options: PopulationOptions = {},
): number {
  const { commonShare = COMMON_STRENGTH_SHARE, gripPinchCorrelation = GRIP_PINCH_CORRELATION } = options;
  const strengthFactor = options.strengthFactor ?? 1;
  const expectedN = expectedStrength(person.demographics, person.side).pinchN * strengthFactor;
  const tie = {
    correlation: gripPinchCorrelation,
    commonShare,
    pinchScore: pinchScore(person.demographics.sex, capacityN, expectedN, commonShare),
  };
  return strengthFactor * drawGripKg(seed, subject, person.demographics, person.commonScore, tie);
}
