import type { Measure, Unit } from '../contract/schemas/clinical.ts';
import { limitText, thresholdOf } from './change-thresholds.ts';

/** A change between two visits, in the stored unit of its measure. */
export interface MeasuredChange {
  measure: Measure;
  changeSi: number;
  /** Change that measurement error alone reaches in 1 of 20 unchanged hands; null where no figure was found. */
  limitSi: number | null;
  /** Null where no figure was found. */
  isBeyondError: boolean | null;
}

/** Measurement error at 95 % around an earlier value in the stored unit; null where no figure was found. */
export const errorLimitSi = (measure: Measure, levelSi: number): number | null =>
  thresholdOf(measure, 'MDC')?.limitAt(levelSi) ?? null;

/**
 * Change between two visits against measurement error around the earlier value.
 * @param fromSi, toSi the measure in its stored unit, by the same rule and with the same device.
 */
export function measuredChange(measure: Measure, fromSi: number, toSi: number): MeasuredChange {
  const changeSi = toSi - fromSi;
  const limitSi = errorLimitSi(measure, fromSi);
  const isBeyondError = limitSi === null ? null : Math.abs(changeSi) > limitSi;
  return { measure, changeSi, limitSi, isBeyondError };
}

/** A change with its sign, e.g. "+1.10 kg"; a change that rounds to nothing carries none: "±0.00 kg". */
export function changeText(changeSi: number, unit: Unit): string {
  const text = limitText(Math.abs(changeSi), unit);
  const sign = Number.parseFloat(text) === 0 ? '±' : changeSi > 0 ? '+' : '−';
  return `${sign}${text}`;
}

/**
 * The last change in words, e.g. "+1.10 kg since 12 May 2026; beyond measurement error (0.60 kg at this level)". Whether a
 * change is important is said only of one that is not measurement error.
 * @param sinceText the earlier date as shown. Devices must be the same: the caller says otherwise in words.
 */
export function changeSentence(change: MeasuredChange, unit: Unit, sinceText: string): string {
  return `${changeText(change.changeSi, unit)} since ${sinceText}; ${errorWords(change, unit)}${importanceWords(change, unit)}`;
}

function errorWords({ limitSi, isBeyondError }: MeasuredChange, unit: Unit): string {
  if (limitSi === null || isBeyondError === null) return 'no figure of measurement error was found for it';
  return `${isBeyondError ? 'beyond' : 'within'} measurement error (${limitText(limitSi, unit)} at this level)`;
}

function importanceWords(change: MeasuredChange, unit: Unit): string {
  const important = thresholdOf(change.measure, 'MCID');
  if (important === null || change.isBeyondError === false) return '';
  const limitSi = important.limitAt(0);
  const reached =
    Math.abs(change.changeSi) >= limitSi ? 'as large as a change' : 'smaller than the smallest change';
  return `, ${reached} called important (MCID ${limitText(limitSi, unit)}, ${important.population})`;
}
