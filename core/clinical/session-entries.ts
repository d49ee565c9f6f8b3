import type {
  AffectedSide,
  DeviceId,
  Measure,
  SessionDraft,
  Side,
  TrialEntry,
  Unit,
} from '../contract/schemas/clinical.ts';
import { type CellKey, cellKey, entryWalk, type HandKey, handKey, SIDES } from './entry-walk.ts';
import { type DeviceRole, MEASURES, measureOf } from './measures.ts';
import { parseMeasurement } from './parse-measurement.ts';
import { plausibilityQuestion, plausibilitySentence } from './plausibility.ts';
import { BLOCKS, type MeasureBlock, protocolOf, walkSidesOf } from './protocols.ts';
import { sentenceCase } from './sentence-case.ts';
import { SIDE_NAMES } from './side-names.ts';
import { storedUnitOf, toStored, typedWithUnit } from './stored-value.ts';
import { problemSentence, rangeProblem } from './value-limits.ts';

/** Where "not tested: reason" of a hand is chosen, `${measure}/${side}/reason`. */
export type ReasonKey = `${HandKey}/reason`;
/** Something on the form that stops saving; `key` says where to put the cursor. */
export interface EntryProblem {
  key: CellKey | HandKey | ReasonKey | 'form';
  sentence: string;
  /** Something is missing that may still come: it is said when saving is tried, not while the form is filled in. */
  isOfSaving?: true;
}
/** An unusual value that waits for "yes, it is right". */
export interface EntryQuestion {
  key: CellKey;
  sentence: string;
}
export interface DraftEntries {
  /** Complete only when `problems` and `questions` are empty. */
  entries: TrialEntry[];
  problems: EntryProblem[];
  questions: EntryQuestion[];
}

/** The bedside form before the first key. */
export function emptySessionDraft(): SessionDraft {
  return {
    forceUnit: 'kg',
    torqueUnit: 'N.m',
    summaryRule: 'mean-of-three',
    deviceId: null,
    trialCount: 3,
    cells: {},
    pain: {},
    stoppedEarly: [],
    notTested: {},
    confirmedUnusual: [],
    note: '',
    isBlinded: false,
  };
}

/** Text of one cell; empty when nothing was typed. */
export const cellText = (draft: SessionDraft, key: CellKey): string => draft.cells[key] ?? '';

/** What decides the unit of each measure on a form. */
export type FormUnits = Pick<SessionDraft, 'forceUnit' | 'torqueUnit' | 'gripUnit'>;

/** Unit in which a measure is typed on this form. */
export function unitOf(draft: FormUnits, measure: Measure): Unit {
  const { quantity, group } = measureOf(measure);
  if (quantity === 'torque') return draft.torqueUnit;
  if (quantity !== 'force') return storedUnitOf(measure);
  return group === 'grip' ? (draft.gripUnit ?? draft.forceUnit) : draft.forceUnit;
}

/** Typed value in the stored unit of its measure. */
export function toSi(draft: FormUnits, measure: Measure, value: number): number {
  const stored = toStored(measure, value, unitOf(draft, measure));
  if (stored === null) throw new RangeError('the form asks for a unit that the measure does not have');
  return stored;
}

/** Trials a measure has on the form: most are measured once. */
export function trialsOf(draft: SessionDraft, measure: Measure): number {
  const usual = measure === 'lateral-pinch' ? draft.trialCount : measureOf(measure).trials;
  return Math.max(usual, draft.trialCounts?.[measure] ?? 0);
}

type FormDevices = Pick<SessionDraft, 'deviceId' | 'devices'>;

/** The device of one role on this form; null where none is named. Older drafts know the pinch gauge only. */
export const deviceOfRole = (draft: FormDevices, role: DeviceRole): DeviceId | null =>
  draft.devices?.[role] ?? (role === 'pinch' ? draft.deviceId : null);

/** What a measure is taken with on this form; null where nothing is named, or nothing is needed. */
export function deviceOf(draft: FormDevices, measure: Measure): DeviceId | null {
  const role = measureOf(measure).deviceRole;
  return role === null ? null : deviceOfRole(draft, role);
}

/** Order in which Enter walks the blocks that the chosen protocol asks for. */
export const walkOf = (draft: SessionDraft, affected: AffectedSide): CellKey[] =>
  entryWalk(
    protocolOf(draft).blocks.map((block: MeasureBlock) => ({
      measures: block.measures.map((measure) => ({ measure, trialCount: trialsOf(draft, measure) })),
      sides: walkSidesOf(block, affected),
    })),
    protocolOf(draft).alternatesSides,
  );

/**
 * Readable values of one hand, in the typed unit and in trial order; unfinished or wrong text is left out.
 */
export function typedValues(
  draft: SessionDraft,
  measure: Measure,
  side: Side,
): { key: CellKey; value: number }[] {
  const values: { key: CellKey; value: number }[] = [];
  for (let trial = 1; trial <= trialsOf(draft, measure); trial += 1) {
    const key = cellKey(measure, side, trial);
    const parsed = parseMeasurement(cellText(draft, key));
    if (parsed.ok) values.push({ key, value: parsed.value });
  }
  return values;
}

/** Pain as typed: a whole number 0-10, null when empty, undefined when it is neither. */
export function parsePain(text: string): number | null | undefined {
  const trimmed = text.trim();
  if (trimmed === '') return null;
  return /^(10|\d)$/.test(trimmed) ? Number(trimmed) : undefined;
}

