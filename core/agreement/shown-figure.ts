import { SMALL_SAMPLE_BELOW } from './cluster-bootstrap.ts';
import type { NoIntervalReason, PatientInterval } from './patient-jackknife.ts';
import { judgementShare } from './revealed-judgement.ts';
import { type PatientPart, shareOfPatients } from './share-of-patients.ts';

/** Below this number of judgements nothing is shown but the number (product.md rule 12). */
export const LEAST_TO_SAY = 10;
/** Below this number of patients neither: intervals rest on how far patients differ, and few of them do not tell. */
export const LEAST_PATIENTS = 5;
/** Below this number of judgements, or of patients, the interval is called wide in words. */
export const WIDE_BELOW = 30;
export const WIDE_BELOW_PATIENTS = SMALL_SAMPLE_BELOW;

/** How an interval was made; said on the page and in every table that leaves it (ADR 26). */
export type IntervalMethod = 'Wilson' | 'Wilson over patients' | 'jackknife over patients' | 'exact';

/** Judgements behind a figure, and of how many patients; no patients where the cases are simulated, each another person. */
export interface JudgementCount {
  n: number;
  patients?: number;
}

/** A figure that may be shown, or why it may not. n comes first wherever it stands, patients beside it. */
export type ShownFigure = JudgementCount &
  (
    | { kind: 'too-few' }
    /** Enough judgements, and yet no value: the reason in words. */
    | { kind: 'undefined'; reason: string }
    | {
        kind: 'figure';
        value: number;
        /** 95 %; null where it would be a point or cannot be given: the reason in words. */
        interval: [number, number] | null;
        noInterval: string;
        method: IntervalMethod;
        /** What the figure comes to by chance; null where chance has no say in it. */
        chance: number | null;
        /** Few judgements or few patients: to be read with the word "wide". */
        isWide: boolean;
      }
  );

/** Whether the number of judgements and of patients is worth a figure. */
export const isEnough = ({ n, patients }: JudgementCount): boolean =>
  n >= LEAST_TO_SAY && (patients === undefined || patients >= LEAST_PATIENTS);

/** Whether an interval of so many is to be read with the word "wide". */
export const isWideFor = ({ n, patients }: JudgementCount): boolean =>
  n < WIDE_BELOW || (patients !== undefined && patients < WIDE_BELOW_PATIENTS);

/**
 * A share of answers that stand alone, each of another person, with its Wilson interval, as far as it may be shown.
 * @throws RangeError unless 0 <= part <= whole in whole numbers.
 */
export function shownShare(part: number, whole: number, chance: number | null = null): ShownFigure {
  const share = judgementShare(part, whole);
  if (whole < LEAST_TO_SAY || share.value === null) return { kind: 'too-few', n: whole };
  return {
    kind: 'figure',
    n: whole,
    value: share.value,
    interval: share.interval,
    noInterval: '',
    method: 'Wilson',
    chance,
    isWide: whole < WIDE_BELOW,
  };
}

/**
 * A share of answers with the interval of {@link shareOfPatients}, as far as it may be shown.
 * @param patients - what each adds; such without an answer are left out.
 * @param judgements - behind the answers, where one judgement gives several; as many as answers when absent.
 */
export function shownPatientShare(
  patients: readonly PatientPart[],
  chance: number | null = null,
  judgements?: number,
): ShownFigure {
  const answered = patients.filter(({ whole }) => whole > 0);
  const n = judgements ?? answered.reduce((sum, { whole }) => sum + whole, 0);
  const count = { n, patients: answered.length };
  if (!isEnough(count)) return { kind: 'too-few', ...count };
  const { value, interval, isOneEach } = shareOfPatients(answered);
  return {
    kind: 'figure',
    ...count,
    value,
    interval,
    noInterval: '',
    method: isOneEach ? 'Wilson' : 'Wilson over patients',
    chance,
    isWide: isWideFor(count),
  };
}

/** What each patient adds to a share of sessions. */
export const partsOfPatients = <Row extends { patientId: string }>(
  rows: readonly Row[],
  isPart: (row: Row) => boolean,
): PatientPart[] =>
  [...Map.groupBy(rows, ({ patientId }) => patientId).values()].map((own) => ({
    part: own.filter(isPart).length,
    whole: own.length,
  }));

/** Why leaving out patients gives no interval that could be shown. */
const NO_INTERVAL_WORDS: Readonly<Record<NoIntervalReason, string>> = {
  'no-spread': 'no interval: the same figure whichever patient is left out',
  'undefined-without-a-patient': 'no interval: not defined without one of the patients',
  'too-few-patients': 'too few patients for an interval: most judgements are of one or two',
};

/** Without a row there is neither a value nor an interval. */
export const NO_STATISTIC: PatientInterval = { estimate: null, interval: null, reason: null };

/**
 * A statistic with its interval over patients, as far as it may be shown. @param count - judgements behind it, and of how many
 * patients. @param reason - in words, for a statistic that is not defined.
 */
export function shownStatistic(
  count: Required<JudgementCount>,
  { estimate, interval, reason: noInterval }: PatientInterval,
  {
    chance = null,
    reason = 'it is not defined for these judgements',
  }: { chance?: number | null; reason?: string } = {},
): ShownFigure {
  const { n, patients } = count;
  if (!isEnough(count)) return { kind: 'too-few', n, patients };
  if (estimate === null) return { kind: 'undefined', n, patients, reason };
  return {
    kind: 'figure',
    n,
    patients,
    value: estimate,
    interval,
    noInterval: noInterval === null ? '' : NO_INTERVAL_WORDS[noInterval],
    method: 'jackknife over patients',
    chance,
    isWide: isWideFor(count),
  };
}
