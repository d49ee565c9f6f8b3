import {
  answerOfPercent,
  GROUP_ANSWERS,
  MUSCLE_GROUP_NAMES,
  MUSCLE_GROUPS,
} from '../clinical/muscle-groups.ts';
import type { ElbowConcordanceRow, MuscleConcordanceRow } from '../contract/schemas/concordance.ts';
import { type AnswerAgreement, type AnswerPair, answerAgreement } from './answer-agreement.ts';
import { limitsOfAgreement } from './limits-of-agreement.ts';
import { linConcordance } from './lin-concordance.ts';
import { LEAST_TO_SAY, type ShownFigure, shownShare, WIDE_BELOW } from './shown-figure.ts';

/** Weaker, as expected, stronger: in this order, so that "weaker" against "stronger" weighs double. */
const ORDERED = GROUP_ANSWERS.filter((answer) => answer !== 'cannot-tell');

export interface MuscleGroupAgreement {
  id: string;
  name: string;
  /** AC2 and weighted kappa (linear weights) stand in the places of AC1 and kappa. */
  answers: AnswerAgreement;
}

/**
 * Agreement on the muscle groups, all together and each. Judgements of one session stand or fall together: intervals draw
 * patients. A group that the model cannot identify counts as "cannot tell" of the model.
 */
export function muscleAgreement(rows: readonly MuscleConcordanceRow[]): MuscleGroupAgreement[] {
  const pairsOf = (isOwn: (group: string) => boolean): AnswerPair[] =>
    rows.flatMap(({ patientId, groups }) =>
      groups
        .filter(({ group }) => isOwn(group))
        .map(({ answer, modelPercent }) => ({
          patientId,
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

/** A value with its 95 % interval, in the unit of the measurement; null below ten. */
export interface ShownValue {
  value: number;
  interval: [number, number] | null;
}

/** Times to failure by clinician and model, and both against how long it was held. */
export interface ElbowAgreement {
  /** Holds judged before their end was seen. */
  n: number;
  /** Of them, with a middle by both: what lies beyond the recording has none. */
  compared: number;
  isWide: boolean;
  /** Bland-Altman: clinician minus model, seconds; null below ten. */
  bias: ShownValue | null;
  lower: ShownValue | null;
  upper: ShownValue | null;
  /** Lin's concordance correlation. */
  lin: ShownFigure;
  /** Held time inside the clinician's range; no share is promised of it. */
  insideOwn: ShownFigure;
  /** Held time inside the model's interval; `chance` is the share that is promised. */
  insideModel: ShownFigure;
}

export function elbowAgreement(rows: readonly ElbowConcordanceRow[]): ElbowAgreement {
  const pairs = rows.flatMap(({ failureFromS, failureToS, model }) =>
    failureFromS === null || failureToS === null || model === null || model.middleS === null
      ? []
      : [{ own: (failureFromS + failureToS) / 2, model: model.middleS }],
  );
  const [own, others] = [pairs.map((pair) => pair.own), pairs.map((pair) => pair.model)];
  const isEnough = pairs.length >= LEAST_TO_SAY;
  const limits = isEnough ? limitsOfAgreement(own, others) : null;
  const held = rows.flatMap((row) => (row.heldS === null ? [] : [{ ...row, heldS: row.heldS }]));
  const ranged = held.filter(({ failureFromS }) => failureFromS !== null);
  const answered = held.flatMap(({ model, heldS }) => (model === null ? [] : [{ model, heldS }]));
  return {
    n: rows.length,
    compared: pairs.length,
    isWide: pairs.length < WIDE_BELOW,
    bias: limits && { value: limits.bias, interval: limits.biasInterval },
    lower: limits && { value: limits.lower, interval: limits.exact.lower },
    upper: limits && { value: limits.upper, interval: limits.exact.upper },
    lin: linFigure(own, others),
    insideOwn: shownShare(
      ranged.filter(
        ({ heldS, failureFromS, failureToS }) =>
          heldS >= failureFromS! && (failureToS === null || heldS <= failureToS),
      ).length,
      ranged.length,
    ),
    insideModel: shownShare(
      answered.filter(
        ({ heldS, model }) => heldS >= model.lowS && (model.highS === null || heldS <= model.highS),
      ).length,
      answered.length,
      answered[0]?.model.coverage ?? null,
    ),
  };
}

function linFigure(first: readonly number[], second: readonly number[]): ShownFigure {
  const n = first.length;
  if (n < LEAST_TO_SAY) return { kind: 'too-few', n };
  const { value, interval, reason } = linConcordance(first, second);
  if (value === null) return { kind: 'undefined', n, reason };
  return { kind: 'figure', n, value, interval, noInterval: reason, chance: 0, isWide: n < WIDE_BELOW };
}
