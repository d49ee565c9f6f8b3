import * as z from 'zod';
import { type LimitsOfAgreement, limitsOfAgreement } from '../../../core/agreement/limits-of-agreement.ts';
import { linConcordance } from '../../../core/agreement/lin-concordance.ts';
import { percentLimits, ratioLimits } from '../../../core/agreement/relative-limits.ts';
import { repeatability, replicatedLimits } from '../../../core/agreement/repeatability.ts';
import type { Comparison } from '../comparison.ts';
import { refused } from '../refused-comparison.ts';
import { unknownCase, type VectorRunner } from '../runner.ts';
import type { Tolerance, VectorCase } from '../vector-file.ts';

const Numbers = z.array(z.number());
const Rows = z.array(Numbers);

/** The cases write "cannot say" as NaN. */
const orNaN = (value: number | null | undefined) => value ?? Number.NaN;

export const run: VectorRunner = (vector) => {
  if ('large' in vector || 'mini' in vector) return repeatsCase(vector);
  if ('subjects' in vector) return subjectsCase(vector);
  if (!('method1' in vector && 'method2' in vector)) return unknownCase(vector);
  const isReplicated = Array.isArray(vector.method1) && Array.isArray(vector.method1[0]);
  if (isReplicated) return replicatedCase(vector);
  return pairsCase(vector);
};

/** Everything that the cases say of limits of agreement, under their names. */
function limitFigures(limits: LimitsOfAgreement): Record<string, unknown> {
  return {
    n: limits.count,
    bias: limits.bias,
    sd: limits.standardDeviation,
    seBias: limits.biasStandardError,
    biasCI: limits.biasInterval,
    biasP: orNaN(limits.biasProbability),
    limits: [limits.lower, limits.upper],
    lowerLoA: limits.lower,
    upperLoA: limits.upper,
    tQuantile: limits.tQuantile,
    seLoA_1986: limits.approximate1986.standardError,
    lowerCI_1986: limits.approximate1986.lower,
    upperCI_1986: limits.approximate1986.upper,
    seLoA_1999: limits.approximate1999.standardError,
    lowerCI_1999: limits.approximate1999.lower,
    upperCI_1999: limits.approximate1999.upper,
    lowerCI_exactCarkeet: limits.exact.lower,
    upperCI_exactCarkeet: limits.exact.upper,
    proportionalBias: {
      slope: orNaN(limits.proportionalBias?.slope),
      intercept: orNaN(limits.proportionalBias?.intercept),
      slopeSE: orNaN(limits.proportionalBias?.slopeStandardError),
      p: orNaN(limits.proportionalBias?.slopeProbability),
    },
    heteroscedasticity: {
      pearsonAbsResidualVsMean: orNaN(limits.spreadTrend?.correlation),
      p: orNaN(limits.spreadTrend?.probability),
    },
    pearson: orNaN(limits.correlation?.correlation),
    insideLoA: limits.insideCount,
    differences: limits.differences,
    means: limits.means,
  };
}

/** Values of the case that are among the figures. */
function known(
  values: Readonly<Record<string, unknown>>,
  figures: Readonly<Record<string, unknown>>,
  prefix = '',
  tolerance?: Tolerance,
): Comparison[] {
  return Object.entries(values)
    .filter(([key]) => key in figures)
    .map(([key, expected]) => ({
      what: prefix + key,
      expected,
      actual: figures[key],
      ...(tolerance && { tolerance }),
    }));
}

function pairsCase(vector: VectorCase): Comparison[] {
  const [first, second] = [Numbers.parse(vector.method1), Numbers.parse(vector.method2)];
  if (first.length < 2) return [refused('limits of a single pair', () => limitsOfAgreement(first, second))];
  const multiplier = typeof vector.multiplier === 'number' ? vector.multiplier : 1.96;
  const limits = limitsOfAgreement(first, second, { multiplier });
  const comparisons = known(vector, limitFigures(limits));
  // Blocks of the same figures at another multiplier.
  for (const [key, block] of Object.entries(vector)) {
    const own = z.looseObject({ multiplier: z.number(), lowerLoA: z.number() }).safeParse(block);
    if (!own.success) continue;
    const figures = limitFigures(limitsOfAgreement(first, second, { multiplier: own.data.multiplier }));
    comparisons.push(...known(own.data, figures, `${key}.`));
  }
  comparisons.push(...concordance(vector, first, second));
  if ([...first, ...second].every((value) => value > 0)) {
    const ratio = ratioLimits(first, second);
    const percent = percentLimits(first, second);
    const figures = {
      meanLogDifference: ratio.meanLogDifference,
      sdLog: ratio.logStandardDeviation,
      ratio: ratio.ratio,
      ratioLimits196: ratio.ratioLimits,
      ratioLimits2SD: ratioLimits(first, second, 2).ratioLimits,
      biasPercent: percent.biasPercent,
      sdPercent: percent.standardDeviationPercent,
      ...('biasPercent' in vector ? { limits196: percent.limitsPercent } : {}),
    };
    comparisons.push(...known(vector, figures));
  }
  if (typeof vector.note === 'string' && vector.note.includes('flagged as uninformative')) {
    comparisons.push({ what: 'flagged', expected: true, actual: limits.areFew });
  }
  return [...comparisons, ...published(vector, first, second)];
}

