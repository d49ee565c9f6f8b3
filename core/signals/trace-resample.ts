import { zeroTrace } from './trace-onset.ts';
import { type ForceTrace, TRACE_COMPONENT_COUNT } from './trace-shape.ts';

/** Steps of the network's trace and their length, seconds: 4.8 s, the ramp, the hold and the start of the release. */
export const TRACE_STEP_COUNT = 60;
export const TRACE_STEP_S = 0.08;
/** What the window shows before the onset, seconds: four steps. */
export const TRACE_LEAD_S = 4 * TRACE_STEP_S;
/** Numbers of a resampled trace. */
export const TRACE_LENGTH = TRACE_STEP_COUNT * TRACE_COMPONENT_COUNT;

/**
 * The trace as a network reads it: {@link TRACE_STEP_COUNT} steps of {@link TRACE_STEP_S}, from
 * {@link TRACE_LEAD_S} before the onset, three components, [step][component]. Every step is the mean of its samples
 * (which also keeps tremor and sensor noise out); a step without a sample of its own, as in a slow recording, is
 * interpolated. The quiet baseline is taken off; before the recording there is no force.
 *
 * Values are shares of `referenceN`: pass the BEST GAUGE READING of the same hand and session. Then the trace says
 * how the force came, turned and lasted, how strong the hand is stays with the feature that says so (percent of
 * expected), and a trace in another unit or scale stands out, because 1 is where a peak must be. Dividing by the trace's own
 * peak would hide exactly that; dividing by the expected strength would repeat the feature sixty times.
 * @param referenceN - newtons, above zero.
 * @returns 180 numbers, a peak near 1.
 * @throws RangeError when the trace is unreadable, the reference is not positive, or less than the window was recorded
 * after the onset.
 */
export function resampleTrace(trace: ForceTrace, referenceN: number): Float64Array {
  if (!(referenceN > 0 && referenceN < Number.POSITIVE_INFINITY)) {
    throw new RangeError('A trace needs a reference force above zero.');
  }
  const { timeS, forceN, onsetS } = zeroTrace(trace);
  const startS = onsetS - TRACE_LEAD_S;
  const endS = startS + TRACE_STEP_COUNT * TRACE_STEP_S;
  const lastS = timeS[timeS.length - 1]!;
  if (lastS < endS - TRACE_STEP_S) {
    const heldS = (lastS - onsetS).toFixed(1);
    throw new RangeError(
      `The trace ends ${heldS} s after its onset; ${(endS - onsetS).toFixed(1)} s are needed.`,
    );
  }
  const sums = new Float64Array(TRACE_LENGTH);
  const counts = new Int32Array(TRACE_STEP_COUNT);
  for (let sample = 0; sample < timeS.length; sample += 1) {
    // The tolerance keeps a sample on an edge in the same step whatever the rounding of the clock.
    const step = Math.floor((timeS[sample]! - startS) / TRACE_STEP_S + 1e-9);
    if (step < 0 || step >= TRACE_STEP_COUNT) continue;
    counts[step]! += 1;
    for (let component = 0; component < TRACE_COMPONENT_COUNT; component += 1) {
      const index = step * TRACE_COMPONENT_COUNT + component;
      sums[index]! += forceN[sample * TRACE_COMPONENT_COUNT + component]!;
    }
  }
  for (let step = 0; step < TRACE_STEP_COUNT; step += 1) {
    const middleS = startS + (step + 0.5) * TRACE_STEP_S;
    for (let component = 0; component < TRACE_COMPONENT_COUNT; component += 1) {
      const index = step * TRACE_COMPONENT_COUNT + component;
      const force = counts[step]! > 0 ? sums[index]! / counts[step]! : at(timeS, forceN, component, middleS);
      sums[index] = force / referenceN;
    }
  }
  return sums;
}

/** One component at a time between two samples, linearly; zero before the recording, its last value after it. */
function at(timeS: Float64Array, forceN: Float64Array, component: number, wantedS: number): number {
  if (wantedS <= timeS[0]!) return 0;
  const next = timeS.findIndex((time) => time >= wantedS);
  const after = next < 0 ? timeS.length - 1 : next;
  const before = Math.max(0, after - 1);
  const share = (wantedS - timeS[before]!) / (timeS[after]! - timeS[before]!);
  const [from, to] = [before, after].map((sample) => forceN[sample * TRACE_COMPONENT_COUNT + component]!);
  return from! + Math.min(1, share) * (to! - from!);
}
