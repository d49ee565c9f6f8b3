import { ELBOW_CHANNEL_COUNT, ELBOW_STEP_COUNT } from '../../core/inference/elbow-input.ts';
import { FLEXOR_GROUP_COUNT, maximalGroupTorquesNm } from '../simulation/elbow/elbow-muscles.ts';
import { HOLD_ANGLE_DEG } from '../simulation/elbow/elbow-person.ts';
import { type ElbowRecording, TORQUE_TIMES_S } from '../simulation/elbow/elbow-recording.ts';
import { SAMPLE_RATE_HZ } from '../simulation/elbow/sustained-hold.ts';
import {
  advanceCompartments,
  type Compartments,
  GENERIC_FLEXORS,
  STEP_S,
} from '../simulation/elbow/three-compartment-fatigue.ts';

/** Steps whose mean stands for the activation after the recorded 30 s: the last five seconds. */
const LATE_STEPS = 10;
/** Biceps, brachialis, brachioradialis: channels 0..2. The forearm group has none and is given their mean. */
const FLEXOR_CHANNELS = 3;

/**
 * The plain simulation of a recorded person: envelopes taken as activations of the generic muscles with generic fatigue,
 * held at their late mean after 30 s. It knows the person's maximal torque, nothing else of the person.
 * @returns torque at TORQUE_TIMES_S, N.m.
 */
export function plainSimulationNm(recording: ElbowRecording): Float64Array {
  const { envelopes, maximalTorqueNm } = recording;
  const torques = maximalGroupTorquesNm(HOLD_ANGLE_DEG).slice(0, FLEXOR_GROUP_COUNT);
  const genericNm = torques.reduce((sum, torqueNm) => sum + torqueNm, 0);
  const at = (step: number, channel: number) => Math.min(1, envelopes[step * ELBOW_CHANNEL_COUNT + channel]!);
  const late = Array.from({ length: FLEXOR_CHANNELS }, (_, channel) => {
    let sum = 0;
    for (let step = ELBOW_STEP_COUNT - LATE_STEPS; step < ELBOW_STEP_COUNT; step += 1)
      sum += at(step, channel);
    return sum / LATE_STEPS;
  });
  const groups: Compartments[] = Array.from(torques, () => ({ active: 0, fatigued: 0 }));
  const stepsPerSample = Math.round(1 / (SAMPLE_RATE_HZ * STEP_S));
  const predicted = new Float64Array(TORQUE_TIMES_S.length);
  const sampleCount = TORQUE_TIMES_S.at(-1)! * SAMPLE_RATE_HZ;
  for (let sample = 0; sample < sampleCount; sample += 1) {
    const activations = late.map((value, channel) =>
      sample < ELBOW_STEP_COUNT ? at(sample, channel) : value,
    );
    const forearm = activations.reduce((sum, value) => sum + value, 0) / FLEXOR_CHANNELS;
    let torqueNm = 0;
    groups.forEach((group, index) => {
      for (let step = 0; step < stepsPerSample; step += 1) {
        advanceCompartments(group, activations[index] ?? forearm, GENERIC_FLEXORS, STEP_S);
      }
      torqueNm += group.active * torques[index]!;
    });
    const time = TORQUE_TIMES_S.indexOf((sample + 1) / SAMPLE_RATE_HZ);
    if (time >= 0) predicted[time] = (torqueNm * maximalTorqueNm) / genericNm;
  }
  return predicted;
}
