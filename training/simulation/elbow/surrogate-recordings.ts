import { randomStream } from '../../../core/numerics/random-stream.ts';
import { FLEXOR_GROUP_COUNT } from './elbow-muscles.ts';
import { type ElbowPerson, EMG_CHANNEL_COUNT, GENERIC_FATIGUE_RISE, GENERIC_RAMP_S } from './elbow-person.ts';
import { type ElbowRecording, recordHold } from './elbow-recording.ts';
import { plainPerson, SHARING_PATTERNS, SIMULATION_FACTORS } from './simulation-runs.ts';
import {
  type SurrogateDemographics,
  surrogateDemographics,
  surrogateLogStrength,
} from './surrogate-people.ts';
import {
  EXTENSORS_BY_SEX,
  type FatigueConstants,
  FLEXORS_BY_SEX,
  GENERIC_FLEXORS,
} from './three-compartment-fatigue.ts';

/** People of one cohort, as many as Kearney et al. 2024 recorded. */
export const COHORT_SIZE = 25;
/** Cohort 0 is the one that splits are drawn from; 1..20 are independent of it and of one another. */
export const COHORT_COUNT = 21;
export const SURROGATE_SEED = 'elbow-surrogates-1';

/** How far the surrogates depart from the plain simulation at gap 1. All of these are assumptions. */
const DEPARTURES = {
  strengthLogSd: 0.15,
  fatigueLogSd: 0.15,
  recoveryLogSd: 0.2,
  /** EMG amplitude as a power of force: mean and spread of the logarithm of the exponent. */
  exponentLogMean: Math.log(1.25),
  exponentLogSd: 0.12,
  fatigueRiseLogSd: 0.3,
  coContraction: 0.08,
  coContractionLogSd: 0.5,
  gainLogSd: 0.1,
  gainDriftSd: 0.12,
  crossTalk: 0.06,
  rotationDepth: 0.25,
  torqueCv: 0.02,
  maximalTorqueLogSd: 0.03,
  rampLogSd: 0.3,
} as const;

const between = (low: number, high: number, share: number): number => low + share * (high - low);
/** Between two positive numbers, evenly in the logarithm. */
const betweenLogs = (low: number, high: number, share: number): number =>
  Math.exp(between(Math.log(low), Math.log(high), share));
const ends = (levels: readonly number[]): [number, number] => [levels[0]!, levels.at(-1)!];

/**
 * A surrogate person at a reality gap: a draw from inside the simulation's own ranges, plus `gap` times a fixed
 * departure of the person's own. Gap 0 is the simulation's form, gap 1 the surrogate as frozen; every random number is
 * the same at all gaps, so that a curve over gaps compares the same people. Strength alone stops departing at gap 1: it is
 * known before the hold, and people four times as strong would stretch every error in newton metres for no reason.
 * @throws RangeError when the gap is below 0.
 */
