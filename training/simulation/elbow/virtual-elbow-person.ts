import { ELBOW_HOLD_LEVELS } from '../../../core/inference/elbow-input.ts';
import { randomStream } from '../../../core/numerics/random-stream.ts';
import { type Demographics, drawDemographics } from '../../population/demographics.ts';
import { drawStrengthFactors } from '../../population/strength-factors.ts';
import { FLEXOR_GROUP_COUNT } from './elbow-muscles.ts';
import {
  type ElbowPerson,
  EMG_CHANNEL_COUNT,
  GENERIC_CROSS_TALK,
  GENERIC_FATIGUE_RISE,
  GENERIC_RAMP_S,
} from './elbow-person.ts';
import { type ElbowRecording, recordHold } from './elbow-recording.ts';
import { expectedLogStrength } from './elbow-strength.ts';
import { EXTENSORS_BY_SEX, type FatigueConstants, FLEXORS_BY_SEX } from './three-compartment-fatigue.ts';

/** Spread between virtual people, standard deviations of logarithms unless said otherwise. All are assumptions. */
export const ELBOW_SPREAD = {
  strength: 0.15,
  fatigue: 0.15,
  recovery: 0.2,
  sharing: 0.15,
  coContraction: 0.4,
  gain: 0.1,
  /** Standard deviation of the change of log gain over 150 s. */
  gainDrift: 0.05,
  forceExponent: 0.05,
  fatigueRise: 0.25,
  crossTalk: 0.3,
  ramp: 0.3,
  maximalTorqueError: 0.03,
} as const;
/** Median co-contraction and steadiness (coefficient of variation) of virtual people: assumptions. */
const CO_CONTRACTION = 0.05;
const TORQUE_CV = 0.02;

/**
 * One virtual person's elbow: strength by sex, age, size, the common strength factor and an own one; sex-specific
 * fatigue constants (Rakshit et al. 2021) with an own spread. Assumption: fatigability does not change with age.
 */
export function virtualElbowPerson(
  seed: string,
  subject: number,
): { person: ElbowPerson; level: number; demographics: Demographics } {
  const demographics = drawDemographics(seed, subject);
  const { sex } = demographics;
  const { common } = drawStrengthFactors(seed, subject, sex);
  const normal = (name: string) => randomStream(seed, `elbow-${name}`, subject).normal();
  const factors = (name: keyof typeof ELBOW_SPREAD, count: number) => {
    const stream = randomStream(seed, `elbow-${name}`, subject);
    return Float64Array.from({ length: count }, () => Math.exp(ELBOW_SPREAD[name] * stream.normal()));
  };
  const factor = (name: keyof typeof ELBOW_SPREAD) => Math.exp(ELBOW_SPREAD[name] * normal(name));
  const ofSex = FLEXORS_BY_SEX[sex];
  const flexors: FatigueConstants = {
    fatiguePerS: ofSex.fatiguePerS * factor('fatigue'),
    recoveryPerS: ofSex.recoveryPerS * factor('recovery'),
    restMultiplier: ofSex.restMultiplier,
  };
  const person: ElbowPerson = {
    strengthFactor: Math.exp(expectedLogStrength(demographics)) * common * factor('strength'),
    sharing: factors('sharing', FLEXOR_GROUP_COUNT),
    sharingRotation: { depth: 0, periodS: 1, phasesRad: new Float64Array(FLEXOR_GROUP_COUNT) },
    fatigue: [flexors, flexors, flexors, flexors, EXTENSORS_BY_SEX[sex]],
    coContraction: CO_CONTRACTION * factor('coContraction'),
    emg: {
      gains: factors('gain', EMG_CHANNEL_COUNT),
      gainDrifts: factors('gainDrift', EMG_CHANNEL_COUNT).map(Math.log),
      forceExponent: factor('forceExponent'),
      fatigueRise: GENERIC_FATIGUE_RISE * factor('fatigueRise'),
      crossTalk: GENERIC_CROSS_TALK * factor('crossTalk'),
    },
    torqueCv: TORQUE_CV,
    maximalTorqueLogError: ELBOW_SPREAD.maximalTorqueError * normal('maximalTorqueError'),
    rampS: GENERIC_RAMP_S * factor('ramp'),
  };
  const [low, high] = ELBOW_HOLD_LEVELS;
  const level = low + (high - low) * randomStream(seed, 'elbow-hold-level', subject).uniform();
  return { person, level, demographics };
}

/** Recordings of `count` virtual people from `firstSubject` on. Pure: the same arguments, the same numbers. */
export function virtualElbowRecordings(count: number, seed: string, firstSubject: number): ElbowRecording[] {
  return Array.from({ length: count }, (_, i) => {
    const subject = firstSubject + i;
    const { person, level, demographics } = virtualElbowPerson(seed, subject);
    return recordHold(person, level, demographics, seed, subject);
  });
}
