/** The page for the patient: plain words, the own course, no class names, and no model unless somebody ticked it. */

import type { Side } from '../../contract/schemas/clinical.ts';
import { limitText } from '../change-thresholds.ts';
import { SIDES } from '../entry-walk.ts';
import type { MeasuredChange } from '../measured-change.ts';
import { type MeasureId, measureOf } from '../measures.ts';
import { shareOfOtherHand } from '../other-hand.ts';
import { percentText } from '../percent-text.ts';
import { sentenceCase } from '../sentence-case.ts';
import { SIDE_NAMES } from '../side-names.ts';
import { valueText } from '../stored-value.ts';
import { changeBetween, deviceKey, pointsOfSide } from '../trend-runs.ts';
import { isAffectedSide, type ReportSource, SAMPLE_CLINIC_WORDS } from './report-content.ts';
import type { ReportParts } from './report-parts.ts';

/** Values that are told: more do not fit on one sheet in large print, and are no longer read. */
const MOST_TOLD = 3;
/** The words about the model take the room of one. */
const MOST_TOLD_WITH_MODEL = 2;

const PLAIN: Readonly<Partial<Record<MeasureId, string>>> = {
  'lateral-pinch': 'Pinch between thumb and side of the first finger',
  'tip-pinch': 'Pinch with the tips of thumb and first finger',
  'palmar-pinch': 'Pinch with thumb and two fingers',
  'grip-2': 'Strength of the whole hand',
  'range-extension': 'How far the wrist bends back',
  'range-flexion': 'How far the wrist bends forward',
  'range-pronation': 'How far the forearm turns palm down',
  'range-supination': 'How far the forearm turns palm up',
};

/**
 * Worked out with an assumed scatter and means of three: at most 10 of 100 unchanged hands show as much, of every measure and
 * level where `isErrorRateKnown` (measured-change.test.ts).
 */
export const USUALLY_WORDS =
  '“Usually”: at most 1 of 10 unchanged hands shows as much, if measuring scatters as assumed.';
export const BEYOND_ERROR_WORDS = 'This is usually more than measuring alone explains.';
/** Where nobody worked out how many unchanged hands show as much. */
export const BEYOND_LIMIT_WORDS =
  'This is more than the limit for measuring alone; how many unchanged hands show as much is not known.';

export interface PatientPage {
  title: string;
  sampleWords: string | null;
  name: string;
  sections: { measure: MeasureId; heading: string; sentences: string[] }[];
  /** The measure whose course is drawn; null where it is ticked off or there is nothing to draw. */
  course: MeasureId | null;
  model: string | null;
  /** What the limit between "usually more" and "so small" rests on, once; null where nothing was held against one. */
  limits: string | null;
  closing: string;
}

/** What a patient takes home. @param dateText, parts as in the report. */
export function patientPage(
  source: ReportSource,
  parts: ReportParts,
  dateText: (at: string) => string,
): PatientPage {
  const { session, patient } = source;
  const points = source.points.filter(({ at }) => at <= session.startedAt);
  const today = points.filter(({ sessionId }) => sessionId === session.id);
  const affected = SIDES.filter((side) => isAffectedSide(patient, side));
  const hands = affected.length === 0 ? SIDES : affected;
  const model = parts.has('patient-model') ? plainModel(source) : null;
  const room = model === null ? MOST_TOLD : MOST_TOLD_WITH_MODEL;
  const measures = [...new Set(today.map(({ measure }) => measure))]
    .filter((measure) => measureOf(measure).isSided)
    .sort((a, b) => rank(a) - rank(b))
    .slice(0, Math.max(1, Math.floor(room / hands.length)));
  const [main] = measures;
  const all = measures.map((measure) => ({
    measure,
    hands: hands.map((side) => wordsOf({ ...source, points }, measure, side, dateText)),
  }));
  const limitsOf = (list: typeof all) =>
    limitWords(list.flatMap((one) => one.hands.flatMap(({ change }) => change ?? [])));
  // The model, two values and the line of their limits are more than one sheet: printed, it had two.
  const told = model !== null && limitsOf(all) !== null ? all.slice(0, 1) : all;
  return {
    title: `Your hand on ${dateText(session.startedAt)}`,
    sampleWords: source.isSample ? SAMPLE_CLINIC_WORDS : null,
    name: patient.displayName,
    sections: told.map((one) => ({
      measure: one.measure,
      heading: PLAIN[one.measure] ?? sentenceCase(measureOf(one.measure).name),
      sentences: one.hands.flatMap(({ sentences }) => sentences),
    })),
    course: parts.has('patient-course') && main !== undefined ? main : null,
    model,
    limits: limitsOf(told),
    closing: 'Ask your surgeon or therapist what this means for you.',
  };
}

