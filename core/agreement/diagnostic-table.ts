import { wilsonInterval } from '../uncertainty/wilson-interval.ts';

/** Counts of a yes-or-no call beside the truth, whole numbers from 0. */
export interface DiagnosticCounts {
  truePositives: number;
  falseNegatives: number;
  falsePositives: number;
  trueNegatives: number;
}

/** A share and its Wilson interval; null when nobody is counted in it. */
export interface CountedShare {
  value: number;
  interval: [number, number];
}

/** Figures of a two-by-two table. Null: the counts cannot say (a ratio of 0 to 0). */
export interface DiagnosticFigures {
  sensitivity: CountedShare | null;
  specificity: CountedShare | null;
  positivePredictiveValue: CountedShare | null;
  negativePredictiveValue: CountedShare | null;
  accuracy: CountedShare;
  /** Sensitivity over (1 - specificity): 0 or more, infinite without false positives. */
  positiveLikelihoodRatio: number | null;
  /** (1 - sensitivity) over specificity: 0 or more, infinite without true negatives. */
  negativeLikelihoodRatio: number | null;
  /** Mean of sensitivity and specificity, 0..1. */
  balancedAccuracy: number | null;
  /** Matthews correlation, -1..1; null when a row or a column is empty. */
  matthewsCorrelation: number | null;
  /** Harmonic mean of sensitivity and positive predictive value, 0..1; null without any positive. */
  f1: number | null;
}

/**
 * Figures of a two-by-two table, shares with Wilson intervals. Predictive values hold for the prevalence of the table.
 * @param counts - whole numbers from 0, at least one above 0. @param alpha - of the intervals, above 0 and below 1.
 * @throws RangeError outside these ranges.
 */
export function diagnosticFigures(counts: DiagnosticCounts, alpha = 0.05): DiagnosticFigures {
  const { truePositives: tp, falseNegatives: fn, falsePositives: fp, trueNegatives: tn } = counts;
  if (![tp, fn, fp, tn].every((count) => Number.isSafeInteger(count) && count >= 0)) {
    throw new RangeError('the counts of a table are whole numbers from 0');
  }
  const total = tp + fn + fp + tn;
  if (total === 0) throw new RangeError('a table needs at least one person');
  if (!(alpha > 0 && alpha < 1)) throw new RangeError('alpha lies between 0 and 1');
  const share = (part: number, whole: number): CountedShare | null =>
    whole === 0 ? null : { value: part / whole, interval: wilsonInterval(part, whole, alpha) };
  const sensitivity = share(tp, tp + fn);
  const specificity = share(tn, tn + fp);
  const areBothKnown = sensitivity !== null && specificity !== null;
  const margins = [tp + fn, tp + fp, tn + fn, tn + fp];
  return {
    sensitivity,
    specificity,
    positivePredictiveValue: share(tp, tp + fp),
    negativePredictiveValue: share(tn, tn + fn),
    accuracy: { value: (tp + tn) / total, interval: wilsonInterval(tp + tn, total, alpha) },
    positiveLikelihoodRatio: areBothKnown ? ratio(sensitivity.value, fp / (tn + fp)) : null,
    negativeLikelihoodRatio: areBothKnown ? ratio(fn / (tp + fn), specificity.value) : null,
    balancedAccuracy: areBothKnown ? (sensitivity.value + specificity.value) / 2 : null,
    matthewsCorrelation: margins.includes(0)
      ? null
      : // One root a margin: their product may overflow the whole numbers.
        (tp * tn - fp * fn) / margins.reduce((product, margin) => product * Math.sqrt(margin), 1),
    f1: ratio(2 * tp, 2 * tp + fp + fn),
  };
}

/** Null for 0 / 0, infinity for anything else over 0. */
const ratio = (top: number, bottom: number): number | null =>
  top === 0 && bottom === 0 ? null : top / bottom;
