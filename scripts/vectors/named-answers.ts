import type { Comparison } from './comparison.ts';
import type { Tolerance } from './vector-file.ts';

/**
 * A comparison for each key of a case that an answer is named after; what the case does not ask is not worked out.
 * @param tolerance - of these answers, when it is not that of the case.
 */
export function namedAnswers(
  written: Readonly<Record<string, unknown>>,
  answers: Readonly<Record<string, () => unknown>>,
  tolerance?: Tolerance,
): Comparison[] {
  return Object.entries(answers)
    .filter(([key]) => written[key] !== undefined)
    .map(([what, answer]) => ({
      what,
      expected: written[what],
      actual: answer(),
      ...(tolerance && { tolerance }),
    }));
}
