import { randomStream } from '../../../core/numerics/random-stream.ts';
import { type ForceTrace, TRACE_COMPONENT_COUNT } from '../../../core/signals/trace-shape.ts';
import { advanceCompartments, type Compartments } from '../elbow/three-compartment-fatigue.ts';
import { stepActivation, stepLag } from './activation-dynamics.ts';
import { PINCH_FATIGUE } from './pinch-fatigue.ts';
import type { PinchMechanics } from './pinch-mechanics.ts';
import { drawPullTiming, pullCommand } from './pull-command.ts';
import {
  ALL_MECHANISMS,
  DIRECTION,
  DIRECTION_DRIFT,
  FORCE_FLUCTUATION,
  TREMOR,
  type TraceMechanisms,
  WRIST_LAG,
} from './trace-assumptions.ts';

export const TRACE_SAMPLE_RATE_HZ = 200;
export const TRACE_DURATION_S = 6;

/** One pull of one person. */
export interface Pull {
  seed: number | string;
  subject: number;
  /** Names the pull (hand, posture, trial): pulls of other names have other random numbers. */
  name: string;
  /** Whose fatigue constants. */
  sex: 'female' | 'male';
  /** Wanted share of the maximum, 0..1; 1 unless told otherwise. */
  targetFraction?: number;
  /** How good the day and the trial are: factor on the whole force, 0 and more; 1 unless told otherwise. */
  capacityFactor?: number;
  mechanisms?: Readonly<TraceMechanisms>;
  /** 50 to 2000; {@link TRACE_SAMPLE_RATE_HZ} unless told otherwise. */
  sampleRateHz?: number;
}

/** The physical force under the thumb, before any instrument. */
export interface PinchTrace extends ForceTrace {
  sampleRateHz: number;
}

/**
 * A ramp-hold-release pull with three force components, newtons, {@link TRACE_DURATION_S} seconds.
 *
 * Command -> first-order activation -> lag of the wrist -> share of the maximal pinch, capped by what fatigue has
 * left of it -> force fluctuation and tremor in proportion -> direction. A part of a maximal effort is the maximal
 * solution scaled down (the same muscles in the same proportion): in equilibrium in both contact models, an
 * assumption about people. At full command without fluctuation the hold is the linear programme's optimum; with it,
 * the optimum is the level around which force fluctuates, so the peak reads a little higher. The contact law holds at
 * every sample: the thumb pushes or rests, and tangential forces stay within friction.
 *
 * A wrist operation enters through `mechanics` alone: no class is named here.
 * @throws RangeError when a share, factor or rate is out of its range.
 */
export function pinchTrace(mechanics: PinchMechanics, pull: Pull): PinchTrace {
  const { seed, subject, name, sex } = pull;
  const mechanisms = pull.mechanisms ?? ALL_MECHANISMS;
  const targetFraction = pull.targetFraction ?? 1;
  const capacityFactor = pull.capacityFactor ?? 1;
  const sampleRateHz = pull.sampleRateHz ?? TRACE_SAMPLE_RATE_HZ;
  if (!(targetFraction >= 0 && targetFraction <= 1)) throw new RangeError('a target lies between 0 and 1');
  if (!(capacityFactor >= 0 && capacityFactor < Number.POSITIVE_INFINITY)) {
    throw new RangeError('a capacity factor is a number of zero or more');
  }
  if (!(sampleRateHz >= 50 && sampleRateHz <= 2000)) throw new RangeError('traces are made at 50 to 2000 Hz');

  const sampleCount = Math.round(TRACE_DURATION_S * sampleRateHz);
  const stepS = 1 / sampleRateHz;
  const timing = drawPullTiming(seed, subject, name);
  const level = forceLevel(pull, mechanisms, stepS);
  const direction = forceDirection(pull, mechanics, mechanisms, stepS);
  const constants = PINCH_FATIGUE[sex];
  const thumb: Compartments = { active: 0, fatigued: 0 };
  const forearm: Compartments = { active: 0, fatigued: 0 };
  const stiffness = mechanisms.wristStiffness ? mechanics.wristStiffnessRatio : 1;
  const lagS = WRIST_LAG.lagS / Math.max(WRIST_LAG.leastStiffness, stiffness);

  const timeS = new Float64Array(sampleCount);
  const forceN = new Float64Array(sampleCount * TRACE_COMPONENT_COUNT);
  let activation = 0;
  let share = 0;
  for (let sample = 0; sample < sampleCount; sample += 1) {
    timeS[sample] = sample * stepS;
    activation = stepActivation(activation, pullCommand(timing, targetFraction, sample * stepS), stepS);
    share = stepLag(share, activation, stepS, lagS);
    advanceCompartments(thumb, activation, constants.thumb, stepS);
    advanceCompartments(forearm, activation, constants.forearm, stepS);
    const left = mechanisms.fatigue
      ? (1 - thumb.fatigued) ** (1 - mechanics.forearmElasticity) *
        (1 - forearm.fatigued) ** mechanics.forearmElasticity
      : 1;
    const palmarN = capacityFactor * mechanics.capacityN * Math.min(share, left) * level();
    const [longitudinal, transverse] = direction(forearm.fatigued);
    const at = sample * TRACE_COMPONENT_COUNT;
    forceN[at] = palmarN;
    forceN[at + 1] = palmarN * longitudinal;
    forceN[at + 2] = palmarN * transverse;
  }
  return { timeS, forceN, sampleRateHz };
}

