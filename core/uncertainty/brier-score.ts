import { checkForecasts, checkProbabilityRows } from './probability-rows.ts';

/** A mean score together with the number of rows behind it. */
export interface MeanScore {
  n: number;
  value: number;
}

/**
 * Brier score of class probabilities: mean over rows of the sum over classes of (probability - outcome)^2. Source: Brier
 * 1950, Mon Weather Rev 78:1.
 * @param rows - n rows of K probabilities. @param labels - class of each row, 0..K-1.
 * @returns 0 (certain and right) to 2 (certain and wrong): twice {@link brierDecomposition} for two classes.
 * @throws RangeError when rows are no probabilities or a label is no class.
 */
export function brierScore(rows: readonly ArrayLike<number>[], labels: ArrayLike<number>): MeanScore {
  checkProbabilityRows(rows, labels);
  let sum = 0;
  rows.forEach((row, i) => {
    for (let k = 0; k < row.length; k += 1) sum += (row[k]! - (labels[i] === k ? 1 : 0)) ** 2;
  });
  return { n: rows.length, value: sum / rows.length };
}

/** Brier score of a yes-or-no event and its parts: score = reliability - resolution + uncertainty. */
export interface BrierDecomposition {
  n: number;
  /** Different forecasts that were made. With as many as rows, reliability says nothing. */
  forecastCount: number;
  /** Mean of (probability - outcome)^2, 0..1. */
  score: number;
  /** Mean squared gap between a forecast and how often it came true; 0 is best. */
  reliability: number;
  /** Mean squared gap between how often a forecast came true and the base rate; large is best. */
  resolution: number;
  /** Base rate times its complement, 0..0.25: the score of who always says the base rate. */
  uncertainty: number;
  /** 1 - score / uncertainty; null when only one outcome occurred, which leaves nothing to be skilful about. */
  skill: number | null;
}

/**
 * Brier score with its decomposition over the unique forecasts. Source: Murphy 1973, J Appl Meteorol 12:595.
 * @param probabilities - of the event, 0..1. @param cameTrue - as many.
 * @throws RangeError without forecasts, when lengths differ, or when a probability is outside 0 to 1.
 */
export function brierDecomposition(
  probabilities: ArrayLike<number>,
  cameTrue: ArrayLike<boolean>,
): BrierDecomposition {
  checkForecasts(probabilities, cameTrue);
  const n = probabilities.length;
  const groups = new Map<number, { n: number; came: number }>();
  let [squares, events] = [0, 0];
  for (let i = 0; i < n; i += 1) {
    const outcome = cameTrue[i] ? 1 : 0;
    squares += (probabilities[i]! - outcome) ** 2;
    events += outcome;
    const group = groups.get(probabilities[i]!) ?? { n: 0, came: 0 };
    groups.set(probabilities[i]!, { n: group.n + 1, came: group.came + outcome });
  }
  const baseRate = events / n;
  let [reliability, resolution] = [0, 0];
  for (const [forecast, group] of groups) {
    const frequency = group.came / group.n;
    reliability += (group.n * (forecast - frequency) ** 2) / n;
    resolution += (group.n * (frequency - baseRate) ** 2) / n;
  }
  const score = squares / n;
  const uncertainty = baseRate * (1 - baseRate);
  const skill = uncertainty === 0 ? null : 1 - score / uncertainty;
  return { n, forecastCount: groups.size, score, reliability, resolution, uncertainty, skill };
}
