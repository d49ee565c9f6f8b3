import type { SummaryRule } from '../contract/schemas/clinical.ts';

export interface TrialSummary {
  /** Values that the summary is made of: the first three for the mean of three, all for the maximum. */
  usedCount: number;
  /** Values given. */
  count: number;
  mean: number;
  maximum: number;
  /** Mean or maximum, by the rule, in the unit of the values. */
  summary: number;
  /** Population standard deviation (divided by n, not n - 1) of the used values; null below two. */
  populationSd: number | null;
  /** Population SD divided by the mean, 0..; null below two values or when the mean is zero. */
  coefficientOfVariation: number | null;
}

/**
 * Summary of the trials of one hand.
 *
 * The mean of three takes the first three trials in the order of their numbers, so that a fourth trial cannot
 * be used to choose the better ones; the maximum takes all.
 *
 * @param values finite, >= 0, one unit, in the order of the trials.
 * @returns null when there is no value. @throws RangeError when a value is not finite.
 */
export function summariseTrials(values: readonly number[], rule: SummaryRule): TrialSummary | null {
  if (values.some((value) => !Number.isFinite(value))) throw new RangeError('a trial must be finite');
  const used = rule === 'mean-of-three' ? values.slice(0, 3) : values;
  if (used.length === 0) return null;
  const mean = used.reduce((sum, value) => sum + value, 0) / used.length;
  const maximum = Math.max(...used);
  const populationSd =
    used.length < 2
      ? null
      : Math.sqrt(used.reduce((sum, value) => sum + (value - mean) ** 2, 0) / used.length);
  return {
    usedCount: used.length,
    count: values.length,
    mean,
    maximum,
    summary: rule === 'maximum' ? maximum : mean,
    populationSd,
    coefficientOfVariation: populationSd === null || mean === 0 ? null : populationSd / mean,
  };
}

/**
 * One hand as a percentage of the other. @param value finite, same unit and rule as `other`.
 * @returns null when the other is missing or zero: a ratio to nothing is not a number to show.
 */
export function percentOfOther(value: number | null, other: number | null): number | null {
  if (value === null || other === null || other === 0) return null;
  return (100 * value) / other;
}

/** Name of the summary for the screen, e.g. "mean of trials 1-3" or "maximum of 4 trials". */
export function summaryFormulaName(
  rule: SummaryRule,
  summary: Pick<TrialSummary, 'usedCount' | 'count'>,
): string {
  if (summary.usedCount === 1) return '1 trial only';
  if (rule === 'maximum') return `maximum of ${summary.count} trials`;
  return summary.count > summary.usedCount
    ? `mean of the first ${summary.usedCount} of ${summary.count} trials`
    : `mean of ${summary.usedCount} trials`;
}

/** Name of the spread for the screen: the two formulas of the literature differ by 22 % at three trials. */
export const SPREAD_FORMULA_NAME = 'population SD ÷ mean';
