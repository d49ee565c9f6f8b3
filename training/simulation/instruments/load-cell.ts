import { randomStream } from '../../../core/numerics/random-stream.ts';
import {
  checkForceTrace,
  type ForceTrace,
  singleAxisTrace,
  TRACE_COMPONENT_COUNT,
} from '../../../core/signals/trace-shape.ts';

/** A load cell with an analogue-to-digital converter. Errors of one copy of it; forces in newtons. */
export interface LoadCell {
  /** Samples a second, 100 to 1000. */
  sampleRateHz: number;
  /** Standard deviation of the sensor's own noise, each sample and axis. */
  noiseN: number;
  /** Smallest step of the converter. */
  resolutionN: number;
  /** Readings stop at plus and minus this, before any tare. */
  fullScaleN: number;
  /** Reading for 1 N of true force, by axis; a single-axis cell uses the first. */
  gain: readonly [number, number, number];
  /** Reading without any force when the recording starts, by axis. */
  offsetN: readonly [number, number, number];
  /** Drift of that reading, newtons a second, by axis. */
  driftNPerS: readonly [number, number, number];
  /** Share of each other axis' true force that an axis shows as well. */
  crossAxis: number;
  /** Whether the mean of the first {@link TARE_S} is taken off, as an operator does who presses "tare". */
  isTared: boolean;
}

export const TARE_S = 0.2;

/** A cell without any error, for laws. */
export const PERFECT_LOAD_CELL: Readonly<LoadCell> = {
  sampleRateHz: 1000,
  noiseN: 0,
  resolutionN: 0,
  fullScaleN: Number.POSITIVE_INFINITY,
  gain: [1, 1, 1],
  offsetN: [0, 0, 0],
  driftNPerS: [0, 0, 0],
  crossAxis: 0,
  isTared: false,
};

/**
 * Spread between copies of a laboratory load cell: assumptions of the order of common data sheets (gain within 1 %,
 * cross-talk 1 %), none of a particular product.
 */
export const LOAD_CELL_SPREAD = {
  sampleRateHz: 200,
  noiseN: 0.1,
  resolutionN: 0.05,
  fullScaleN: 300,
  gainSd: 0.01,
  offsetSdN: 1,
  driftSdNPerS: 0.02,
  crossAxisSd: 0.01,
} as const;

/** One copy of a cell, tared. @param device - number of the copy; a clinic measures many people with one. */
export function drawLoadCell(seed: number | string, device: number): LoadCell {
  const spread = LOAD_CELL_SPREAD;
  const triple = (name: string, mean: number, sd: number): [number, number, number] => {
    const stream = randomStream(seed, name, device);
    return [mean + sd * stream.normal(), mean + sd * stream.normal(), mean + sd * stream.normal()];
  };
  return {
    sampleRateHz: spread.sampleRateHz,
    noiseN: spread.noiseN,
    resolutionN: spread.resolutionN,
    fullScaleN: spread.fullScaleN,
    gain: triple('load-cell-gain', 1, spread.gainSd),
    offsetN: triple('load-cell-offset', 0, spread.offsetSdN),
    driftNPerS: triple('load-cell-drift', 0, spread.driftSdNPerS),
    crossAxis: spread.crossAxisSd * randomStream(seed, 'load-cell-cross-axis', device).normal(),
    isTared: true,
  };
}

/** Which recording: names the noise. */
export interface Recording {
  seed: number | string;
  subject: number;
  name: string;
}

/**
 * A pull as a three-axis cell records it: sampled, cross-talk, gain, offset, drift, noise, saturation, quantisation, tare.
 * @param trace - the physical force; interpolated between its samples.
 * @throws RangeError when the trace is unreadable or the cell's rate is not 100 to 1000 Hz.
 */
