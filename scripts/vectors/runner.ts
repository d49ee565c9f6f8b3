import type { Comparison } from './comparison.ts';
import type { VectorCase, VectorFile } from './vector-file.ts';

/**
 * Works out one case with the library and says what is to be compared: every expected value of the case that the
 * library has an answer for. Returning none is a failure.
 * @throws Error when the case is of a kind that it does not know; that is a failure too.
 */
export type VectorRunner = (vector: VectorCase, file: VectorFile) => Comparison[];

/** Ends a runner on a case that it does not know. */
export function unknownCase(vector: VectorCase): never {
  throw new Error(`"${vector.name}" is of a kind that is not known: ${Object.keys(vector).join(', ')}`);
}
