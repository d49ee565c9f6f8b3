import {
  momentArmMm,
  PINCH_MUSCLE_COUNT,
  type PinchHand,
  tendonForceN,
  WRIST_FLEXION,
  WRIST_ULNAR,
} from './pinch-muscles.ts';

/** Wrist torque capacity in the four directions, newton metres. */
export interface WristTorques {
  extensionNm: number;
  flexionNm: number;
  radialNm: number;
  ulnarNm: number;
}

/**
 * Largest wrist torque of the sixteen muscles in each direction, wrist neutral: the sum of F r over the
 * muscles that pull that way, fully active, the others silent. Finger muscles are not in the model, so only
 * ratios between hands are used, never the value itself.
 */
export function wristTorqueCapacity(hand: PinchHand): WristTorques {
  const torques: WristTorques = { extensionNm: 0, flexionNm: 0, radialNm: 0, ulnarNm: 0 };
  for (let muscle = 0; muscle < PINCH_MUSCLE_COUNT; muscle += 1) {
    const forceN = tendonForceN(hand, muscle, 'neutral');
    const flexionNm = (forceN * momentArmMm(hand, muscle, WRIST_FLEXION, 'neutral')) / 1000;
    const ulnarNm = (forceN * momentArmMm(hand, muscle, WRIST_ULNAR, 'neutral')) / 1000;
    torques.flexionNm += Math.max(0, flexionNm);
    torques.extensionNm += Math.max(0, -flexionNm);
    torques.ulnarNm += Math.max(0, ulnarNm);
    torques.radialNm += Math.max(0, -ulnarNm);
  }
  return torques;
}
