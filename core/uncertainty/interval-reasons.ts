/** What an interval's width and trust depend on, as codes: the words are the screen's. */
export type IntervalReason =
  | { kind: 'members-disagree'; timesUsual: number }
  | { kind: 'unusual-person'; inRangeP: number }
  | { kind: 'few-trials'; trials: number };

/** Facts that stand beside one interval. */
export interface IntervalCircumstances {
  /** Standard deviation between the members for this person, in the output's unit, 0 or more. */
  memberSpread: number;
  /** Its median over the calibration people, above 0. */
  usualMemberSpread: number;
  /** Conformal p value of "like the training people", 0..1. */
  inRangeP: number;
  /** Trials behind the peak, 1 or more. */
  trials: number;
}

/** Members that differ this many times more than usual are worth a word (about 1 person in 20). */
export const LARGE_SPREAD = 2;
/** A p value below this is unusual; below the model's own limit there is no answer at all. */
export const UNUSUAL_P = 0.1;
/** The protocol asks for three trials. */
export const USUAL_TRIALS = 3;

/**
 * Reasons why an interval is less sure than usual, the most telling first; empty when nothing is unusual.
 * @throws RangeError when a number lies outside its range.
 */
export function intervalReasons(circumstances: IntervalCircumstances): IntervalReason[] {
  const { memberSpread, usualMemberSpread, inRangeP, trials } = circumstances;
  if (!(memberSpread >= 0 && usualMemberSpread > 0)) throw new RangeError('a spread is not below 0');
  if (!(inRangeP >= 0 && inRangeP <= 1)) throw new RangeError('a p value lies between 0 and 1');
  if (!Number.isSafeInteger(trials) || trials < 1) throw new RangeError('trials are a whole number from 1');
  const reasons: IntervalReason[] = [];
  if (inRangeP < UNUSUAL_P) reasons.push({ kind: 'unusual-person', inRangeP });
  const timesUsual = memberSpread / usualMemberSpread;
  if (timesUsual > LARGE_SPREAD) reasons.push({ kind: 'members-disagree', timesUsual });
  if (trials < USUAL_TRIALS) reasons.push({ kind: 'few-trials', trials });
  return reasons;
}
