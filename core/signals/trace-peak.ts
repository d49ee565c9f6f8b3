/** The peak of a force trace above its quiet baseline. */
export interface TracePeak {
  /** Largest value of the trace, in the trace's unit, baseline included. */
  peak: number;
  /** Index of the first sample with that value. */
  index: number;
  /** Median of the first tenth of the trace: a background force, or the offset of an instrument not tared. */
  baseline: number;
}

/** A tenth of the trace, at least this many samples, is taken as the quiet start. */
const MIN_BASELINE_SAMPLES = 3;

/**
 * Peak and baseline of one trace. Missing samples (null) are skipped, never filled in.
 * @param values - trace in any one unit, in time order.
 * @throws RangeError when a sample is present and no number: a gap is null, never NaN.
 * @returns null when fewer than {@link MIN_BASELINE_SAMPLES} samples are present: too short to say.
 */
export function tracePeak(values: readonly (number | null)[]): TracePeak | null {
  const present = values.flatMap((value, index) => (value === null ? [] : [{ value, index }]));
  if (present.length < MIN_BASELINE_SAMPLES) return null;
  const unreadable = present.find(({ value }) => !Number.isFinite(value));
  if (unreadable) throw new RangeError(`Sample ${unreadable.index + 1} of the trace is not a number.`);
  const quietCount = Math.max(MIN_BASELINE_SAMPLES, Math.floor(present.length / 10));
  const quiet = present
    .slice(0, quietCount)
    .map((p) => p.value)
    .sort((a, b) => a - b);
  const middle = (quiet.length - 1) / 2;
  const baseline = (quiet[Math.floor(middle)]! + quiet[Math.ceil(middle)]!) / 2;
  let best = present[0]!;
  for (const point of present) if (point.value > best.value) best = point;
  return { peak: best.value, index: best.index, baseline };
}
