import { type ForceUnit, fromNewtons } from '../units/quantities.ts';

/**
 * Floor of measurement error of key pinch at 95 %: 0.41 kg, the larger of the two hands in thumb base (CMC)
 * osteoarthritis, derived from the limits of agreement of Villafañe and Valdés 2014 (J Phys Ther Sci 26:993): weak hands,
 * one rater, a short gap. No figure for wrist surgery was found.
 */
export const KEY_PINCH_MDC95_N = 0.41 * 9.80665;
/**
 * Above the floor the error grows with the force: 15 % of the value, the upper end of what is reported for clinics
 * (10-15 %; an assumption). With the floor alone, half of all unchanged hands of 7.5 kg would be called changed.
 */
export const KEY_PINCH_ERROR_SHARE = 0.15;
export const KEY_PINCH_MDC95_POPULATION = 'thumb base osteoarthritis, Villafañe 2014';

export interface MeasuredChange {
  changeN: number;
  /** Change that measurement error alone reaches in 1 of 20 unchanged hands, newtons. */
  limitN: number;
  isBeyondError: boolean;
}

/** Measurement error at 95 % around a value. @param levelN - the earlier value, newtons, >= 0. */
export const errorLimitN = (levelN: number): number =>
  Math.max(KEY_PINCH_MDC95_N, KEY_PINCH_ERROR_SHARE * levelN);

/**
 * Change between two visits against measurement error around the earlier value.
 * @param fromN, toN key pinch in newtons by the same rule and the same device.
 */
export function measuredChange(fromN: number, toN: number): MeasuredChange {
  const changeN = toN - fromN;
  const limitN = errorLimitN(fromN);
  return { changeN, limitN, isBeyondError: Math.abs(changeN) > limitN };
}

/**
 * The last change in words, e.g. "+1.10 kg since 12 May 2026; beyond measurement error (0.60 kg at this level)".
 * @param sinceText the earlier date as shown. Devices must be the same: the caller says otherwise in words.
 */
export function changeSentence(change: MeasuredChange, unit: ForceUnit, sinceText: string): string {
  return (
    `${changeText(change.changeN, unit)} since ${sinceText}; ` +
    `${change.isBeyondError ? 'beyond' : 'within'} measurement error (${forceText(change.limitN, unit)} at this level)`
  );
}

/** One digit more than the gauge shows, so that a change and its limit never look alike and read differently. */
const forceText = (forceN: number, unit: ForceUnit): string =>
  `${fromNewtons(forceN, unit).toFixed(unit === 'N' ? 1 : 2)} ${unit}`;

/** A change with its sign, e.g. "+1.10 kg"; a change that rounds to nothing carries none: "±0.00 kg". */
export function changeText(changeN: number, unit: ForceUnit): string {
  const text = forceText(Math.abs(changeN), unit);
  const sign = Number.parseFloat(text) === 0 ? '\u00b1' : changeN > 0 ? '+' : '\u2212';
  return `${sign}${text}`;
}

/** The rule of the limit with the population of its floor. */
export const mdcText = (unit: ForceUnit): string =>
  `MDC95 15 % of the value, at least ${forceText(KEY_PINCH_MDC95_N, unit)}: ${KEY_PINCH_MDC95_POPULATION}; 15 % is assumed`;
