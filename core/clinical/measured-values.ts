import type { Measure, Side, SummaryRule, TrialEntry } from '../contract/schemas/clinical.ts';
import { SIDES } from './entry-walk.ts';
import { summariseMeasure } from './measure-summary.ts';
import { MEASURES, measureOf } from './measures.ts';
import { SIDE_NAMES } from './side-names.ts';
import { typedWithUnit, valueText } from './stored-value.ts';
import { SPREAD_FORMULA_NAME } from './trial-summary.ts';

/** What a clinician reads for each measure. */
export const MEASURE_NAMES = Object.fromEntries(MEASURES.map((id) => [id, measureOf(id).name])) as Readonly<
  Record<Measure, string>
>;

/** "key pinch left"; a score of the whole person stands without a side. */
export const sidedName = (measure: Measure, side: Side): string =>
  measureOf(measure).isSided ? `${MEASURE_NAMES[measure]} ${SIDE_NAMES[side]}` : MEASURE_NAMES[measure];

/** One line of "measured in this session". */
export interface MeasuredValue {
  measure: Measure;
  side: Side;
  /** In the unit of the first typed value, e.g. "7.4 kg"; or why there is none. */
  text: string;
  /** How the value is made of its trials, with the spread; empty without a value. */
  formula: string;
}

/** One trial exactly as it was typed, with its unit; or the reason why there is no value. */
export function typedTrialText(trial: TrialEntry): string {
  return trial.notTestedReason !== null
    ? `not tested: ${trial.notTestedReason}`
    : typedWithUnit(trial.typedText, trial.typedUnit);
}

/**
 * What was measured in a session, a line for each measure and hand that has a trial, summed up by
 * {@link summariseMeasure}. Nothing here comes from a model.
 * @param trials the newest version of each, any order.
 */
export function measuredValues(trials: readonly TrialEntry[], rule: SummaryRule): MeasuredValue[] {
  return MEASURES.flatMap((measure) =>
    SIDES.flatMap((side): MeasuredValue[] => {
      const own = trials
        .filter((trial) => trial.measure === measure && trial.side === side)
        .sort((a, b) => a.trialNumber - b.trialNumber);
      if (own.length === 0) return [];
      const summary = summariseMeasure(measure, own, rule);
      if (summary === null) return [{ measure, side, text: typedTrialText(own[0]!), formula: '' }];
      const spread = measureOf(measure).summary === 'session-rule' ? summary.coefficientOfVariation : null;
      const formula =
        spread === null
          ? summary.formula
          : `${summary.formula}, spread ${(100 * spread).toFixed(1)} % (${SPREAD_FORMULA_NAME})`;
      return [{ measure, side, text: valueText(summary.summary, summary.typedUnit), formula }];
    }),
  );
}