/** Figures as printed in 1986, with two standard deviations. */
function published(vector: VectorCase, first: number[], second: number[]): Comparison[] {
  const printed = z.record(z.string(), z.unknown()).parse(vector.published ?? {});
  const limits = limitsOfAgreement(first, second, { multiplier: 2 });
  const figures = {
    meanDifference: limits.bias,
    sd: limits.standardDeviation,
    limits: [limits.lower, limits.upper],
    seMean: limits.biasStandardError,
    biasCI: limits.biasInterval,
    seLimits: limits.approximate1986.standardError,
    correlation: orNaN(limits.correlation?.correlation),
  };
  const intervals = { lowerCI: limits.approximate1986.lower, upperCI: limits.approximate1986.upper };
  // Worked out by hand from a limit and a standard error that were rounded to 0.1 before: half a unit of the limit,
  // t times half a unit of the error, and half a unit of the result itself.
  const carried = { abs: 0.05 + limits.tQuantile * 0.05 + 0.05, rel: 0 };
  return [
    ...known(printed, figures, 'published.', printedTolerance(vector)),
    ...known(printed, intervals, 'published.', carried),
  ];
}

function printedTolerance(vector: VectorCase): Tolerance | undefined {
  return typeof vector.atolPublished === 'number' ? { abs: vector.atolPublished, rel: 0 } : undefined;
}

function concordance(vector: VectorCase, first: number[], second: number[]): Comparison[] {
  const { value, interval, precision, accuracy } = linConcordance(first, second);
  const comparisons = known(vector, { ccc: orNaN(value), pearsonCcc: orNaN(precision) });
  const epiR = z.record(z.string(), z.unknown()).parse(vector.epiR ?? {});
  const figures = {
    estimate: orNaN(value),
    lower: orNaN(interval?.[0]),
    upper: orNaN(interval?.[1]),
    biasCorrectionCb: orNaN(accuracy),
  };
  return [...comparisons, ...known(epiR, figures, 'epiR.')];
}

/** Rounds of one method, each over all subjects, turned into the measurements of each subject. */
const bySubject = (rounds: readonly (readonly number[])[]) =>
  rounds[0]!.map((_, subject) => rounds.map((round) => round[subject]!));

function repeatsCase(vector: VectorCase): Comparison[] {
  const instruments = { Large: vector.large, Mini: vector.mini };
  const figures: Record<string, unknown> = {};
  const of1999: number[] = [];
  const printed: Record<string, unknown> = {};
  for (const [name, rounds] of Object.entries(instruments)) {
    if (rounds === undefined) continue;
    const subjects = bySubject(Rows.parse(rounds));
    const with2 = repeatability(subjects, 2);
    figures[`sdDifferences${name}`] = with2.differenceStandardDeviation;
    figures[`repeatability${name}2SD`] = with2.repeatability;
    figures[`withinSubjectSD${name}`] = with2.withinStandardDeviation;
    printed[name.toLowerCase()] = with2.repeatability;
    of1999.push(repeatability(subjects).repeatability);
  }
  figures.repeatability1999_1_96_sqrt2_sw = of1999;
  const publishedValues = z.record(z.string(), z.unknown()).parse(vector.published ?? {});
  return [
    ...known(vector, figures),
    ...known(publishedValues, printed, 'published.', printedTolerance(vector)),
  ];
}

function replicatedCase(vector: VectorCase): Comparison[] {
  const [first, second] = [vector.method1, vector.method2].map((rounds) => bySubject(Rows.parse(rounds)));
  const limits = replicatedLimits(first!, second!);
  return known(vector, {
    meanDifferenceOfAverages: limits.bias,
    sdOfAverages: limits.averagesStandardDeviation,
    correctedSD: limits.correctedStandardDeviation,
    limits196: limits.limits,
    limits2SD: replicatedLimits(first!, second!, 2).limits,
  });
}

function subjectsCase(vector: VectorCase): Comparison[] {
  const subjects = Array.isArray(vector.subjects)
    ? Rows.parse(vector.subjects)
    : Object.values(z.record(z.string(), Numbers).parse(vector.subjects));
  const result = repeatability(subjects);
  return known(vector, {
    withinSD: result.withinStandardDeviation,
    repeatability: result.repeatability,
    icc1_1: orNaN(result.intraclassCorrelation),
    betweenMS: orNaN(result.betweenMeanSquare),
    withinMS: result.withinMeanSquare,
    cvWithinPercent: orNaN(result.withinPercent),
  });
}
