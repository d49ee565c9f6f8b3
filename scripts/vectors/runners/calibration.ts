import * as z from 'zod';
import { softmax } from '../../../core/networks/ensemble-forward.ts';
import { randomStream } from '../../../core/numerics/random-stream.ts';
import { binnedCalibrationErrors } from '../../../core/uncertainty/binned-calibration-errors.ts';
import { brierDecomposition, brierScore } from '../../../core/uncertainty/brier-score.ts';
import { perfectCalibrationErrors } from '../../../core/uncertainty/calibration-error.ts';
import { classWiseCalibrationError } from '../../../core/uncertainty/class-wise-calibration-error.ts';
import { binaryLogLoss, logLoss } from '../../../core/uncertainty/log-loss.ts';
import { mostProbableClass } from '../../../core/uncertainty/probability-rows.ts';
import {
  type EdgeRule,
  equalCountEdges,
  equalWidthEdges,
} from '../../../core/uncertainty/reliability-bins.ts';
import { type ReliabilityTable, reliabilityTable } from '../../../core/uncertainty/reliability-table.ts';
import { spiegelhalterTest } from '../../../core/uncertainty/spiegelhalter-test.ts';
import { fitTemperature, TEMPERATURE_RANGE } from '../../../core/uncertainty/temperature.ts';
import type { Comparison } from '../comparison.ts';
import { namedAnswers } from '../named-answers.ts';
import { recalibration } from '../recalibration-cases.ts';
import { unknownCase, type VectorRunner } from '../runner.ts';
import type { Tolerance, VectorCase } from '../vector-file.ts';

const Numbers = z.array(z.number());
const Rows = z.array(Numbers);
const Named = z.record(z.string(), z.unknown());
/** The files' own word for fitted coefficients: "temperatures 1e-6". */
const FITTED: Tolerance = { abs: 1e-6, rel: 0 };
const DEFAULT_BINS = 10;

export const run: VectorRunner = (vector) => {
  const kind = String(vector.kind);
  if (kind === 'ece') return vector.prob === undefined ? binned(vector) : topLabel(vector);
  if (kind === 'ece_edges') return edges(vector);
  if (kind === 'temperature') return temperature(vector);
  if (kind === 'temperature_degenerate') return degenerateTemperature(vector);
  if (kind === 'brier') return brier(vector);
  if (kind === 'simulation') return perfectModel(vector);
  const names = `${kind} ${Object.keys(vector).join(' ')}`;
  if (/curve|reliability|prob_?true/i.test(names)) return reliabilityCurve(vector);
  if (/platt|slope|intercept|logistic|recalibration/i.test(names)) return recalibration(vector, FITTED);
  return unknownCase(vector);
};

const isByCount = (strategy: string) => /quantile|adaptive|count|mass/i.test(strategy);
const isOne = (values: readonly number[]) => values.map((value) => value === 1);

interface Binning {
  confidences: readonly number[];
  cameTrue: readonly boolean[];
  bins: number;
  rule: EdgeRule;
  isEqualCount: boolean;
}

function tableOf({ confidences, cameTrue, bins, rule, isEqualCount }: Binning): ReliabilityTable {
  const edges = isEqualCount ? equalCountEdges(confidences, bins) : equalWidthEdges(bins);
  return reliabilityTable(confidences, cameTrue, { edges, rule });
}

/** What a case asks of one table: its errors and its bins. An empty bin has no mean and no accuracy to compare. */
function tableAnswers(table: ReliabilityTable): Record<string, () => unknown> {
  const errors = binnedCalibrationErrors(table);
  return {
    n: () => table.n,
    ece: () => errors.expected,
    mce: () => errors.maximum,
    ace: () => errors.average,
    bins: () =>
      table.bins.map(({ lower, upper, n, meanConfidence, frequency }, bin) => ({
        bin,
        lower,
        upper,
        count: n,
        meanConfidence,
        accuracy: frequency,
      })),
  };
}

/** The bins that a case describes; binary unless said otherwise. */
function binningOf(vector: VectorCase): Binning {
  return {
    confidences: Numbers.parse(vector.p),
    cameTrue: isOne(Numbers.parse(vector.y)),
    ...binsOf(vector),
  };
}

function binsOf(vector: VectorCase): Pick<Binning, 'bins' | 'rule' | 'isEqualCount'> {
  return {
    bins: z
      .int()
      .default(DEFAULT_BINS)
      .parse(vector.bins ?? vector.nBins ?? vector.n_bins),
    rule: String(vector.edgeRule ?? '').startsWith('(') ? 'left-open' : 'right-open',
    isEqualCount: isByCount(String(vector.strategy ?? '')),
  };
}

