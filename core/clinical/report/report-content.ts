/**
 * What a report says, as text with its units, made once: the page, the PDF and the copied text are drawn from it, so that none
 * of them can leave out a unit, a source or a status.
 */

import type {
  DeviceId,
  Patient,
  Side,
  SummaryRule,
  TrialEntry,
  Unit,
} from '../../contract/schemas/clinical.ts';
import type { WristStatePrediction } from '../../contract/schemas/judgement.ts';
import type { TrendPoint } from '../../contract/schemas/trend.ts';
import { thresholdOf, thresholdText } from '../change-thresholds.ts';
import { SIDES } from '../entry-walk.ts';
import { completedWeeks } from '../judged-later.ts';
import { type MeasureSummary, summariseMeasure } from '../measure-summary.ts';
import { measuredBy } from '../measured-by.ts';
import { typedTrialText } from '../measured-values.ts';
import { MEASURES, type MeasureId, measureOf } from '../measures.ts';
import { defaultTable, tablesOf } from '../norms/norm-choice.ts';
import { type NormLabel, shortNormLabel } from '../norms/norm-label.ts';
import { normRangeOf } from '../norms/norm-lookup.ts';
import type { NormTable } from '../norms/norm-table.ts';
import { operationName } from '../operation-names.ts';
import { BOTH_AFFECTED, type OtherHandShare, otherSide, shareOfOtherHand } from '../other-hand.ts';
import { SIDE_NAMES } from '../side-names.ts';
import { valueText } from '../stored-value.ts';
import { lastChangeWords } from '../trend-runs.ts';
import { SPREAD_FORMULA_NAME } from '../trial-summary.ts';
import { noModelWords, noNormWords, type ResultStanding } from './left-empty.ts';
import { type ModelWords, modelWords } from './model-words.ts';
import type { ReportParts } from './report-parts.ts';
import { deviceIdsOf, deviceText, sinceFirstWords } from './row-course.ts';

export interface ReportSource extends ResultStanding {
  patient: Patient;
  session: {
    id: string;
    startedAt: string;
    /** Who saved the measurements. */
    userName: string;
    begunByName?: string | undefined;
    summaryRule: SummaryRule;
    deviceId: DeviceId | null;
    judgedSide: Side | null;
  };
  /** Newest version of each trial of the session. */
  trials: readonly TrialEntry[];
  /** Every measure of every visit; later visits than the session are left out. */
  points: readonly TrendPoint[];
  tables: readonly NormTable[];
  /** What may be shown now; null while a judgement is open, or where there is none. */
  prediction: WristStatePrediction | null;
  /** The clinician's own words; empty where there are none or they are hidden. */
  conclusion: string;
  isSample: boolean;
}

/** One measure of one hand on a report. */
export interface ReportRow {
  measure: MeasureId;
  side: Side;
  /** "key pinch". */
  name: string;
  /** "left (affected)"; empty for a value of the whole person. */
  hand: string;
  isAffected: boolean;
  /** "4.2 kg", or why there is none. */
  value: string;
  /** "mean of 3 trials"; empty without a value. */
  rule: string;
  /** Null: ticked off, or none. */
  trials: string | null;
  spread: string | null;
  norm: { text: string; label: NormLabel } | null;
  otherHand: string | null;
  /** The other hand's value, which `otherHand` is a percentage of: "7.4 kg". */
  otherValue: string | null;
  change: string | null;
  /** The change since the first visit with the same device, of the main measures. */
  sinceFirst: string | null;
  /** "with B&L pinch gauge", or that none is named; null where none is used. */
  device: string | null;
  /** Of the value; null without one. */
  unit: Unit | null;
}

export interface ReportContent {
  title: string;
  sampleWords: string | null;
  /** Who, and when: name, birth date, number; visit and examiner; what happened. */
  person: string;
  visit: string;
  history: string;
  rows: ReportRow[];
  /** What holds for every row: formula of the spread, why there is no percentage, how values and changes are summed up. */
  notes: string[];
  /** Whose measurement error the changes are held against, and which part of it is assumed; once a measure. */
  errorNotes: string[];
  model: ModelWords | null;
  conclusion: string | null;
}

export const SAMPLE_CLINIC_WORDS = 'Invented person: sample clinic of Prehensa.';

export const isAffectedSide = (patient: Pick<Patient, 'affectedSide'>, side: Side): boolean =>
  patient.affectedSide === side || patient.affectedSide === 'both';

/** The table that a report takes: one that was read, unless others were ticked on. */
export function reportTable(
  tables: readonly NormTable[],
  measure: MeasureId,
  parts: ReportParts,
): NormTable | null {
  if (parts.has('norm')) {
    const read = defaultTable(tables, measure);
    if (read !== null) return read;
  }
  return parts.has('unverified-norm') ? (tablesOf(tables, measure)[0] ?? null) : null;
}

