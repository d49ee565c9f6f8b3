import type {
  ElbowJudgementFields,
  ElbowPrediction,
  ElbowRefusal,
} from '../../../core/contract/schemas/analysis.ts';

/** Beyond this nothing was recorded in training, so nothing is said. */
export const HORIZON_S = 150;
/** Torque within this of the truth counts as close (the clinical band of the literature). */
export const CLOSE_NM = 2;

export const ELBOW_REFUSALS: Readonly<Record<ElbowRefusal, { what: string; todo: string }>> = {
  'hold-level-not-trained': {
    what: 'This hold level is outside what the model was trained on: 30 to 80 % of maximal torque.',
    todo: 'Your own judgement stands alone. A hold between 30 and 80 % could be answered.',
  },
  'out-of-range': {
    what: 'This hold is unlike those of the simulated people the model was trained on.',
    todo: 'Check start, amplitudes at maximal effort and maximal torque. If they are right, your own judgement stands alone.',
  },
};

const seconds = (value: number) => `${Math.round(value)} s`;

/** "50 to 90 s", "50 s or later than 150 s", "cannot tell". */
export function ownRangeText({
  failureFromS,
  failureToS,
}: Pick<ElbowJudgementFields, 'failureFromS' | 'failureToS'>): string {
  if (failureFromS === null) return 'cannot tell';
  if (failureToS === null) {
    return failureFromS >= HORIZON_S
      ? `beyond ${HORIZON_S} s`
      : `${Math.round(failureFromS)} s or later, beyond ${HORIZON_S} s too`;
  }
  return `${Math.round(failureFromS)} to ${seconds(failureToS)}`;
}

type Time = NonNullable<ElbowPrediction['timeToFailure']>;

/** The middle of the forecast; beyond the horizon in words, never as a number. */
export const middleText = ({ middleS }: Pick<Time, 'middleS'>): string =>
  middleS === null ? `beyond ${HORIZON_S} s` : seconds(middleS);

export function intervalText({ lowS, highS }: Pick<Time, 'lowS' | 'highS'>): string {
  if (lowS >= HORIZON_S) return `beyond ${HORIZON_S} s`;
  return highS === null
    ? `${Math.round(lowS)} s to beyond ${HORIZON_S} s`
    : `${Math.round(lowS)} to ${seconds(highS)}`;
}

/** Ends of the two ranges, open ones as infinity. */
export const modelRange = ({ lowS, highS }: Pick<Time, 'lowS' | 'highS'>): [number, number] => [
  lowS,
  highS ?? Number.POSITIVE_INFINITY,
];
export function ownRange(
  fields: Pick<ElbowJudgementFields, 'failureFromS' | 'failureToS'>,
): [number, number] | null {
  return fields.failureFromS === null
    ? null
    : [fields.failureFromS, fields.failureToS ?? Number.POSITIVE_INFINITY];
}

/** Whether the two ranges have a time in common. */
export const doOverlap = (a: readonly [number, number], b: readonly [number, number]): boolean =>
  a[0] <= b[1] && b[0] <= a[1];

/** A measured time against a range. */
export const isInside = (timeS: number, range: readonly [number, number]): boolean =>
  timeS >= range[0] && timeS <= range[1];

const NUMBER = /^\d+(?:[.,]\d+)?$/;
/** A typed number of 0 or more, with a point or a comma; null when it is none. */
export function typedNumber(text: string): number | null {
  const plain = text.trim();
  return NUMBER.test(plain) ? Number(plain.replace(',', '.')) : null;
}
