import type { DeviceId, Measure, TrialEntry } from '../contract/schemas/clinical.ts';
import { measureOf, UNITS_OF_QUANTITY } from './measures.ts';
import { parseMeasurement } from './parse-measurement.ts';
import { plausibilityQuestion, plausibilitySentence } from './plausibility.ts';
import { isUnitOf, toStored, typedWithUnit } from './stored-value.ts';
import { problemSentence, rangeProblem } from './value-limits.ts';

/** A correction as typed. */
export interface TypedCorrection {
  text: string;
  unit: TrialEntry['typedUnit'];
  /** Set when there is no value after all: the typed text is then ignored. */
  notTestedReason: TrialEntry['notTestedReason'];
  reason: string;
  /** Another device than the stored one; absent where it stays. */
  deviceId?: DeviceId | undefined;
  /** An unusual value was asked about and confirmed. */
  isConfirmed: boolean;
}

export type ReadCorrection =
  | { ok: true; entry: TrialEntry; reason: string }
  | { ok: false; place: 'value' | 'reason' | 'question'; sentence: string };

export const MAX_REASON_LENGTH = 300;

/** Units in which a measure can be typed. */
export const unitsOf = (measure: Measure): readonly TrialEntry['typedUnit'][] =>
  UNITS_OF_QUANTITY[measureOf(measure).quantity];

/**
 * A corrected trial from what was typed; the trial itself is not touched, pain and flags stay as they were.
 *
 * @param trial the version that counts now. @param othersSi the other trials of the same hand and measure, stored unit.
 * @returns the entry and the trimmed reason, or what is missing, in a clinician's words. Never throws for typed text.
 */
export function readCorrection(
  trial: TrialEntry,
  typed: TypedCorrection,
  othersSi: readonly number[],
): ReadCorrection {
  // Where only the device was wrong, the reading stays as it is.
  const isDeviceOnly =
    typed.deviceId !== undefined &&
    typed.text.trim() === '' &&
    typed.notTestedReason === null &&
    typed.unit === trial.typedUnit;
  const value = isDeviceOnly
    ? { ok: true as const, entry: { ...entryOf(trial), isConfirmedUnusual: trial.isConfirmedUnusual } }
    : typed.notTestedReason === null
      ? readValue(trial, typed)
      : noValue(trial, typed);
  if (!value.ok) return value;
  const entry = { ...value.entry, ...(typed.deviceId !== undefined && { deviceId: typed.deviceId }) };
  const isSame =
    entry.valueSi === trial.valueSi &&
    entry.typedUnit === trial.typedUnit &&
    entry.notTestedReason === trial.notTestedReason &&
    entry.deviceId === trial.deviceId;
  if (isSame) {
    return { ok: false, place: 'value', sentence: 'This is what is stored already. Type the right value.' };
  }
  const reason = typed.reason.trim();
  if (reason === '') {
    return { ok: false, place: 'reason', sentence: 'Say in a few words why the value is corrected.' };
  }
  if (isDeviceOnly) return { ok: true, entry, reason: reason.slice(0, MAX_REASON_LENGTH) };
  const question =
    entry.valueSi === null ? null : plausibilityQuestion(trial.measure, entry.valueSi, othersSi);
  if (question !== null && !typed.isConfirmed) {
    const shown = typedWithUnit(entry.typedText, entry.typedUnit);
    return { ok: false, place: 'question', sentence: plausibilitySentence(question, shown, trial.measure) };
  }
  return {
    ok: true,
    entry: { ...entry, isConfirmedUnusual: question !== null },
    reason: reason.slice(0, MAX_REASON_LENGTH),
  };
}

type ReadEntry = { ok: true; entry: TrialEntry } | Extract<ReadCorrection, { ok: false }>;

/** The fields of an entry and nothing of its version: what is sent must not carry an old id. */
const entryOf = (trial: TrialEntry): TrialEntry => ({
  measure: trial.measure,
  side: trial.side,
  trialNumber: trial.trialNumber,
  typedText: trial.typedText,
  typedUnit: trial.typedUnit,
  valueSi: trial.valueSi,
  pain: trial.pain,
  isStoppedEarly: trial.isStoppedEarly,
  notTestedReason: trial.notTestedReason,
  isConfirmedUnusual: false,
  // What it was measured with does not change with the reading: only where another device is named.
  ...(trial.deviceId !== undefined && { deviceId: trial.deviceId }),
});

function noValue(trial: TrialEntry, typed: TypedCorrection): ReadEntry {
  return {
    ok: true,
    entry: { ...entryOf(trial), typedText: '', valueSi: null, notTestedReason: typed.notTestedReason },
  };
}

function readValue(trial: TrialEntry, typed: TypedCorrection): ReadEntry {
  const typedText = typed.text.trim();
  if (typedText === '') {
    return {
      ok: false,
      place: 'value',
      sentence: 'Type the right value, or say why there is none.',
    };
  }
  const parsed = parseMeasurement(typedText);
  if (!parsed.ok) {
    // The unit stands beside this field, not above a table.
    const sentence = problemSentence(trial.measure, parsed).replace('above the table', 'beside it');
    return { ok: false, place: 'value', sentence };
  }
  if (!isUnitOf(measureOf(trial.measure).quantity, typed.unit)) {
    return { ok: false, place: 'value', sentence: 'Choose the unit of this value.' };
  }
  const valueSi = toStored(trial.measure, parsed.value, typed.unit) ?? 0;
  const beyond = rangeProblem(trial.measure, valueSi);
  if (beyond !== null) return { ok: false, place: 'value', sentence: beyond };
  return {
    ok: true,
    entry: { ...entryOf(trial), typedText, typedUnit: typed.unit, valueSi, notTestedReason: null },
  };
}
