/** One weight of a tfjs model by its name, e.g. "hidden-0/kernel". */
export interface NamedWeight {
  shape: readonly number[];
  values: Float64Array;
}

/**
 * Cuts weights.bin by its manifest. Little-endian float32, widened exactly.
 * @throws RangeError when the bytes are too few or too many.
 */
export function readWeights(
  specs: readonly { name: string; shape: number[] }[],
  bytes: Uint8Array,
): Map<string, NamedWeight> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const named = new Map<string, NamedWeight>();
  let offset = 0;
  for (const spec of specs) {
    const count = spec.shape.reduce((product, size) => product * size, 1);
    if (offset + 4 * count > bytes.byteLength) throw new RangeError('weights.bin is too short');
    const values = new Float64Array(count);
    for (let i = 0; i < count; i += 1) values[i] = view.getFloat32(offset + 4 * i, true);
    named.set(spec.name, { shape: spec.shape, values });
    offset += 4 * count;
  }
  if (offset !== bytes.byteLength) throw new RangeError('weights.bin is longer than its manifest says');
  return named;
}
