import type { Measure, Side, SummaryRule, TrialEntry } from '../contract/schemas/clinical.ts';
import {
  type ForceUnit,
  fromNewtonMetres,
  fromNewtons,
  NEWTON_METRE_PER_UNIT,
  type TorqueUnit,
} from '../units/quantities.ts';
import { SIDES, WRIST_MEASURES } from './entry-walk.ts';
import { SPREAD_FORMULA_NAME, summariseTrials, summaryFormulaName } from './trial-summary.ts';

/** What a clinician reads for each measure. */
export const MEASURE_NAMES: Readonly<Record<Measure, string>> = {
  'lateral-pinch': 'key pinch',
  'wrist-extension': 'wrist extension',
  'wrist-flexion': 'wrist flexion',
  'wrist-radial': 'radial deviation',
  'wrist-ulnar': 'ulnar deviation',
};

/** One line of "measured in this session". */
export interface MeasuredValue {
  measure: Measure;
  side: Side;
  /** In the unit of the first typed value, e.g. "7.4 kg"; or why there is none. */
  text: string;
  /** How the value is made of its trials, with the spread; empty without a value. */
  formula: string;
}

const isTorque = (unit: string): unit is TorqueUnit => Object.hasOwn(NEWTON_METRE_PER_UNIT, unit);

/** A value in SI as text in a typed unit: newtons without decimals, the rest with one. */
export function valueText(valueSi: number, unit: TrialEntry['typedUnit']): string {
  const value = isTorque(unit) ? fromNewtonMetres(valueSi, unit) : fromNewtons(valueSi, unit as ForceUnit);
  return `${value.toFixed(unit === 'N' ? 0 : 1)} ${unitText(unit)}`;
}

/** A unit as it is read: "N·m". */
export const unitText = (unit: TrialEntry['typedUnit']): string => unit.replace('.', '·');

/** One trial exactly as it was typed, with its unit; or the reason why there is no value. */
export function typedTrialText(trial: TrialEntry): string {
  return trial.notTestedReason !== null
    ? `not tested: ${trial.notTestedReason}`
    : `${trial.typedText} ${unitText(trial.typedUnit)}`;
}

/**
 * What was measured in a session, a line for each measure and hand that has a trial. Key pinch is summed up by the
 * session's rule, wrist strength by its largest trial. Nothing here comes from a model.
 * @param trials the newest version of each, any order.
 */
export function measuredValues(trials: readonly TrialEntry[], rule: SummaryRule): MeasuredValue[] {
  return (['lateral-pinch', ...WRIST_MEASURES] as const).flatMap((measure) =>
    SIDES.flatMap((side): MeasuredValue[] => {
      const own = trials
        .filter((trial) => trial.measure === measure && trial.side === side)
        .sort((a, b) => a.trialNumber - b.trialNumber);
      if (own.length === 0) return [];
      const values = own.flatMap((trial) => (trial.valueSi === null ? [] : [trial.valueSi]));
      const summary = summariseTrials(values, measure === 'lateral-pinch' ? rule : 'maximum');
      const unit = own.find((trial) => trial.valueSi !== null)?.typedUnit;
      if (summary === null || unit === undefined) {
        return [{ measure, side, text: typedTrialText(own[0]!), formula: '' }];
      }
      const spread = summary.coefficientOfVariation;
      const formula =
        measure === 'lateral-pinch' && spread !== null
          ? `${summaryFormulaName(rule, summary)}, spread ${(100 * spread).toFixed(1)} % (${SPREAD_FORMULA_NAME})`
          : summaryFormulaName(measure === 'lateral-pinch' ? rule : 'maximum', summary);
      return [{ measure, side, text: valueText(summary.summary, unit), formula }];
    }),
  );
}
