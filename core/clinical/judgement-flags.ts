import type { AnalysisJudgementFields } from '../contract/schemas/analysis.ts';
import type { JudgementFields } from '../contract/schemas/judgement.ts';

/** Below this a judgement was hardly read, let alone weighed (product.md: it should take about 15 s). */
export const FASTEST_LOCK_MS = 3000;
/** So many locks in a row before this one, all alike, make a pattern. */
export const PATTERN_LOCKS = 5;

/** What makes a lock doubtful: it was faster than a judgement can be, or it repeats the ones before. */
export type JudgementFlag = 'under-3-seconds' | 'repeated-pattern';

/** What the flags look at. */
export type FlaggedJudgement = Pick<
  JudgementFields,
  'answer' | 'confidencePercent' | 'drivers' | 'durationMs'
>;

/**
 * Flags of one lock. A flagged judgement is kept and counts; figures are shown with and without such ones. A flag rests on
 * what came before the lock, so it never changes afterwards: a run of locks all alike is flagged from its sixth.
 * @param earlier - the same clinician's judgements before the reveal, newest first; more than PATTERN_LOCKS are not read.
 */
export const judgementFlags = (
  judgement: FlaggedJudgement,
  earlier: readonly FlaggedJudgement[],
): JudgementFlag[] => flagsOf(lockOf(judgement), earlier.slice(0, PATTERN_LOCKS).map(lockOf));

/**
 * Flags of every lock of one clinician.
 * @param judgements - in the order in which they were locked. @returns in the same order.
 */
export const flagsOfCourse = (judgements: readonly FlaggedJudgement[]): JudgementFlag[][] =>
  flagsInOrder(judgements.map(lockOf));

/** The same of the judgements of one analysis: muscle groups, or holds of the elbow. */
export const flagsOfAnalyses = (judgements: readonly AnalysisJudgementFields[]): JudgementFlag[][] =>
  flagsInOrder(judgements.map(analysisLockOf));

/** A lock as the flags see it. */
interface Lock {
  durationMs: number;
  pattern: string;
}

/** @param before - newest first. */
function flagsOf({ durationMs, pattern }: Lock, before: readonly Lock[]): JudgementFlag[] {
  const flags: JudgementFlag[] = [];
  if (durationMs < FASTEST_LOCK_MS) flags.push('under-3-seconds');
  if (before.length === PATTERN_LOCKS && before.every((each) => each.pattern === pattern)) {
    flags.push('repeated-pattern');
  }
  return flags;
}

const flagsInOrder = (locks: readonly Lock[]): JudgementFlag[][] =>
  locks.map((lock, place) => flagsOf(lock, locks.slice(Math.max(0, place - PATTERN_LOCKS), place).reverse()));

/** Answer, confidence and drivers with their directions, in the order in which they were named. */
const lockOf = ({ answer, confidencePercent, drivers, durationMs }: FlaggedJudgement): Lock => ({
  durationMs,
  pattern: JSON.stringify([
    answer,
    confidencePercent,
    drivers.map(({ feature, direction }) => [feature, direction]),
  ]),
});

/** What was answered and how sure, whichever hand or recording it was about. */
function analysisLockOf(fields: AnalysisJudgementFields): Lock {
  const { durationMs } = fields;
  const said =
    fields.analysis === 'muscle-parameters'
      ? fields.groups
          .map(({ group, answer, confidencePercent }) => [group, answer, confidencePercent])
          .sort(([a], [b]) => (String(a) < String(b) ? -1 : 1))
      : [fields.failureFromS, fields.failureToS, fields.confidencePercent, fields.fatigueStartS];
  return { durationMs, pattern: JSON.stringify(said) };
}
