import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { randomStream } from '../../core/numerics/random-stream.ts';
import { lowPassBothWays, rectifiedEnvelope, resampled } from './emg-envelope.ts';
import { type ColumnBlocks, columnBlocks, repeats } from './shared-blocks.ts';

export const EMG_CHANNELS = 8;
/** Envelope cutoff and rate (design decision 13). */
export const ENVELOPE_CUTOFF_HZ = 4;
export const ENVELOPE_RATE_HZ = 20;
/** The networks see this many steps of the envelopes, 1.5 s: more than the 0.10-0.30 s by which EMG leads force. */
export const WINDOW_STEPS = 30;

/** Forearm EMG with grip force, one person at a time, at 20 Hz. */
export interface GripRecording {
  name: string;
  /** Eight envelopes, each a share of the recording's own 99th percentile of that channel. */
  channels: readonly Float64Array[];
  /** Grip force, percent of the recording's maximum, 0..100. */
  forcePercent: Float64Array;
}

/**
 * Envelopes as shares of the channel's own 99th percentile: electrodes differ in gain by skin and place, and no maximal
 * effort was recorded. Uses the whole recording, but never its force.
 */
export function normalisedChannels(envelopes: readonly Float64Array[]): Float64Array[] {
  return envelopes.map((envelope) => {
    const sorted = Float64Array.from(envelope).sort();
    const high = sorted[Math.floor(0.99 * (sorted.length - 1))] ?? 0;
    return high > 0 ? envelope.map((value) => value / high) : envelope.map(() => 0);
  });
}

const COLUMNS = [
  'time_s',
  ...Array.from({ length: EMG_CHANNELS }, (_, i) => `emg${i + 1}_int8`),
  'fsr_adc10bit',
];
/** A 10-bit reading. */
const FORCE_FULL_SCALE = 1023;
/** A signed 8-bit reading. */
const EMG_LOWEST = -128;
const EMG_HIGHEST = 127;
const MINIMUM_SECONDS = 5;

type Fail = (what: string) => never;
const failing =
  (name: string): Fail =>
  (what) => {
    throw new RangeError(`recording ${name}: ${what}`);
  };

/** The numbers of the columns that are read, in the order of COLUMNS. */
function readColumns(text: string, fail: Fail): Float64Array[] {
  const lines = text
    .replace(/^\uFEFF/, '')
    .trimEnd()
    .split(/\r?\n/);
  const header = (lines[0] ?? '').split(',').map((cell) => cell.trim());
  const places = COLUMNS.map((column) => {
    const place = header.indexOf(column);
    return place >= 0 ? place : fail(`there is no column "${column}"`);
  });
  const columns = places.map(() => new Float64Array(lines.length - 1));
  for (let row = 1; row < lines.length; row += 1) {
    const cells = lines[row]!.split(',');
    places.forEach((place, i) => {
      const cell = cells[place]?.trim() ?? '';
      const value = cell === '' ? Number.NaN : Number(cell);
      if (!Number.isFinite(value)) fail(`line ${row + 1} has no number in "${COLUMNS[i]}"`);
      columns[i]![row - 1] = value;
    });
  }
  return columns;
}

/**
 * Reads one recording: time, eight raw channels, and the 10-bit force reading. A column in newtons is never used: in
 * this source it is damaged (peaks of 306 and 385 counts both became 37.72 "N").
 * @param text - CSV with the header "time_s,emg1_int8,...,emg8_int8,fsr_adc10bit"; more columns are ignored.
 * @throws RangeError naming the recording and what is wrong: a missing column, a cell that is no number, a clock that
 *   does not run evenly, EMG that is no 8-bit reading, a force out of range or that never moves, less than five seconds.
 */
export function parseGripRecording(name: string, text: string): GripRecording {
  const fail = failing(name);
  return recordingOf(name, readColumns(text, fail), fail);
}

function recordingOf(name: string, columns: readonly Float64Array[], fail: Fail): GripRecording {
  const timeS = columns[0]!;
  const rateHz = evenRate(timeS) ?? fail('the clock does not run evenly forwards');
  if ((timeS.at(-1) ?? 0) - (timeS[0] ?? 0) < MINIMUM_SECONDS) fail(`shorter than ${MINIMUM_SECONDS} s`);
  if (rateHz < 2 * ENVELOPE_RATE_HZ) fail(`${rateHz.toFixed(1)} samples a second are too few`);
  columns.slice(1, -1).forEach((raw, channel) => {
    const row = raw.findIndex((value) => value < EMG_LOWEST || value > EMG_HIGHEST);
    if (row >= 0) {
      fail(
        `"${COLUMNS[channel + 1]}" is no 8-bit reading on line ${row + 2}: ${raw[row]} is not within ${EMG_LOWEST} to ${EMG_HIGHEST}`,
      );
    }
  });
  const force = columns.at(-1)!;
  const highest = force.reduce((high, value) => Math.max(high, value), Number.NEGATIVE_INFINITY);
  if (force.some((value) => value < 0 || value > FORCE_FULL_SCALE)) {
    fail('the force is no 10-bit reading');
  }
  if (highest === force.reduce((low, value) => Math.min(low, value), highest)) fail('the force never moves');
  const toRate = (samples: Float64Array) => resampled(samples, rateHz, ENVELOPE_RATE_HZ);
  const smoothForce = lowPassBothWays(force, rateHz, ENVELOPE_CUTOFF_HZ);
  return {
    name,
    channels: normalisedChannels(
      columns.slice(1, -1).map((raw) => toRate(rectifiedEnvelope(raw, rateHz, ENVELOPE_CUTOFF_HZ))),
    ),
    forcePercent: toRate(smoothForce).map((value) => Math.min(100, Math.max(0, (100 * value) / highest))),
  };
}

