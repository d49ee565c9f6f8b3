import type { RandomStream } from '../../../core/numerics/random-stream.ts';
import { ELBOW_GROUPS } from './elbow-muscles.ts';
import { EMG_CHANNEL_COUNT, EMG_CHANNELS, type SurfaceEmgTraits } from './elbow-person.ts';
import { channelAmplitudes } from './surface-emg.ts';
import { SAMPLE_COUNT, type SustainedHold } from './sustained-hold.ts';

export const RAW_SAMPLE_RATE_HZ = 1000;
/** Band of a surface EMG amplifier, hertz. */
const BAND_HZ = [20, 450] as const;
/** Corner frequencies of the shape below in rested muscle, hertz (assumption; median about 90 Hz). */
const LOW_CORNER_HZ = 60;
const HIGH_CORNER_HZ = 120;
/** Relative fall of conduction velocity, and so of every frequency, with all fibres fatigued (assumption). */
export const FREQUENCY_FALL = 0.3;

/** Scale of the frequency axis: 1 rested, falling in proportion to the fatigued share (0..1). */
export const frequencyScale = (fatigued: number): number => 1 - FREQUENCY_FALL * fatigued;

/**
 * Power spectral density of surface EMG up to a factor: f^2 / ((f^2 + fl^2) (f^2 + fh^2)^2), both corners following
 * conduction velocity. Source of the shape: Stulen & De Luca 1981 (recalled).
 */
function powerDensity(frequencyHz: number, scale: number): number {
  const square = frequencyHz ** 2;
  return square / ((square + (LOW_CORNER_HZ * scale) ** 2) * (square + (HIGH_CORNER_HZ * scale) ** 2) ** 2);
}

/**
 * A window of raw surface EMG: stationary band-limited Gaussian noise of a given mean rectified amplitude.
 * Made of harmonics with Rayleigh amplitudes and uniform phases, so windows are independent of one another; for windows
 * of up to a few seconds.
 * @param amplitude - expected mean of the rectified signal, 0 or more, any unit.
 * @param fatigued - fatigued share of the muscle's fibres, 0..1.
 * @param durationS - at least 0.1.
 * @returns samples at 1000 Hz in the unit of `amplitude`.
 * @throws RangeError when an argument is out of range.
 */
export function rawEmg(
  amplitude: number,
  fatigued: number,
  durationS: number,
  stream: RandomStream,
): Float64Array {
  if (!(amplitude >= 0)) throw new RangeError('an amplitude is 0 or more');
  if (!(fatigued >= 0 && fatigued <= 1)) throw new RangeError('a fatigued share lies between 0 and 1');
  if (!(durationS >= 0.1)) throw new RangeError('a window lasts at least 0.1 s');
  const count = Math.round(durationS * RAW_SAMPLE_RATE_HZ);
  const scale = frequencyScale(fatigued);
  const samples = new Float64Array(count);
  let variance = 0;
  for (let k = 1; k < count / 2; k += 1) {
    const frequencyHz = (k * RAW_SAMPLE_RATE_HZ) / count;
    if (frequencyHz < BAND_HZ[0] || frequencyHz > BAND_HZ[1]) continue;
    const power = powerDensity(frequencyHz, scale);
    variance += power;
    const root = Math.sqrt(power);
    addHarmonic(samples, (2 * Math.PI * k) / count, root * stream.normal(), root * stream.normal());
  }
  // Mean of a rectified normal variable is its standard deviation times sqrt(2 / pi).
  const factor = amplitude / Math.sqrt((2 / Math.PI) * variance);
  for (let i = 0; i < count; i += 1) samples[i]! *= factor;
  return samples;
}

/**
 * A window of one channel's raw EMG at one moment of a hold: its amplitude with gain, drift and cross-talk, its spectrum by
 * the fatigue of its own muscle.
 * @param channel - 0..3, in the order of EMG_CHANNELS. @param sample - half second of the hold, 0..299.
 * @throws RangeError when channel or sample do not exist, or as {@link rawEmg}.
 */
export function rawEmgOfHold(
  hold: Pick<SustainedHold, 'active' | 'fatigued'>,
  traits: SurfaceEmgTraits,
  channel: number,
  sample: number,
  durationS: number,
  stream: RandomStream,
): Float64Array {
  const muscle = EMG_CHANNELS[channel];
  if (!muscle || !Number.isInteger(sample) || sample < 0 || sample >= SAMPLE_COUNT) {
    throw new RangeError('the hold has no such channel or sample');
  }
  const amplitudes = channelAmplitudes(hold, traits, sample + 1);
  return rawEmg(
    amplitudes[sample * EMG_CHANNEL_COUNT + channel]!,
    hold.fatigued[sample * ELBOW_GROUPS.length + ELBOW_GROUPS.indexOf(muscle)]!,
    durationS,
    stream,
  );
}

/** Adds cosine * cos(turn i) + sine * sin(turn i), turning a pointer instead of calling cos and sin for each sample. */
function addHarmonic(samples: Float64Array, turn: number, cosine: number, sine: number): void {
  const stepCosine = Math.cos(turn);
  const stepSine = Math.sin(turn);
  let x = 1;
  let y = 0;
  for (let i = 0; i < samples.length; i += 1) {
    samples[i]! += cosine * x + sine * y;
    const turned = x * stepCosine - y * stepSine;
    y = x * stepSine + y * stepCosine;
    x = turned;
  }
}

/** Mean of the rectified samples. @throws RangeError without samples. */
export function meanRectified(samples: ArrayLike<number>): number {
  if (samples.length === 0) throw new RangeError('there are no samples');
  let sum = 0;
  for (let i = 0; i < samples.length; i += 1) sum += Math.abs(samples[i]!);
  return sum / samples.length;
}

/** Power of one frequency of a window (Goertzel's recurrence). */
function powerAt(samples: ArrayLike<number>, mean: number, turn: number): number {
  const factor = 2 * Math.cos(turn);
  let before = 0;
  let last = 0;
  for (let i = 0; i < samples.length; i += 1) {
    const next = samples[i]! - mean + factor * last - before;
    before = last;
    last = next;
  }
  return before * before + last * last - factor * before * last;
}

/**
 * Median frequency: below it lies half of the power of the window's periodogram (mean taken off, no taper).
 * @param samples - at least 16, finite. @returns hertz, interpolated inside a bin.
 * @throws RangeError with fewer samples, a sample that is not finite, or a window without power.
 */
export function medianFrequencyHz(samples: ArrayLike<number>, sampleRateHz = RAW_SAMPLE_RATE_HZ): number {
  const count = samples.length;
  if (count < 16) throw new RangeError('a median frequency needs at least 16 samples');
  let mean = 0;
  for (let i = 0; i < count; i += 1) {
    if (!Number.isFinite(samples[i]!)) throw new RangeError('a sample is not finite');
    mean += samples[i]! / count;
  }
  const powers: number[] = [];
  let total = 0;
  for (let k = 1; k < count / 2; k += 1) {
    const power = powerAt(samples, mean, (2 * Math.PI * k) / count);
    powers.push(power);
    total += power;
  }
  if (!(total > 0)) throw new RangeError('the window has no power');
  let below = 0;
  for (const [index, power] of powers.entries()) {
    if (below + power >= total / 2) {
      const share = (total / 2 - below) / power;
      return ((index + 0.5 + share) * sampleRateHz) / count;
    }
    below += power;
  }
  return sampleRateHz / 2;
}
