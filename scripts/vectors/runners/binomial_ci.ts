import * as z from 'zod';
import { type DiagnosticFigures, diagnosticFigures } from '../../../core/agreement/diagnostic-table.ts';
import { proportionDifference } from '../../../core/agreement/proportion-difference.ts';
import { type ProportionMethod, proportionInterval } from '../../../core/agreement/proportion-interval.ts';
import type { Comparison } from '../comparison.ts';
import { unknownCase, type VectorRunner } from '../runner.ts';
import type { VectorCase } from '../vector-file.ts';

const METHODS: Readonly<Record<string, ProportionMethod>> = {
  wilson: 'wilson',
  wilsonContinuity: 'wilson-continuity',
  wilsonContinuity_propTest: 'wilson-continuity',
  clopperPearson: 'clopper-pearson',
  midP: 'mid-p',
  jeffreys: 'jeffreys',
  jeffreysBounded: 'jeffreys',
  agrestiCoull: 'agresti-coull',
  agrestiCoullUnclipped: 'agresti-coull',
  wald: 'wald',
  waldUnclipped: 'wald',
};

const Share = z.looseObject({ x: z.number(), n: z.number(), alpha: z.number() });
const Difference = z.looseObject({
  x1: z.number(),
  n1: z.number(),
  x2: z.number(),
  n2: z.number(),
  alpha: z.number(),
});
const Table = z.looseObject({ tp: z.number(), fn: z.number(), fp: z.number(), tn: z.number() });
/** Published with four decimals: half of the last one, and what a half may be rounded to. */
const PUBLISHED = { abs: 0.0001, rel: 0 };

export const run: VectorRunner = (vector) => {
  if ('x' in vector) return shareCase(vector);
  if ('x1' in vector) return differenceCase(vector);
  if ('tp' in vector) return tableCase(vector);
  return unknownCase(vector);
};

function shareCase(vector: VectorCase): Comparison[] {
  const { x, n, alpha } = Share.parse(vector);
  const comparisons: Comparison[] = [];
  const published = z.record(z.string(), z.unknown()).parse(vector.published ?? {});
  for (const [prefix, values] of [
    ['', vector],
    ['published.', published],
  ] as const) {
    for (const [key, expected] of Object.entries(values)) {
      const method = METHODS[key];
      if (method) {
        comparisons.push({ what: prefix + key, expected, actual: proportionInterval(x, n, method, alpha) });
      } else if (Array.isArray(expected)) unknownCase(vector);
    }
  }
  if ('estimate' in vector) comparisons.push({ what: 'estimate', expected: vector.estimate, actual: x / n });
  return comparisons;
}

function differenceCase(vector: VectorCase): Comparison[] {
  const { x1, n1, x2, n2, alpha } = Difference.parse(vector);
  const { difference, interval } = proportionDifference(
    { successes: x1, count: n1 },
    { successes: x2, count: n2 },
    alpha,
  );
  const comparisons: Comparison[] = [];
  if ('difference' in vector) {
    comparisons.push({ what: 'difference', expected: vector.difference, actual: difference });
  }
  if ('newcombe10' in vector) {
    comparisons.push({ what: 'newcombe10', expected: vector.newcombe10, actual: interval });
  }
  if ('publishedRounded' in vector) {
    comparisons.push({
      what: 'publishedRounded',
      expected: vector.publishedRounded,
      actual: interval,
      tolerance: PUBLISHED,
    });
  }
  return comparisons;
}

const SHARES: Readonly<Record<string, keyof DiagnosticFigures>> = {
  sensitivity: 'sensitivity',
  specificity: 'specificity',
  ppv: 'positivePredictiveValue',
  npv: 'negativePredictiveValue',
  accuracy: 'accuracy',
};
const NUMBERS: Readonly<Record<string, keyof DiagnosticFigures>> = {
  lrPlus: 'positiveLikelihoodRatio',
  lrMinus: 'negativeLikelihoodRatio',
  balancedAccuracy: 'balancedAccuracy',
  mcc: 'matthewsCorrelation',
  f1: 'f1',
};

function tableCase(vector: VectorCase): Comparison[] {
  const { tp, fn, fp, tn } = Table.parse(vector);
  const alpha = typeof vector.alpha === 'number' ? vector.alpha : 0.05;
  const figures = diagnosticFigures(
    { truePositives: tp, falseNegatives: fn, falsePositives: fp, trueNegatives: tn },
    alpha,
  );
  return Object.entries(vector).flatMap(([key, expected]) => {
    const isInterval = key.endsWith('Wilson');
    const name = SHARES[isInterval ? key.slice(0, -6) : key] ?? NUMBERS[key];
    if (!name) return [];
    const figure = figures[name];
    const number = typeof figure === 'object' ? figure?.[isInterval ? 'interval' : 'value'] : figure;
    // The cases write "cannot say" as NaN, or as two of them.
    const none = Array.isArray(expected) ? expected.map(() => Number.NaN) : Number.NaN;
    return [{ what: key, expected, actual: number ?? none }];
  });
}