/**
 * Samples a second, or null when a step differs from the mean step by more than half of it. Six digits: the last bits of
 * a clock that starts elsewhere must not move a sample.
 */
function evenRate(timeS: Float64Array): number | null {
  if (timeS.length < 2) return null;
  const step = (timeS.at(-1)! - timeS[0]!) / (timeS.length - 1);
  if (!(step > 0)) return null;
  for (let i = 1; i < timeS.length; i += 1) {
    if (Math.abs(timeS[i]! - timeS[i - 1]! - step) > step / 2) return null;
  }
  return Number((1 / step).toPrecision(6));
}

/** What lies in the folder: each recording once, and which files were copies of another. */
export interface GripFolder {
  recordings: GripRecording[];
  /** File and the file most of whose numbers it repeats. */
  copies: { name: string; of: string }[];
}

/**
 * All recordings of a folder (*.csv), in the order of their names, copies left out: a recording that repeats most of an
 * earlier one under another name, with a restarted clock, without its first or last lines or with a channel changed is
 * the same person once more ({@link repeats}).
 * @returns nothing when the folder is not there. @throws RangeError as parseGripRecording.
 */
export function readGripFolder(folder: string): GripFolder {
  const recordings: GripRecording[] = [];
  const copies: GripFolder['copies'] = [];
  if (!existsSync(folder)) return { recordings, copies };
  const seen: { name: string; blocks: ColumnBlocks[] }[] = [];
  const files = readdirSync(folder).filter((file) => file.toLowerCase().endsWith('.csv'));
  for (const file of files.sort()) {
    const name = file.slice(0, -'.csv'.length);
    const fail = failing(name);
    const columns = readColumns(readFileSync(join(folder, file), 'utf8'), fail);
    const recording = recordingOf(name, columns, fail);
    // Clocks are all alike.
    const blocks = columns.slice(1).map(columnBlocks);
    const first = seen.find((earlier) => repeats(earlier.blocks, blocks));
    if (first) {
      copies.push({ name, of: first.name });
    } else {
      seen.push({ name, blocks });
      recordings.push(recording);
    }
  }
  return { recordings, copies };
}

/** Windows of envelopes with the force at the end of each, flat and row after row: what a network trains on. */
export interface GripWindows {
  count: number;
  /** Length count * WINDOW_STEPS * EMG_CHANNELS, [window][step][channel]. */
  inputs: Float32Array;
  /** Length count: force at the last step, share of the recording's maximum, 0..1. */
  targets: Float32Array;
  rowWeights: Float32Array;
}

/**
 * Windows of recordings. Above `most` windows, that many are drawn without replacement, so that a budget of training
 * does not depend on how many files there are.
 * @param strideSteps - steps from one window to the next. @param seed - names the stream of the draw.
 */
export function gripWindows(
  recordings: readonly GripRecording[],
  strideSteps: number,
  most = Number.POSITIVE_INFINITY,
  seed = 'windows',
): GripWindows {
  const ends = recordings.flatMap((recording) => {
    const places: { recording: GripRecording; end: number }[] = [];
    for (let end = WINDOW_STEPS; end <= recording.forcePercent.length; end += strideSteps) {
      places.push({ recording, end });
    }
    return places;
  });
  const chosen = ends.length <= most ? ends : drawn(ends, most, seed);
  const inputs = new Float32Array(chosen.length * WINDOW_STEPS * EMG_CHANNELS);
  const targets = new Float32Array(chosen.length);
  chosen.forEach(({ recording, end }, row) => {
    for (let step = 0; step < WINDOW_STEPS; step += 1) {
      for (let channel = 0; channel < EMG_CHANNELS; channel += 1) {
        inputs[(row * WINDOW_STEPS + step) * EMG_CHANNELS + channel] =
          recording.channels[channel]![end - WINDOW_STEPS + step]!;
      }
    }
    targets[row] = recording.forcePercent[end - 1]! / 100;
  });
  return {
    count: chosen.length,
    inputs,
    targets,
    rowWeights: new Float32Array(chosen.length).fill(1),
  };
}

function drawn<T>(items: readonly T[], count: number, seed: string): T[] {
  const stream = randomStream(seed, 'drawn-windows', 0);
  const left = [...items];
  for (let i = 0; i < count; i += 1) {
    const j = i + stream.integer(left.length - i);
    [left[i], left[j]] = [left[j]!, left[i]!];
  }
  return left.slice(0, count);
}
