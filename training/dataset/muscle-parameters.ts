import type { Demographics } from '../population/demographics.ts';
import { drawGripKg } from '../population/grip.ts';
import { drawVirtualPerson, type PopulationOptions } from '../population/virtual-person.ts';
import { maximalPinch } from '../simulation/pinch/maximal-pinch.ts';
import {
  genericHand,
  momentArmMm,
  PINCH_COORDINATES,
  PINCH_MUSCLES,
  type PinchHand,
  type PinchMuscle,
} from '../simulation/pinch/pinch-muscles.ts';
import { drawTrialCount, pinchTrialsN, sessionFactor } from './pinch-trials.ts';

/** Inputs of tier 1, in order: the network's input vector. */
export const MUSCLE_PARAMETER_INPUTS = [
  'sex-male',
  'age-years',
  'height-m',
  'weight-kg',
  'pinch-peak-n',
] as const;

/** The four groups that a clinician judges: share of expected strength, percent (decision 9). */
export const MUSCLE_GROUPS = {
  'thumb-flexor': { muscles: ['FPL'], coordinate: 'cmc-flexion' },
  'adductor-and-first-interosseous': { muscles: ['ADPt', 'ADPo', '1stDI_MC1'], coordinate: 'cmc-flexion' },
  abductors: { muscles: ['APL', 'APB'], coordinate: 'cmc-abduction' },
  'wrist-extensors': { muscles: ['ECRL', 'ECRB', 'ECU'], coordinate: 'wrist-flexion' },
} as const satisfies Record<
  string,
  { muscles: readonly PinchMuscle[]; coordinate: (typeof PINCH_COORDINATES)[number] }
>;
export type MuscleGroup = keyof typeof MUSCLE_GROUPS;
export const MUSCLE_GROUP_NAMES = Object.keys(MUSCLE_GROUPS) as MuscleGroup[];

/** Targets, in order: log F0 (N) of the sixteen, log FPL optimal and slack length (mm), four groups (%). */
export const MUSCLE_PARAMETER_TARGETS: readonly string[] = [
  ...PINCH_MUSCLES.map((muscle) => `log-max-force-${muscle}`),
  'log-optimal-length-FPL',
  'log-slack-length-FPL',
  ...MUSCLE_GROUP_NAMES.map((group) => `percent-expected-${group}`),
];

/** One virtual person with the true parameters of the hand and one session of pinch. */
export interface MuscleParameterPerson extends Demographics {
  subject: number;
  side: 'right' | 'left';
  pinchTrialsN: number[];
  pinchPeakN: number;
  /** Best grip of the right hand, kilogram-force: tier 2. */
  gripKg: number;
  /** True maximal pinch, newtons, without noise. */
  capacityN: number;
  /** In the order of MUSCLE_PARAMETER_INPUTS. */
  inputs: Float64Array;
  /** In the order of MUSCLE_PARAMETER_TARGETS. */
  targets: Float64Array;
  /** The hand itself, to simulate pinch again from true or predicted parameters. */
  hand: PinchHand;
}

export interface MuscleParameterOptions extends PopulationOptions {
  noiseScale?: number;
}

/**
 * Nonimpaired virtual people for `muscle-parameters`, tier 1. The same seed and subject give the same person as
 * in `wrist-state`; use different seeds or ranges for people who must not have been seen.
 * @param subjectOffset - first subject; disjoint ranges of one seed are disjoint people.
 */
export function generateMuscleParameterPeople(
  count: number,
  seed: number | string,
  subjectOffset: number,
  options: MuscleParameterOptions = {},
): MuscleParameterPerson[] {
  return Array.from({ length: count }, (_, index) => makePerson(seed, subjectOffset + index, options));
}

function makePerson(
  seed: number | string,
  subject: number,
  options: MuscleParameterOptions,
): MuscleParameterPerson {
  const noiseScale = options.noiseScale ?? 1;
  const virtual = drawVirtualPerson(seed, subject, options);
  const { demographics, side, hand } = virtual;
  const capacityN = maximalPinch(hand, 'neutral', virtual.law).forceN;
  const trials = pinchTrialsN(
    seed,
    'neutral',
    subject,
    capacityN * sessionFactor(seed, subject, noiseScale),
    drawTrialCount(seed, subject),
    noiseScale,
  );
  const pinchPeakN = Math.max(...trials);
  const flexor = PINCH_MUSCLES.indexOf('FPL');
  return {
    ...demographics,
    subject,
    side,
    pinchTrialsN: trials,
    pinchPeakN,
    gripKg: drawGripKg(seed, subject, demographics, virtual.commonScore),
    capacityN,
    inputs: Float64Array.of(
      demographics.sex === 'male' ? 1 : 0,
      demographics.ageYears,
      demographics.heightM,
      demographics.weightKg,
      pinchPeakN,
    ),
    targets: Float64Array.from([
      ...hand.maxForceN.map(Math.log),
      Math.log(hand.optimalFibreLengthMm[flexor]!),
      Math.log(hand.tendonSlackLengthMm[flexor]!),
      ...groupPercents(hand, virtual.expectedForceScale),
    ]),
    hand,
  };
}

/**
 * Strength of the four groups in percent of expected: sum of F0 x moment arm about the group's own axis, over
 * the same sum of the generic hand at the expected force scale.
 * @param expectedForceScale - factor on the generic F0 for a person of this sex, age and size.
 */
export function groupPercents(hand: PinchHand, expectedForceScale: number): number[] {
  const generic = genericHand(expectedForceScale);
  return MUSCLE_GROUP_NAMES.map((name) => (100 * groupTorque(hand, name)) / groupTorque(generic, name));
}

function groupTorque(hand: PinchHand, name: MuscleGroup): number {
  const group = MUSCLE_GROUPS[name];
  const coordinate = PINCH_COORDINATES.indexOf(group.coordinate);
  return group.muscles.reduce((sum, id) => {
    const muscle = PINCH_MUSCLES.indexOf(id);
    return sum + hand.maxForceN[muscle]! * Math.abs(momentArmMm(hand, muscle, coordinate, 'neutral'));
  }, 0);
}
