import type { Comparison } from './comparison.ts';
import { unknownCase } from './runner.ts';
import type { VectorCase } from './vector-file.ts';

/** Passes comparisons on. @throws Error when the case has an "expected..." key that none of them answers. */
export function withAllExpected(vector: VectorCase, comparisons: Comparison[]): Comparison[] {
  const answered = new Set(comparisons.map(({ what }) => what));
  const open = Object.keys(vector).find((key) => key.startsWith('expected') && !answered.has(key));
  return open === undefined ? comparisons : unknownCase(vector);
}
