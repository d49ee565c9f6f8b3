import type { WristClass } from '../../../core/contract/schemas/clinical.ts';
import { randomStream } from '../../../core/numerics/random-stream.ts';
import { PINCH_MUSCLES, type PinchHand, type PinchMuscle } from './pinch-muscles.ts';

export type Surgery = Exclude<WristClass, 'nonimpaired'>;

/**
 * How the two operations change the wrist of the model. Direction from Nichols et al. 2015 (8 cadavers):
 * proximal row carpectomy mainly alters flexion-extension arms (smaller for the extensors), four-corner
 * fusion mainly radial-ulnar arms (larger for the radial deviators). Size: TUNED so that the re-optimised
 * maximal pinch averages 89.8 and 92.1 % of the same people unoperated, the figures of Nichols et al. 2017,
 * table 3, which are of another quantity (forward dynamics at equal activation). Not measured anatomy.
 */
export const SURGERY_LAWS = {
  'proximal-row-carpectomy': {
    muscles: ['ECRL', 'ECRB', 'ECU'],
    axis: 'flexion',
    medianArmFactor: 0.69,
  },
  'four-corner-fusion': {
    muscles: ['ECRL', 'ECRB', 'FCR'],
    axis: 'ulnar',
    medianArmFactor: 1.55,
  },
} as const satisfies Record<
  Surgery,
  { muscles: readonly PinchMuscle[]; axis: 'flexion' | 'ulnar'; medianArmFactor: number }
>;

/** Spread of the arm factor between patients, standard deviation of its logarithm (assumption). */
export const SURGERY_ARM_LOG_SD = 0.08;

/** The same hand after an operation; `armFactor` multiplies the arms that the operation changes. */
export function operatedHand(hand: PinchHand, surgery: Surgery, armFactor: number): PinchHand {
  const law = SURGERY_LAWS[surgery];
  const wristFlexionArmFactor = Float64Array.from(hand.wristFlexionArmFactor);
  const wristUlnarArmFactor = Float64Array.from(hand.wristUlnarArmFactor);
  const changed = law.axis === 'flexion' ? wristFlexionArmFactor : wristUlnarArmFactor;
  for (const muscle of law.muscles) changed[PINCH_MUSCLES.indexOf(muscle)]! *= armFactor;
  return { ...hand, wristFlexionArmFactor, wristUlnarArmFactor };
}

/** One patient's arm factor. */
export function drawArmFactor(seed: number | string, subject: number, surgery: Surgery): number {
  const score = randomStream(seed, 'surgery-arm-factor', subject).normal();
  return SURGERY_LAWS[surgery].medianArmFactor * Math.exp(SURGERY_ARM_LOG_SD * score);
}
