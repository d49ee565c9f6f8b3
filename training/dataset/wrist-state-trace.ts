import { randomStream } from '../../core/numerics/random-stream.ts';
import { resampleTrace } from '../../core/signals/trace-resample.ts';
import { drawLoadCell, recordThreeAxes } from '../simulation/instruments/load-cell.ts';
import type { ContactLaw, MaximalPinch } from '../simulation/pinch/maximal-pinch.ts';
import { pinchMechanics } from '../simulation/pinch/pinch-mechanics.ts';
import type { PinchHand } from '../simulation/pinch/pinch-muscles.ts';
import { pinchTrace } from '../simulation/pinch/pinch-trace.ts';
import { ALL_MECHANISMS, type TraceMechanisms } from '../simulation/pinch/trace-assumptions.ts';
import { PINCH_NOISE } from './pinch-trials.ts';

/** The slowest rate of a load cell here; every step of the network's trace is the mean of eight of its samples. */
const SAMPLE_RATE_HZ = 100;
/** Copies of the load cell that the clinics have between them (assumption): their gains and cross-talk differ. */
const DEVICE_COUNT = 50;

/** One more maximal pull of the hand in question, recorded with its direction. */
export interface TracedPull {
  seed: number | string;
  subject: number;
  sex: 'female' | 'male';
  hand: PinchHand;
  law: ContactLaw;
  /** The hand's maximal pinch with the wrist neutral. */
  maximum: MaximalPinch;
  /** How the day was: factor on all of the session's measurements. */
  session: number;
  /** Best reading of the gauge in the same session, newtons: what the trace is divided by. */
  gaugeBestN: number;
  noiseScale: number;
  mechanisms?: Readonly<TraceMechanisms>;
}

/**
 * Trace of one pull as the network takes it. A pull of its own, not one of the gauge's: same day, own trial noise. The
 * class is not an argument: it acts through the hand's mechanics, and only where a mechanism is switched on.
 * @returns 60 x 3 shares of the best gauge reading. @throws RangeError as resampleTrace.
 */
export function tracedPull(pull: TracedPull): Float64Array {
  const { seed, subject, maximum, noiseScale } = pull;
  const mechanics = pinchMechanics(pull.hand, 'neutral', pull.law, maximum);
  const deviation = PINCH_NOISE.trialFraction + PINCH_NOISE.trialN / maximum.forceN;
  const trial = 1 + noiseScale * deviation * randomStream(seed, 'trial-noise-trace', subject).normal();
  const trace = pinchTrace(mechanics, {
    seed,
    subject,
    name: 'trace',
    sex: pull.sex,
    capacityFactor: pull.session * Math.max(0.1, trial),
    mechanisms: pull.mechanisms ?? ALL_MECHANISMS,
    sampleRateHz: SAMPLE_RATE_HZ,
  });
  const cell = { ...drawLoadCell(seed, subject % DEVICE_COUNT), sampleRateHz: SAMPLE_RATE_HZ };
  return resampleTrace(recordThreeAxes(trace, cell, { seed, subject, name: 'trace' }), pull.gaugeBestN);
}
