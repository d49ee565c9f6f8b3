import { ANSWER_NAMES, SHORT_CLASS_NAMES } from '../../../core/clinical/answer-names.ts';
import { type MeasureGroup, measureOf } from '../../../core/clinical/measures.ts';
import { percentText } from '../../../core/clinical/percent-text.ts';
import { valueText } from '../../../core/clinical/stored-value.ts';
import { summariseTrials } from '../../../core/clinical/trial-summary.ts';
import type { SessionView } from '../../../core/contract/channels/sessions.ts';
import type { SessionState, Side } from '../../../core/contract/schemas/clinical.ts';
import type { ForceUnit } from '../../../core/units/quantities.ts';

export type TimelineRow = Omit<SessionView, 'patient'>;

/** What the state means for the reader, and what opening the session does next. */
export const STATE_WORDS: Readonly<Record<SessionState, { name: string; action: string }>> = {
  measuring: { name: 'draft, not saved as measurements yet', action: 'Resume draft' },
  saved: { name: 'measurements saved, not judged', action: 'Judge' },
  locked: { name: 'judgement locked, model not asked yet', action: 'Show result' },
  revealed: { name: 'result shown, not compared yet', action: 'Compare' },
  compared: { name: 'compared, still open', action: 'Open' },
  closed: { name: 'closed', action: 'Open' },
};

/** Pinch of one hand in the unit it was typed in, e.g. "7.4 kg"; or why there is none. */
export function pinchText(row: TimelineRow, side: Side): string {
  const trials = row.trials
    .filter((t) => t.measure === 'lateral-pinch' && t.side === side)
    .sort((a, b) => a.trialNumber - b.trialNumber);
  const values = trials.flatMap((t) => (t.valueSi === null ? [] : [t.valueSi]));
  const summary = summariseTrials(values, row.session.summaryRule);
  if (summary === null) {
    const reason = trials.find((t) => t.notTestedReason !== null)?.notTestedReason;
    return reason ? `not tested: ${reason}` : '–';
  }
  const unit = trials.find((t) => t.valueSi !== null)?.typedUnit as ForceUnit;
  return valueText(summary.summary, unit);
}

/** Kinds of measures that are named as one; pinches and questionnaires each by their own name. */
const KIND_NAMES: Readonly<Partial<Record<MeasureGroup, string>>> = {
  'pinch-posture': 'key pinch with the wrist held',
  grip: 'grip',
  'wrist-strength': 'wrist and elbow strength',
  range: 'range of motion',
  endurance: 'endurance',
};

/** Names of everything else that was measured, a kind named once, e.g. "range of motion, QuickDASH score"; null for pinch alone. */
export function alsoMeasuredText(row: TimelineRow): string | null {
  const taken = row.trials.filter((trial) => trial.valueSi !== null && trial.measure !== 'lateral-pinch');
  const names = new Set(
    taken.map(({ measure }) => {
      const { group, name } = measureOf(measure);
      return KIND_NAMES[group] ?? name;
    }),
  );
  return names.size === 0 ? null : [...names].join(', ');
}

/** The locked judgement in words; null when there is none. */
export function judgementText(row: TimelineRow): string | null {
  const judgement = row.judgements.find((candidate) => !candidate.isAfterReveal);
  if (!judgement) return null;
  const confidence = judgement.confidencePercent === null ? '' : `, ${judgement.confidencePercent} %`;
  return `${ANSWER_NAMES[judgement.answer]}${confidence}`;
}

/** The model's set with the resemblance, never a class without its probability; null when there is no result. */
export function modelText(row: TimelineRow): string | null {
  const text = answerText(row);
  return text !== null && row.isForAnotherPerson ? `computed for another person: ${text}` : text;
}

function answerText({ prediction }: TimelineRow): string | null {
  if (!prediction) return null;
  if (prediction.probabilities === null) {
    return prediction.refusals.includes('out-of-range') ? 'out of range: cannot tell' : 'cannot tell';
  }
  const percents = prediction.probabilities.map((p) => percentText(p));
  const order = ['nonimpaired', 'four-corner-fusion', 'proximal-row-carpectomy'] as const;
  const set = prediction.predictionSet
    .map((name) => `${SHORT_CLASS_NAMES[name]} ${percents[order.indexOf(name)]}`)
    .join(', ');
  return prediction.predictionSet.length === 3 ? `cannot tell { ${set} }` : `{ ${set} }`;
}

export const VERDICT_WORDS = {
  agree: 'agreed',
  disagree: 'disagreed',
  'cannot-tell': 'could not tell',
} as const;
