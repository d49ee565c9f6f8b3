import * as z from 'zod';
import { tooFewCases } from '../../../core/uncertainty/calibration-size.ts';
import type { ConformalInterval } from '../../../core/uncertainty/conformal-interval.ts';
import {
  type ConformalThreshold,
  conformalRank,
  conformalThreshold,
} from '../../../core/uncertainty/conformal-rank.ts';
import {
  coverageDistribution,
  coverageQuantile,
  probabilityBelow,
} from '../../../core/uncertainty/coverage-distribution.ts';
import { coverageRange } from '../../../core/uncertainty/coverage-range.ts';
import { calibrateGroups, groupInterval } from '../../../core/uncertainty/group-conditional.ts';
import { intervalCoverage } from '../../../core/uncertainty/interval-scores.ts';
import { jackknifePlusInterval } from '../../../core/uncertainty/jackknife-plus.ts';
import { calibrateNormalised, normalisedInterval } from '../../../core/uncertainty/normalised-conformal.ts';
import {
  calibrateQuantileSides,
  calibrateQuantiles,
  type QuantileInterval,
  quantileInterval,
} from '../../../core/uncertainty/quantile-conformal.ts';
import { calibrateSplit, splitInterval } from '../../../core/uncertainty/split-conformal.ts';
import type { Comparison } from '../comparison.ts';
import { intervalScores } from '../interval-score-cases.ts';
import { namedAnswers } from '../named-answers.ts';
import { unknownCase, type VectorRunner } from '../runner.ts';
import type { VectorCase } from '../vector-file.ts';
import { WrittenNumber } from '../written-number.ts';

const Numbers = z.array(z.number());
const Intervals = z.array(z.tuple([WrittenNumber, WrittenNumber]));
const Names = z.array(z.union([z.string(), z.number()]).transform(String));

const Split = z.object({ yCal: Numbers, yHatCal: Numbers, yHatTest: Numbers, alpha: z.number() });
const Difficulties = z.object({ sigmaCal: Numbers, sigmaTest: Numbers, beta: z.number().default(0) });
const Bands = z.object({
  yCal: Numbers,
  loCal: Numbers,
  hiCal: Numbers,
  loTest: Numbers,
  hiTest: Numbers,
  alpha: z.number(),
});
const Grouped = z.object({ binsCal: Names, binsTest: Names });
const LeaveOneOut = z.object({ residualsLOO: Numbers, looPredictionsAtTest: Numbers, alpha: z.number() });
const Size = z.object({ n: z.int(), alpha: z.number() });

/** Conformal intervals, ranks, spread of coverage, and measures of intervals. */
export const run: VectorRunner = (vector) => {
  switch (vector.kind) {
    case 'rank':
      return rank(vector);
    case 'split_absolute':
      return splitAbsolute(vector);
    case 'normalised':
      return normalised(vector);
    case 'cqr':
    case 'cqr_symmetric':
      return quantiles(vector, calibrateQuantiles);
    case 'cqr_asymmetric':
      return quantiles(vector, calibrateQuantileSides);
    case 'mondrian':
      return mondrian(vector);
    case 'jackknife_plus':
      return jackknifePlus(vector);
    case 'coverage_distribution':
      return distribution(vector);
    case 'coverage_test_band':
      return band(vector);
    case 'metrics':
      return intervalScores(vector);
    default:
      return unknownCase(vector);
  }
};

const numberOf = (threshold: ConformalThreshold): number =>
  threshold === 'unbounded' ? Number.POSITIVE_INFINITY : threshold;

const endsOf = (interval: ConformalInterval | 'never-seen'): readonly [number, number] =>
  typeof interval === 'string' ? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY] : interval;

function rank(vector: VectorCase): Comparison[] {
  const { n, alpha } = z.object({ n: z.int(), alpha: z.number() }).parse(vector);
  const scores = Array.isArray(vector.scores)
    ? Numbers.parse(vector.scores)
    : Array.from({ length: n }, (_, i) => i + 1);
  const found = conformalRank(scores.length, alpha);
  const fromText =
    typeof vector.alphaDecimal === 'string' ? conformalRank(n, Number(vector.alphaDecimal)) : found;
  return [
    ...namedAnswers(vector, {
      expectedRank: () => numberOf(found),
      expectedQuantile: () => numberOf(conformalThreshold(scores, alpha)),
    }),
    { what: 'rank by alphaDecimal', expected: vector.expectedRank, actual: numberOf(fromText) },
    {
      what: 'a reason beside an infinite rank',
      expected: vector.expectedRank === Number.POSITIVE_INFINITY,
      actual: tooFewCases(n, alpha) !== null,
    },
  ];
}

function splitAbsolute(vector: VectorCase): Comparison[] {
  const { yCal, yHatCal, yHatTest, alpha } = Split.parse(vector);
  const calibration = calibrateSplit(yHatCal, yCal, alpha);
  const intervals = yHatTest.map((prediction) => splitInterval(prediction, calibration));
  const truths = vector.yTest === undefined ? null : Numbers.parse(vector.yTest);
  return namedAnswers(vector, {
    rank: () => numberOf(conformalRank(calibration.count, alpha)),
    quantile: () => numberOf(calibration.halfWidth),
    intervals: () => intervals.map(endsOf),
    covered: () => truths?.map((truth, i) => intervalCoverage([truth], [intervals[i]!]) === 1),
  });
}

