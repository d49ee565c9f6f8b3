import { roundedText, valueText } from '../../core/clinical/stored-value.ts';
import type { SessionView } from '../../core/contract/channels/sessions.ts';
import { FORCE_UNITS, type ForceUnit } from '../../core/units/quantities.ts';

/** The unit the pinch of a session was typed in; the model speaks newtons. */
export function pinchUnitOf(view: Pick<SessionView, 'trials'>): ForceUnit {
  const typed = view.trials.find((t) => t.measure === 'lateral-pinch' && t.valueSi !== null)?.typedUnit;
  return FORCE_UNITS.find((unit) => unit === typed) ?? 'N';
}

/** A measurement in the unit a clinician reads: newtons in `pinchUnit`, anything else in its own. */
export function quantityText(value: number, unit: string, pinchUnit: ForceUnit): string {
  if (unit === 'N') return valueText(value, pinchUnit);
  return `${roundedText(value, 1)} ${unit.replace('N.m', 'N·m')}`.trim();
}
