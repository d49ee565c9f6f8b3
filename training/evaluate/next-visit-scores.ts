import { examineInput, type NextVisitModel } from '../../core/inference/next-visit.ts';
import { NEXT_VISIT_LEVELS } from '../../core/inference/next-visit-bundle.ts';
import { quantileInterval } from '../../core/inference/next-visit-interval.ts';
import { randomStream } from '../../core/numerics/random-stream.ts';
import type { NextVisitPerson } from '../dataset/next-visit.ts';

/** One forecast beside its truth and beside "it stays as it is". Forces in newtons. */
export interface ScoredForecast {
  person: NextVisitPerson;
  /** The range check refuses this person: no answer, and no part in coverage and error. */
  isRefused: boolean;
  /** |forecast - next|, newtons; the forecast is the middle quantile. */
  errorN: number;
  /** |last - next|, newtons. */
  lastValueErrorN: number;
  /** Mean pinball loss over the five levels, newtons. */
  pinballN: number;
  /** The same of the last value with the spread that all training people have around theirs. */
  lastValuePinballN: number;
  /** Does the 90 % interval hold the next visit? */
  isCovered: boolean;
  /** Width of the 90 % interval, newtons; infinite when unbounded. */
  widthN: number;
  /** For each level: does the next visit lie at or below the forecast quantile? */
  isBelow: boolean[];
}

/** Mean over the levels of the pinball loss (Koenker & Bassett 1978), in the unit of the quantiles. */
export function meanPinball(quantiles: ArrayLike<number>, truth: number): number {
  let sum = 0;
  NEXT_VISIT_LEVELS.forEach((level, i) => {
    const error = truth - quantiles[i]!;
    sum += Math.max(level * error, (level - 1) * error);
  });
  return sum / NEXT_VISIT_LEVELS.length;
}

/** Scores the forecasts of people whom the network never saw. */
export function scoreForecasts(model: NextVisitModel, people: readonly NextVisitPerson[]): ScoredForecast[] {
  const { interval, lastValueQuantiles, rangeAlpha } = model.calibration;
  return people.map((person) => {
    const { values, lastN } = person.input;
    const inNewtons = (logChange: number) => lastN * Math.exp(logChange);
    const { logChanges, p } = examineInput(model, values);
    const quantilesN = logChanges.map(inNewtons);
    const nextN = person.nextPinchPeakN;
    const logBounds = quantileInterval(logChanges[0]!, logChanges.at(-1)!, interval);
    const [lowN, highN] =
      logBounds === 'unbounded'
        ? [0, Number.POSITIVE_INFINITY]
        : [inNewtons(logBounds[0]), inNewtons(logBounds[1])];
    return {
      person,
      isRefused: p <= rangeAlpha,
      errorN: Math.abs(quantilesN[2]! - nextN),
      lastValueErrorN: Math.abs(lastN - nextN),
      pinballN: meanPinball(quantilesN, nextN),
      lastValuePinballN: meanPinball(lastValueQuantiles.map(inNewtons), nextN),
      isCovered: nextN >= lowN && nextN <= highN,
      widthN: highN - lowN,
      isBelow: Array.from(quantilesN, (quantile) => nextN <= quantile),
    };
  });
}

/** A figure with its 95 % interval over people. */
export interface Estimate {
  value: number;
  low: number;
  high: number;
}

const RESAMPLES = 500;

/**
 * A statistic of people with its percentile bootstrap interval (Efron 1979): people are drawn whole, so a loss and the
 * loss it is compared with stay together.
 * @param statistic - of two sums over people, e.g. 1 - first / second. @param name - names the stream.
 * @throws RangeError without people.
 */
export function bootstrapRatio(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  statistic: (firstSum: number, secondSum: number) => number,
  name: string,
): Estimate {
  const n = first.length;
  if (n === 0 || second.length !== n) throw new RangeError('a bootstrap needs people, each with both values');
  const stream = randomStream('next-visit-bootstrap', name, 0);
  let [allFirst, allSecond] = [0, 0];
  for (let i = 0; i < n; i += 1) {
    allFirst += first[i]!;
    allSecond += second[i]!;
  }
  const draws = Float64Array.from({ length: RESAMPLES }, () => {
    let [firstSum, secondSum] = [0, 0];
    for (let i = 0; i < n; i += 1) {
      const drawn = stream.integer(n);
      firstSum += first[drawn]!;
      secondSum += second[drawn]!;
    }
    return statistic(firstSum, secondSum);
  }).sort();
  return {
    value: statistic(allFirst, allSecond),
    low: draws[Math.floor(RESAMPLES * 0.025)]!,
    high: draws[Math.ceil(RESAMPLES * 0.975) - 1]!,
  };
}

/** Skill against the last value: 1 is perfect, 0 no better, below 0 worse. Of absolute error or of pinball loss. */
export function skillOf(
  scores: readonly ScoredForecast[],
  of: 'absolute-error' | 'pinball',
  name: string,
): Estimate {
  const isError = of === 'absolute-error';
  return bootstrapRatio(
    scores.map((score) => (isError ? score.errorN : score.pinballN)),
    scores.map((score) => (isError ? score.lastValueErrorN : score.lastValuePinballN)),
    (own, lastValue) => 1 - own / lastValue,
    `${name}/${of}`,
  );
}

/** Mean absolute error, newtons. */
export const meanErrorOf = (scores: readonly ScoredForecast[], name: string): Estimate =>
  bootstrapRatio(
    scores.map(({ errorN }) => errorN),
    scores.map(() => 1),
    (sum, count) => sum / count,
    `${name}/mean-error`,
  );