function normalised(vector: VectorCase): Comparison[] {
  const { yCal, yHatCal, yHatTest, alpha } = Split.parse(vector);
  const { sigmaCal, sigmaTest, beta } = Difficulties.parse(vector);
  const columns = { predictions: yHatCal, difficulties: sigmaCal, truths: yCal };
  const calibration = calibrateNormalised(columns, beta, alpha);
  return namedAnswers(vector, {
    rank: () => numberOf(conformalRank(calibration.count, alpha)),
    quantile: () => numberOf(calibration.multiple),
    intervals: () =>
      yHatTest.map((prediction, i) => endsOf(normalisedInterval(prediction, sigmaTest[i]!, calibration))),
  });
}

function quantiles(vector: VectorCase, calibrate: typeof calibrateQuantiles): Comparison[] {
  const { yCal, loCal, hiCal, loTest, hiTest, alpha } = Bands.parse(vector);
  const calibration = calibrate({ lower: loCal, upper: hiCal, truths: yCal }, alpha);
  const intervals = loTest.map((lower, i) => quantileInterval(lower, hiTest[i]!, calibration));
  return [
    ...namedAnswers(vector, {
      quantile: () => numberOf(calibration.lowerShift),
      quantileLo: () => numberOf(calibration.lowerShift),
      quantileHi: () => numberOf(calibration.upperShift),
      intervals: () => intervals.map(({ interval }) => endsOf(interval)),
    }),
    ...crossing(vector, intervals),
  ];
}

/** A crossed interval is flagged, and no other: in every case, also where the text says nothing. */
function crossing(vector: VectorCase, intervals: readonly QuantileInterval[]): Comparison[] {
  return [
    {
      what: 'isCrossed',
      expected: Intervals.parse(vector.intervals).map(([lower, upper]) => lower > upper),
      actual: intervals.map(({ isCrossed }) => isCrossed),
    },
  ];
}

function mondrian(vector: VectorCase): Comparison[] {
  const { yCal, yHatCal, yHatTest, alpha } = Split.parse(vector);
  const { binsCal, binsTest } = Grouped.parse(vector);
  const residuals = yCal.map((truth, i) => Math.abs(truth - yHatCal[i]!));
  const calibration = calibrateGroups(residuals, binsCal, alpha);
  const binsOf = (key: string) => [...calibration.counts.keys(), ...Object.keys(Object(vector[key]))];
  const intervals = yHatTest.map((prediction, i) => groupInterval(prediction, binsTest[i]!, calibration));
  return [
    ...namedAnswers(vector, {
      // A case may also list the bins that no calibration case was in.
      quantiles: () =>
        Object.fromEntries(
          binsOf('quantiles').map((bin) => [bin, numberOf(calibration.thresholds.get(bin) ?? 'unbounded')]),
        ),
      counts: () =>
        Object.fromEntries(binsOf('counts').map((bin) => [bin, calibration.counts.get(bin) ?? 0])),
      intervals: () => intervals.map(endsOf),
    }),
    {
      what: 'never seen',
      expected: binsTest.map((bin) => !binsCal.includes(bin)),
      actual: intervals.map((interval) => interval === 'never-seen'),
    },
  ];
}

function jackknifePlus(vector: VectorCase): Comparison[] {
  const { residualsLOO, looPredictionsAtTest, alpha } = LeaveOneOut.parse(vector);
  const interval = jackknifePlusInterval(looPredictionsAtTest, residualsLOO, alpha);
  return namedAnswers(vector, { interval: () => endsOf(interval) });
}

function distribution(vector: VectorCase): Comparison[] {
  const { n, alpha } = Size.parse(vector);
  const found = coverageDistribution(n, alpha);
  if (found === 'unbounded') return namedAnswers(vector, { rank: () => Number.POSITIVE_INFINITY });
  const levels = Object.keys(vector).filter((key) => /^q\d+$/.test(key));
  return namedAnswers(vector, {
    rank: () => found.rank,
    betaA: () => found.a,
    betaB: () => found.b,
    mean: () => found.mean,
    sd: () => found.standardDeviation,
    ...Object.fromEntries(
      levels.map((key) => [key, () => coverageQuantile(found, Number(`0.${key.slice(1)}`))]),
    ),
    probBelowNominal: () => probabilityBelow(found),
  });
}

function band(vector: VectorCase): Comparison[] {
  const { n, alpha, nTest } = Size.extend({ nTest: z.int() }).parse(vector);
  const found = coverageDistribution(n, alpha);
  const levels = Object.keys(vector).filter((key) => /^central\d+$/.test(key));
  const ranges = levels.map((key) => {
    const { low, high } = coverageRange({
      testCount: nTest,
      calibrationCount: n,
      alpha,
      simultaneousLevel: Number(`0.${key.slice('central'.length)}`),
      statementCount: 1,
    });
    return [key, () => [low, high]];
  });
  return namedAnswers(vector, {
    ...Object.fromEntries(ranges),
    mean: () => (found === 'unbounded' ? nTest : nTest * found.mean),
  });
}
