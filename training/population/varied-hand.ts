import { randomStream } from '../../core/numerics/random-stream.ts';
import { genericHand, PINCH_MUSCLE_COUNT, type PinchHand } from '../simulation/pinch/pinch-muscles.ts';

/**
 * Spread between people (assumptions, design decision 3; halved and doubled in the robustness table).
 * Fractions: standard deviation of the logarithm.
 */
export interface MuscleSpread {
  maxForce: number;
  optimalLength: number;
  slackLength: number;
  pennation: number;
  momentArm: number;
}
export const DEFAULT_SPREAD: MuscleSpread = {
  maxForce: 0.15,
  optimalLength: 0.05,
  slackLength: 0.015,
  pennation: 0.1,
  momentArm: 0.03,
};

/**
 * Every spread times a factor: 0.5 and 2 in the robustness table. The mean pinch moves with it (a few percent),
 * as the population gives back only what the default spread costs.
 * @throws RangeError unless the factor is finite and not below 0.
 */
export function scaledSpread(factor: number, spread: MuscleSpread = DEFAULT_SPREAD): MuscleSpread {
  if (!(factor >= 0 && factor < Number.POSITIVE_INFINITY)) {
    throw new RangeError('the factor on the spread must be a number from 0');
  }
  return {
    maxForce: spread.maxForce * factor,
    optimalLength: spread.optimalLength * factor,
    slackLength: spread.slackLength * factor,
    pennation: spread.pennation * factor,
    momentArm: spread.momentArm * factor,
  };
}

/**
 * The hand of one virtual person: the table's hand with every muscle's own log-normal factors (median 1).
 * @param forceScale - factor on every F0: level expected for sex, age and size times the person's own.
 */
export function variedHand(
  seed: number | string,
  subject: number,
  forceScale: number,
  spread: MuscleSpread = DEFAULT_SPREAD,
): PinchHand {
  const hand = genericHand(forceScale);
  const vary = (name: string, array: Float64Array, deviation: number): void => {
    const stream = randomStream(seed, name, subject);
    for (let muscle = 0; muscle < PINCH_MUSCLE_COUNT; muscle += 1) {
      array[muscle]! *= Math.exp(deviation * stream.normal());
    }
  };
  vary('muscle-max-force', hand.maxForceN, spread.maxForce);
  vary('muscle-optimal-length', hand.optimalFibreLengthMm, spread.optimalLength);
  vary('muscle-slack-length', hand.tendonSlackLengthMm, spread.slackLength);
  vary('muscle-pennation', hand.pennationRad, spread.pennation);
  vary('muscle-moment-arm', hand.momentArmFactor, spread.momentArm);
  return hand;
}
