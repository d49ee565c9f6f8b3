import { ELBOW_CHANNELS, ELBOW_STEP_COUNT, ELBOW_STEP_RATE_HZ } from './elbow-input.ts';

/** One channel of a recording, sampled regularly; gaps are NaN. */
export interface SampledChannel {
  name: string;
  /** As stored, e.g. "%", "share" or "mV"; null where the file said none. */
  unit: string | null;
  values: ArrayLike<number>;
}

export interface SampledRecording {
  rateHz: number;
  channels: readonly SampledChannel[];
}

export type ElbowChannel = (typeof ELBOW_CHANNELS)[number];

/** How one channel was made into shares of maximal amplitude. */
export interface ChannelTreatment {
  channel: ElbowChannel;
  /** Name in the recording. */
  source: string;
  /** Values on both sides of zero are raw EMG: mean taken off, rectified. Others are an envelope as given. */
  kind: 'raw-rectified' | 'envelope-as-given';
  /** What a value was divided by. */
  divisor: number;
}

export interface ElbowEnvelopes {
  /** [step][channel] at 2 Hz, share of maximal amplitude, 0 or more. Length steps x 4. */
  envelopes: Float64Array;
  steps: number;
  treatments: ChannelTreatment[];
}

export type EnvelopeProblem =
  | { kind: 'channel-missing'; channel: ElbowChannel }
  | { kind: 'rate-too-low'; rateHz: number; neededHz: number }
  | { kind: 'too-short'; seconds: number; neededS: number }
  | { kind: 'gap'; channel: ElbowChannel; atS: number }
  | { kind: 'maximal-amplitude-missing'; channel: ElbowChannel; unit: string | null };

export type EnvelopesOf = { ok: true; value: ElbowEnvelopes } | { ok: false; problem: EnvelopeProblem };

/** An envelope needs two samples in half a second to be a mean; raw EMG a band of at least 250 Hz. */
const ENVELOPE_RATE_HZ = 4;
const RAW_RATE_HZ = 500;
/** Seconds that the forecast reads. */
export const ELBOW_WINDOW_S = ELBOW_STEP_COUNT / ELBOW_STEP_RATE_HZ;
/** More of a channel below zero than this is no noise of an envelope. */
const RAW_NEGATIVE_SHARE = 0.05;

/** A channel's name without case, separators, side and the word EMG: "EMG Biceps_R" is "biceps". */
const plainName = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z]+/g, ' ')
    .replace(/\b(emg|envelope|env|muscle|brachii|left|right|l|r|m|rms)\b/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();

/** The channel of a muscle by name; a name that says more than the muscle is not guessed at. */
export const channelOf = <C extends Pick<SampledChannel, 'name'>>(
  channels: readonly C[],
  muscle: ElbowChannel,
): C | undefined => channels.find(({ name }) => plainName(name) === muscle);

/** What a unit makes of a maximal effort; null: in a unit of an amplifier, so the amplitude at maximal effort is needed. */
export function maximalOfUnit(unit: string | null): number | null {
  const plain = (unit ?? '').toLowerCase().replace(/[\s._-]+/g, '');
  if (['%', '%mvc', '%max', 'percent', '%mve'].includes(plain)) return 100;
  return ['share', '1', 'ratio', 'mvc'].includes(plain) ? 1 : null;
}

/** Whether so much lies below zero that it is raw EMG. */
function isRaw(values: ArrayLike<number>): boolean {
  let negative = 0;
  let count = 0;
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i]!;
    if (!Number.isFinite(value)) continue;
    count += 1;
    if (value < 0) negative += 1;
  }
  return negative > RAW_NEGATIVE_SHARE * count;
}

/**
 * Envelopes of the four muscles at 2 Hz as the elbow model reads them: the mean over each half second, of the rectified
 * signal where it is raw, as a share of the amplitude at maximal effort. Nothing is filled in and no unit is guessed.
 * @param recording - regular samples. @param startS - where the hold begins, seconds from the first sample.
 * @param maximalAmplitudes - in the unit of each channel; not needed for percent and shares.
 * @param seconds - how much: 30 s for the model; the whole recording as a picture.
 * @returns the first problem, when a channel, its rate, its length or its amplitude is not enough.
 */
export function elbowEnvelopesOf(
  recording: SampledRecording,
  startS: number,
  maximalAmplitudes: Readonly<Record<ElbowChannel, number | null>>,
  seconds: number = ELBOW_WINDOW_S,
): EnvelopesOf {
  const { rateHz } = recording;
  const steps = Math.floor(seconds * ELBOW_STEP_RATE_HZ + 1e-9);
  const envelopes = new Float64Array(steps * ELBOW_CHANNELS.length);
  const treatments: ChannelTreatment[] = [];
  const fail = (problem: EnvelopeProblem): EnvelopesOf => ({ ok: false, problem });
  for (const [place, muscle] of ELBOW_CHANNELS.entries()) {
    const channel = channelOf(recording.channels, muscle);
    if (!channel) return fail({ kind: 'channel-missing', channel: muscle });
    const raw = isRaw(channel.values);
    const neededHz = raw ? RAW_RATE_HZ : ENVELOPE_RATE_HZ;
    if (!(rateHz >= neededHz)) return fail({ kind: 'rate-too-low', rateHz, neededHz });
    const first = Math.round(startS * rateHz);
    const available = (channel.values.length - first) / rateHz;
    // A step is the half second up to its time: the last one ends at the end of the window.
    if (available < seconds - 0.5 / rateHz)
      return fail({ kind: 'too-short', seconds: Math.max(0, available), neededS: seconds });
    const divisor = maximalOfUnit(channel.unit) ?? maximalAmplitudes[muscle];
    if (divisor === null || !(divisor > 0))
      return fail({ kind: 'maximal-amplitude-missing', channel: muscle, unit: channel.unit });
    const last = Math.min(channel.values.length, first + Math.round(seconds * rateHz));
    const middle = raw ? meanOf(channel.values, first, last) : 0;
    for (let step = 0; step < steps; step += 1) {
      const from = first + Math.round((step * rateHz) / ELBOW_STEP_RATE_HZ);
      const to = Math.min(last, first + Math.round(((step + 1) * rateHz) / ELBOW_STEP_RATE_HZ));
      let sum = 0;
      for (let i = from; i < to; i += 1) {
        const value = channel.values[i]!;
        if (!Number.isFinite(value)) return fail({ kind: 'gap', channel: muscle, atS: i / rateHz });
        sum += raw ? Math.abs(value - middle) : value;
      }
      const mean = sum / Math.max(1, to - from);
      // The noise of an envelope's zero line may lie a hair below it.
      envelopes[step * ELBOW_CHANNELS.length + place] = Math.max(0, mean / divisor);
    }
    treatments.push({
      channel: muscle,
      source: channel.name,
      kind: raw ? 'raw-rectified' : 'envelope-as-given',
      divisor,
    });
  }
  return { ok: true, value: { envelopes, steps, treatments } };
}

function meanOf(values: ArrayLike<number>, from: number, to: number): number {
  let sum = 0;
  let count = 0;
  for (let i = from; i < to; i += 1) {
    if (!Number.isFinite(values[i]!)) continue;
    sum += values[i]!;
    count += 1;
  }
  return count === 0 ? 0 : sum / count;
}
