import { examineInput, type NextVisitModel } from '../../core/inference/next-visit.ts';
import { NEXT_VISIT_LEVELS } from '../../core/inference/next-visit-bundle.ts';
import { quantileInterval } from '../../core/inference/next-visit-interval.ts';
import { randomStream } from '../../core/numerics/random-stream.ts';
import type { ConformalInterval } from '../../core/uncertainty/conformal-interval.ts';
import { pinballLoss } from '../../core/uncertainty/interval-scores.ts';
import type { NextVisitPerson } from '../dataset/next-visit.ts';

/** One forecast beside its truth and beside "it stays as it is". Forces in newtons. */
export interface ScoredForecast {
  person: NextVisitPerson;
  /** The range check refuses this person: no answer, and no part in coverage and error. */
  isRefused: boolean;
  /** The middle quantile, newtons. */
  forecastN: number;
  /** |forecast - next|, newtons. */
  errorN: number;
  /** |last - next|, newtons. */
  lastValueErrorN: number;
  /** Mean pinball loss over the five levels, newtons. */
  pinballN: number;
  /** The same of the last value with the spread that all training people have around theirs. */
  lastValuePinballN: number;
  /** Does the 90 % interval hold the next visit? */
  isCovered: boolean;
  intervalN: ConformalInterval;
  /** Outer quantiles as the members forecast them, before calibration, newtons. */
  bandN: readonly [number, number];
  /** Width of the 90 % interval, newtons; infinite when unbounded. */
  widthN: number;
  /** For each level: does the next visit lie at or below the forecast quantile? */
  isBelow: boolean[];
}

/** Mean over the levels of the pinball loss (Koenker & Bassett 1978), in the unit of the quantiles. */
export function meanPinball(quantiles: ArrayLike<number>, truth: number): number {
  let sum = 0;
  NEXT_VISIT_LEVELS.forEach((level, i) => {
    sum += pinballLoss([truth], [quantiles[i]!], level);
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
    const intervalN: ConformalInterval =
      logBounds === 'unbounded' ? logBounds : [inNewtons(logBounds[0]), inNewtons(logBounds[1])];
    const [lowN, highN] = intervalN === 'unbounded' ? [0, Number.POSITIVE_INFINITY] : intervalN;
    return {
      person,
      isRefused: p <= rangeAlpha,
      forecastN: quantilesN[2]!,
      intervalN,
      bandN: [quantilesN[0]!, quantilesN.at(-1)!],
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
 * Percentile bootstrap (Efron 1979) of statistics of two sums over people. People are drawn whole, so a loss and the
 * loss that it is compared with stay together; all statistics asked of the answer come from the same draws.
 * @param name - names the stream. @returns statistic -> its estimate, e.g. (first, second) => 1 - first / second.
 * @throws RangeError without people, or when lengths differ.
 */
export function bootstrapSums(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  name: string,
): (statistic: (firstSum: number, secondSum: number) => number) => Estimate {
  const n = first.length;
  if (n === 0 || second.length !== n) throw new RangeError('a bootstrap needs people, each with both values');
  const stream = randomStream('next-visit-bootstrap', name, 0);
  let [allFirst, allSecond] = [0, 0];
  for (let i = 0; i < n; i += 1) {
    allFirst += first[i]!;
    allSecond += second[i]!;
  }
  const firstSums = new Float64Array(RESAMPLES);
  const secondSums = new Float64Array(RESAMPLES);
  for (let draw = 0; draw < RESAMPLES; draw += 1) {
    for (let i = 0; i < n; i += 1) {
      const drawn = stream.integer(n);
      firstSums[draw]! += first[drawn]!;
      secondSums[draw]! += second[drawn]!;
    }
  }
  return (statistic) => {
    const draws = firstSums.map((sum, draw) => statistic(sum, secondSums[draw]!)).sort();
    return {
      value: statistic(allFirst, allSecond),
      low: draws[Math.floor(RESAMPLES * 0.025)]!,
      high: draws[Math.ceil(RESAMPLES * 0.975) - 1]!,
    };
  };
}

const skillStatistic = (own: number, lastValue: number): number => 1 - own / lastValue;

/** Skill against the last value: 1 is perfect, 0 no better, below 0 worse. Of absolute error or of pinball loss. */
export function skillOf(
  scores: readonly ScoredForecast[],
  of: 'absolute-error' | 'pinball',
  name: string,
): Estimate {
  const isError = of === 'absolute-error';
  return bootstrapSums(
    scores.map((score) => (isError ? score.errorN : score.pinballN)),
    scores.map((score) => (isError ? score.lastValueErrorN : score.lastValuePinballN)),
    `${name}/${of}`,
  )(skillStatistic);
}

/** What is said of people who are looked at together. */
export interface GroupScores {
  n: number;
  /** Mean absolute error of the forecast and of the last value, newtons. */
  errorN: Estimate;
  lastValueErrorN: Estimate;
  /** In absolute error. */
  skill: Estimate;
  /** Share of next visits inside the 90 % interval, 0..1. */
  coverage: number;
  /** Mean width of the interval, newtons. */
  widthN: number;
}

/** @param name - names the stream of the bootstrap. @throws RangeError without people. */
export function groupScores(scores: readonly ScoredForecast[], name: string): GroupScores {
  const n = scores.length;
  const estimate = bootstrapSums(
    scores.map(({ errorN }) => errorN),
    scores.map(({ lastValueErrorN }) => lastValueErrorN),
    name,
  );
  return {
    n,
    errorN: estimate((own) => own / n),
    lastValueErrorN: estimate((_, lastValue) => lastValue / n),
    skill: estimate(skillStatistic),
    coverage: scores.filter(({ isCovered }) => isCovered).length / n,
    widthN: scores.reduce((sum, { widthN }) => sum + widthN, 0) / n,
  };
}