export function surrogatePerson(
  seed: string,
  subject: number,
  gap: number,
): { person: ElbowPerson; level: number; demographics: SurrogateDemographics } {
  if (!(gap >= 0)) throw new RangeError('a reality gap is 0 or more');
  const demographics = surrogateDemographics(seed, subject);
  const uniform = (name: string) => randomStream(seed, `surrogate-${name}`, subject).uniform();
  const normal = (name: string) => randomStream(seed, `surrogate-${name}`, subject).normal();
  const normals = (name: string, count: number) => {
    const stream = randomStream(seed, `surrogate-${name}`, subject);
    return Float64Array.from({ length: count }, () => stream.normal());
  };
  const factors = SIMULATION_FACTORS;
  const pattern = SHARING_PATTERNS[1 + Math.floor(2 * uniform('sharing-pattern'))]!;
  const patternShare = uniform('sharing');
  const plain = plainPerson({
    strength: betweenLogs(...ends(factors.strength), uniform('strength-range')),
    fatigueRate: betweenLogs(...ends(factors.fatigueRate), uniform('fatigue-range')),
    recoveryRate: betweenLogs(...ends(factors.recoveryRate), uniform('recovery-range')),
    sharing: pattern.map((weight) => weight ** patternShare),
    emgGain: betweenLogs(...ends(factors.emgGain), uniform('gain-range')),
  });
  const { sex } = demographics;
  const ownStrength = surrogateLogStrength(demographics) + DEPARTURES.strengthLogSd * normal('strength');
  const [weakest, strongest] = ends(factors.strength);
  const middleStrength = Math.log(weakest * strongest) / 2;
  const flexors = departed(
    plain.fatigue[0]!,
    FLEXORS_BY_SEX[sex],
    normal('fatigue'),
    normal('recovery'),
    gap,
  );
  const rotation = randomStream(seed, 'surrogate-rotation', subject);
  const person: ElbowPerson = {
    ...plain,
    strengthFactor: plain.strengthFactor * Math.exp(Math.min(1, gap) * (ownStrength - middleStrength)),
    sharingRotation: {
      depth: gap * DEPARTURES.rotationDepth * rotation.uniform(),
      periodS: between(20, 90, rotation.uniform()),
      phasesRad: Float64Array.from({ length: FLEXOR_GROUP_COUNT }, () => 2 * Math.PI * rotation.uniform()),
    },
    fatigue: [flexors, flexors, flexors, flexors, EXTENSORS_BY_SEX[sex]],
    coContraction:
      gap * DEPARTURES.coContraction * Math.exp(DEPARTURES.coContractionLogSd * normal('co-contraction')),
    emg: {
      gains: normals('gain', EMG_CHANNEL_COUNT).map(
        (score, channel) => plain.emg.gains[channel]! * Math.exp(gap * DEPARTURES.gainLogSd * score),
      ),
      gainDrifts: normals('gain-drift', EMG_CHANNEL_COUNT).map(
        (score) => gap * DEPARTURES.gainDriftSd * score,
      ),
      forceExponent: Math.exp(
        gap * (DEPARTURES.exponentLogMean + DEPARTURES.exponentLogSd * normal('force-exponent')),
      ),
      fatigueRise:
        GENERIC_FATIGUE_RISE * Math.exp(gap * DEPARTURES.fatigueRiseLogSd * normal('fatigue-rise')),
      crossTalk: plain.emg.crossTalk + gap * DEPARTURES.crossTalk * uniform('cross-talk'),
    },
    torqueCv: gap * DEPARTURES.torqueCv,
    maximalTorqueLogError: gap * DEPARTURES.maximalTorqueLogSd * normal('maximal-torque'),
    rampS: GENERIC_RAMP_S * Math.exp(gap * DEPARTURES.rampLogSd * normal('ramp')),
  };
  return { person, level: between(...ends(factors.holdLevel), uniform('hold-level')), demographics };
}

/** The plain constants moved `gap` times towards the sex's own constants and the person's own scatter. */
function departed(
  plain: FatigueConstants,
  ofSex: FatigueConstants,
  fatigueScore: number,
  recoveryScore: number,
  gap: number,
): FatigueConstants {
  const shift = (generic: number, own: number, sd: number, score: number) =>
    Math.exp(gap * (Math.log(own / generic) + sd * score));
  const generic = GENERIC_FLEXORS;
  return {
    fatiguePerS:
      plain.fatiguePerS *
      shift(generic.fatiguePerS, ofSex.fatiguePerS, DEPARTURES.fatigueLogSd, fatigueScore),
    recoveryPerS:
      plain.recoveryPerS *
      shift(generic.recoveryPerS, ofSex.recoveryPerS, DEPARTURES.recoveryLogSd, recoveryScore),
    restMultiplier: Math.max(1, shift(generic.restMultiplier, ofSex.restMultiplier, 0, 0)),
  };
}

/**
 * The recordings of one cohort of {@link COHORT_SIZE} surrogate people. They stand in for a laboratory's recordings and
 * are simulated: never call them anything but surrogate.
 * @param cohort - 0..{@link COHORT_COUNT} - 1. @param gap - 0 or more; 1 as frozen.
 * @throws RangeError when either is out of range.
 */
export function surrogateCohort(cohort: number, gap = 1): ElbowRecording[] {
  if (!Number.isInteger(cohort) || cohort < 0 || cohort >= COHORT_COUNT) {
    throw new RangeError(`a cohort is a whole number from 0 to ${COHORT_COUNT - 1}`);
  }
  return Array.from({ length: COHORT_SIZE }, (_, i) => {
    const subject = cohort * COHORT_SIZE + i;
    const { person, level, demographics } = surrogatePerson(SURROGATE_SEED, subject, gap);
    return recordHold(person, level, demographics, SURROGATE_SEED, subject);
  });
}
