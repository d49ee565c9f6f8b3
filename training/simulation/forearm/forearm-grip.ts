import { randomStream } from '../../../core/numerics/random-stream.ts';
import {
  EMG_CHANNELS,
  ENVELOPE_CUTOFF_HZ,
  ENVELOPE_RATE_HZ,
  type GripRecording,
  normalisedChannels,
} from '../../dataset/emg-grip-recordings.ts';

/**
 * A simulated forearm that grips: the pre-training domain of the EMG-grip experiment (design decision 13). All numbers
 * are assumptions; nothing is fitted to a recording. Two muscle groups are driven by one intended effort; eight surface
 * electrodes hear random mixtures of them; the grip force follows the flexors late and slowly.
 */
const LAW = {
  /** Seconds of rest, of rise and fall, of holding; level of holding, share of the strongest effort. */
  restS: [0.5, 4],
  rampS: [0.15, 1],
  holdS: [0.3, 5],
  level: [0.1, 1],
  /** Extensors work with the flexors to steady the wrist: their share of the effort, and their own slow wandering. */
  coContraction: [0.3, 0.9],
  wanderSd: 0.08,
  wanderS: 2,
  /** Delay from envelope to force, then a first-order lag: together 0.1 to 0.3 s, as EMG leads force in recordings. */
  delayS: [0.05, 0.15],
  lagS: [0.05, 0.15],
  /** Force = effort^exponent: from gentle to steep growth. */
  forceExponent: [0.8, 1.6],
  /** Amplitude of a channel = heard activation^exponent. */
  amplitudeExponent: [0.8, 1.1],
  /** An envelope at 4 Hz of a random signal is noisy in proportion to itself. */
  envelopeNoiseSd: [0.12, 0.3],
  /** Noise of the electrode at rest, share of the loudest. */
  floor: [0.02, 0.1],
} as const satisfies Record<string, number | readonly [number, number]>;

/**
 * One simulated recording, envelopes and force at 20 Hz, normalised as real ones are.
 * @param subject - names the forearm and its task. @param durationS - seconds, above 5. @throws RangeError otherwise.
 */
export function simulateGripRecording(
  seed: number | string,
  subject: number,
  durationS: number,
): GripRecording {
  if (!(durationS > 5 && durationS < 3600)) throw new RangeError('a recording lasts 5 s to an hour');
  const steps = Math.round(durationS * ENVELOPE_RATE_HZ);
  const draw = (name: string, [low, high]: readonly [number, number]): number =>
    low + randomStream(seed, `forearm-${name}`, subject).uniform() * (high - low);
  const effort = drawEffort(seed, subject, steps);
  const coContraction = draw('co-contraction', LAW.coContraction);
  const wander = (name: string) => slowNoise(seed, `forearm-wander-${name}`, subject, steps, LAW.wanderS);
  const [flexorWander, extensorWander] = [wander('flexor'), wander('extensor')];
  const flexors = effort.map((value, t) => Math.max(0, value * (1 + LAW.wanderSd * flexorWander[t]!)));
  const extensors = effort.map((value, t) =>
    Math.max(0, coContraction * value + LAW.wanderSd * extensorWander[t]! * (0.3 + value)),
  );
  const mixture = randomStream(seed, 'forearm-mixture', subject);
  const noiseSd = draw('envelope-noise', LAW.envelopeNoiseSd);
  const amplitude = draw('amplitude', LAW.amplitudeExponent);
  const floor = draw('floor', LAW.floor);
  const envelopes = Array.from({ length: EMG_CHANNELS }, (_, channel) => {
    const [ofFlexors, ofExtensors] = [mixture.uniform(), mixture.uniform()];
    const noise = slowNoise(
      seed,
      `forearm-envelope-${channel}`,
      subject,
      steps,
      1 / (2 * Math.PI * ENVELOPE_CUTOFF_HZ),
    );
    return flexors.map((value, t) => {
      const heard = (ofFlexors * value + ofExtensors * extensors[t]!) ** amplitude;
      return (heard + floor) * Math.exp(noiseSd * noise[t]!);
    });
  });
  const delaySteps = draw('delay', LAW.delayS) * ENVELOPE_RATE_HZ;
  const keep = Math.exp(-1 / (draw('lag', LAW.lagS) * ENVELOPE_RATE_HZ));
  const exponent = draw('force', LAW.forceExponent);
  let level = 0;
  const force = flexors.map((_, t) => {
    const driven = at(flexors, t - delaySteps) ** exponent;
    level = keep * level + (1 - keep) * driven;
    return level;
  });
  const highest = Math.max(...force);
  return {
    name: `simulated-${subject}`,
    channels: normalisedChannels(envelopes),
    forcePercent: force.map((value) => (highest > 0 ? (100 * value) / highest : 0)),
  };
}

/** Intended effort over time, 0..1: rest, rise, hold, fall, again and again. */
function drawEffort(seed: number | string, subject: number, steps: number): Float64Array {
  const stream = randomStream(seed, 'forearm-effort', subject);
  const between = ([low, high]: readonly [number, number]): number => low + stream.uniform() * (high - low);
  const effort = new Float64Array(steps);
  let start = between(LAW.restS);
  const durationS = steps / ENVELOPE_RATE_HZ;
  while (start < durationS) {
    const level = between(LAW.level);
    const [riseS, holdS, fallS] = [between(LAW.rampS), between(LAW.holdS), between(LAW.rampS)];
    for (let t = Math.ceil(start * ENVELOPE_RATE_HZ); t < steps; t += 1) {
      const since = t / ENVELOPE_RATE_HZ - start;
      if (since > riseS + holdS + fallS) break;
      const rising = since / riseS;
      const falling = (riseS + holdS + fallS - since) / fallS;
      effort[t] = level * Math.min(1, rising, falling);
    }
    start += riseS + holdS + fallS + between(LAW.restS);
  }
  return effort;
}

/** Gaussian noise with an exponential memory: mean 0, SD 1. */
function slowNoise(
  seed: number | string,
  name: string,
  subject: number,
  steps: number,
  memoryS: number,
): Float64Array {
  const stream = randomStream(seed, name, subject);
  const keep = Math.exp(-1 / (memoryS * ENVELOPE_RATE_HZ));
  let value = stream.normal();
  return Float64Array.from({ length: steps }, () => {
    value = keep * value + Math.sqrt(1 - keep * keep) * stream.normal();
    return value;
  });
}

/** Value between samples; the first one before the start. */
function at(samples: Float64Array, place: number): number {
  if (place <= 0) return samples[0] ?? 0;
  const left = Math.floor(place);
  const right = Math.min(samples.length - 1, left + 1);
  return samples[left]! + (place - left) * (samples[right]! - samples[left]!);
}
