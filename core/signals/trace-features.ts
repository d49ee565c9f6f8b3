import { zeroTrace } from './trace-onset.ts';
import { type ForceTrace, TRACE_COMPONENT_COUNT } from './trace-shape.ts';

/** What a clinic can read off one recorded pull. Null: the recording does not show it. */
export interface TraceFeatures {
  /** Time from the start of the recording to the onset of the pull, seconds. */
  onsetS: number;
  /** Largest palmar force, mean of {@link SMOOTHING_S}, newtons above the baseline. */
  peakN: number;
  /** Time from 10 to 90 % of the peak, seconds. */
  riseTimeS: number | null;
  /** Length of the hold, seconds: between 90 % of the peak on the way up and 50 % on the way down, ends cut off. */
  holdS: number;
  /** Steadiness: standard deviation of palmar force around its straight line through the hold, over its mean. */
  holdVariation: number | null;
  /** Palmar force lost from the start to the end of that line, as a share of its start; negative: it grew. */
  holdDecline: number | null;
  /** Angle between the mean force vectors of the first and the last quarter of the hold, radians, 0 and more. */
  directionDriftRad: number | null;
  /** Turn of the force across the thumb over the same quarters, radians, signed: positive towards + transverse. */
  transverseTurnRad: number | null;
}

/** Window of the mean that finds peak and crossings, seconds: longer than a wave of tremor (8 Hz: 0.125 s). */
export const SMOOTHING_S = 0.14;
/** Cut off both ends of the hold, seconds, so that ramp and release stay out. */
const HOLD_MARGIN_S = 0.25;
/** A hold of less than this says nothing about steadiness or decline, seconds. */
export const MIN_HOLD_S = 1;

/** For recordings that are not the 6 s pull of a clinic, such as a pulse of a third of a second. */
export interface TraceReading {
  /** Quiet start that gives the baseline, seconds; see {@link zeroTrace}. */
  quietS?: number;
  /** Window of the mean, seconds; {@link SMOOTHING_S} unless told otherwise. */
  smoothingS?: number;
}

/**
 * Features of one pull. Any sample rate; rise times below about twice {@link SMOOTHING_S} come out too long.
 * @param trace - newtons; a single-axis recording has zero tangential forces and so no drift.
 * @throws RangeError when the trace is unreadable.
 */
export function traceFeatures(trace: ForceTrace, reading: TraceReading = {}): TraceFeatures {
  const { timeS, forceN, onsetIndex, onsetS } = zeroTrace(trace, reading.quietS);
  const smooth = movingMean(timeS, forceN, reading.smoothingS ?? SMOOTHING_S);
  const peakN = smooth.reduce((peak, force) => Math.max(peak, force), 0);
  const start = onsetS - timeS[0]!;
  const [tenthS, ninetyS] = [0.1, 0.9].map((share) => crossingS(timeS, smooth, share * peakN, onsetIndex));
  const base: TraceFeatures = {
    onsetS: start,
    peakN,
    riseTimeS: tenthS == null || ninetyS == null ? null : ninetyS - tenthS,
    holdS: 0,
    holdVariation: null,
    holdDecline: null,
    directionDriftRad: null,
    transverseTurnRad: null,
  };
  if (ninetyS == null) return base;
  let last = smooth.length - 1;
  while (last > 0 && smooth[last]! < 0.5 * peakN) last -= 1;
  const fromS = ninetyS + HOLD_MARGIN_S;
  const toS = timeS[last]! - HOLD_MARGIN_S;
  const holdS = Math.max(0, toS - fromS);
  if (holdS < MIN_HOLD_S) return { ...base, holdS };
  const hold = Array.from(timeS.keys()).filter((sample) => timeS[sample]! >= fromS && timeS[sample]! <= toS);
  const line = straightLine(
    hold.map((sample) => timeS[sample]! - fromS),
    hold.map((sample) => forceN[sample * TRACE_COMPONENT_COUNT]!),
  );
  const endN = line.intercept + line.slope * holdS;
  const quarter = Math.max(1, Math.floor(hold.length / 4));
  const early = meanVector(forceN, hold.slice(0, quarter));
  const late = meanVector(forceN, hold.slice(-quarter));
  return {
    ...base,
    holdS,
    holdVariation: line.residualSd / line.mean,
    holdDecline: (line.intercept - endN) / line.intercept,
    directionDriftRad: angleBetween(early, late),
    transverseTurnRad: Math.atan2(late[2], late[0]) - Math.atan2(early[2], early[0]),
  };
}

