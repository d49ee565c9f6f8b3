/**
 * The stored form of a recording's samples: 64-bit floats, little-endian, block after block: the times if the file had
 * any, then each channel, each as long as the recording. The values are those of the file, in the file's units; NaN where
 * the file had none. Units, tare and crop stand in the header and are applied when the samples are looked at.
 */
import type { TimeMapping } from './recording-mapping.ts';
import { SECONDS_PER_UNIT } from './recording-units.ts';

export const BYTES_PER_SAMPLE = 8;
/** Then memory is the stored form already. */
const IS_LITTLE_ENDIAN = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** Blocks of equal length as bytes. @throws RangeError when they differ in length or there is none. */
export function encodeSamples(blocks: readonly Float64Array[]): Uint8Array {
  const length = blocks[0]?.length;
  if (length === undefined || blocks.some((block) => block.length !== length)) {
    throw new RangeError('the columns of a recording are equally long');
  }
  const bytes = new Uint8Array(blocks.length * length * BYTES_PER_SAMPLE);
  const view = new DataView(bytes.buffer);
  let offset = 0;
  for (const block of blocks) {
    for (const value of block) {
      view.setFloat64(offset, value, true);
      offset += BYTES_PER_SAMPLE;
    }
  }
  return bytes;
}

/** The inverse of {@link encodeSamples}. @throws RangeError when the bytes are not `blockCount` whole blocks. */
export function decodeSamples(bytes: Uint8Array, blockCount: number): Float64Array[] {
  const length = bytes.length / BYTES_PER_SAMPLE / blockCount;
  if (!Number.isInteger(length) || blockCount < 1) throw new RangeError('these are no whole columns');
  if (IS_LITTLE_ENDIAN) {
    // A copy begins at an address that is good for floats.
    const all = new Float64Array(bytes.slice().buffer);
    return Array.from({ length: blockCount }, (_, block) =>
      all.subarray(block * length, (block + 1) * length),
    );
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: blockCount }, (_, block) => {
    const values = new Float64Array(length);
    for (let i = 0; i < length; i++) {
      values[i] = view.getFloat64((block * length + i) * BYTES_PER_SAMPLE, true);
    }
    return values;
  });
}

/**
 * Seconds after the first sample.
 * @param fileTimes - the file's own times in its own unit; null when a rate was stated instead.
 */
export function secondsOf(
  time: TimeMapping,
  fileTimes: Float64Array | null,
  sampleCount: number,
): Float64Array {
  if (time.kind === 'rate') return Float64Array.from({ length: sampleCount }, (_, i) => i / time.rateHz);
  if (fileTimes === null || fileTimes.length !== sampleCount) {
    throw new RangeError('a recording with a time column has a time for every sample');
  }
  const start = fileTimes[0]!;
  return fileTimes.map((value) => (value - start) * SECONDS_PER_UNIT[time.unit]);
}
