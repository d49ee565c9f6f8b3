import { checkLabelledRows, columnStandard, type LabelledRows, standardise } from './labelled-rows.ts';
import { fitRidgeLogistic, logisticScore } from './ridge-logistic.ts';

/** Ridge of the two-sample classifier: one prior standard deviation a coefficient of standardised terms. */
const RIDGE_STRENGTH = 1;

/**
 * Area under the ROC curve: the probability that a positive scores above a negative, ties half (Mann-Whitney).
 * @throws RangeError when a side is empty or a score is not a number.
 */
export function areaUnderCurve(positives: ArrayLike<number>, negatives: ArrayLike<number>): number {
  if (positives.length === 0 || negatives.length === 0) throw new RangeError('the curve needs both sides');
  const scored = [
    ...Array.from(positives, (score) => ({ score, isPositive: true })),
    ...Array.from(negatives, (score) => ({ score, isPositive: false })),
  ];
  if (scored.some(({ score }) => Number.isNaN(score))) throw new RangeError('a score is not a number');
  scored.sort((a, b) => a.score - b.score);
  let rankSum = 0;
  for (let start = 0; start < scored.length; ) {
    let end = start;
    while (end < scored.length && scored[end]!.score === scored[start]!.score) end += 1;
    // Ranks start..end-1 are tied: each gets their mean, counted from 1.
    const rank = (start + end + 1) / 2;
    for (let i = start; i < end; i += 1) if (scored[i]!.isPositive) rankSum += rank;
    start = end;
  }
  const n = positives.length;
  return (rankSum - (n * (n + 1)) / 2) / (n * negatives.length);
}

/** Features, their squares and products, the class, and class times feature: sees means, spreads and correlations. */
function terms(set: LabelledRows, classCount: number): Float64Array[] {
  return set.rows.map((row, i) => {
    const made: number[] = [...row];
    for (let j = 0; j < row.length; j += 1) for (let k = 0; k <= j; k += 1) made.push(row[j]! * row[k]!);
    for (let label = 1; label < classCount; label += 1) {
      const isOwn = set.labels[i] === label ? 1 : 0;
      made.push(isOwn);
      for (const value of row) made.push(isOwn * value);
    }
    return Float64Array.from(made);
  });
}

/** Every second person of each class, so that both halves hold the same mix. */
function half(set: LabelledRows, part: 0 | 1): LabelledRows {
  const seen: number[] = [];
  const chosen = set.labels.map((label) => {
    seen[label] = (seen[label] ?? 0) + 1;
    return seen[label] % 2 === part;
  });
  return { rows: set.rows.filter((_, i) => chosen[i]), labels: set.labels.filter((_, i) => chosen[i]) };
}

/**
 * Classifier two-sample test (Lopez-Paz & Oquab 2017): a ridge logistic regression on quadratic terms learns to tell real
 * from synthetic people on one half of each and is judged on the other, both ways round.
 * @param real - people whom the generator never saw. @param synthetic - as many, best in the same mix of classes.
 * @returns mean of the two areas under the curve: 0.5 cannot be told apart, 1 always.
 * @throws RangeError when sets do not fit or hold fewer than four rows.
 */
export function twoSampleArea(real: LabelledRows, synthetic: LabelledRows): number {
  if (checkLabelledRows(real) !== checkLabelledRows(synthetic)) {
    throw new RangeError('both sets need rows of the same length');
  }
  if (real.rows.length < 4 || synthetic.rows.length < 4)
    throw new RangeError('a two-sample test needs four rows a set');
  const classCount = 1 + Math.max(...real.labels, ...synthetic.labels);
  const areas = ([0, 1] as const).map((part) => {
    const fitReal = terms(half(real, part), classCount);
    const fitMade = terms(half(synthetic, part), classCount);
    const standard = columnStandard([...fitReal, ...fitMade]);
    const fit = fitRidgeLogistic(
      standardise([...fitReal, ...fitMade], standard),
      [...fitReal.map(() => false), ...fitMade.map(() => true)],
      RIDGE_STRENGTH,
    );
    const other = part === 0 ? 1 : 0;
    const scores = (set: LabelledRows) =>
      standardise(terms(half(set, other), classCount), standard).map((row) => logisticScore(fit, row));
    return areaUnderCurve(scores(synthetic), scores(real));
  });
  return (areas[0]! + areas[1]!) / 2;
}
