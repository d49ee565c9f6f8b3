import type { ModelInput } from '../contract/schemas/judgement.ts';
import { randomStream } from '../numerics/random-stream.ts';

/** Repeatability of one reading: pinch 5 %, wrist torque 6 % (the simulator's assumptions). */
export const PINCH_NOISE = 0.05;
export const TORQUE_NOISE = 0.06;

/** A second measurement of the same person with the noise of the devices; streams named, so the same each time. */
export function measuredAgain(input: ModelInput, draw: number): ModelInput {
  const factor = (name: string, noise: number) =>
    Math.exp(noise * randomStream('explanation-noise', name, draw).normal());
  const times = <T extends number | null | undefined>(value: T, name: string, noise: number) =>
    typeof value === 'number' ? value * factor(name, noise) : value;
  return {
    ...input,
    pinchPeakN: times(input.pinchPeakN, 'pinch', PINCH_NOISE),
    otherHandPinchPeakN: times(input.otherHandPinchPeakN, 'other-hand', PINCH_NOISE),
    wristExtensionNm: times(input.wristExtensionNm, 'extension', TORQUE_NOISE),
    wristFlexionNm: times(input.wristFlexionNm, 'flexion', TORQUE_NOISE),
    wristRadialNm: times(input.wristRadialNm, 'radial', TORQUE_NOISE),
    wristUlnarNm: times(input.wristUlnarNm, 'ulnar', TORQUE_NOISE),
    pinchFlexion20N: times(input.pinchFlexion20N, 'pinch-flexion', PINCH_NOISE),
    pinchExtension20N: times(input.pinchExtension20N, 'pinch-extension', PINCH_NOISE),
    pinchUlnar10N: times(input.pinchUlnar10N, 'pinch-ulnar', PINCH_NOISE),
  };
}
