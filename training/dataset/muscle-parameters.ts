import {
  INPUT_POSTURES,
  type InputPosture,
  MUSCLE_PARAMETER_COLUMNS,
  RAMP_LEVELS,
} from '../../core/inference/muscle-parameters-columns.ts';
import { randomStream } from '../../core/numerics/random-stream.ts';
import { NEWTON_PER_UNIT } from '../../core/units/quantities.ts';
import { drawPersonGripKg, drawVirtualPerson, type PopulationOptions } from '../population/virtual-person.ts';
import { type MaximalPinch, maximalPinch, minimumEffortPinch } from '../simulation/pinch/maximal-pinch.ts';
import { targetsOf } from './muscle-parameters-targets.ts';
import { drawTrialCount, pinchTrialsN, sessionFactor } from './pinch-trials.ts';

/** One virtual person measured once, with the true parameters of the hand. */
export interface MuscleParameterPerson {
  subject: number;
  sex: 'female' | 'male';
  ageYears: number;
  /** True maximal pinch in the neutral wrist, newtons, without noise. */
  capacityN: number;
  trialCount: number;
  /** In the order and units of MUSCLE_PARAMETER_COLUMNS; a tier sees the first of them. */
  inputs: Float64Array;
  /** In the order of MUSCLE_PARAMETER_TARGETS. */
  targets: Float64Array;
}

/** What the robustness table changes; every default is the shipped setting. */
export interface MuscleParameterOptions extends PopulationOptions {
  /** Factor on all measurement noise. */
  noiseScale?: number;
  /** Factor on every pinch reading; grip has its own device, and a direction is a ratio. */
  gaugeGain?: number;
  /**
   * How a sub-maximal force is shared between muscles: with the smallest sum of activations (the assumption of training),
   * or as at the maximum, every activation scaled down alike.
   */
  rampSharing?: 'least-effort' | 'as-at-maximum';
}

/**
 * Noise of the force direction, as a share of the palmar force on each tangential axis: cross-talk of a three-axis load
 * cell (about 1 %) and the wander of a hand that aims (about 1 degree), averaged over the trials. An assumption.
 */
export const DIRECTION_NOISE = 0.02;
/** How far the ramp's own peak lies from the person's best (log SD, assumption): levels are shares of that peak. */
const RAMP_PEAK_LOG_SD = 0.05;
/** A ramp level this close to the maximum is the maximum. */
const HIGHEST_LEVEL = 0.999;
/** The app asks for at least two trials. */
const MINIMUM_TRIALS = 2;

/**
 * Nonimpaired virtual people for `muscle-parameters` with the columns of all three tiers. A pure function of seed and
 * subject; every measured quantity has its own stream, so that a tier's columns do not depend on those of the next.
 * @param subjectOffset - first subject; disjoint ranges of one seed are disjoint people.
 */
export function* generateMuscleParameterPeople(
  count: number,
  seed: number | string,
  subjectOffset: number,
  options: MuscleParameterOptions = {},
): Generator<MuscleParameterPerson> {
  for (let index = 0; index < count; index += 1) yield makePerson(seed, subjectOffset + index, options);
}

function makePerson(
  seed: number | string,
  subject: number,
  options: MuscleParameterOptions,
): MuscleParameterPerson {
  const noiseScale = options.noiseScale ?? 1;
  const virtual = drawVirtualPerson(seed, subject, options);
  const { demographics, hand, law } = virtual;
  const day = sessionFactor(seed, subject, noiseScale);
  const trialCount = Math.max(MINIMUM_TRIALS, drawTrialCount(seed, subject));
  const best = new Map(INPUT_POSTURES.map((posture) => [posture, maximalPinch(hand, posture, law)]));
  const maximal = (posture: InputPosture): MaximalPinch => best.get(posture)!;
  const readPeakN = (posture: InputPosture): number => {
    const todayN = maximal(posture).forceN * day;
    const trialsN = pinchTrialsN(seed, posture, subject, todayN, trialCount, noiseScale);
    return (options.gaugeGain ?? 1) * Math.max(...trialsN);
  };
  const rampPeak = Math.exp(
    noiseScale * RAMP_PEAK_LOG_SD * randomStream(seed, 'ramp-peak', subject).normal(),
  );
  const capacityN = maximal('neutral').forceN;
  const atLevel = (level: number): MaximalPinch =>
    options.rampSharing === 'as-at-maximum'
      ? maximal('neutral')
      : minimumEffortPinch(hand, Math.min(HIGHEST_LEVEL, level * rampPeak) * capacityN, 'neutral', law);
  const inputs = Float64Array.of(
    demographics.sex === 'male' ? 1 : 0,
    demographics.ageYears,
    demographics.heightM,
    demographics.weightKg,
    readPeakN('neutral'),
    drawPersonGripKg(seed, subject, virtual, capacityN, options) * NEWTON_PER_UNIT.kg,
    readPeakN('flexion-20'),
    readPeakN('extension-20'),
    ...INPUT_POSTURES.flatMap((posture) =>
      readDirection(maximal(posture), `peak-${posture}`, seed, subject, noiseScale),
    ),
    ...RAMP_LEVELS.flatMap((level) =>
      readDirection(atLevel(level), `ramp-${100 * level}`, seed, subject, noiseScale),
    ),
  );
  if (inputs.length !== MUSCLE_PARAMETER_COLUMNS.length)
    throw new Error('inputs and columns differ in number');
  return {
    subject,
    sex: demographics.sex,
    ageYears: demographics.ageYears,
    capacityN,
    trialCount,
    inputs,
    targets: targetsOf(hand, virtual.expectedForceScale),
  };
}

/** Longitudinal and transverse force as shares of the palmar force, as a three-axis load cell shows them. */
function readDirection(
  pinch: MaximalPinch,
  name: string,
  seed: number | string,
  subject: number,
  noiseScale: number,
): [number, number] {
  const stream = randomStream(seed, `direction-noise-${name}`, subject);
  const read = (tangentialN: number): number =>
    tangentialN / pinch.forceN + noiseScale * DIRECTION_NOISE * stream.normal();
  return [read(pinch.longitudinalN), read(pinch.transverseN)];
}
