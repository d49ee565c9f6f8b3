import type { Measure, SessionDraft, Side } from '../contract/schemas/clinical.ts';
import { typedValues, unitOf } from './session-entries.ts';
import { roundedText, unitText } from './stored-value.ts';

/** Part of the largest trial that is held, as the scripts of the sustained tests say. */
export const HELD_SHARE = 0.5;

const LARGEST_OF: Partial<Record<Measure, Measure>> = {
  'pinch-endurance': 'lateral-pinch',
  'elbow-endurance': 'elbow-flexion',
};

/**
 * What is to be held in a sustained test, from the largest trial of the same hand on the form, e.g. "3.8 kg".
 * @returns null for other measures, and before the strength itself is typed.
 */
export function holdTargetText(draft: SessionDraft, measure: Measure, side: Side): string | null {
  const strength = LARGEST_OF[measure];
  if (strength === undefined) return null;
  const values = typedValues(draft, strength, side).map(({ value }) => value);
  if (values.length === 0) return null;
  return `${roundedText(HELD_SHARE * Math.max(...values), 1)} ${unitText(unitOf(draft, strength))}`;
}
