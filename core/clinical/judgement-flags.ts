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
 * what came before the lock, so it never changes afterwards.
 * @param earlier - the same clinician's judgements before the reveal, newest first; more than PATTERN_LOCKS are not read.
 */
export function judgementFlags(
  judgement: FlaggedJudgement,
  earlier: readonly FlaggedJudgement[],
): JudgementFlag[] {
  const flags: JudgementFlag[] = [];
  if (judgement.durationMs < FASTEST_LOCK_MS) flags.push('under-3-seconds');
  const before = earlier.slice(0, PATTERN_LOCKS);
  const own = patternOf(judgement);
  if (before.length === PATTERN_LOCKS && before.every((each) => patternOf(each) === own)) {
    flags.push('repeated-pattern');
  }
  return flags;
}

/**
 * Flags of every lock of one clinician.
 * @param judgements - in the order in which they were locked. @returns in the same order.
 */
export const flagsOfCourse = (judgements: readonly FlaggedJudgement[]): JudgementFlag[][] =>
  judgements.map((judgement, place) =>
    judgementFlags(judgement, judgements.slice(Math.max(0, place - PATTERN_LOCKS), place).reverse()),
  );

/** Answer, confidence and drivers with their directions, in the order in which they were named. */
const patternOf = ({ answer, confidencePercent, drivers }: FlaggedJudgement): string =>
  JSON.stringify([answer, confidencePercent, drivers.map(({ feature, direction }) => [feature, direction])]);
