import { parseMeasurement } from '../../../core/clinical/parse-measurement.ts';
import { toStored } from '../../../core/clinical/stored-value.ts';
import { rangeProblem } from '../../../core/clinical/value-limits.ts';
import { AppError } from '../../../core/contract/errors.ts';
import type { TrialEntry } from '../../../core/contract/schemas/clinical.ts';

/** Two conversions of the same digits differ by rounding only. */
const RELATIVE_TOLERANCE = 1e-9;

function siOf(trial: TrialEntry): number | null {
  const parsed = parseMeasurement(trial.typedText);
  return parsed.ok ? toStored(trial.measure, parsed.value, trial.typedUnit) : null;
}

/**
 * The value in the store must be what was typed, converted: the page is not trusted with the conversion.
 * @throws AppError input.invalid when value, text and unit do not say the same, the measure cannot have such a value, or a
 *   trial occurs twice.
 */
export function assertTrials(trials: readonly TrialEntry[]): void {
  const seen = new Set<string>();
  for (const trial of trials) {
    const key = `${trial.measure}/${trial.side}/${trial.trialNumber}`;
    if (seen.has(key)) throw new AppError('input.invalid', { path: 'trials' });
    seen.add(key);
    if (trial.valueSi === null) continue;
    const expected = siOf(trial);
    if (
      expected === null ||
      rangeProblem(trial.measure, expected) !== null ||
      Math.abs(expected - trial.valueSi) > RELATIVE_TOLERANCE * Math.max(1, expected)
    ) {
      throw new AppError('input.invalid', { path: 'trials' });
    }
  }
}

/**
 * Whether two versions of a trial say the same: value, unit, pain and state. The text may differ ("7,2", "7.20"). Nobody
 * measured anything else then, and a version that says so would only stand as a change in the record.
 */
export function isSameReading(a: TrialEntry, b: TrialEntry): boolean {
  const isSameValue =
    a.valueSi === null || b.valueSi === null
      ? a.valueSi === b.valueSi
      : Math.abs(a.valueSi - b.valueSi) <= RELATIVE_TOLERANCE * Math.max(1, a.valueSi);
  return (
    isSameValue &&
    a.typedUnit === b.typedUnit &&
    a.pain === b.pain &&
    a.isStoppedEarly === b.isStoppedEarly &&
    a.notTestedReason === b.notTestedReason
  );
}