/** The measures with plain words first, in the order of those words. */
const rank = (measure: MeasureId): number => {
  const place = Object.keys(PLAIN).indexOf(measure);
  return place === -1 ? Object.keys(PLAIN).length : place;
};

/** Where the limits of the changes that are told come from. */
function limitWords(changes: readonly MeasuredChange[]): string | null {
  const held = changes.filter(({ isBeyondError }) => isBeyondError !== null);
  if (held.length === 0) return null;
  const assumed = held.filter(({ isLimitAssumed }) => isLimitAssumed).length;
  const origin =
    assumed === 0
      ? 'How much can come from the measuring alone was found in other people’s hands.'
      : assumed === held.length
        ? 'How much can come from the measuring alone is assumed.'
        : 'How much can come from the measuring alone is in part assumed.';
  return held.some((change) => change.isBeyondError && change.isErrorRateKnown)
    ? `${USUALLY_WORDS} ${origin}`
    : origin;
}

/** What is said of one hand, with the change that was held against measurement error; null where there was none to hold. */
function wordsOf(
  source: ReportSource,
  measure: MeasureId,
  side: Side,
  dateText: (at: string) => string,
): { sentences: string[]; change: MeasuredChange | null } {
  const only = (sentences: string[]) => ({ sentences, change: null });
  const own = pointsOfSide(
    source.points.filter((point) => point.measure === measure),
    side,
  );
  const last = own.at(-1);
  if (last === undefined || last.sessionId !== source.session.id) return only([]);
  const unit = last.typedUnit;
  const sentences = [`Your ${SIDE_NAMES[side]} hand: ${valueText(last.valueSi, unit)}.`];
  const other = source.points.find(
    (point) => point.sessionId === last.sessionId && point.measure === measure && point.side !== side,
  );
  const share = shareOfOtherHand(
    measure,
    source.patient.affectedSide,
    { valueSi: last.valueSi, device: deviceKey(last) },
    other === undefined ? null : { valueSi: other.valueSi, device: deviceKey(other) },
  );
  if (share.percent !== null && source.patient.affectedSide !== 'none') {
    sentences.push(`That is ${Math.round(share.percent)} % of your other hand.`);
  }
  const before = own.at(-2);
  if (before === undefined) return only([...sentences, 'This was the first time it was measured.']);
  const since = dateText(before.at);
  if (deviceKey(before) !== deviceKey(last)) {
    return only([
      ...sentences,
      `It was measured with another device than on ${since}, so the two cannot be compared.`,
    ]);
  }
  const change = changeBetween(before, last);
  const size = limitText(Math.abs(change.changeSi), unit);
  if (Number.parseFloat(size) === 0) return only([...sentences, `It is the same as on ${since}.`]);
  const direction = change.changeSi > 0 ? 'more' : 'less';
  sentences.push(`That is ${size} ${direction} than on ${since}.`);
  if (change.isBeyondError === true) {
    sentences.push(change.isErrorRateKnown ? BEYOND_ERROR_WORDS : BEYOND_LIMIT_WORDS);
  } else if (change.isBeyondError === false) {
    sentences.push('So small a difference can come from the measuring alone.');
  } else if (change.isOfFewTrials) {
    sentences.push('It was measured too few times to say whether measuring alone explains this.');
  }
  return { sentences, change };
}

function plainModel({ prediction }: ReportSource): string | null {
  if (prediction === null) return null;
  const about =
    'A computer program for research, made from simulated people, looked at your measurements. It is not a medical device and decides nothing.';
  // An empty and a full set come with a refusal and with probabilities: neither is an answer.
  if (prediction.probabilities === null || prediction.refusals.length > 0) {
    return `${about} It could not tell.`;
  }
  return `${about} It finds your hand like a hand without an injury with ${percentText(prediction.probabilities[0])}.`;
}
