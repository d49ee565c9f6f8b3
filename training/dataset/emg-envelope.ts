/** Second-order section in direct form: y = b0 x + b1 x' + b2 x'' - a1 y' - a2 y''. */
interface Biquad {
  b0: number;
  b1: number;
  b2: number;
  a1: number;
  a2: number;
}

/**
 * Butterworth low-pass of second order by the bilinear transform with the cutoff kept in place (Oppenheim & Schafer).
 * @throws RangeError unless 0 < cutoff < half the sampling rate.
 */
function butterworth(cutoffHz: number, rateHz: number): Biquad {
  if (!(cutoffHz > 0 && cutoffHz < rateHz / 2)) {
    throw new RangeError(`a cutoff of ${cutoffHz} Hz needs more than ${2 * cutoffHz} samples a second`);
  }
  const k = Math.tan((Math.PI * cutoffHz) / rateHz);
  const norm = 1 / (1 + Math.SQRT2 * k + k * k);
  const b0 = k * k * norm;
  return { b0, b1: 2 * b0, b2: b0, a1: 2 * (k * k - 1) * norm, a2: (1 - Math.SQRT2 * k + k * k) * norm };
}

/** One pass, started as if the first sample had stood for ever. */
function filterOnce(samples: Float64Array, { b0, b1, b2, a1, a2 }: Biquad): Float64Array {
  const output = new Float64Array(samples.length);
  const first = samples[0] ?? 0;
  let [x1, x2, y1, y2] = [first, first, first, first];
  for (let i = 0; i < samples.length; i += 1) {
    const x = samples[i]!;
    const y = b0 * x + b1 * x1 + b2 * x2 - a1 * y1 - a2 * y2;
    [x2, x1, y2, y1] = [x1, x, y1, y];
    output[i] = y;
  }
  return output;
}

/**
 * Low-pass without delay: forwards, then backwards. Looks into the future, so it is for recordings, never for live data.
 * @param samples - at `rateHz`. @throws RangeError as the cutoff does not fit the rate.
 */
export function lowPassBothWays(samples: Float64Array, rateHz: number, cutoffHz: number): Float64Array {
  const section = butterworth(cutoffHz, rateHz);
  return filterOnce(filterOnce(samples, section).reverse(), section).reverse();
}

/**
 * Envelope of an electromyogram: mean taken off, rectified, low-passed without delay. Never below 0.
 * @param samples - raw, any unit. @returns the same unit, the same length.
 */
export function rectifiedEnvelope(samples: Float64Array, rateHz: number, cutoffHz: number): Float64Array {
  const mean = samples.reduce((sum, value) => sum + value, 0) / samples.length;
  const rectified = samples.map((value) => Math.abs(value - mean));
  return lowPassBothWays(rectified, rateHz, cutoffHz).map((value) => Math.max(0, value));
}

/**
 * Values at another, lower rate by linear interpolation; what is above half the new rate must have been filtered out.
 * @returns one value per 1 / toHz seconds from the first sample on.
 */
export function resampled(samples: Float64Array, fromHz: number, toHz: number): Float64Array {
  const count = Math.floor(((samples.length - 1) * toHz) / fromHz) + 1;
  return Float64Array.from({ length: count }, (_, i) => {
    const place = (i * fromHz) / toHz;
    const left = Math.min(samples.length - 1, Math.floor(place));
    const right = Math.min(samples.length - 1, left + 1);
    return samples[left]! + (place - left) * (samples[right]! - samples[left]!);
  });
}
