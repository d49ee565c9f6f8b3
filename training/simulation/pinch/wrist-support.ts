import { type ContactLaw, type MaximalPinch, maximalPinch } from './maximal-pinch.ts';
import {
  genericHand,
  momentArmMm,
  PINCH_MUSCLE_COUNT,
  PINCH_MUSCLES,
  type PinchHand,
  type PinchMuscle,
  tendonForceN,
  WRIST_FLEXION,
  WRIST_ULNAR,
  type WristPosture,
} from './pinch-muscles.ts';

/** The six muscles that end at the wrist: they steady it and do not move the thumb. */
export const WRIST_MUSCLES = [
  'ECRL',
  'ECRB',
  'ECU',
  'FCR',
  'FCU',
  'PL',
] as const satisfies readonly PinchMuscle[];
const WRIST_MUSCLE_INDICES = WRIST_MUSCLES.map((muscle) => PINCH_MUSCLES.indexOf(muscle));

/** Factor on the wrist muscles that stands for "a wrist that never limits the pinch". */
const UNLIMITED_WRIST_FACTOR = 10;

/** The hand with its six wrist muscles stronger or weaker. @param factor - on their F0, positive. */
export function withWristMuscles(hand: PinchHand, factor: number): PinchHand {
  const maxForceN = Float64Array.from(hand.maxForceN);
  for (const muscle of WRIST_MUSCLE_INDICES) maxForceN[muscle]! *= factor;
  return { ...hand, maxForceN };
}

/**
 * Share of the pinch that the wrist withholds, 0..1: 1 - pinch / pinch of the same thumb on a wrist with ten times
 * the muscle. 0: the thumb alone is the limit. Larger after both operations, with nothing said about the class.
 * @param found - the maximal pinch of the same hand, posture and law.
 */
export function wristLimitation(
  hand: PinchHand,
  posture: WristPosture,
  law: ContactLaw,
  found: MaximalPinch,
): number {
  const unlimitedN = maximalPinch(withWristMuscles(hand, UNLIMITED_WRIST_FACTOR), posture, law).forceN;
  return unlimitedN === 0 ? 0 : Math.max(0, 1 - found.forceN / unlimitedN);
}

/** Active stiffness of the two wrist axes per newton of pinch, mm^2/mm: sum of a F r^2 / optimal length, over s. */
function stiffnessPerPinch(hand: PinchHand, posture: WristPosture, found: MaximalPinch): [number, number] {
  const about = (coordinate: number): number => {
    let sum = 0;
    for (let muscle = 0; muscle < PINCH_MUSCLE_COUNT; muscle += 1) {
      const forceN = found.activations[muscle]! * tendonForceN(hand, muscle, posture);
      const armMm = momentArmMm(hand, muscle, coordinate, posture);
      sum += (forceN * armMm * armMm) / hand.optimalFibreLengthMm[muscle]!;
    }
    return sum / found.forceN;
  };
  return [about(WRIST_FLEXION), about(WRIST_ULNAR)];
}

/** The generic hand's, by posture, in contact model A: what 1 means, made when first asked for. */
const genericStiffness = new Map<WristPosture, [number, number]>();
function genericStiffnessPerPinch(posture: WristPosture): [number, number] {
  let known = genericStiffness.get(posture);
  if (known === undefined) {
    const generic = genericHand();
    known = stiffnessPerPinch(generic, posture, maximalPinch(generic, posture));
    genericStiffness.set(posture, known);
  }
  return known;
}

/**
 * Stiffness of the softer wrist axis in the maximal pinch, per newton of pinch, relative to the generic hand in the
 * same posture in contact model A (1: as the generic hand). Short-range stiffness of an active muscle is proportional to
 * its force over its fibre length (Rack and Westbury 1974, recalled), so a joint's is the sum of F r^2 / l_o; the
 * factor of proportionality cancels. Passive stiffness (scar, fused bones) is not in it: an assumption.
 * @returns 0 and more; 1 for a hand without any pinch, of which nothing can be said.
 */
export function wristStiffnessRatio(hand: PinchHand, posture: WristPosture, found: MaximalPinch): number {
  if (found.forceN === 0) return 1;
  const own = stiffnessPerPinch(hand, posture, found);
  const reference = genericStiffnessPerPinch(posture);
  return Math.min(own[0] / reference[0], own[1] / reference[1]);
}
