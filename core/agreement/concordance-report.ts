import { WRIST_CLASSES } from '../clinical/wrist-classes.ts';
import type { ConcordanceRow } from '../contract/schemas/concordance.ts';
import { type AnswerAgreement, type AnswerPair, answerAgreement, classOf } from './answer-agreement.ts';
import { type BandsAgreement, bandsAgreement } from './bands-agreement.ts';
import { type ConfidenceBand, confidenceAgreement } from './confidence-agreement.ts';
import { type ReasonsAgreement, reasonsAgreement } from './reasons-agreement.ts';
import type { JudgementShare } from './revealed-judgement.ts';
import { partsOfPatients, type ShownFigure, shownPatientShare } from './shown-figure.ts';
import { type SwitchRate, switchRate } from './switch-rate.ts';

/** Blinded sessions and such in which the operation was known are never put together. */
export type KnowledgeGroup = 'blinded' | 'operation-known';
/** With or without locks that were flagged as quick or repeated. */
export type FlagGroup = 'all' | 'without-flagged';

export interface ConcordanceSelection {
  knowledge: KnowledgeGroup;
  flags: FlagGroup;
}

/** One line of the summary. */
export interface ConcordanceSummary extends ConcordanceSelection {
  answers: AnswerAgreement;
  switches: SwitchFigures;
}

export interface SwitchFigures {
  /** Judgements that were compared with the result afterwards and have an answer after it. */
  n: number;
  /** Compared too, and not decided at the second look: in no share. */
  undecided: number;
  switched: ShownFigure;
  towardsModel: ShownFigure;
  toThirdAnswer: ShownFigure;
  awayFromModel: ShownFigure;
}

/** Agreement of one clinician, or of a pair of readers. */
export interface NamedAgreement {
  id: string;
  name: string;
  answers: AnswerAgreement;
}

export interface ConcordanceReport {
  /** Blinded and operation known, each with and without flagged locks. */
  summaries: ConcordanceSummary[];
  selection: ConcordanceSelection;
  /** Of the selection. */
  answers: AnswerAgreement;
  switches: SwitchFigures;
  /** The clinician's class is one of those that the model cannot rule out. */
  inSet: ShownFigure;
  confidence: ConfidenceBand[];
  reasons: ReasonsAgreement;
  bands: BandsAgreement;
  clinicians: NamedAgreement[];
  /** The second reader had seen nothing of the patient. */
  readerPairs: NamedAgreement[];
  /** The second reader had worked with the record of the patient, so that diagnosis and operation were known. */
  knowingReaderPairs: NamedAgreement[];
}

const GROUPS: readonly ConcordanceSelection[] = [
  { knowledge: 'blinded', flags: 'all' },
  { knowledge: 'blinded', flags: 'without-flagged' },
  { knowledge: 'operation-known', flags: 'all' },
  { knowledge: 'operation-known', flags: 'without-flagged' },
];

/** The rows of one group. */
export const rowsOfGroup = (
  rows: readonly ConcordanceRow[],
  { knowledge, flags }: ConcordanceSelection,
): ConcordanceRow[] =>
  rows.filter(
    (row) => row.isBlinded === (knowledge === 'blinded') && (flags === 'all' || row.flags.length === 0),
  );

const pairOf = (row: ConcordanceRow): AnswerPair => ({
  patientId: row.patientId,
  first: classOf(row.answer),
  second: row.modelAnswer,
});

/** Changes after the reveal. A session that was not compared, or not decided after it, has no answer after it. */
export function switchFigures(rows: readonly ConcordanceRow[]): SwitchFigures {
  const compared = rows.flatMap((row) =>
    row.finalAnswer === null
      ? []
      : [
          {
            patientId: row.patientId,
            before: classOf(row.answer),
            model: row.modelAnswer,
            after: classOf(row.finalAnswer),
          },
        ],
  );
  const ofPatients = [...Map.groupBy(compared, ({ patientId }) => patientId).values()].map((own) =>
    switchRate(own),
  );
  const shown = (share: (rate: SwitchRate) => JudgementShare) => shownPatientShare(ofPatients.map(share));
  return {
    n: compared.length,
    undecided: rows.filter(({ isUndecided }) => isUndecided).length,
    switched: shown(({ switched }) => switched),
    towardsModel: shown(({ towardsModel }) => towardsModel),
    toThirdAnswer: shown(({ toThirdAnswer }) => toThirdAnswer),
    awayFromModel: shown(({ awayFromModel }) => awayFromModel),
  };
}

