import type { Measure } from '../contract/schemas/clinical.ts';

/**
 * Above and below these a value is asked about, never changed. Pinch: the largest key pinch of the published
 * norm tables is below 190 N (19 kg); wrist torque: the strongest healthy men stay below 25 N·m.
 */
export const ASK_ABOVE: Readonly<Record<Measure, number>> = {
  'lateral-pinch': 200,
  'wrist-extension': 30,
  'wrist-flexion': 30,
  'wrist-radial': 30,
  'wrist-ulnar': 30,
};
export const ASK_BELOW: Readonly<Record<Measure, number>> = {
  'lateral-pinch': 3,
  'wrist-extension': 0.1,
  'wrist-flexion': 0.1,
  'wrist-radial': 0.1,
  'wrist-ulnar': 0.1,
};
/** A trial above this multiple of the others, or below its inverse, is asked about. */
export const ASK_TIMES_OTHERS = 2;

export type PlausibilityQuestion = 'above-limit' | 'below-limit' | 'above-others' | 'below-others';

/**
 * Whether a value should be asked about before it is saved.
 *
 * @param valueSi newtons (pinch) or newton metres (wrist), finite, >= 0.
 * @param othersSi the other trials of the same hand and measure, same unit; may be empty. One low trial is
 *   asked about only against two or more others: of two trials the higher one is asked about.
 * @returns the most telling question, or null. The value itself is never touched.
 */
export function plausibilityQuestion(
  measure: Measure,
  valueSi: number,
  othersSi: readonly number[],
): PlausibilityQuestion | null {
  if (valueSi > ASK_ABOVE[measure]) return 'above-limit';
  if (othersSi.length > 0) {
    const middle = median(othersSi);
    if (valueSi > ASK_TIMES_OTHERS * middle) return 'above-others';
    if (othersSi.length >= 2 && valueSi * ASK_TIMES_OTHERS < middle) return 'below-others';
  }
  if (valueSi < ASK_BELOW[measure]) return 'below-limit';
  return null;
}

/** The question in a clinician's words. @param shownValue as typed with its unit, e.g. "72 kg". */
export function plausibilitySentence(question: PlausibilityQuestion, shownValue: string): string {
  switch (question) {
    case 'above-limit':
      return `${shownValue} is more than a hand usually gives. Is it right?`;
    case 'below-limit':
      return `${shownValue} is very little. Is it right?`;
    case 'above-others':
      return `${shownValue} is more than twice the other trials of this hand. Is it right?`;
    case 'below-others':
      return `${shownValue} is less than half of the other trials of this hand. Is it right?`;
  }
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}
