import { CONTACT_LAWS, type ContactLaw, type MaximalPinch, maximalPinch } from './maximal-pinch.ts';
import { PINCH_MUSCLES, type PinchHand, type PinchMuscle, type WristPosture } from './pinch-muscles.ts';
import { WRIST_MUSCLES, wristLimitation, wristStiffnessRatio } from './wrist-support.ts';

/** What statics says about one hand in one posture: all that a timed pull needs of it. */
export interface PinchMechanics {
  /** Maximal palmar force, newtons: the linear programme's optimum. */
  capacityN: number;
  /** Tangential forces of that solution per newton of palmar force. */
  longitudinalRatio: number;
  transverseRatio: number;
  /** Largest tangential force per newton of palmar force along each axis. */
  friction: number;
  /** Share of the pinch that the wrist withholds, 0..1. */
  wristLimitation: number;
  /** Stiffness of the softer wrist axis relative to the generic hand. */
  wristStiffnessRatio: number;
  /** Elasticity of the maximal pinch in the muscles of the forearm, 0..1; the hand's own muscles have the rest. */
  forearmElasticity: number;
}

/** Muscles with their bellies in the forearm: the long thumb muscles and the wrist's. */
const FOREARM_MUSCLES: readonly PinchMuscle[] = ['FPL', 'EPL', 'EPB', 'APL', ...WRIST_MUSCLES];
/** Weakening over which the elasticity is taken: about what a minute of maximal holding would do. */
const WEAKENING = 0.9;

/**
 * Statics of one hand in one posture; three linear programmes, about 0.2 ms.
 * @param found - the hand's maximal pinch in this posture and law, when it has been solved already.
 */
export function pinchMechanics(
  hand: PinchHand,
  posture: WristPosture = 'neutral',
  law: ContactLaw = CONTACT_LAWS.A,
  found: MaximalPinch = maximalPinch(hand, posture, law),
): PinchMechanics {
  const capacityN = found.forceN;
  return {
    capacityN,
    longitudinalRatio: capacityN === 0 ? 0 : found.longitudinalN / capacityN,
    transverseRatio: capacityN === 0 ? 0 : found.transverseN / capacityN,
    friction: law.friction,
    wristLimitation: wristLimitation(hand, posture, law, found),
    wristStiffnessRatio: wristStiffnessRatio(hand, posture, found),
    forearmElasticity: forearmElasticity(hand, posture, law, capacityN),
  };
}

function forearmElasticity(
  hand: PinchHand,
  posture: WristPosture,
  law: ContactLaw,
  capacityN: number,
): number {
  if (capacityN === 0) return 0;
  const maxForceN = hand.maxForceN.map((forceN, muscle) =>
    FOREARM_MUSCLES.includes(PINCH_MUSCLES[muscle]!) ? WEAKENING * forceN : forceN,
  );
  const weakenedN = maximalPinch({ ...hand, maxForceN }, posture, law).forceN;
  return Math.min(1, Math.max(0, Math.log(weakenedN / capacityN) / Math.log(WEAKENING)));
}