/** Chance: a class named without looking lies in a set of k of the three classes k times in three. */
export function inSetFigure(rows: readonly ConcordanceRow[]): ShownFigure {
  const named = rows.filter(({ answer, modelAnswer }) => answer !== 'cannot-tell' && modelAnswer !== null);
  const parts = partsOfPatients(named, ({ answer, predictionSet }) =>
    (predictionSet as readonly string[]).includes(answer),
  );
  const chance =
    named.length === 0
      ? null
      : named.reduce((sum, { predictionSet }) => sum + predictionSet.length, 0) /
        (named.length * WRIST_CLASSES.length);
  return shownPatientShare(parts, chance);
}

/**
 * A pair of readers is the same whichever of them came first in a session. @param isBlinded - pairs in which every second
 * reader had seen nothing of the patient, or those in which one had.
 */
function readerPairs(
  rows: readonly ConcordanceRow[],
  isBlinded: boolean,
): { id: string; name: string; pairs: AnswerPair[] }[] {
  const found = new Map<string, { id: string; name: string; pairs: AnswerPair[] }>();
  for (const row of rows) {
    const readers = [
      { id: row.clinicianId as string, name: row.clinicianName, answer: classOf(row.answer), knows: false },
      ...row.readings.map(({ readerId, readerName, answer, hasSeenPatient }) => ({
        id: readerId as string,
        name: readerName,
        answer: classOf(answer),
        knows: hasSeenPatient,
      })),
    ];
    for (const [place, a] of readers.entries()) {
      for (const b of readers.slice(place + 1)) {
        if (a.id === b.id || isBlinded === (a.knows || b.knows)) continue;
        const [first, second] = a.id < b.id ? [a, b] : [b, a];
        const id = `${first.id}/${second.id}`;
        const pair = found.get(id) ?? { id, name: `${first.name} and ${second.name}`, pairs: [] };
        pair.pairs.push({ patientId: row.patientId, first: first.answer, second: second.answer });
        found.set(id, pair);
      }
    }
  }
  return [...found.values()].sort((a, b) => a.name.localeCompare(b.name));
}

/**
 * Everything that the concordance page shows, step by step so that the page can be used meanwhile: yields after each part.
 * Nothing in it rests on the operation: agreement with a model is no accuracy.
 * @param rows - already filtered.
 */
export function* concordanceRun(
  rows: readonly ConcordanceRow[],
  selection: ConcordanceSelection,
): Generator<{ done: number; total: number }, ConcordanceReport, void> {
  const own = rowsOfGroup(rows, selection);
  const people = [...Map.groupBy(own, ({ clinicianId }) => clinicianId).values()];
  const pairs = readerPairs(own, true);
  const knowingPairs = readerPairs(own, false);
  const total = GROUPS.length + 3 + people.length + pairs.length + knowingPairs.length;
  let done = 0;
  const step = () => ({ done: ++done, total });
  const summaries: ConcordanceSummary[] = [];
  for (const group of GROUPS) {
    const rowsOf = rowsOfGroup(rows, group);
    summaries.push({
      ...group,
      answers: answerAgreement(rowsOf.map(pairOf)),
      switches: switchFigures(rowsOf),
    });
    yield step();
  }
  const { answers, switches } = summaries.find(
    ({ knowledge, flags }) => knowledge === selection.knowledge && flags === selection.flags,
  )!;
  const reasons = reasonsAgreement(own);
  yield step();
  const bands = bandsAgreement(own);
  yield step();
  const inSet = inSetFigure(own);
  const confidence = confidenceAgreement(own);
  yield step();
  const clinicians: NamedAgreement[] = [];
  for (const judgements of people) {
    const { clinicianId, clinicianName } = judgements[0]!;
    clinicians.push({
      id: clinicianId,
      name: clinicianName,
      answers: answerAgreement(judgements.map(pairOf)),
    });
    yield step();
  }
  const readers: NamedAgreement[] = [];
  for (const { id, name, pairs: answersOf } of pairs) {
    readers.push({ id, name, answers: answerAgreement(answersOf) });
    yield step();
  }
  const knowingReaders: NamedAgreement[] = [];
  for (const { id, name, pairs: answersOf } of knowingPairs) {
    knowingReaders.push({ id, name, answers: answerAgreement(answersOf) });
    yield step();
  }
  return {
    summaries,
    selection,
    answers,
    switches,
    inSet,
    confidence,
    reasons,
    bands,
    clinicians: clinicians.sort((a, b) => a.name.localeCompare(b.name)),
    readerPairs: readers,
    knowingReaderPairs: knowingReaders,
  };
}

/** The same in one go. */
export function concordanceReport(
  rows: readonly ConcordanceRow[],
  selection: ConcordanceSelection = { knowledge: 'blinded', flags: 'all' },
): ConcordanceReport {
  const run = concordanceRun(rows, selection);
  for (;;) {
    const step = run.next();
    if (step.done) return step.value;
  }
}