/**
 * The bedside form as trials to save.
 *
 * A typed cell becomes a trial with its value. Where a hand is marked "not tested", its empty cells become
 * trials without a value and with the reason (so "7.2, then pain" keeps both facts). Empty cells without a
 * reason are simply not there. Values typed in a unit stay as typed beside their SI value. Pain, "stopped early" or a
 * reason that no trial would carry stop saving: nothing that is on the form is left out.
 *
 * @returns trials, problems that stop saving, and questions about unusual values that were not yet confirmed.
 */
export function draftToEntries(draft: SessionDraft): DraftEntries {
  const result: DraftEntries = { entries: [], problems: [], questions: [] };
  for (const measure of MEASURES) {
    // A score is of the whole person: it stands with one side.
    const sides = measureOf(measure).isSided ? SIDES : SIDES.slice(0, 1);
    for (const side of sides) addHand(draft, measure, side, result);
  }
  for (const block of BLOCKS) for (const side of SIDES) addLostRemarks(draft, block, side, result);
  const hasAny = result.entries.length > 0 || result.problems.length > 0;
  if (!hasAny) {
    result.problems.push({
      key: 'form',
      sentence: 'Nothing is measured yet. Type at least one value, or say why a hand was not tested.',
    });
  }
  return result;
}

function addHand(draft: SessionDraft, measure: Measure, side: Side, result: DraftEntries): void {
  const hand = handKey(measure, side);
  const pain = parsePain(draft.pain[hand] ?? '');
  if (pain === undefined) {
    result.problems.push({ key: hand, sentence: 'Pain is a whole number from 0 to 10.' });
  }
  const notTestedReason = draft.notTested[hand] ?? null;
  const values = new Map(typedValues(draft, measure, side).map(({ key, value }) => [key, value]));
  for (let trialNumber = 1; trialNumber <= trialsOf(draft, measure); trialNumber += 1) {
    const key = cellKey(measure, side, trialNumber);
    const typedText = cellText(draft, key).trim();
    const common = {
      measure,
      side,
      trialNumber,
      typedText,
      typedUnit: unitOf(draft, measure),
      pain: pain ?? null,
      isStoppedEarly: draft.stoppedEarly.includes(hand),
      deviceId: deviceOf(draft, measure),
    };
    if (typedText === '') {
      if (notTestedReason) {
        result.entries.push({ ...common, valueSi: null, notTestedReason, isConfirmedUnusual: false });
      }
      continue;
    }
    const parsed = parseMeasurement(typedText);
    if (!parsed.ok) {
      result.problems.push({ key, sentence: problemSentence(measure, parsed) });
      continue;
    }
    const valueSi = toSi(draft, measure, parsed.value);
    const beyond = rangeProblem(measure, valueSi);
    if (beyond !== null) {
      result.problems.push({ key, sentence: beyond });
      continue;
    }
    const others = [...values]
      .filter(([other]) => other !== key)
      .map(([, value]) => toSi(draft, measure, value));
    const question = plausibilityQuestion(measure, valueSi, others);
    const isConfirmedUnusual = question !== null && draft.confirmedUnusual.includes(key);
    if (question && !isConfirmedUnusual) {
      result.questions.push({
        key,
        sentence: plausibilitySentence(question, typedWithUnit(typedText, common.typedUnit), measure),
      });
    }
    result.entries.push({ ...common, valueSi, notTestedReason: null, isConfirmedUnusual });
  }
}

/**
 * Pain, "stopped early" and "not tested" stand with the trials of a hand. Where a list has one such field for several
 * measures, one trial of them is enough to keep it.
 */
function addLostRemarks(draft: SessionDraft, block: MeasureBlock, side: Side, result: DraftEntries): void {
  const isTyped = (measure: Measure, trial: number) =>
    cellText(draft, cellKey(measure, side, trial)).trim() !== '';
  const filled = (measure: Measure) => {
    const trials = Array.from({ length: trialsOf(draft, measure) }, (_, index) => index + 1);
    return {
      isAny: trials.some((n) => isTyped(measure, n)),
      isAll: trials.every((n) => isTyped(measure, n)),
    };
  };
  const hand = `${sentenceCase(SIDE_NAMES[side])} ${block.spoken || 'hand'}`;
  const of = (isSet: (key: HandKey) => boolean) =>
    block.measures.filter((measure) => isSet(handKey(measure, side)));
  const reasoned = of((key) => draft.notTested[key] !== undefined);
  if (reasoned.length > 0 && reasoned.every((measure) => filled(measure).isAll)) {
    const key = handKey(reasoned[0]!, side);
    result.problems.push({
      key: `${key}/reason`,
      sentence: `${hand}: “not tested: ${draft.notTested[key]}” is chosen, but every value is there. Take the reason back, or the value that was not tested.`,
      isOfSaving: true,
    });
  }
  const painOf = (key: HandKey) => (draft.pain[key] ?? '').trim();
  const remarked = of((key) => painOf(key) !== '' || draft.stoppedEarly.includes(key));
  const isCarried = (measure: Measure) => reasoned.includes(measure) || filled(measure).isAny;
  if (remarked.length === 0 || remarked.some(isCarried)) return;
  const key = handKey(remarked[0]!, side);
  const remark = [painOf(key) && `pain ${painOf(key)}`, draft.stoppedEarly.includes(key) && 'stopped early'];
  result.problems.push({
    key: cellKey(remarked[0]!, side, 1),
    sentence: `${hand}: ${remark.filter(Boolean).join(' and ')} but no value. Type a value, or choose why it was not tested.`,
    isOfSaving: true,
  });
}