function binned(vector: VectorCase): Comparison[] {
  const binning = binningOf(vector);
  const own = Object.entries(vector).flatMap(([key, expected]) => {
    // ownRightOpen, own49LeftOpen: at another number of bins or with the other rule. The values of the library that
    // makes 49 bins of 50 stand under expectedEce and rounded.
    const [isOwn, bins, side] = /^own(\d*)(Right|Left)Open$/.exec(key) ?? [];
    if (!isOwn) return [];
    const rule = side === 'Left' ? 'left-open' : 'right-open';
    const table = tableOf({ ...binning, rule, ...(bins && { bins: Number(bins) }) });
    return [{ what: key, expected, actual: binnedCalibrationErrors(table).expected }];
  });
  if (vector.expected === undefined) return own;
  return [...own, ...namedAnswers(Named.parse(vector.expected), tableAnswers(tableOf(binning)))];
}

function edges(vector: VectorCase): Comparison[] {
  const binning = binningOf(vector);
  const rules = [
    ['rightOpen', 'right-open'],
    ['leftOpenGuo', 'left-open'],
  ] as const;
  return rules.flatMap(([key, rule]) =>
    vector[key] === undefined
      ? []
      : namedAnswers(Named.parse(vector[key]), tableAnswers(tableOf({ ...binning, rule }))),
  );
}

/** Largest probability of each row, and whether that class was right. */
function topOf(rows: readonly ArrayLike<number>[], labels: readonly number[]) {
  const classes = rows.map(mostProbableClass);
  return {
    confidences: classes.map((label, i) => rows[i]![label]!),
    cameTrue: classes.map((label, i) => label === labels[i]),
  };
}

function topLabel(vector: VectorCase): Comparison[] {
  const rows = Rows.parse(vector.prob);
  const labels = Numbers.parse(vector.y);
  const binning: Binning = { ...topOf(rows, labels), ...binsOf(vector) };
  const classWise = classWiseCalibrationError(rows, labels, {
    edges: equalWidthEdges(binning.bins),
    rule: binning.rule,
  });
  return [
    ...namedAnswers(Named.parse(vector.expected ?? {}), tableAnswers(tableOf(binning))),
    ...namedAnswers(vector, {
      prob: () => (vector.logits === undefined ? rows : Rows.parse(vector.logits).map((row) => softmax(row))),
      classwiseEce: () => classWise.classes.map(({ expected }) => expected),
      classwiseMean: () => classWise.mean,
      nll: () => logLoss(rows, labels).value,
      brierMulticlass: () => brierScore(rows, labels).value,
    }),
  ];
}

function temperature(vector: VectorCase): Comparison[] {
  const logits = Rows.parse(vector.logits);
  const labels = Numbers.parse(vector.y);
  const fit = fitTemperature(logits, labels);
  const before = logits.map((row) => softmax(row));
  const after = logits.map((row) => softmax(row, fit.temperature));
  const errorOf = (rows: readonly Float64Array[]) => {
    const binning: Binning = {
      ...topOf(rows, labels),
      bins: DEFAULT_BINS,
      rule: 'right-open',
      isEqualCount: false,
    };
    return binnedCalibrationErrors(tableOf(binning)).expected;
  };
  const comparisons = [
    { what: 'isAtBound', expected: false, actual: fit.isAtBound },
    ...namedAnswers(vector, { temperature: () => fit.temperature }, FITTED),
    ...namedAnswers(vector, {
      nllBefore: () => logLoss(before, labels).value,
      nllAfter: () => logLoss(after, labels).value,
      eceBefore: () => errorOf(before),
      eceAfter: () => errorOf(after),
      probAfterFirst5: () => after.slice(0, 5),
    }),
  ];
  if (typeof vector.invariant !== 'string') return comparisons;
  const isSofter = after.map((row, i) => Math.max(...row) <= Math.max(...before[i]!));
  return [
    ...comparisons,
    {
      what: 'argmax unchanged',
      expected: before.map(mostProbableClass),
      actual: after.map(mostProbableClass),
    },
    {
      what: 'T > 1 softens, T < 1 sharpens',
      expected: isSofter.map(() => fit.temperature > 1),
      actual: isSofter,
    },
  ];
}

