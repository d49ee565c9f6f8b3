/** The stretch of a trace in which its level is held. */
export interface TracePlateau {
  fromIndex: number;
  /** Last sample of the stretch. */
  toIndex: number;
}

/** A level counts as held while the trace stays above this share of its height above the baseline. */
export const PLATEAU_SHARE = 0.8;
/** The height is the value below which this share of the samples after the onset lie, so that one spike sets no level. */
const HEIGHT_QUANTILE = 0.95;
/** Shorter stretches are peaks, not plateaus, seconds. */
const MIN_PLATEAU_S = 0.5;
/** Dips shorter than this do not end a plateau, seconds. */
const MAX_DIP_S = 0.1;

/**
 * The longest stretch after the onset in which the trace stays above 80 % of its height over the baseline; dips of up to
 * 0.1 s are overlooked. A rule of this app, to be moved by hand where it does not fit.
 * @param timeS - seconds, never falling. @param values - any one unit, as long as `timeS`; NaN where missing.
 * @param start.index - first sample of the pull. @param start.baseline - value at rest, in the unit of `values`.
 * @returns null when no stretch lasts half a second.
 */
export function tracePlateau(
  timeS: Float64Array,
  values: Float64Array,
  start: { index: number; baseline: number },
): TracePlateau | null {
  const present = values
    .slice(start.index)
    .filter((value) => !Number.isNaN(value))
    .sort();
  if (present.length === 0) return null;
  const height = present[Math.floor(HEIGHT_QUANTILE * (present.length - 1))]! - start.baseline;
  if (!(height > 0)) return null;
  const level = start.baseline + PLATEAU_SHARE * height;
  let best: TracePlateau | null = null;
  let from = -1;
  let last = -1;
  const keep = () => {
    if (from < 0) return;
    const lasts = timeS[last]! - timeS[from]!;
    if (lasts < MIN_PLATEAU_S) return;
    if (best === null || lasts > timeS[best.toIndex]! - timeS[best.fromIndex]!)
      best = { fromIndex: from, toIndex: last };
  };
  for (let i = start.index; i < values.length; i++) {
    if (!(values[i]! >= level)) continue;
    if (from >= 0 && timeS[i]! - timeS[last]! > MAX_DIP_S) {
      keep();
      from = -1;
    }
    if (from < 0) from = i;
    last = i;
  }
  keep();
  return best;
}
