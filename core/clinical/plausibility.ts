import type { Measure } from '../contract/schemas/clinical.ts';
import { measureOf } from './measures.ts';

/** A trial above this multiple of the middle one, or below its inverse, is asked about. */
export const ASK_TIMES_OTHERS = 2;

export type PlausibilityQuestion = 'above-limit' | 'below-limit' | 'above-others' | 'below-others';

/**
 * Whether a value should be asked about before it is saved.
 *
 * @param valueSi in the stored unit of the measure, finite, >= 0.
 * @param othersSi the other trials of the same hand and measure, same unit; may be empty. Every trial is compared with
 *   the middle one of them all, so that one slip among three never blames the two good ones; of two middle ones with
 *   the lower, so that of two trials the higher one is asked about.
 * @returns the most telling question, or null. The value itself is never touched.
 */
export function plausibilityQuestion(
  measure: Measure,
  valueSi: number,
  othersSi: readonly number[],
): PlausibilityQuestion | null {
  if (valueSi > measureOf(measure).askAbove) return 'above-limit';
  if (othersSi.length > 0) {
    const middle = lowerMedian([valueSi, ...othersSi]);
    if (valueSi > ASK_TIMES_OTHERS * middle) return 'above-others';
    if (valueSi * ASK_TIMES_OTHERS < middle) return 'below-others';
  }
  if (valueSi < measureOf(measure).askBelow) return 'below-limit';
  return null;
}

/**
 * The question in a clinician's words.
 * @param shownValue as typed with its unit, e.g. "72 kg". @param measure whose value it is; a strength when left out.
 */
export function plausibilitySentence(
  question: PlausibilityQuestion,
  shownValue: string,
  measure: Measure = 'lateral-pinch',
): string {
  switch (question) {
    case 'above-limit':
      return `${shownValue} is ${MORE_THAN[measureOf(measure).quantity]}. Is it right?`;
    case 'below-limit':
      return `${shownValue} is very little. Is it right?`;
    case 'above-others':
      return `${shownValue} is more than twice the other trials of this hand. Is it right?`;
    case 'below-others':
      return `${shownValue} is less than half of the other trials of this hand. Is it right?`;
  }
}

const MORE_THAN = {
  force: 'more than a hand usually gives',
  torque: 'more than is usually measured',
  angle: 'more than this joint usually moves',
  duration: 'longer than such a test usually lasts',
  score: 'more than this score can be',
} as const;

const lowerMedian = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[(values.length - 1) >> 1]!;