/**
 * The content of a report.
 * @param dateText how a date is shown. @param parts what is ticked; the rest is null.
 */
export function reportContent(
  source: ReportSource,
  parts: ReportParts,
  dateText: (at: string) => string,
): ReportContent {
  const { patient, session } = source;
  const points = source.points.filter(({ at }) => at <= session.startedAt);
  const rows = MEASURES.flatMap((measure) =>
    SIDES.flatMap((side) => rowOf({ ...source, points }, parts, measure, side, dateText) ?? []),
  );
  const number = patient.clinicNumber === '' ? '' : `, number ${patient.clinicNumber}`;
  return {
    title: `Hand report, ${dateText(session.startedAt)}`,
    sampleWords: source.isSample ? SAMPLE_CLINIC_WORDS : null,
    person: `${patient.displayName}, born ${dateText(patient.birthDate)}${number}`,
    visit: `Measured ${dateText(session.startedAt)} by ${measuredBy(session)}`,
    history: historyText(patient, session.startedAt, dateText),
    rows,
    notes: notesOf(source, parts, rows),
    errorNotes: parts.has('change') ? errorNotesOf(rows) : [],
    model: parts.has('model') ? modelWords(source.prediction) : null,
    conclusion: parts.has('conclusion') && source.conclusion !== '' ? source.conclusion : null,
  };
}

function notesOf(source: ReportSource, parts: ReportParts, rows: readonly ReportRow[]): string[] {
  const { patient, session } = source;
  const notes: string[] = [];
  if (rows.some(({ spread }) => spread !== null)) notes.push(`Spread: ${SPREAD_FORMULA_NAME}.`);
  if (parts.has('other-hand') && patient.affectedSide === 'both') {
    notes.push(`No percentage of the other hand: ${BOTH_AFFECTED}.`);
  }
  if (parts.has('change') && session.summaryRule === 'maximum') {
    notes.push('Values are the largest trial; changes are told between means of three.');
  }
  const isNormWanted = parts.has('norm') && rows.some(({ unit }) => unit !== null);
  if (isNormWanted && rows.every(({ norm }) => norm === null)) {
    notes.push(noNormWords(source.tables, [...new Set(rows.map(({ measure }) => measure))]));
  }
  if (parts.has('model') && source.prediction === null) {
    notes.push(noModelWords(source, session.judgedSide !== null));
  }
  return notes;
}

/** Only of measures of which a change was held against an error. */
function errorNotesOf(rows: readonly ReportRow[]): string[] {
  const held = rows.filter(({ change, sinceFirst }) =>
    `${change} ${sinceFirst}`.includes('measurement error ('),
  );
  return [...new Set(held.map(({ measure }) => measure))].flatMap((measure) => {
    const error = thresholdOf(measure, 'MDC');
    const unit = held.find((row) => row.measure === measure)?.unit;
    return error === null || unit == null
      ? []
      : [`Measurement error of ${measureOf(measure).name}: ${thresholdText(error, unit)}.`];
  });
}

function historyText(patient: Patient, at: string, dateText: (at: string) => string): string {
  const hands = {
    right: 'right hand affected',
    left: 'left hand affected',
    both: 'both hands affected',
    none: 'no hand affected',
  }[patient.affectedSide];
  const { operation, operationNote, operationDate, diagnosis } = patient;
  const name = operationName(operation, operationNote);
  const weeks = operationDate === null ? null : completedWeeks(operationDate, at);
  const when =
    operationDate === null || weeks === null
      ? ''
      : `, ${dateText(operationDate)}${weeks >= 0 ? ` (${weeks} weeks before)` : ''}`;
  const parts = [hands, diagnosis, operation === 'none' ? '' : `${name}${when}`];
  return parts.filter((part) => part !== '').join('; ');
}

