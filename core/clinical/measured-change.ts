import type { Measure, Unit } from '../contract/schemas/clinical.ts';
import { limitText, TRIALS_OF_A_VERDICT, thresholdOf } from './change-thresholds.ts';

/** A change between two visits, in the stored unit of its measure. */
export interface MeasuredChange {
  measure: Measure;
  changeSi: number;
  /**
   * Measurement error around the earlier value; null where no figure was found. Of 100 unchanged hands with the simulator's
   * noise 4 to 10 change their mean of three by more (key pinch of 2 to 11 kg; most at 3 kg), with two trials 6 to 14, with one
   * 13 to 25: measured in measured-change.test.ts.
   */
  limitSi: number | null;
  /** The limit at this level is assumed, not read. */
  isLimitAssumed: boolean;
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
  const limitSi = errorLimitSi(measure, fromSi);
  const isOfFewTrials = limitSi !== null && Math.min(...trials) < TRIALS_OF_A_VERDICT;
  return {
    measure,
    changeSi,
    limitSi,
    isLimitAssumed: thresholdOf(measure, 'MDC')?.isAssumedAt?.(fromSi) ?? false,
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

/**
 * The last change in words, e.g. "+1.10 kg since 12 May 2026; beyond measurement error (0.60 kg at this level, assumed)".
 * Whether a change is important is said only of one that is not measurement error.
 * @param sinceText the earlier date as shown. Devices must be the same: the caller says otherwise in words.
 */
export function changeSentence(change: MeasuredChange, unit: Unit, sinceText: string): string {
  return `${changeText(change.changeSi, unit)} since ${sinceText}; ${errorWords(change, unit)}${importanceWords(change, unit)}`;
}

function errorWords(change: MeasuredChange, unit: Unit): string {
  const { limitSi, isLimitAssumed, isOfFewTrials, isBeyondError } = change;
  if (isOfFewTrials) return 'fewer than three trials, so it is not held against measurement error';
  if (limitSi === null || isBeyondError === null) return 'no figure of measurement error was found for it';
  return `${isBeyondError ? 'beyond' : 'within'} measurement error (${limitText(limitSi, unit)} at this level${isLimitAssumed ? ', assumed' : ''})`;
}

function importanceWords(change: MeasuredChange, unit: Unit): string {
  const important = thresholdOf(change.measure, 'MCID');
  if (important === null || change.isBeyondError === false || change.isOfFewTrials) return '';
  const limitSi = important.limitAt(0);
  const reached =
    Math.abs(change.changeSi) >= limitSi ? 'as large as a change' : 'smaller than the smallest change';
  return `, ${reached} called important (MCID ${limitText(limitSi, unit)}, ${important.population})`;
}
