import { WRIST_MEASURES, type WristMeasure } from '../../../core/clinical/entry-walk.ts';
import { valueText } from '../../../core/clinical/stored-value.ts';
import { percentOfOther, summariseTrials, summaryFormulaName } from '../../../core/clinical/trial-summary.ts';
import type { SessionView } from '../../../core/contract/channels/sessions.ts';
import type { AffectedSide, Side, SummaryRule, TrialEntry } from '../../../core/contract/schemas/clinical.ts';
import type { FeatureId } from '../../../core/contract/schemas/judgement.ts';
import type { ForceUnit, TorqueUnit } from '../../../core/units/quantities.ts';

/** What stands in front of a judge: measurements, and nothing else of a patient. */
export interface JudgedMeasurements {
  trials: readonly Omit<TrialEntry, 'deviceId'>[];
  summaryRule: SummaryRule;
  affectedSide: AffectedSide;
}

export const measurementsOf = (
  view: Pick<SessionView, 'trials' | 'session' | 'patient'>,
): JudgedMeasurements => ({
  trials: view.trials,
  summaryRule: view.session.summaryRule,
  affectedSide: view.patient.affectedSide,
});

/** One measured thing a clinician may name as a driver, with its value as text. */
export interface MeasuredFeature {
  id: FeatureId;
  value: string;
}

const WRIST_FEATURES: Readonly<Record<WristMeasure, FeatureId>> = {
  'wrist-extension': 'wrist-extension-percent-expected',
  'wrist-flexion': 'wrist-flexion-percent-expected',
  'wrist-radial': 'wrist-radial-percent-expected',
  'wrist-ulnar': 'wrist-ulnar-percent-expected',
};

/** Summary of one hand's pinch in the unit it was typed in; null when it has no value. */
export function pinchOf(measured: JudgedMeasurements, side: Side) {
  const trials = measured.trials
    .filter((t) => t.measure === 'lateral-pinch' && t.side === side && t.valueSi !== null)
    .sort((a, b) => a.trialNumber - b.trialNumber);
  const rule = measured.summaryRule;
  const summary = summariseTrials(
    trials.map((t) => t.valueSi as number),
    rule,
  );
  if (summary === null) return null;
  const unit = trials[0]?.typedUnit as ForceUnit;
  return {
    summaryN: summary.summary,
    text: valueText(summary.summary, unit),
    formula: summaryFormulaName(rule, summary),
  };
}

/**
 * What was measured of the judged hand, in the order of the model's features. Nothing here comes from a model:
 * values and their ratio only.
 */
export function measuredFeatures(measured: JudgedMeasurements, side: Side): MeasuredFeature[] {
  const features: MeasuredFeature[] = [];
  const pinch = pinchOf(measured, side);
  const other = pinchOf(measured, side === 'right' ? 'left' : 'right');
  if (pinch) features.push({ id: 'pinch-percent-expected', value: pinch.text });
  const percent = percentOfOther(pinch?.summaryN ?? null, other?.summaryN ?? null);
  if (percent !== null && measured.affectedSide !== 'both') {
    features.push({ id: 'pinch-ratio-other-hand', value: `${percent.toFixed(0)} %` });
  }
  for (const measure of WRIST_MEASURES) {
    const trials = measured.trials.filter(
      (t) => t.measure === measure && t.side === side && t.valueSi !== null,
    );
    const unit = trials[0]?.typedUnit as TorqueUnit | undefined;
    if (!unit) continue;
    const largest = Math.max(...trials.map((t) => t.valueSi as number));
    features.push({
      id: WRIST_FEATURES[measure],
      value: valueText(largest, unit),
    });
  }
  return features;
}
