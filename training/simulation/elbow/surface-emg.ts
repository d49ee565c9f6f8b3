import { ELBOW_STEP_COUNT } from '../../../core/inference/elbow-input.ts';
import type { RandomStream } from '../../../core/numerics/random-stream.ts';
import { ELBOW_GROUPS, type ElbowGroup } from './elbow-muscles.ts';
import { EMG_CHANNEL_COUNT, EMG_CHANNELS, type SurfaceEmgTraits } from './elbow-person.ts';
import { HORIZON_S, SAMPLE_RATE_HZ, type SustainedHold } from './sustained-hold.ts';

/** What the network sees: the first 30 s at 2 Hz. */
export const ENVELOPE_STEPS = ELBOW_STEP_COUNT;

/**
 * Relative standard deviation of one half second's mean rectified amplitude at constant activity: what band-limited
 * Gaussian noise of the spectrum in raw-emg.ts gives (a test compares the two).
 */
export const ENVELOPE_NOISE = 0.052;
/** Amplitude of amplifier and skin noise, share of maximal amplitude (assumption). */
const BASELINE_AMPLITUDE = 0.01;

/** Muscles next to each channel's own, which leak into it (assumption). */
const NEIGHBOURS: Readonly<Record<(typeof EMG_CHANNELS)[number], readonly ElbowGroup[]>> = {
  biceps: ['brachialis'],
  brachialis: ['biceps', 'triceps'],
  brachioradialis: ['forearm', 'brachialis'],
  triceps: ['brachialis'],
};
const groupIndex = (group: ElbowGroup): number => ELBOW_GROUPS.indexOf(group);
const OWN = EMG_CHANNELS.map(groupIndex);
const LEAKS = EMG_CHANNELS.map((channel) => NEIGHBOURS[channel].map(groupIndex));

/**
 * Amplitude of one muscle's surface EMG, share of its maximal amplitude: active share to the person's power, raised as
 * fibres fatigue (more and slower action potentials for the same force).
 * @param active - 0..1. @param fatigued - 0..1.
 */
export function emgAmplitude(active: number, fatigued: number, traits: SurfaceEmgTraits): number {
  return Math.max(0, active) ** traits.forceExponent * (1 + traits.fatigueRise * fatigued);
}

/**
 * Amplitude of every channel over a hold before noise: own muscle and neighbours (independent signals: powers add), times
 * the channel's drifting gain.
 * @returns [step][channel], length steps * 4, share of maximal amplitude.
 */
export function channelAmplitudes(
  hold: Pick<SustainedHold, 'active' | 'fatigued'>,
  traits: SurfaceEmgTraits,
  steps = ENVELOPE_STEPS,
): Float64Array {
  const groupCount = ELBOW_GROUPS.length;
  const amplitudes = new Float64Array(steps * EMG_CHANNEL_COUNT);
  const own = new Float64Array(groupCount);
  for (let step = 0; step < steps; step += 1) {
    for (let group = 0; group < groupCount; group += 1) {
      const at = step * groupCount + group;
      own[group] = emgAmplitude(hold.active[at]!, hold.fatigued[at]!, traits);
    }
    const elapsedShare = (step + 0.5) / (SAMPLE_RATE_HZ * HORIZON_S);
    for (let channel = 0; channel < EMG_CHANNEL_COUNT; channel += 1) {
      let power = BASELINE_AMPLITUDE ** 2 + own[OWN[channel]!]! ** 2;
      for (const group of LEAKS[channel]!) power += (traits.crossTalk * own[group]!) ** 2;
      const gain = traits.gains[channel]! * Math.exp(traits.gainDrifts[channel]! * elapsedShare);
      amplitudes[step * EMG_CHANNEL_COUNT + channel] = gain * Math.sqrt(power);
    }
  }
  return amplitudes;
}

/**
 * Envelopes as an instrument gives them: amplitude with the scatter of half a second of band-limited noise.
 * @param streams - one a channel: adding a channel leaves the others unchanged.
 * @returns [step][channel], share of maximal amplitude, 0 or more.
 */
export function noisyEnvelopes(amplitudes: Float64Array, streams: readonly RandomStream[]): Float64Array {
  return amplitudes.map((amplitude, i) =>
    Math.max(0, amplitude * (1 + ENVELOPE_NOISE * streams[i % EMG_CHANNEL_COUNT]!.normal())),
  );
}
