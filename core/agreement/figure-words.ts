import { LEAST_TO_SAY, type ShownFigure } from './shown-figure.ts';

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

/** "too few to say: n = 7", or why there is no value; empty for a figure. */
export function figureInstead(figure: ShownFigure): string {
  if (figure.kind === 'too-few') return `too few to say: n = ${figure.n}`;
  return figure.kind === 'undefined' ? `no figure: ${figure.reason}` : '';
}

/** n first, then the value with its interval, the word "wide" where n is small, and what chance gives. */
export function figureSentence(figure: ShownFigure, form: FigureForm): string {
  if (figure.kind !== 'figure') return figureInstead(figure);
  const { n, value, interval, noInterval, chance, isWide } = figure;
  const range = interval ? `${isWide ? 'wide, ' : ''}${figureIntervalText(interval, form)}` : noInterval;
  const level = chance === null ? '' : `; by chance ${figureValueText(chance, form)}`;
  return `n = ${n}: ${figureValueText(value, form)} (${range})${level}`;
}

/** Said once on every page of figures. */
export const FIGURE_RULE = `Below n = ${LEAST_TO_SAY} only the number is shown; below 30 the interval is called wide. Intervals are 95\u00a0%.`;
