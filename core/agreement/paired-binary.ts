import { binomialTails, checkCounts } from '../numerics/binomial-tail.ts';

/** Counts of two yes-or-no ratings of the same subjects, whole numbers from 0. */
export interface PairedBinary {
  bothYes: number;
  firstOnly: number;
  secondOnly: number;
  bothNo: number;
}

/** What lies behind a kappa of two categories (Feinstein & Cicchetti 1990; Byrt, Bishop & Carlin 1993). */
export interface BinaryAgreement {
  /** Prevalence- and bias-adjusted kappa: 2 x observed agreement - 1. */
  prevalenceBiasAdjustedKappa: number;
  /** (both yes - both no) / n, -1..1. */
  prevalenceIndex: number;
  /** (first only - second only) / n, -1..1. */
  biasIndex: number;
  /** Agreement on yes, 0..1; null when nobody was rated yes. */
  positiveAgreement: number | null;
  /** Agreement on no, 0..1; null when nobody was rated no. */
  negativeAgreement: number | null;
  /** Exact two-sided McNemar test that both raters say yes equally often; 1 when they never differ. */
  equalYesProbability: number;
}

/** Indices of a table of two yes-or-no ratings. @throws RangeError unless whole counts from 0, not all 0. */
export function binaryAgreement({ bothYes, firstOnly, secondOnly, bothNo }: PairedBinary): BinaryAgreement {
  if (![bothYes, firstOnly, secondOnly, bothNo].every((count) => Number.isSafeInteger(count) && count >= 0)) {
    throw new RangeError('the counts of a table are whole numbers from 0');
  }
  const differing = firstOnly + secondOnly;
  const total = bothYes + bothNo + differing;
  checkCounts(differing, total);
  const share = (part: number, whole: number) => (whole === 0 ? null : part / whole);
  const rarer = Math.min(firstOnly, secondOnly);
  return {
    prevalenceBiasAdjustedKappa: 2 * ((bothYes + bothNo) / total) - 1,
    prevalenceIndex: (bothYes - bothNo) / total,
    biasIndex: (firstOnly - secondOnly) / total,
    positiveAgreement: share(2 * bothYes, 2 * bothYes + differing),
    negativeAgreement: share(2 * bothNo, 2 * bothNo + differing),
    equalYesProbability: differing === 0 ? 1 : Math.min(1, 2 * binomialTails(rarer, differing, 0.5).atMost),
  };
}
