import { noBoundSentence, tooFewCases } from '../../core/uncertainty/calibration-size.ts';
import type { ConformalInterval } from '../../core/uncertainty/conformal-interval.ts';
import { coverageDistribution, coverageQuantile } from '../../core/uncertainty/coverage-distribution.ts';
import { calibrateGroups, groupInterval } from '../../core/uncertainty/group-conditional.ts';
import {
  intervalCoverage,
  meanIntervalWidth,
  sizeStratifiedCoverage,
  winklerScore,
} from '../../core/uncertainty/interval-scores.ts';
import { calibrateNormalised, normalisedInterval } from '../../core/uncertainty/normalised-conformal.ts';
import { calibrateQuantileSides, quantileInterval } from '../../core/uncertainty/quantile-conformal.ts';
import { calibrateSplit, splitInterval } from '../../core/uncertainty/split-conformal.ts';
import { wilsonInterval } from '../../core/uncertainty/wilson-interval.ts';
import type { FigureTable } from './figures.ts';

/** One forecast of a person whom the network never saw, in the unit of the table. */
export interface IntervalRow {
  prediction: number;
  truth: number;
  shipped: ConformalInterval;
  /** Known before the truth, e.g. sex and age band. */
  group: string;
  /** Standard deviation over the members, where the model has one. */
  spread?: number;
  /** Ends of the quantile band before calibration, where the model forecasts one. */
  band?: readonly [number, number];
}

/** Bins of width in which the promise should hold alike. */
const WIDTH_BINS = 4;

type Rule = (row: IntervalRow) => ConformalInterval;

const columnOf = <Key extends keyof IntervalRow>(rows: readonly IntervalRow[], key: Key) =>
  rows.map((row) => row[key]) as Exclude<IntervalRow[Key], undefined>[];

/** Rules that these rows have what is needed for, calibrated on them. */
function rulesOf(rows: readonly IntervalRow[], alpha: number): { name: string; rule: Rule }[] {
  const predictions = columnOf(rows, 'prediction');
  const truths = columnOf(rows, 'truth');
  const errors = truths.map((truth, i) => Math.abs(truth - predictions[i]!));
  const split = calibrateSplit(predictions, truths, alpha);
  const groups = calibrateGroups(errors, columnOf(rows, 'group'), alpha);
  const rules: { name: string; rule: Rule }[] = [
    { name: 'one width for all', rule: ({ prediction }) => splitInterval(prediction, split) },
    {
      name: 'one width a group',
      rule: ({ prediction, group }) => {
        const interval = groupInterval(prediction, group, groups);
        return interval === 'never-seen' ? 'unbounded' : interval;
      },
    },
  ];
  if (rows.every(({ spread }) => spread !== undefined)) {
    const difficulties = columnOf(rows, 'spread');
    // As wide at least as the usual error allows: members that agree by chance do not make a narrow interval.
    const floor = errors.toSorted((a, b) => a - b)[Math.floor(errors.length / 2)]!;
    const normalised = calibrateNormalised({ predictions, difficulties, truths }, floor, alpha);
    rules.push({
      name: 'width by the spread of the members',
      rule: ({ prediction, spread }) => normalisedInterval(prediction, spread ?? 0, normalised),
    });
  }
  if (rows.every(({ band }) => band !== undefined)) {
    const bands = columnOf(rows, 'band');
    const sides = calibrateQuantileSides(
      { lower: bands.map(([low]) => low), upper: bands.map(([, high]) => high), truths },
      alpha,
    );
    rules.push({
      name: 'quantiles, each side on its own',
      rule: ({ band, prediction }) => quantileInterval(...(band ?? [prediction, prediction]), sides).interval,
    });
  }
  return rules;
}

/** What luck of the calibration people does to a promise that is kept on average. */
function luckSentence(count: number, alpha: number): string {
  const distribution = coverageDistribution(count, alpha);
  if (distribution === 'unbounded') return noBoundSentence(tooFewCases(count, alpha)!);
  const [low, high] = [0.025, 0.975].map((level) => (100 * coverageQuantile(distribution, level)).toFixed(1));
  return `One width from ${count} people leads to a true coverage of ${low} to ${high} % in 19 of 20 calibration sets.`;
}

function scored(name: string, rows: readonly IntervalRow[], rule: Rule, alpha: number) {
  const truths = columnOf(rows, 'truth');
  const intervals = rows.map(rule);
  const coverage = intervalCoverage(truths, intervals);
  const [low, high] = wilsonInterval(Math.round(coverage * rows.length), rows.length);
  const percent = (value: number) => Number((100 * value).toFixed(1));
  const bounded = (value: number) => (Number.isFinite(value) ? Number(value.toPrecision(4)) : 'unbounded');
  const strata = sizeStratifiedCoverage(truths, intervals, Math.min(WIDTH_BINS, rows.length));
  return [
    name,
    `${percent(coverage)} (${percent(low)} to ${percent(high)})`,
    bounded(meanIntervalWidth(intervals)),
    bounded(winklerScore(truths, intervals, alpha)),
    percent(strata.smallest),
    rows.length,
  ];
}

/**
 * The shipped intervals beside simpler ones: does what they adapt to buy anything? The first half of the people calibrates
 * the others, all are measured on the second half.
 * @param unit - of predictions and truths. @throws RangeError with fewer than two people, or as the scores.
 */
export function intervalComparison(
  title: string,
  unit: string,
  rows: readonly IntervalRow[],
  alpha: number,
): FigureTable {
  if (rows.length < 2)
    throw new RangeError('a comparison of intervals needs people to calibrate and people to measure');
  const half = Math.floor(rows.length / 2);
  const [calibration, test] = [rows.slice(0, half), rows.slice(half)];
  return {
    title,
    columns: [
      'interval',
      'hold the truth, % (95 %)',
      `mean width, ${unit}`,
      `Winkler score, ${unit}`,
      'held least by width, %',
      'n',
    ],
    rows: [
      scored('as shipped', test, ({ shipped }) => shipped, alpha),
      ...rulesOf(calibration, alpha).map(({ name, rule }) => scored(name, test, rule, alpha)),
    ],
    caption: `Promised: ${100 * (1 - alpha)} %. The others were calibrated on ${half} further test people, the shipped ones on the bundle's own calibration people. Winkler score: width, plus ${2 / alpha} times how far a truth lies outside; smaller is better. Held least by width: the smallest coverage among four classes of width. Groups: sex and age band. ${luckSentence(half, alpha)}`,
  };
}
