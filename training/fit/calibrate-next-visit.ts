import { rawForecast } from '../../core/inference/next-visit.ts';
import { NEXT_VISIT_LEVELS, type NextVisitCalibrationFile } from '../../core/inference/next-visit-bundle.ts';
import {
  NEXT_VISIT_PATTERNS,
  nextVisitPattern,
  nextVisitRangeVector,
} from '../../core/inference/next-visit-input.ts';
import { calibrateQuantileInterval } from '../../core/inference/next-visit-interval.ts';
import { type RangeScores, rangeScores } from '../../core/inference/range-score.ts';
import { forwardNetwork } from '../../core/networks/dense-network.ts';
import type { Network } from '../../core/networks/network.ts';
import { combinedRank, inRangeP } from '../../core/uncertainty/combined-range-score.ts';
import { ledoitWolf, type Whitening, whitening } from '../../core/uncertainty/covariance.ts';
import { logChange, type NextVisitPerson } from '../dataset/next-visit.ts';

const ALPHA = 0.1;
/** Refused share of in-range people: 4 % by calibration, checked to stay at or below 5 % (decision 21). */
const RANGE_ALPHA = 0.04;
/** Ranks kept of each distance: the file is read at every start. */
const KEPT_RANKS = 250;

const cloudOf = (rows: readonly Float64Array[]) => whitening(ledoitWolf(rows));
const cloudFile = ({ mean, inverseFactor }: Whitening) => ({
  mean: [...mean],
  inverseFactor: [...inverseFactor],
});

/** At most `count` evenly spaced order statistics, the ends among them. */
function keptRanks(scores: readonly number[], count: number): number[] {
  const sorted = Float64Array.from(scores).sort();
  if (sorted.length <= count) return [...sorted];
  return Array.from(
    { length: count },
    (_, i) => sorted[Math.round((i * (sorted.length - 1)) / (count - 1))]!,
  );
}

/** Quantile of ascending values: the smallest that at least this share of them does not exceed. */
const quantileOf = (sorted: Float64Array, share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)]!;

/**
 * Range check, interval and the spread of the "last value", as calibration.json holds them.
 *
 * Half of the calibration people turn distances into ranks, the other half turns the larger rank into a p value, so
 * that the promise counts both. The interval is calibrated on those of all calibration people whom the range check
 * accepts: the promise is made to people who get an answer.
 * @param calibration - people whom no member saw, in training or in stopping; every pattern must be among both halves.
 * @throws RangeError when a pattern has too few people.
 */
export function calibrateNextVisit(
  members: readonly Network[],
  train: readonly NextVisitPerson[],
  calibration: readonly NextVisitPerson[],
): NextVisitCalibrationFile {
  const patternOf = ({ input }: NextVisitPerson) => nextVisitPattern(input.values);
  const clouds = new Map(
    NEXT_VISIT_PATTERNS.map((pattern) => [
      pattern,
      cloudOf(
        train
          .filter((person) => patternOf(person) === pattern)
          .map((person) => nextVisitRangeVector(person.input.values)),
      ),
    ]),
  );
  const hiddenClouds = members.map((member) =>
    cloudOf(train.map((person) => forwardNetwork(member, person.input.values).lastHidden)),
  );
  const scored = calibration.map((person) => {
    const pattern = patternOf(person);
    const { values } = person.input;
    const scores: RangeScores = rangeScores(nextVisitRangeVector(values), values, members, {
      featureCloud: clouds.get(pattern)!,
      hiddenClouds,
    });
    return { person, pattern, ...scores };
  });
  const half = Math.floor(scored.length / 2);
  const [rankPeople, combinePeople] = [scored.slice(0, half), scored.slice(half)];
  const hiddenScores = keptRanks(
    rankPeople.map((one) => one.hiddenScore),
    KEPT_RANKS,
  );
  const featureScores = new Map(
    NEXT_VISIT_PATTERNS.map((pattern) => {
      const own = rankPeople.filter((one) => one.pattern === pattern).map((one) => one.featureScore);
      if (own.length === 0) throw new RangeError(`no calibration person has the pattern "${pattern}"`);
      return [pattern, keptRanks(own, KEPT_RANKS)];
    }),
  );
  const rangeOf = (pattern: string) => ({ featureScores: featureScores.get(pattern)!, hiddenScores });
  const combinedScores = Float64Array.from(combinePeople, (one) =>
    combinedRank(one.featureScore, one.hiddenScore, rangeOf(one.pattern)),
  ).sort();
  // Accepted by all combined scores; the app judges by the kept ones below, evenly thinned, so a p value may differ by
  // about one part in their number and a person at the very limit may be judged otherwise.
  const accepted = scored
    .filter(
      (one) =>
        inRangeP(one.featureScore, one.hiddenScore, { ...rangeOf(one.pattern), combinedScores }) >
        RANGE_ALPHA,
    )
    .map(({ person }) => person);
  const forecasts = accepted.map((person) => rawForecast(members, person.input.values).logChanges);
  const changes = Float64Array.from(train, logChange).sort();
  return {
    format: 'prehensa-next-visit-calibration-1',
    levels: [...NEXT_VISIT_LEVELS],
    interval: calibrateQuantileInterval(
      forecasts.map((quantiles) => quantiles[0]!),
      forecasts.map((quantiles) => quantiles.at(-1)!),
      accepted.map(logChange),
      ALPHA,
    ),
    lastValueQuantiles: NEXT_VISIT_LEVELS.map((level) => quantileOf(changes, level)),
    rangeAlpha: RANGE_ALPHA,
    patterns: Object.fromEntries(
      NEXT_VISIT_PATTERNS.map((pattern) => [
        pattern,
        { cloud: cloudFile(clouds.get(pattern)!), scores: featureScores.get(pattern)! },
      ]),
    ),
    hiddenClouds: hiddenClouds.map(cloudFile),
    hiddenScores,
    combinedScores: keptRanks([...combinedScores], 10 * KEPT_RANKS),
  };
}
