import type { Comparison } from './comparison.ts';
import { unknownCase } from './runner.ts';
import type { VectorCase } from './vector-file.ts';

/** A comparison for each of the keys that the case has; an answer is worked out only when its key is there. */
export function answeredKeys(
  vector: VectorCase,
  answers: Readonly<Record<string, () => unknown>>,
): Comparison[] {
  return Object.entries(answers).flatMap(([what, answer]) =>
    what in vector ? [{ what, expected: vector[what], actual: answer() }] : [],
  );
}

/** Passes comparisons on. @throws Error when the case has an "expected..." key that none of them answers. */
export function withAllExpected(vector: VectorCase, comparisons: Comparison[]): Comparison[] {
  const answered = new Set(comparisons.map(({ what }) => what));
  const open = Object.keys(vector).find((key) => key.startsWith('expected') && !answered.has(key));
  return open === undefined ? comparisons : unknownCase(vector);
}
