import * as z from 'zod';
import {
  coverageWidthCriterion,
  intervalCoverage,
  meanIntervalWidth,
  pinballLoss,
  sizeStratifiedCoverage,
  winklerScore,
} from '../../core/uncertainty/interval-scores.ts';
import type { Comparison } from './comparison.ts';
import { namedAnswers } from './named-answers.ts';
import { unknownCase } from './runner.ts';
import type { VectorCase } from './vector-file.ts';
import { WrittenNumber } from './written-number.ts';

const Numbers = z.array(z.number());
const Ends = z.array(z.tuple([WrittenNumber, WrittenNumber]));
const Metric = z.looseObject({
  y: Numbers,
  intervals: Ends.optional(),
  alpha: z.number().optional(),
  confidenceLevel: z.number().optional(),
  confidence: z.number().optional(),
  level: z.number().optional(),
});
type Metric = z.output<typeof Metric>;

/** Coverage, width, scores and pinball losses of written intervals or quantiles. */
export function intervalScores(vector: VectorCase): Comparison[] {
  const written = Metric.parse(vector);
  const { y, intervals } = written;
  if (vector.tau !== undefined) return pinball(vector, y);
  if (!intervals) return unknownCase(vector);
  if (vector.numBins !== undefined) {
    const { coverages, smallest } = sizeStratifiedCoverage(y, intervals, z.int().parse(vector.numBins));
    return namedAnswers(vector, { coverages: () => coverages, score: () => smallest });
  }
  const found = namedAnswers(vector, {
    coverage: () => intervalCoverage(y, intervals),
    meanWidth: () => meanIntervalWidth(intervals),
  });
  const alpha = alphaOf(written);
  if (alpha === undefined) return found;
  return [...found, ...criteria(vector, written, alpha), ...winkler(vector, written, alpha)];
}

function alphaOf({ alpha, confidenceLevel, confidence, level }: Metric): number | undefined {
  const share = confidenceLevel ?? confidence ?? level;
  return alpha ?? (share === undefined ? undefined : 1 - share);
}

/** Quantiles that cross are scored with their ends in order, as the library does that the cases quote. */
function winkler(vector: VectorCase, { y, intervals = [] }: Metric, alpha: number): Comparison[] {
  if (etasOf(vector).length > 0) return [];
  const ordered = intervals.map(([a, b]): [number, number] => [Math.min(a, b), Math.max(a, b)]);
  const isScore = /winkler|interval_?score|mwi|^score$|^expected(score)?$/i;
  return Object.keys(vector)
    .filter((key) => isScore.test(key) && typeof vector[key] === 'number')
    .map((key) => ({ what: key, expected: vector[key], actual: winklerScore(y, ordered, alpha) }));
}

const etasOf = (vector: VectorCase): number[] => [vector.eta ?? vector.etas ?? []].flat().map(Number);

/** The coverage-width criterion at one eta, at a list of them, or by eta: "cwc": { "30": 0.48 }. */
function criteria(vector: VectorCase, { y, intervals = [] }: Metric, alpha: number): Comparison[] {
  const at = (eta: number) => coverageWidthCriterion(y, intervals, alpha, eta);
  const etas = etasOf(vector);
  return Object.entries(vector).flatMap(([key, expected]): Comparison[] => {
    if (typeof expected === 'object' && expected !== null && !Array.isArray(expected)) {
      if (!/cwc|coverage_?width/i.test(key)) return [];
      const byEta = Object.keys(expected).map((name) => [name, at(Number(name.replace(/^eta_?/i, '')))]);
      return [{ what: key, expected, actual: Object.fromEntries(byEta) }];
    }
    const [, inName] = /^(?:cwc|coverage_?width\w*?)_?(?:eta)?_?(-?\d[\d.e-]*)$/i.exec(key) ?? [];
    if (inName !== undefined) return [{ what: key, expected, actual: at(Number(inName)) }];
    if (etas.length === 0 || !/cwc|coverage_?width|^score$|^expected$/i.test(key)) return [];
    return [{ what: key, expected, actual: Array.isArray(expected) ? etas.map(at) : at(etas[0]!) }];
  });
}

/** One quantile, and as many more as are numbered: tau2, q2, loss2. */
function pinball(vector: VectorCase, y: readonly number[]): Comparison[] {
  const endings = Object.keys(vector).flatMap((key) => /^tau(\d*)$/.exec(key)?.[1] ?? []);
  const losses = endings.map((ending) => [
    `loss${ending}`,
    () => pinballLoss(y, Numbers.parse(vector[`q${ending}`]), z.number().parse(vector[`tau${ending}`])),
  ]);
  return namedAnswers(vector, Object.fromEntries(losses));
}
