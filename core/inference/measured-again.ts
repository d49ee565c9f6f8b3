import type { ModelInput } from '../contract/schemas/judgement.ts';
import { randomStream } from '../numerics/random-stream.ts';

/** Repeatability of one reading: pinch 5 %, wrist torque 6 % (the simulator's assumptions). */
export const PINCH_NOISE = 0.05;
export const TORQUE_NOISE = 0.06;
/** Noise of one sample of a recorded pull, share of the best reading: a load cell of the 1 % class (assumption). */
const TRACE_NOISE = 0.01;

/**
 * A second measurement of the same person with the noise of the devices; the same for the same draw. Give several people
 * draws of their own: shared noise would make them look alike.
 * @param draw - whole number.
 */
export function measuredAgain(input: ModelInput, draw: number): ModelInput {
  const factor = (name: string, noise: number) =>
    Math.exp(noise * randomStream('explanation-noise', name, draw).normal());
  const times = <T extends number | null | undefined>(value: T, name: string, noise: number) =>
    typeof value === 'number' ? value * factor(name, noise) : value;
  const sample = randomStream('explanation-noise', 'trace', draw);
  const sampleNoiseN = TRACE_NOISE * (input.pinchPeakN ?? 0);
  return {
    ...input,
    ...(input.pinchTraceN && {
      pinchTraceN: input.pinchTraceN.map(([palmar, longitudinal, transverse]): [number, number, number] => [
        palmar + sampleNoiseN * sample.normal(),
        longitudinal + sampleNoiseN * sample.normal(),
        transverse + sampleNoiseN * sample.normal(),
      ]),
    }),
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
