import type { Measure, SummaryRule, TrialEntry } from '../contract/schemas/clinical.ts';
import { measureOf } from './measures.ts';
import { summariseTrials, summaryFormulaName, type TrialSummary } from './trial-summary.ts';

/** One value made of the trials of a measure and hand, with the words for how. */
export interface MeasureSummary extends TrialSummary {
  /** e.g. "mean of 3 trials", "the latest of 2 values"; empty where one value is all there ever is. */
  formula: string;
  /** Unit in which the value was typed: of the latest where it is one value, else of the first. */
  typedUnit: TrialEntry['typedUnit'];
}

/**
 * The one rule by which session, report and trends sum up a measure: pinch and grip by the session's rule, wrist strength and
 * other postures by their largest trial; of a measure with one value the latest counts, since a second one corrects or follows
 * the first and is no better try.
 * @param own the newest version of each trial of one measure and hand, any order; those without a value are left out.
 * @returns null without a value.
 */
export function summariseMeasure(
  measure: Measure,
  own: readonly Pick<TrialEntry, 'trialNumber' | 'valueSi' | 'typedUnit'>[],
  rule: SummaryRule,
): MeasureSummary | null {
  const valued = own.filter(({ valueSi }) => valueSi !== null).sort((a, b) => a.trialNumber - b.trialNumber);
  const { summary: how } = measureOf(measure);
  const used = how === 'single' ? valued.slice(-1) : valued;
  const usedRule = how === 'session-rule' ? rule : 'maximum';
  const summary = summariseTrials(
    used.map(({ valueSi }) => valueSi as number),
    usedRule,
  );
  const [first] = used;
  if (summary === null || first === undefined) return null;
  const latest = valued.length > 1 ? `the latest of ${valued.length} values` : '';
  return {
    ...summary,
    count: valued.length,
    formula: how === 'single' ? latest : summaryFormulaName(usedRule, summary),
    typedUnit: first.typedUnit,
  };
}
