import * as z from 'zod';

/**
 * Scores of calibration people, ascending (equal ones allowed): a rank is found by bisection, which answers anything at
 * all in a list out of order, and without people there is no rank.
 */
export const AscendingScores = z
  .array(z.number())
  .min(1)
  .refine((scores) => scores.every((score, i) => i === 0 || score >= scores[i - 1]!), {
    error: 'Scores must be ascending.',
  });

/** A share of people, strictly between none and all. */
export const OpenShare = z.number().gt(0).lt(1);
