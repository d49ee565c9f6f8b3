import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { traceFeatures } from '../../core/signals/trace-features.ts';
import { type ForceTrace, singleAxisTrace } from '../../core/signals/trace-shape.ts';
import type { Figures } from './figures.ts';
import { meanWithInterval } from './pinch-intervals.ts';

/** Recordings of others stay out of the project: they are read where they lie, or not at all. */
export interface RealRecording {
  name: string;
  trace: ForceTrace;
}

const rowsOf = (file: string): string[][] =>
  readFileSync(file, 'utf8')
    .trim()
    .split(/\r?\n/)
    .map((line) => line.split(','));

/**
 * Brief pinch pulses (R package fda, Ramsay et al.; 500 Hz, newtons, one person, a background force of about 2 N).
 * @param folder - the reference data folder. @returns null when they are not there.
 */
export function readPinchPulses(folder: string): RealRecording[] | null {
  const files = filesIn(join(folder, 'real', 'pinch_pulses'));
  if (files === null) return null;
  return files.flatMap((file) => {
    const [header, ...rows] = rowsOf(file);
    const timeS = Float64Array.from(rows, (row) => Number(row[0]));
    return header!.slice(1).map((name, index) => ({
      name,
      trace: singleAxisTrace(
        timeS,
        rows.map((row) => Number(row[index + 1])),
      ),
    }));
  });
}

/**
 * Grip recordings of a load cell: raw counts (no calibration to newtons), irregular clock of about 92.5 Hz. The device
 * clock is read, since the host's nanoseconds do not fit a number.
 * @returns null when they are not there.
 */
export function readGripLoadCell(folder: string): RealRecording[] | null {
  const files = filesIn(join(folder, 'real', 'grip_load_cell'));
  if (files === null) return null;
  return files.map((file) => {
    const [header, ...rows] = rowsOf(file);
    const clock = header!.indexOf('device_clock_us');
    const counts = header!.indexOf('target_raw_count');
    const timeS = Float64Array.from(rows, (row) => Number(row[clock]) / 1e6);
    const name = file.replace(/^.*stage4_/, '').replace(/\.csv$/, '');
    return {
      name,
      trace: singleAxisTrace(
        timeS,
        rows.map((row) => Number(row[counts])),
      ),
    };
  });
}

function filesIn(folder: string): string[] | null {
  if (!existsSync(folder)) return null;
  const names = readdirSync(folder).filter((name) => name.endsWith('.csv'));
  return names.length === 0 ? null : names.sort().map((name) => join(folder, name));
}

/** Pulses last a third of a second: a short quiet start, hardly any smoothing. */
export const PULSE_READING = { quietS: 0.02, smoothingS: 0.01 } as const;

const absent = (what: string): Figures['checks'][number] => ({
  name: `real ${what} are read`,
  value: 0,
  low: 0,
  high: 0,
  bar: 'not judged: the recordings are not here (PREHENSA_REFERENCE_DATA)',
  ok: null,
  n: 0,
});

/** Decline of the simulated hold by the three-compartment constants, percent a second: about 3 % in 4 s. */
const SIMULATED_DECLINE_PER_S = 3 / 4;

/** A real decline beside the simulated one. @param declinePercent - over a hold of `holdS` seconds. */
export function declineWords(declinePercent: number, holdS: number): string {
  const perSecond = declinePercent / holdS;
  const told = `${holdS.toFixed(1)} s of hold, ${perSecond.toFixed(2)} % a second; the three-compartment constants give the simulated hold about ${SIMULATED_DECLINE_PER_S} % a second`;
  return perSecond > SIMULATED_DECLINE_PER_S
    ? `${told}: this person let go faster, so real holds may decline more than ours.`
    : `${told}: this person did not let go faster.`;
}

/** Plausibility of the trace features on real recordings: neighbours of the task, none of a maximal key pinch. */
export function realRecordingFigures(folder: string): Figures {
  const figures: Figures = { checks: [], findings: [], plots: [], tables: [] };
  const pulses = readPinchPulses(folder);
  if (pulses === null) figures.checks.push(absent('pinch pulses'));
  else {
    const features = pulses.map(({ trace }) => traceFeatures(trace, PULSE_READING));
    const peaks = features.map(({ peakN }) => peakN);
    const inRange = peaks.filter((peakN) => peakN > 6.5 && peakN < 11).length;
    figures.checks.push({
      name: 'real pinch pulses are read: peaks above the background force',
      value: inRange,
      low: inRange,
      high: inRange,
      bar: 'all between 6.5 and 11 N: peaks of 9.1-12.3 N on a background of about 2 N',
      ok: inRange === peaks.length,
      n: peaks.length,
    });
    const riseTimesS = features.flatMap(({ riseTimeS }) => riseTimeS ?? []);
    figures.findings.push({
      name: 'real pinch pulses: rise time 10-90 %, s',
      ...meanWithInterval(riseTimesS, 'pulse-rise'),
      literature: null,
      sentence: `${riseTimesS.length} pulses of one person as quick as possible at a tenth of a maximal pinch, so the interval is of pulses, not of people; the simulated maximal pull rises in about 0.4 s, by assumption.`,
    });
  }
  const grips = readGripLoadCell(folder);
  if (grips === null) figures.checks.push(absent('grip recordings'));
  else {
    const read = grips.map(({ name, trace }) => ({ name, features: traceFeatures(trace) }));
    const withHold = read.filter(({ features }) => features.holdDecline !== null).length;
    figures.checks.push({
      name: 'real grip recordings are read: a hold is found in each',
      value: withHold,
      low: withHold,
      high: withHold,
      bar: 'all: raw counts, not tared, with an irregular clock',
      ok: withHold === grips.length,
      n: grips.length,
    });
    const sustained = read.find(({ name }) => name.startsWith('sustained'));
    const decline = sustained?.features.holdDecline;
    if (sustained && decline != null) {
      figures.findings.push({
        name: 'real sustained maximal grip: decline over the hold, %',
        value: 100 * decline,
        low: 100 * decline,
        high: 100 * decline,
        n: 1,
        literature: 'data description: from 1.73 to 1.1-1.3 million counts over about 11 s',
        sentence: `One recording, no interval. ${declineWords(100 * decline, sustained.features.holdS)}`,
      });
    }
    figures.tables.push({
      title: 'Features of real grip recordings (one load cell, raw counts)',
      columns: ['Recording', 'Rise 10-90 %, s', 'Hold, s', 'Variation, %', 'Decline, %'],
      rows: read.map(({ name, features }) => [
        name,
        (features.riseTimeS ?? 0).toFixed(2),
        features.holdS.toFixed(1),
        (100 * (features.holdVariation ?? 0)).toFixed(1),
        (100 * (features.holdDecline ?? 0)).toFixed(1),
      ]),
      caption: 'Grip, not key pinch: no real recording of a maximal key pinch was found.',
    });
  }
  return figures;
}
