import { FLEXOR_GROUP_COUNT } from './elbow-muscles.ts';
import {
  type ElbowPerson,
  EMG_CHANNEL_COUNT,
  GENERIC_CROSS_TALK,
  GENERIC_FATIGUE_RISE,
  GENERIC_RAMP_S,
} from './elbow-person.ts';
import { type ElbowRecording, recordHold } from './elbow-recording.ts';
import { type FatigueConstants, GENERIC_FLEXORS } from './three-compartment-fatigue.ts';

/** Preference of biceps, brachialis, brachioradialis and forearm in the three patterns of sharing (assumption). */
export const SHARING_PATTERNS: readonly (readonly number[])[] = [
  [1, 1, 1, 1],
  [1.3, 0.9, 0.9, 0.8],
  [0.85, 1.3, 0.9, 0.8],
];

/** The six factors of the plain simulation and their levels: 7 x 3^5 = 1,701 runs. */
export const SIMULATION_FACTORS = {
  /** Share of maximal torque. */
  holdLevel: [0.3, 0.3 + 1 / 12, 0.3 + 2 / 12, 0.55, 0.3 + 4 / 12, 0.3 + 5 / 12, 0.8],
  /** On every F0 of the table. */
  strength: [0.5, 0.75, 1],
  /** On the generic F and R of Frey Law et al. 2012. */
  fatigueRate: [0.7, 1, 1.4],
  recoveryRate: [0.5, 1, 2],
  /** Index of {@link SHARING_PATTERNS}. */
  sharing: [0, 1, 2],
  /** On the amplitude of all channels. */
  emgGain: [0.85, 1, 1.15],
} as const;
export const SIMULATION_RUN_COUNT = 1701;

/** The simulation's own form: linear EMG, no co-contraction, no drift, perfectly steady, one set of constants. */
export interface PlainTraits {
  strength: number;
  fatigueRate: number;
  recoveryRate: number;
  sharing: ArrayLike<number>;
  emgGain: number;
}

/** A person of the plain simulation. */
export function plainPerson(traits: PlainTraits): ElbowPerson {
  const constants: FatigueConstants = {
    fatiguePerS: GENERIC_FLEXORS.fatiguePerS * traits.fatigueRate,
    recoveryPerS: GENERIC_FLEXORS.recoveryPerS * traits.recoveryRate,
    restMultiplier: GENERIC_FLEXORS.restMultiplier,
  };
  return {
    strengthFactor: traits.strength,
    sharing: Float64Array.from(traits.sharing),
    sharingRotation: { depth: 0, periodS: 1, phasesRad: new Float64Array(FLEXOR_GROUP_COUNT) },
    fatigue: [constants, constants, constants, constants, constants],
    coContraction: 0,
    emg: {
      gains: new Float64Array(EMG_CHANNEL_COUNT).fill(traits.emgGain),
      gainDrifts: new Float64Array(EMG_CHANNEL_COUNT),
      forceExponent: 1,
      fatigueRise: GENERIC_FATIGUE_RISE,
      crossTalk: GENERIC_CROSS_TALK,
    },
    torqueCv: 0,
    maximalTorqueLogError: 0,
    rampS: GENERIC_RAMP_S,
  };
}

/**
 * One run of the factorial design; hold level turns fastest.
 * @param run - 0..1700. @throws RangeError outside it.
 */
export function simulationRun(run: number, seed: string): ElbowRecording {
  if (!Number.isInteger(run) || run < 0 || run >= SIMULATION_RUN_COUNT) {
    throw new RangeError(`a simulation run is a whole number from 0 to ${SIMULATION_RUN_COUNT - 1}`);
  }
  let left = run;
  const pick = (levels: readonly number[]): number => {
    const level = levels[left % levels.length]!;
    left = Math.floor(left / levels.length);
    return level;
  };
  const level = pick(SIMULATION_FACTORS.holdLevel);
  const person = plainPerson({
    strength: pick(SIMULATION_FACTORS.strength),
    fatigueRate: pick(SIMULATION_FACTORS.fatigueRate),
    recoveryRate: pick(SIMULATION_FACTORS.recoveryRate),
    sharing: SHARING_PATTERNS[pick(SIMULATION_FACTORS.sharing)]!,
    emgGain: pick(SIMULATION_FACTORS.emgGain),
  });
  return recordHold(person, level, null, seed, run);
}
