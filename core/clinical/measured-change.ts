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
  return (
    `${changeText(change.changeN, unit)} since ${sinceText}; ` +
    `${change.isBeyondError ? 'beyond' : 'within'} measurement error (${mdcText(unit)})`
  );
}

/** A change with its sign, e.g. "+1.1 kg"; a change that rounds to nothing carries none: "±0.0 kg". */
export function changeText(changeN: number, unit: ForceUnit): string {
  const value = fromNewtons(changeN, unit);
  const text = Math.abs(value).toFixed(unit === 'N' ? 0 : 1);
  const sign = Number(text) === 0 ? '\u00b1' : value > 0 ? '+' : '\u2212';
  return `${sign}${text} ${unit}`;
}

/** The limit with the population it was found in, e.g. "MDC95 0.4 kg, thumb base osteoarthritis, ...". */
export const mdcText = (unit: ForceUnit): string =>
  `MDC95 ${fromNewtons(KEY_PINCH_MDC95_N, unit).toFixed(unit === 'N' ? 0 : 1)} ${unit}, ${KEY_PINCH_MDC95_POPULATION}`;
