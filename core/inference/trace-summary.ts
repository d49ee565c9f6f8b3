import { TRACE_COMPONENTS, TRACE_LENGTH, TRACE_SAMPLES } from './network-input.ts';

/** Below this share of the gauge reading a force is none: keeps logarithms finite. */
const FLOOR = 1e-3;
/** Steps before the onset, and the steps of the hold (0.6 s after the onset to 3.6 s), of the resampled trace. */
const LEAD_END = 4;
const HOLD = [12, 50] as const;

const logOf = (value: number) => Math.log(Math.max(FLOOR, value));

/**
 * Six numbers that say whether a trace looks like a pull at all, for the out-of-range score: on the logarithmic scale a
 * wrong unit, a factor of three or a third, shuffled samples, and time read as force each move at least one of them
 * far out.
 * @param trace - TRACE_LENGTH shares of the best gauge reading, [step][component], as core/signals resamples it.
 * @returns logarithms of: palmar force before the onset (plus 0.05: noise there is no news), mean palmar force of the
 *   hold, its largest value, its jumps from step to step (root mean square), tangential force of the hold, and palmar
 *   force in the last quarter of the hold over the first. @throws RangeError when the length differs.
 */
export function traceSummary(trace: Float64Array): Float64Array {
  if (trace.length !== TRACE_LENGTH) throw new RangeError(`a trace has ${TRACE_LENGTH} numbers`);
  const at = (step: number, component: number) => trace[step * TRACE_COMPONENTS + component] ?? Number.NaN;
  const meanOver = (from: number, to: number, value: (step: number) => number) => {
    let sum = 0;
    for (let step = from; step < to; step += 1) sum += value(step);
    return sum / (to - from);
  };
  const palmar = (step: number) => at(step, 0);
  const [start, end] = HOLD;
  const quarter = Math.floor((end - start) / 4);
  let largest = 0;
  for (let step = 0; step < TRACE_SAMPLES; step += 1) largest = Math.max(largest, Math.abs(palmar(step)));
  const jumps = Math.sqrt(meanOver(start, end, (step) => (palmar(step) - palmar(step - 1)) ** 2));
  const tangential = Math.sqrt(meanOver(start, end, (step) => at(step, 1) ** 2 + at(step, 2) ** 2));
  const early = meanOver(start, start + quarter, palmar);
  const late = meanOver(end - quarter, end, palmar);
  return Float64Array.of(
    logOf(0.05 + meanOver(0, LEAD_END, (step) => Math.abs(palmar(step)))),
    logOf(meanOver(start, end, palmar)),
    logOf(largest),
    logOf(jumps),
    logOf(tangential),
    logOf(Math.max(FLOOR, late) / Math.max(FLOOR, early)),
  );
}
