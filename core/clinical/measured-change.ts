import type { Measure, Unit } from '../contract/schemas/clinical.ts';
import { limitText, TRIALS_OF_A_VERDICT, thresholdOf } from './change-thresholds.ts';
import { measureOf } from './measures.ts';

/** A change between two visits, in the stored unit of its measure. */
export interface MeasuredChange {
  measure: Measure;
  changeSi: number;
  /**
   * Measurement error around the earlier value; null where no figure was found. Of 100 unchanged hands with the assumed
   * scatter (trials, days, the steps of a gauge) at most 10 change their mean of three by more: key pinch most at 3 kg (9), tip
   * and palmar pinch at 6 kg (6), grip above 34 kg (4; 12 if days differed by 6 % instead of 4 %). With two trials of key pinch
   * 6 to 14, with one 13 to 25: measured in measured-change.test.ts.
   */
  limitSi: number | null;
  /** The limit at this level is assumed, not read. */
  isLimitAssumed: boolean;
  /** It was worked out how many unchanged hands pass the limit at this level: at most 1 of 10, with the assumed scatter. */
  isErrorRateKnown: boolean;
  /** One of the two values is of fewer than three trials, for which no figure was found. */
  isOfFewTrials: boolean;
  /** Null where no figure was found, or for too few trials. */
  isBeyondError: boolean | null;
}

/** Measurement error at 95 % around an earlier value in the stored unit; null where no figure was found. */
export const errorLimitSi = (measure: Measure, levelSi: number): number | null =>
  thresholdOf(measure, 'MDC')?.limitAt(levelSi) ?? null;

/**
 * Change between two visits against measurement error around the earlier value.
 * @param fromSi, toSi the measure in its stored unit, by the same rule and with the same device.
 * @param trials behind each of the two values.
 */
export function measuredChange(
  measure: Measure,
  fromSi: number,
  toSi: number,
  trials: readonly [number, number],
): MeasuredChange {
  const changeSi = toSi - fromSi;
  const error = thresholdOf(measure, 'MDC');
  const limitSi = errorLimitSi(measure, fromSi);
  const workedOut = error?.workedOutAt;
  const isOfFewTrials = limitSi !== null && Math.min(...trials) < TRIALS_OF_A_VERDICT;
  return {
    measure,
    changeSi,
    limitSi,
    isLimitAssumed: error?.isAssumedAt?.(fromSi) ?? false,
    isErrorRateKnown: workedOut !== undefined && fromSi >= workedOut.fromSi && fromSi <= workedOut.toSi,
    isOfFewTrials,
    isBeyondError: limitSi === null || isOfFewTrials ? null : Math.abs(changeSi) > limitSi,
  };
}

/** A change with its sign, e.g. "+1.10 kg"; a change that rounds to nothing carries none: "±0.00 kg". */
export function changeText(changeSi: number, unit: Unit): string {
  const text = limitText(Math.abs(changeSi), unit);
  const sign = Number.parseFloat(text) === 0 ? '±' : changeSi > 0 ? '+' : '−';
  return `${sign}${text}`;
}

/** " (worse)" or " (better)" of a score that changed: a DASH that rises is worse. Empty for every other measure. */
export function directionWords({ measure, changeSi }: MeasuredChange, unit: Unit): string {
  const { better } = measureOf(measure);
  if (better === undefined || Number.parseFloat(limitText(Math.abs(changeSi), unit)) === 0) return '';
  return changeSi > 0 === (better === 'higher') ? ' (better)' : ' (worse)';
}

/**
 * The last change in words, e.g. "+1.10 kg since 12 May 2026; beyond measurement error (0.60 kg at this level, assumed)".
 * Whether a change is important is said only of one that is known to be more than measurement error.
 * @param sinceText the earlier date as shown. Devices must be the same: the caller says otherwise in words.
 */
export function changeSentence(change: MeasuredChange, unit: Unit, sinceText: string): string {
  return `${changeText(change.changeSi, unit)}${directionWords(change, unit)} since ${sinceText}; ${errorWords(change, unit)}${importanceWords(change, unit)}`;
}

function errorWords(change: MeasuredChange, unit: Unit): string {
  const { limitSi, isLimitAssumed, isOfFewTrials, isBeyondError } = change;
  if (isOfFewTrials) return 'fewer than three trials, so it is not held against measurement error';
  if (limitSi === null || isBeyondError === null) return 'no figure of measurement error was found for it';
  // "At this level" is said of the share that grows with the force; what was read is one figure for all levels.
  return `${isBeyondError ? 'beyond' : 'within'} measurement error (${limitText(limitSi, unit)}${isLimitAssumed ? ' at this level, assumed' : ''})`;
}

function importanceWords(change: MeasuredChange, unit: Unit): string {
  const important = thresholdOf(change.measure, 'MCID');
  if (important === null || change.isBeyondError !== true) return '';
  const limitSi = important.limitAt(0);
  const reached =
    Math.abs(change.changeSi) >= limitSi ? 'as large as a change' : 'smaller than the smallest change';
  return `, ${reached} called important (MCID ${limitText(limitSi, unit)}, ${important.population})`;
}
