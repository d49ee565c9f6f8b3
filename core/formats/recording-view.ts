/** How stored samples are looked at: with a tare taken off and between two times. Both can be changed and taken back. */

export type Tare =
  /** In the channel's own unit. */
  | { kind: 'constant'; value: number }
  /** The middle value between two times, seconds after the first sample. */
  | { kind: 'rest'; fromS: number; toS: number };

export interface Crop {
  fromS: number;
  toS: number;
}

/** Index of the first time at or after `atS`; the length when there is none. @param timeS never falling. */
export function indexAt(timeS: Float64Array, atS: number): number {
  let low = 0;
  let high = timeS.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (timeS[middle]! < atS) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Index just after the last time at or before `atS`. */
export function indexAfter(timeS: Float64Array, atS: number): number {
  let low = 0;
  let high = timeS.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (timeS[middle]! <= atS) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Samples shown of a crop: from `first` to before `end`. Without a crop, all of them. */
export function croppedRange(timeS: Float64Array, crop: Crop | null): { first: number; end: number } {
  if (crop === null) return { first: 0, end: timeS.length };
  return { first: indexAt(timeS, crop.fromS), end: indexAfter(timeS, crop.toS) };
}

/** Fewer present samples than this are no rest to take a zero from. */
export const MIN_REST_SAMPLES = 3;

/**
 * What is taken off every sample, in the channel's unit.
 * @returns 0 without a tare; null when its stretch of rest holds fewer than three samples.
 */
export function tareOffset(timeS: Float64Array, values: Float64Array, tare: Tare | null): number | null {
  if (tare === null) return 0;
  if (tare.kind === 'constant') return tare.value;
  const { first, end } = croppedRange(timeS, tare);
  const present = values
    .slice(first, Math.max(first, end))
    .filter((value) => !Number.isNaN(value))
    .sort();
  if (present.length < MIN_REST_SAMPLES) return null;
  const middle = (present.length - 1) / 2;
  return (present[Math.floor(middle)]! + present[Math.ceil(middle)]!) / 2;
}
