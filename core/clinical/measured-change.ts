import { type ForceUnit, fromNewtons } from '../units/quantities.ts';

/**
 * Smallest change of key pinch beyond measurement error at 95 %: 0.41 kg, the larger of the two hands in
 * thumb base (CMC) osteoarthritis, derived from the limits of agreement of Villafañe and Valdés 2014
 * (J Phys Ther Sci 26:993). No figure for wrist surgery was found; the population is printed with it.
 */
export const KEY_PINCH_MDC95_N = 0.41 * 9.80665;
export const KEY_PINCH_MDC95_POPULATION = 'thumb base osteoarthritis, Villafañe 2014';

export interface MeasuredChange {
  changeN: number;
  isBeyondError: boolean;
}

/**
 * Change between two visits against measurement error.
 * @param fromN, toN key pinch in newtons by the same rule and the same device.
 */
export function measuredChange(fromN: number, toN: number): MeasuredChange {
  const changeN = toN - fromN;
  return { changeN, isBeyondError: Math.abs(changeN) > KEY_PINCH_MDC95_N };
}

/**
 * The last change in words, e.g. "+1.1 kg since 12 May 2026; beyond measurement error (MDC95 0.4 kg, ...)".
 * @param sinceText the earlier date as shown. Devices must be the same: the caller says otherwise in words.
 */
export function changeSentence(change: MeasuredChange, unit: ForceUnit, sinceText: string): string {
  const value = fromNewtons(change.changeN, unit);
  const digits = unit === 'N' ? 0 : 1;
  const sign = value >= 0 ? '+' : '\u2212';
  const limit = fromNewtons(KEY_PINCH_MDC95_N, unit).toFixed(digits);
  return (
    `${sign}${Math.abs(value).toFixed(digits)} ${unit} since ${sinceText}; ` +
    `${change.isBeyondError ? 'beyond' : 'within'} measurement error ` +
    `(MDC95 ${limit} ${unit}, ${KEY_PINCH_MDC95_POPULATION})`
  );
}