export function recordThreeAxes(
  trace: ForceTrace,
  cell: Readonly<LoadCell>,
  recording: Recording,
): ForceTrace {
  checkForceTrace(trace);
  const { sampleRateHz, crossAxis } = cell;
  if (!(sampleRateHz >= 100 && sampleRateHz <= 1000)) {
    throw new RangeError('A load cell samples at 100 to 1000 Hz.');
  }
  const noise = randomStream(recording.seed, `load-cell-noise-${recording.name}`, recording.subject);
  const firstS = trace.timeS[0]!;
  const lastS = trace.timeS[trace.timeS.length - 1]!;
  const sampleCount = Math.floor((lastS - firstS) * sampleRateHz + 1e-9) + 1;
  const timeS = Float64Array.from({ length: sampleCount }, (_, sample) => firstS + sample / sampleRateHz);
  const forceN = new Float64Array(sampleCount * TRACE_COMPONENT_COUNT);
  const trueN = [0, 0, 0];
  let next = 1;
  for (let sample = 0; sample < sampleCount; sample += 1) {
    while (next < trace.timeS.length - 1 && trace.timeS[next]! < timeS[sample]!) next += 1;
    const beforeS = trace.timeS[next - 1]!;
    const share = Math.min(1, (timeS[sample]! - beforeS) / (trace.timeS[next]! - beforeS));
    for (let axis = 0; axis < TRACE_COMPONENT_COUNT; axis += 1) {
      const from = trace.forceN[(next - 1) * TRACE_COMPONENT_COUNT + axis]!;
      trueN[axis] = from + share * (trace.forceN[next * TRACE_COMPONENT_COUNT + axis]! - from);
    }
    const sumN = trueN[0]! + trueN[1]! + trueN[2]!;
    for (let axis = 0; axis < TRACE_COMPONENT_COUNT; axis += 1) {
      const seenN = trueN[axis]! + crossAxis * (sumN - trueN[axis]!);
      const elapsedS = timeS[sample]! - firstS;
      const analogueN =
        cell.gain[axis]! * seenN +
        cell.offsetN[axis]! +
        cell.driftNPerS[axis]! * elapsedS +
        cell.noiseN * noise.normal();
      forceN[sample * TRACE_COMPONENT_COUNT + axis] = converted(analogueN, cell);
    }
  }
  if (cell.isTared) tare(forceN, Math.max(1, Math.round(TARE_S * sampleRateHz)), cell);
  return { timeS, forceN };
}

/** A pull as a single-axis cell records it: palmar force alone. Same errors as {@link recordThreeAxes}. */
export function recordSingleAxis(
  trace: ForceTrace,
  cell: Readonly<LoadCell>,
  recording: Recording,
): ForceTrace {
  const { timeS, forceN } = recordThreeAxes(trace, cell, recording);
  return singleAxisTrace(
    timeS,
    timeS.map((_, sample) => forceN[sample * TRACE_COMPONENT_COUNT]!),
  );
}

/** What the converter gives: within full scale, a multiple of its step. */
function converted(analogueN: number, cell: Readonly<LoadCell>): number {
  const limited = Math.min(cell.fullScaleN, Math.max(-cell.fullScaleN, analogueN));
  return cell.resolutionN === 0 ? limited : Math.round(limited / cell.resolutionN) * cell.resolutionN;
}

/** Takes the mean of the first samples off each axis, itself a multiple of the step, as firmware does. */
function tare(forceN: Float64Array, tareSamples: number, cell: Readonly<LoadCell>): void {
  for (let axis = 0; axis < TRACE_COMPONENT_COUNT; axis += 1) {
    let sum = 0;
    let count = 0;
    for (let index = axis; index < forceN.length && count < tareSamples; index += TRACE_COMPONENT_COUNT) {
      sum += forceN[index]!;
      count += 1;
    }
    const zeroN = converted(sum / count, cell);
    for (let index = axis; index < forceN.length; index += TRACE_COMPONENT_COUNT) forceN[index]! -= zeroN;
  }
}
