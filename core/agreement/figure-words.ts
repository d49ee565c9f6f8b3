import {
  type JudgementCount,
  LEAST_PATIENTS,
  LEAST_TO_SAY,
  type ShownFigure,
  WIDE_BELOW,
  WIDE_BELOW_PATIENTS,
} from './shown-figure.ts';

/** How the value of a figure is written: shares in whole percent, coefficients with two decimals. */
export type FigureForm = 'share' | 'coefficient';

const MINUS = '\u2212';
/** A figure and its unit stay on one line. */
const NARROW = '\u00a0';
export function figureValueText(value: number, form: FigureForm): string {
  const digits = form === 'share' ? Math.round(100 * value).toString() : value.toFixed(2);
  // A coefficient that rounds to nothing carries no sign.
  const signed = digits.startsWith('-')
    ? Number(digits) === 0
      ? digits.slice(1)
      : `${MINUS}${digits.slice(1)}`
    : digits;
  return form === 'share' ? `${signed}${NARROW}%` : signed;
}

/** "56 to 83 %" or "0.31 to 0.66". */
export function figureIntervalText([low, high]: readonly [number, number], form: FigureForm): string {
  const from = figureValueText(low, form).replace(`${NARROW}%`, '');
  return `${from} to ${figureValueText(high, form)}`;
}

/** "n = 35 of 11 patients". */
export function countText({ n, patients }: JudgementCount): string {
  if (patients === undefined) return `n = ${n}`;
  return `n = ${n} of ${patients} ${patients === 1 ? 'patient' : 'patients'}`;
}

/** "too few to say: n = 7 of 3 patients"; "too few patients to say" where judgements alone would do. */
export function tooFewText(count: JudgementCount): string {
  return `too few ${count.n >= LEAST_TO_SAY ? 'patients ' : ''}to say: ${countText(count)}`;
}

/** What stands in the place of a figure: too few, or why there is no value; empty for a figure. */
export function figureInstead(figure: ShownFigure): string {
  if (figure.kind === 'too-few') return tooFewText(figure);
  return figure.kind === 'undefined' ? `no figure: ${figure.reason}` : '';
}

/** n with its patients first, then the value with its interval, the word "wide" where n is small, and what chance gives. */
export function figureSentence(figure: ShownFigure, form: FigureForm): string {
  if (figure.kind !== 'figure') return figureInstead(figure);
  const { value, interval, noInterval, chance, isWide } = figure;
  const range = interval ? `${isWide ? 'wide, ' : ''}${figureIntervalText(interval, form)}` : noInterval;
  const level = chance === null ? '' : `; by chance ${figureValueText(chance, form)}`;
  return `${countText(figure)}: ${figureValueText(value, form)} (${range})${level}`;
}

/** Said once on every page of figures. */
export const FIGURE_RULE = `Below ${LEAST_TO_SAY} judgements or ${LEAST_PATIENTS} patients only their numbers are shown; below ${WIDE_BELOW} judgements or ${WIDE_BELOW_PATIENTS} patients the interval is called wide. Intervals are 95\u00a0%.`;

/** How the intervals are made (ADR 26); said where they stand. */
export const INTERVAL_RULE =
  'Intervals of shares: Wilson where each patient gives one answer, otherwise Wilson with as many answers as the spread between patients is worth. AC1, kappa, skill, differences and agreement of reasons: how far they move when one patient at a time is left out (jackknife, Student’s t).';