/** A stationary Gaussian process with exponential autocorrelation, variance 1: one draw a sample. */
function correlatedNoise(
  seed: number | string,
  name: string,
  subject: number,
  stepS: number,
  correlationS: number,
): () => number {
  const stream = randomStream(seed, name, subject);
  const kept = Math.exp(-stepS / correlationS);
  const fresh = Math.sqrt(1 - kept * kept);
  let value = stream.normal();
  return () => {
    value = kept * value + fresh * stream.normal();
    return value;
  };
}

/** Factor on the force, sample by sample: 1 + fluctuation + tremor, never below zero. */
function forceLevel(pull: Pull, mechanisms: Readonly<TraceMechanisms>, stepS: number): () => number {
  const { seed, subject, name } = pull;
  const own = (quantity: string, logSd: number): number =>
    Math.exp(logSd * randomStream(seed, quantity, subject).normal());
  let fluctuation = (): number => 0;
  if (mechanisms.forceFluctuation) {
    const fraction = FORCE_FLUCTUATION.fraction * own('force-fluctuation', FORCE_FLUCTUATION.fractionLogSd);
    const noise = correlatedNoise(
      seed,
      `pull-fluctuation-${name}`,
      subject,
      stepS,
      FORCE_FLUCTUATION.correlationS,
    );
    fluctuation = () => fraction * noise();
  }
  let tremor = (): number => 0;
  if (mechanisms.tremor) {
    const fraction = TREMOR.fraction * own('tremor-size', TREMOR.fractionLogSd);
    const frequencyHz =
      TREMOR.lowHz +
      (TREMOR.highHz - TREMOR.lowHz) * randomStream(seed, 'tremor-frequency', subject).uniform();
    const phase = randomStream(seed, `pull-tremor-phase-${name}`, subject);
    let angle = 2 * Math.PI * phase.uniform();
    tremor = () => {
      angle +=
        2 * Math.PI * frequencyHz * stepS + TREMOR.phaseRadPerRootS * Math.sqrt(stepS) * phase.normal();
      return fraction * Math.SQRT2 * Math.sin(angle);
    };
  }
  return () => Math.max(0, 1 + fluctuation() + tremor());
}

/** Longitudinal and transverse force per newton of palmar force, sample by sample, within friction. */
function forceDirection(
  pull: Pull,
  mechanics: PinchMechanics,
  mechanisms: Readonly<TraceMechanisms>,
  stepS: number,
): (forearmFatigued: number) => readonly [number, number] {
  const { seed, subject, name } = pull;
  const habit = randomStream(seed, 'direction-habit', subject);
  const habitOf = (): number => (mechanisms.directionVariation ? DIRECTION.habit * habit.normal() : 0);
  const wanderOf = (axis: string): (() => number) => {
    if (!mechanisms.directionVariation) return () => 0;
    const stream = `pull-direction-${axis}-${name}`;
    const noise = correlatedNoise(seed, stream, subject, stepS, DIRECTION.wanderCorrelationS);
    return () => DIRECTION.wander * noise();
  };
  const longitudinalStart = mechanics.longitudinalRatio + habitOf();
  const transverseStart = mechanics.transverseRatio + habitOf();
  const longitudinalWander = wanderOf('longitudinal');
  const transverseWander = wanderOf('transverse');
  const driftPerFatigue = mechanisms.directionDrift
    ? DIRECTION_DRIFT.perLimitedFatigue * mechanics.wristLimitation
    : 0;
  const within = (ratio: number): number =>
    Math.min(mechanics.friction, Math.max(-mechanics.friction, ratio));
  return (forearmFatigued) => [
    within(longitudinalStart + longitudinalWander()),
    within(transverseStart + transverseWander() - driftPerFatigue * forearmFatigued),
  ];
}
