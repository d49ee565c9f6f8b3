import { checkForceTrace, type ForceTrace, TRACE_COMPONENT_COUNT, traceComponent } from './trace-shape.ts';

/** The start of a recording in which the hand is told to be still: source of the baseline, seconds. */
export const QUIET_START_S = 0.3;
/** The onset is where the palmar force leaves the baseline by this share of its peak, and stays above... */
const ONSET_SHARE = 0.05;
/** ...for this long, seconds, so that one disturbed sample is no onset. */
const ONSET_STAY_S = 0.05;

/** A recording with its quiet baseline taken off, and where its pull begins. */
export interface ZeroedTrace extends ForceTrace {
  /** What was taken off each component, newtons: a background force, or the offset of an instrument not tared. */
  baselineN: readonly [number, number, number];
  /** Largest palmar force above the baseline, newtons. */
  peakN: number;
  /** Index and time (seconds, on the recording's own clock) of the first sample of the pull. */
  onsetIndex: number;
  onsetS: number;
}

/**
 * Takes the quiet baseline off a recording and finds the onset of the pull.
 * @param trace - newtons; any sample rate, even or not.
 * @param quietS - length of the quiet start, seconds: less than the default for brief pulses only.
 * @throws RangeError when it is no recording ({@link checkForceTrace}), when fewer than three samples lie in the
 * quiet start, or when the palmar force never rises above the baseline.
 */
export function zeroTrace(trace: ForceTrace, quietS = QUIET_START_S): ZeroedTrace {
  checkForceTrace(trace);
  const { timeS } = trace;
  const quietEndS = timeS[0]! + quietS;
  const quietCount = timeS.findIndex((time) => time >= quietEndS);
  if (quietCount < 3) throw new RangeError(`A trace needs ${quietS} s of quiet before the pull.`);
  const baselineN = ([0, 1, 2] as const).map((component) =>
    median(traceComponent(trace, component).subarray(0, quietCount)),
  ) as [number, number, number];
  const forceN = trace.forceN.map((force, index) => force - baselineN[index % TRACE_COMPONENT_COUNT]!);
  const palmarN = traceComponent({ timeS, forceN }, 0);
  const peakN = palmarN.reduce((peak, force) => Math.max(peak, force), 0);
  if (peakN === 0) throw new RangeError('The palmar force of the trace never rises above its start.');
  const onsetIndex = firstLasting(timeS, palmarN, ONSET_SHARE * peakN);
  return { timeS, forceN, baselineN, peakN, onsetIndex, onsetS: timeS[onsetIndex]! };
}

/** First sample above a level that stays above it for a while; the peak's own sample when none does. */
function firstLasting(timeS: Float64Array, values: Float64Array, level: number): number {
  let start = -1;
  for (let sample = 0; sample < values.length; sample += 1) {
    if (values[sample]! <= level) start = -1;
    else if (start < 0) start = sample;
    if (start >= 0 && timeS[sample]! - timeS[start]! >= ONSET_STAY_S) return start;
  }
  return values.indexOf(values.reduce((peak, value) => Math.max(peak, value), 0));
}

function median(values: Float64Array): number {
  const sorted = Float64Array.from(values).sort();
  const middle = (sorted.length - 1) / 2;
  return (sorted[Math.floor(middle)]! + sorted[Math.ceil(middle)]!) / 2;
}