function rowOf(
  source: ReportSource,
  parts: ReportParts,
  measure: MeasureId,
  side: Side,
  dateText: (at: string) => string,
): ReportRow | null {
  const { patient, session } = source;
  const definition = measureOf(measure);
  const trialsOf = (hand: Side) =>
    source.trials
      .filter((trial) => trial.measure === measure && trial.side === hand)
      .sort((a, b) => a.trialNumber - b.trialNumber);
  const own = trialsOf(side);
  const [firstTrial] = own;
  if (firstTrial === undefined) return null;
  const summaryOf = (trials: readonly TrialEntry[]) => summariseMeasure(measure, trials, session.summaryRule);
  const isAffected = definition.isSided && isAffectedSide(patient, side);
  const base = {
    measure,
    side,
    name: definition.name,
    hand: definition.isSided ? handText(side, isAffected) : '',
    isAffected,
  };
  const summary = summaryOf(own);
  if (summary === null) {
    const nothing = {
      unit: null,
      rule: '',
      trials: null,
      spread: null,
      norm: null,
      otherHand: null,
      otherValue: null,
      change: null,
      sinceFirst: null,
      device: null,
    };
    return { ...base, value: typedTrialText(firstTrial), ...nothing };
  }
  const unit = summary.typedUnit;
  const deviceOf = (trials: readonly TrialEntry[]) => trials[0]?.deviceId ?? session.deviceId ?? session.id;
  const others = trialsOf(otherSide(side));
  const other = summaryOf(others);
  const share = shareOfOtherHand(
    measure,
    patient.affectedSide,
    { valueSi: summary.summary, device: deviceOf(own) },
    other === null ? null : { valueSi: other.summary, device: deviceOf(others) },
  );
  const spread = summary.coefficientOfVariation;
  const points = source.points.filter((point) => point.measure === measure);
  return {
    ...base,
    unit,
    value: valueText(summary.summary, unit),
    rule: summary.formula,
    trials: parts.has('trials') && own.length > 1 ? own.map(typedTrialText).join('; ') : null,
    spread: parts.has('spread') && spread !== null ? `${(100 * spread).toFixed(1)} %` : null,
    norm: normOf(source, parts, measure, side, { own, summary }),
    // Said of the affected hand, or of both where none is: the sound hand "in percent of the affected" helps nobody.
    otherHand:
      parts.has('other-hand') && definition.isSided && (isAffected || patient.affectedSide === 'none')
        ? shareText(share, side, other !== null)
        : null,
    otherValue: share.percent === null || other === null ? null : valueText(other.summary, unit),
    change: parts.has('change') ? lastChangeWords(points, side, unit, dateText) : null,
    sinceFirst: parts.has('change') ? sinceFirstWords(points, measure, side, unit, dateText) : null,
    device: deviceText(
      measure,
      points.find((point) => point.sessionId === session.id && point.side === side),
      deviceIdsOf(own, session.deviceId),
    ),
  };
}

/** Why there is none is said where there could have been one; that both hands are affected is said once, in a note. */
function shareText(share: OtherHandShare, side: Side, isOtherMeasured: boolean): string | null {
  if (share.percent !== null)
    return `${Math.round(share.percent)} % of the ${SIDE_NAMES[otherSide(side)]} hand`;
  if (share.reason === BOTH_AFFECTED) return null;
  return isOtherMeasured ? `no percentage: ${share.reason}` : null;
}

function normOf(
  source: ReportSource,
  parts: ReportParts,
  measure: MeasureId,
  side: Side,
  value: { own: readonly TrialEntry[]; summary: MeasureSummary },
): ReportRow['norm'] {
  const table = reportTable(source.tables, measure, parts);
  if (table === null) return null;
  const label = shortNormLabel(table);
  const unit = value.summary.typedUnit;
  const range = normRangeOf(table, source.patient, side, source.session.startedAt.slice(0, 10));
  if (range.why !== null) return { text: range.why, label };
  if (range.lowN === range.highN) {
    return { text: `${valueText(range.middleN, unit)} (${range.meaning}, ${range.ageBand} years)`, label };
  }
  const compared = comparedWithNorm(table, measure, value);
  const place = compared.valueSi < range.lowN ? 'below' : compared.valueSi > range.highN ? 'above' : 'inside';
  const ends = `${valueText(range.lowN, unit)} to ${valueText(range.highN, unit)}`;
  return { text: `${compared.words}${place} ${ends} (${range.meaning}, ${range.ageBand} years)`, label };
}

/**
 * Like with like: a norm of means of three is held against the mean of three, also where the report shows the largest trial;
 * a mean of fewer says so. Of norms with another or no stated score the label names it.
 */
function comparedWithNorm(
  table: NormTable,
  measure: MeasureId,
  { own, summary }: { own: readonly TrialEntry[]; summary: MeasureSummary },
): { valueSi: number; words: string } {
  const mean = summariseMeasure(measure, own, 'mean-of-three');
  if (mean === null || !table.score.startsWith('mean of three'))
    return { valueSi: summary.summary, words: '' };
  const isShown = mean.formula === summary.formula && mean.usedCount >= NORM_TRIALS;
  const words = isShown ? '' : `${mean.formula} ${valueText(mean.summary, mean.typedUnit)} is `;
  return { valueSi: mean.summary, words };
}

const NORM_TRIALS = 3;

const handText = (side: Side, isAffected: boolean): string =>
  isAffected ? `${SIDE_NAMES[side]} (affected)` : SIDE_NAMES[side];
