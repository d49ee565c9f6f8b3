import { proportionInterval } from './proportion-interval.ts';

/** One judgement with a second look at it after the model's answer was revealed. Null: could not tell. */
export interface RevealedJudgement {
  /** Locked before the reveal. */
  before: string | null;
  model: string | null;
  /** Final, after the reveal. */
  after: string | null;
}

/** A share of judgements with its Wilson interval. */
export interface JudgementShare {
  part: number;
  whole: number;
  /** Null when the whole is 0: cannot say. */
  value: number | null;
  interval: [number, number] | null;
}

/**
 * A share with its Wilson interval.
 * @param part - whole number 0..whole. @param whole - 0 gives no value.
 * @throws RangeError unless 0 <= part <= whole in whole numbers and alpha lies between 0 and 1.
 */
export function judgementShare(part: number, whole: number, alpha = 0.05): JudgementShare {
  if (!(alpha > 0 && alpha < 1)) throw new RangeError('alpha lies between 0 and 1');
  if (whole === 0 && part === 0) return { part, whole, value: null, interval: null };
  return { part, whole, value: part / whole, interval: proportionInterval(part, whole, 'wilson', alpha) };
}
