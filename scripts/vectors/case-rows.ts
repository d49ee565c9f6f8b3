import * as z from 'zod';
import type { Shape } from '../../core/networks/network.ts';
import { flatNumbers } from './written-network.ts';

/** Depth of nested arrays: 0 for a number, 1 for a list of numbers. */
const depthOf = (value: unknown): number => (Array.isArray(value) ? 1 + depthOf(value[0]) : 0);

/**
 * Rows of a case that may be written alone or as a batch: one array deeper than the shape says.
 * @param written - nested arrays. @param shape - of one row.
 */
export function caseRows(written: unknown, shape: Shape): Float64Array[] {
  if (Array.isArray(written) && depthOf(written) > shape.length) return written.map(flatNumbers);
  return [flatNumbers(written)];
}

/** A reference row of the right length from what a case writes: one number, one row of channels, or all of it. */
export function filledRow(written: unknown, length: number): Float64Array {
  const numbers = flatNumbers(written);
  if (numbers.length === 0 || length % numbers.length !== 0) {
    throw new Error(`${numbers.length} numbers do not fill a row of ${length}`);
  }
  return Float64Array.from({ length }, (_, i) => numbers[i % numbers.length]!);
}

/** Layers without an input shape: a dense layer first says the length of a row, any other reads one sequence. */
export function layersInputShape(layers: readonly unknown[], input: readonly unknown[]): Shape {
  const first = z.looseObject({ type: z.string(), kernel: z.array(z.unknown()).optional() }).parse(layers[0]);
  if (first.type === 'dense' && first.kernel) return [first.kernel.length];
  return [input.length, flatNumbers(input).length / input.length];
}
