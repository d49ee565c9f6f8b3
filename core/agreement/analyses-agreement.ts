import {
  answerOfPercent,
  GROUP_ANSWERS,
  MUSCLE_GROUP_NAMES,
  MUSCLE_GROUPS,
} from '../clinical/muscle-groups.ts';
import type { ElbowConcordanceRow, MuscleConcordanceRow } from '../contract/schemas/concordance.ts';
import { type AnswerAgreement, type AnswerPair, answerAgreement } from './answer-agreement.ts';
import { type ElbowTimes, elbowValues } from './elbow-values.ts';
import { patientCount } from './patient-jackknife.ts';
import {
  type IntervalMethod,
  isWideFor,
  type JudgementCount,
  partsOfPatients,
  type ShownFigure,
  shownPatientShare,
} from './shown-figure.ts';

/** Weaker, as expected, stronger: in this order, so that "weaker" against "stronger" weighs double. */
const ORDERED = GROUP_ANSWERS.filter((answer) => answer !== 'cannot-tell');

export interface MuscleGroupAgreement {
  id: string;
  name: string;
  /** AC2 and weighted kappa (linear weights) stand in the places of AC1 and kappa. */
  answers: AnswerAgreement;
}

/**
 * Agreement on the muscle groups, all together and each. The groups of one session are one judgement, and
 * intervals rest on patients. A group that the model cannot identify counts as "cannot tell" of the model.
 */
export function muscleAgreement(rows: readonly MuscleConcordanceRow[]): MuscleGroupAgreement[] {
  const pairsOf = (isOwn: (group: string) => boolean): AnswerPair[] =>
    rows.flatMap(({ sessionId, patientId, groups }) =>
      groups
        .filter(({ group }) => isOwn(group))
        .map(({ answer, modelPercent }) => ({
          patientId,
          judgementId: sessionId,
          first: answer === 'cannot-tell' ? null : answer,
          second: modelPercent === null ? null : answerOfPercent(modelPercent),
        })),
    );
  const agreement = (pairs: AnswerPair[]) => answerAgreement(pairs, ORDERED, 'linear');
  return [
    { id: 'all', name: 'all groups', answers: agreement(pairsOf(() => true)) },
    ...MUSCLE_GROUPS.map((id) => ({
      id,
      name: MUSCLE_GROUP_NAMES[id],
      answers: agreement(pairsOf((group) => group === id)),
    })),
  ];
}

/** A value with its 95 % interval, in the unit of the measurement; null where there are too few. */
export interface ShownValue {
  value: number;
  interval: [number, number] | null;
}

/** Times to failure by clinician and model, and both against how long it was held. */
export interface ElbowAgreement {
  /** Holds judged before their end was seen. */
  n: number;
  /** Of them, with a middle by both: what lies beyond the recording has none. */
  compared: Required<JudgementCount>;
  isWide: boolean;
  /** Of the limits and of Lin's coefficient: exact for one hold a patient, else by leaving out patients. */
  method: IntervalMethod;
  /** Bland-Altman: clinician minus model, seconds; null where there are too few. */
  bias: ShownValue | null;
  lower: ShownValue | null;
  upper: ShownValue | null;
  /** Lin's concordance correlation. */
  lin: ShownFigure;
  /** Held time inside the clinician's range; no share is promised of it. */
  insideOwn: ShownFigure;
  /** Held time inside the model's interval; `chance` is the share that is promised. */
  insideModel: ShownFigure;
  /** Stopped early, so that the time is a lower bound: in neither of the two shares. */
  stoppedEarly: number;
  /** Of them, held beyond the end of the clinician's range: that range missed all the same. */
  outlastedOwn: number;
  /** Of them, held beyond the upper end of the model's interval: it missed as certainly. */
  outlastedModel: number;
  /** `insideModel` with those certain misses among the whole: no hold stopped early can be a certain hit. */
  insideModelWithMisses: ShownFigure;
}

export function elbowAgreement(rows: readonly ElbowConcordanceRow[]): ElbowAgreement {
  const pairs = rows.flatMap(({ patientId, failureFromS, failureToS, model }): ElbowTimes[] =>
    failureFromS === null || failureToS === null || model === null || model.middleS === null
      ? []
      : [{ patientId, ownS: (failureFromS + failureToS) / 2, modelS: model.middleS }],
  );
  const compared = { n: pairs.length, patients: patientCount(pairs) };
  const measured = rows.flatMap((row) => (row.heldS === null ? [] : [{ ...row, heldS: row.heldS }]));
  const [stopped = [], held = []] = [true, false].map((is) =>
    measured.filter(({ isStoppedEarly }) => isStoppedEarly === is),
  );
  const ranged = held.filter(({ failureFromS }) => failureFromS !== null);
  const answered = held.flatMap(({ patientId, model, heldS }) =>
    model === null ? [] : [{ patientId, model, heldS }],
  );
  const isOutlasted = (heldS: number, highS: number | null) => highS !== null && heldS > highS;
  const missedByModel = stopped.flatMap(({ patientId, model, heldS }) =>
    model !== null && isOutlasted(heldS, model.highS) ? [{ patientId, model, heldS }] : [],
  );
  const promised = answered[0]?.model.coverage ?? missedByModel[0]?.model.coverage ?? null;
  const insideModel = (holds: typeof answered) =>
    shownPatientShare(
      partsOfPatients(holds, ({ heldS, model }) => heldS >= model.lowS && !isOutlasted(heldS, model.highS)),
      promised,
    );
  return {
    n: rows.length,
    compared,
    isWide: isWideFor(compared),
    ...elbowValues(pairs),
    insideOwn: shownPatientShare(
      partsOfPatients(
        ranged,
        ({ heldS, failureFromS, failureToS }) => heldS >= failureFromS! && !isOutlasted(heldS, failureToS),
      ),
    ),
    insideModel: insideModel(answered),
    stoppedEarly: stopped.length,
    outlastedOwn: stopped.filter(({ heldS, failureToS }) => isOutlasted(heldS, failureToS)).length,
    outlastedModel: missedByModel.length,
    insideModelWithMisses: insideModel([...answered, ...missedByModel]),
  };
}