/** No finite optimum: the fit stops at the bound that the case names, and says so. */
function degenerateTemperature(vector: VectorCase): Comparison[] {
  const logits = Rows.parse(vector.logits);
  const labels = Numbers.parse(vector.y);
  const lossAt = (at: number) =>
    logLoss(
      logits.map((row) => softmax(row, at)),
      labels,
    ).value;
  const written = Object.entries(z.record(z.string(), z.number()).parse(vector.nllAt ?? {}))
    .map(([at, loss]) => ({ at: Number(at), loss }))
    .filter(({ at }) => at >= TEMPERATURE_RANGE[0] && at <= TEMPERATURE_RANGE[1])
    .sort((a, b) => a.at - b.at);
  const bound = TEMPERATURE_RANGE[/upper bound/i.test(String(vector.expected)) ? 1 : 0];
  const losses = [bound, ...written.map(({ at }) => at)].map(lossAt);
  return [
    {
      what: 'fit',
      expected: { temperature: bound, isAtBound: true },
      actual: fitTemperature(logits, labels),
    },
    { what: 'nllAt', expected: written.map(({ loss }) => loss), actual: written.map(({ at }) => lossAt(at)) },
    {
      what: 'the bound has the smallest loss',
      expected: losses.map(() => true),
      actual: losses.map((loss) => losses[0]! <= loss),
    },
  ];
}

function brier(vector: VectorCase): Comparison[] {
  const p = Numbers.parse(vector.p);
  const y = isOne(Numbers.parse(vector.y));
  const parts = brierDecomposition(p, y);
  return namedAnswers(vector, {
    brier: () => parts.score,
    reliability: () => parts.reliability,
    resolution: () => parts.resolution,
    uncertainty: () => parts.uncertainty,
    // The cases write "cannot say" as NaN.
    brierSkill: () => parts.skill ?? Number.NaN,
    spiegelhalterZ: () => spiegelhalterTest(p, y)?.z ?? Number.NaN,
    spiegelhalterP: () => spiegelhalterTest(p, y)?.p ?? Number.NaN,
    logLoss: () => binaryLogLoss(p, y).value,
  });
}

/** Tests of a perfectly calibrated model with uniform forecasts, as many as the cases were made with. */
const SIMULATED_TESTS = 400;

function perfectModel(vector: VectorCase): Comparison[] {
  const expected = z.record(z.string(), z.unknown()).parse(vector.expectedApprox);
  return Object.entries(expected).map(([n, value]) => {
    const stream = randomStream('perfect-model', vector.name, Number(n));
    const { mean, upper } = perfectCalibrationErrors(
      ({ uniform }) => Float64Array.from({ length: Number(n) }, uniform),
      stream,
      SIMULATED_TESTS,
      DEFAULT_BINS,
    );
    return { what: `n = ${n}`, expected: value, actual: [mean, upper] };
  });
}

/** Bins that hold somebody, bins open to the left as the library draws them that the curve is named after. */
function reliabilityCurve(vector: VectorCase): Comparison[] {
  const binning = binningOf({ edgeRule: '(lo,hi]', ...vector });
  const groups = Object.entries(vector).filter(
    ([, value]) => typeof value === 'object' && value !== null && !Array.isArray(value),
  );
  const curves = [
    [String(vector.strategy ?? ''), vector] as const,
    ...groups.map(([key, value]) => [key, Named.parse(value)] as const),
  ];
  return curves.flatMap(([strategy, written]) =>
    Object.entries(written).flatMap(([key, expected]) => {
      if (!Array.isArray(expected) || key === 'p' || key === 'y') return [];
      // The strategy stands above the curve, names it, or is part of the key: "probTrueQuantile".
      const isEqualCount = binning.isEqualCount || isByCount(`${strategy} ${key.replace(/count(s?)$/i, '')}`);
      const filled = tableOf({ ...binning, isEqualCount }).bins.filter(({ n }) => n > 0);
      const answer = (actual: unknown) => [{ what: `${strategy} ${key}`, expected, actual }];
      if (/pred|confidence|mean/i.test(key))
        return answer(filled.map(({ meanConfidence }) => meanConfidence));
      if (/true|frac|freq|accuracy|observed/i.test(key))
        return answer(filled.map(({ frequency }) => frequency));
      if (/^n$|count/i.test(key)) return answer(filled.map(({ n }) => n));
      if (/wilson|interval/i.test(key)) return answer(filled.map(({ interval }) => interval));
      return [];
    }),
  );
}
