import { examineInput, type NextVisitModel } from '../../core/inference/next-visit.ts';
import {
  isOutOfPersonRange,
  type NextVisitQuestion,
  nextVisitInput,
  type PinchVisit,
} from '../../core/inference/next-visit-input.ts';
import { NEWTON_PER_UNIT } from '../../core/units/quantities.ts';

/** A way in which a question goes wrong between the gauge and the model. */
export interface NextVisitMisuse {
  name: string;
  /** True: 99 % must be refused. False: a finding; the reason is its `note`. */
  mustBeRefused: boolean;
  note: string;
  /** The question as it arrives; null when this person's question cannot go wrong like this. */
  spoil(question: NextVisitQuestion): NextVisitQuestion | null;
}

const G = NEWTON_PER_UNIT.kg;
const withLast = (
  question: NextVisitQuestion,
  change: (last: PinchVisit) => PinchVisit,
): NextVisitQuestion => ({
  ...question,
  visits: question.visits.with(-1, change(question.visits.at(-1)!)),
});
const scaleLast = (factor: number) => (question: NextVisitQuestion) =>
  withLast(question, (last) => ({ ...last, pinchPeakN: last.pinchPeakN * factor }));
const scaleAll = (factor: number) => (question: NextVisitQuestion) => ({
  ...question,
  visits: question.visits.map((visit) => ({ ...visit, pinchPeakN: visit.pinchPeakN * factor })),
  otherHandPinchPeakN: question.otherHandPinchPeakN === null ? null : question.otherHandPinchPeakN * factor,
});

export const NEXT_VISIT_MISUSES: readonly NextVisitMisuse[] = [
  {
    name: 'last value: newtons typed as kg',
    mustBeRefused: true,
    note: '',
    spoil: scaleLast(G),
  },
  { name: 'last value: kg typed as newtons', mustBeRefused: true, note: '', spoil: scaleLast(1 / G) },
  { name: 'all values: newtons typed as kg', mustBeRefused: true, note: '', spoil: scaleAll(G) },
  { name: 'all values: kg typed as newtons', mustBeRefused: true, note: '', spoil: scaleAll(1 / G) },
  {
    name: 'other hand and weeks to the next visit swapped',
    mustBeRefused: true,
    note: '',
    spoil: (question) =>
      question.otherHandPinchPeakN === null
        ? null
        : {
            ...question,
            otherHandPinchPeakN: question.weeksToNextVisit,
            weeksToNextVisit: question.otherHandPinchPeakN,
          },
  },
  {
    name: 'last value and weeks to the next visit swapped',
    mustBeRefused: true,
    note: '',
    spoil: (question) => ({
      ...withLast(question, (last) => ({ ...last, pinchPeakN: question.weeksToNextVisit })),
      weeksToNextVisit: question.visits.at(-1)!.pinchPeakN,
    }),
  },
  {
    name: 'force and weeks swapped at every visit',
    mustBeRefused: true,
    note: '',
    spoil: (question) => ({
      ...question,
      visits: question.visits.map(({ weeks, pinchPeakN }) => ({ weeks: pinchPeakN, pinchPeakN: weeks })),
    }),
  },
  {
    name: 'last value: lb typed as kg',
    mustBeRefused: false,
    note: 'a weak hand in pounds is a stronger one in kilograms: the entry rule and the unit of the device are the defence',
    spoil: scaleLast(G / NEWTON_PER_UNIT.lb),
  },
];

/** Is the question refused, because it is malformed or because it lies outside what the networks were trained on? */
export function isRefused(model: NextVisitModel, question: NextVisitQuestion): boolean {
  let values: Float64Array;
  try {
    if (isOutOfPersonRange(question)) return true;
    ({ values } = nextVisitInput(question));
  } catch (cause) {
    if (cause instanceof RangeError) return true;
    throw cause;
  }
  return examineInput(model, values).p <= model.calibration.rangeAlpha;
}

/** How many of the questions that can go wrong in one way are refused. */
export function countRefused(
  model: NextVisitModel,
  misuse: NextVisitMisuse,
  questions: readonly NextVisitQuestion[],
): { refused: number; count: number } {
  const spoiled = questions.map(misuse.spoil).filter((question) => question !== null);
  return { refused: spoiled.filter((question) => isRefused(model, question)).length, count: spoiled.length };
}
