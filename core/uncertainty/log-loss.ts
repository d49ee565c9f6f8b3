import type { MeanScore } from './brier-score.ts';
import { checkForecasts, checkProbabilityRows } from './probability-rows.ts';

/**
 * Log loss: mean over rows of -ln(probability of the class that it was), in nats. Source: Good 1952, J R Stat Soc B 14:107.
 * @param rows - n rows of K probabilities. @param labels - class of each row, 0..K-1.
 * @returns from 0; infinite when a class occurred that had been given probability 0, which no clipping hides here.
 * @throws RangeError when rows are no probabilities or a label is no class.
 */
export function logLoss(rows: readonly ArrayLike<number>[], labels: ArrayLike<number>): MeanScore {
  checkProbabilityRows(rows, labels);
  const sum = rows.reduce((total, row, i) => total + surprise(row[labels[i]!]!), 0);
  return { n: rows.length, value: sum / rows.length };
}

/**
 * Log loss of the probability of a yes-or-no event, in nats.
 * @param probabilities - of the event, 0..1. @param cameTrue - as many. @returns from 0, infinite as {@link logLoss}.
 * @throws RangeError without forecasts, when lengths differ, or when a probability is outside 0 to 1.
 */
export function binaryLogLoss(probabilities: ArrayLike<number>, cameTrue: ArrayLike<boolean>): MeanScore {
  checkForecasts(probabilities, cameTrue);
  let sum = 0;
  for (let i = 0; i < probabilities.length; i += 1) {
    // ln(1 - p) by log1p: 1 - p would round to 1 for a probability below 1e-16.
    sum += cameTrue[i] ? surprise(probabilities[i]!) : 0 - Math.log1p(-probabilities[i]!);
  }
  return { n: probabilities.length, value: sum / probabilities.length };
}

/** -ln(probability), with +0 for a certain event. */
const surprise = (probability: number): number => 0 - Math.log(probability);