/** Centred moving mean of the palmar force over `widthS`, shorter at the ends. */
function movingMean(timeS: Float64Array, forceN: Float64Array, widthS: number): Float64Array {
  const mean = new Float64Array(timeS.length);
  let from = 0;
  let to = 0;
  let sum = 0;
  for (let sample = 0; sample < timeS.length; sample += 1) {
    while (to < timeS.length && timeS[to]! <= timeS[sample]! + widthS / 2) {
      sum += forceN[to * TRACE_COMPONENT_COUNT]!;
      to += 1;
    }
    while (timeS[from]! < timeS[sample]! - widthS / 2) {
      sum -= forceN[from * TRACE_COMPONENT_COUNT]!;
      from += 1;
    }
    mean[sample] = sum / (to - from);
  }
  return mean;
}

/** Time at which the smoothed force first reaches a level, interpolated; null when it does so before `onset` - 1. */
function crossingS(timeS: Float64Array, smooth: Float64Array, level: number, onset: number): number | null {
  let sample = Math.max(1, onset);
  // Smoothing moves the foot of the rise forward, so the crossing may lie before the onset.
  while (sample > 1 && smooth[sample - 1]! >= level) sample -= 1;
  while (sample < smooth.length && smooth[sample]! < level) sample += 1;
  if (sample >= smooth.length || smooth[sample - 1]! >= level) return null;
  const share = (level - smooth[sample - 1]!) / (smooth[sample]! - smooth[sample - 1]!);
  return timeS[sample - 1]! + share * (timeS[sample]! - timeS[sample - 1]!);
}

/** Least squares through (x, y). */
function straightLine(
  x: readonly number[],
  y: readonly number[],
): { intercept: number; slope: number; mean: number; residualSd: number } {
  const n = x.length;
  const meanX = x.reduce((sum, value) => sum + value, 0) / n;
  const mean = y.reduce((sum, value) => sum + value, 0) / n;
  let sxx = 0;
  let sxy = 0;
  x.forEach((value, i) => {
    sxx += (value - meanX) ** 2;
    sxy += (value - meanX) * (y[i]! - mean);
  });
  const slope = sxx === 0 ? 0 : sxy / sxx;
  const intercept = mean - slope * meanX;
  const squares = x.reduce((sum, value, i) => sum + (y[i]! - intercept - slope * value) ** 2, 0);
  return { intercept, slope, mean, residualSd: Math.sqrt(squares / n) };
}

type Vector = readonly [number, number, number];

function meanVector(forceN: Float64Array, samples: readonly number[]): Vector {
  const sum = [0, 0, 0];
  for (const sample of samples) {
    for (let axis = 0; axis < TRACE_COMPONENT_COUNT; axis += 1) {
      sum[axis]! += forceN[sample * TRACE_COMPONENT_COUNT + axis]!;
    }
  }
  return [sum[0]! / samples.length, sum[1]! / samples.length, sum[2]! / samples.length];
}

/** By the arc tangent of cross and dot product: exact for small angles, unlike the arc cosine. */
function angleBetween(a: Vector, b: Vector): number {
  const cross = Math.hypot(a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]);
  return Math.atan2(cross, a[0] * b[0] + a[1] * b[1] + a[2] * b[2]);
}
