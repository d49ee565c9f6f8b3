import * as z from 'zod';
import { chiSquaredQuantile, chiSquaredTails } from '../../../core/numerics/chi-squared.ts';
import { classDistance, fitClassClouds } from '../../../core/uncertainty/class-distance.ts';
import { conformalP } from '../../../core/uncertainty/conformal-rank.ts';
import {
  columnMeans,
  covarianceAround,
  ledoitWolf,
  squaredDistance,
  whitening,
} from '../../../core/uncertainty/covariance.ts';
import { conditionNumber, logDeterminant } from '../../../core/uncertainty/covariance-condition.ts';
import { hotellingPrediction } from '../../../core/uncertainty/hotelling-prediction.ts';
import { oracleShrunkCovariance } from '../../../core/uncertainty/oracle-shrinkage.ts';
import type { Comparison } from '../comparison.ts';
import { namedAnswers } from '../named-answers.ts';
import { unknownCase, type VectorRunner } from '../runner.ts';
import type { VectorCase } from '../vector-file.ts';

const Numbers = z.array(z.number());
const Rows = z.array(Numbers);

export const run: VectorRunner = (vector) => {
  switch (vector.kind) {
    case 'shrinkage':
    case 'shrinkage_anchor':
      return shrinkage(vector);
    case 'mahalanobis_tied':
      return tied(vector);
    case 'chi2':
      return thresholds(vector);
    case 'hotelling':
      return hotelling(vector);
    default:
      return unknownCase(vector);
  }
};

/** p x p numbers, row after row, as the cases write them. */
function asTable(values: Float64Array): number[][] {
  const p = Math.sqrt(values.length);
  return Array.from({ length: p }, (_, j) => [...values.subarray(j * p, (j + 1) * p)]);
}

function shrinkage(vector: VectorCase): Comparison[] {
  const rows = Rows.parse(vector.X);
  const mean = vector.assumeCentered === true ? new Float64Array(rows[0]?.length ?? 0) : columnMeans(rows);
  const query = Rows.parse(vector.query ?? []);
  const empirical = covarianceAround(rows, mean);
  const shrunk = ledoitWolf(rows, mean);
  const oracle = (form: 'paper' | 'scikit-learn') => oracleShrunkCovariance(rows, form, mean);
  const distancesOf = (points: readonly number[][]) => {
    const cloud = whitening(shrunk);
    return Float64Array.from(points, (point) => squaredDistance(point, cloud));
  };
  const named = namedAnswers(vector, {
    mean: () => mean,
    empiricalCovarianceMLE: () => asTable(empirical),
    ledoitWolfShrinkage: () => shrunk.shrinkage,
    directFormula: () => shrunk.shrinkage,
    ledoitWolfCovariance: () => asTable(shrunk.covariance),
    oasShrinkageSklearn: () => oracle('scikit-learn').shrinkage,
    oasCovarianceSklearn: () => asTable(oracle('scikit-learn').covariance),
    oasShrinkagePaper: () => oracle('paper').shrinkage,
    oasCovariancePaper: () => asTable(oracle('paper').covariance),
    mahalanobisSquared: () => distancesOf(query),
    chi2pValue: () => distancesOf(query).map((distance) => chiSquaredTails(distance, mean.length).upper),
    trainMahalanobisSquared: () => distancesOf(rows),
    conformalP: () => {
      const sorted = distancesOf(rows).sort();
      return distancesOf(query).map((distance) => conformalP(sorted, distance));
    },
    logdetLW: () => logDeterminant(shrunk.covariance),
    conditionNumberLW: () => conditionNumber(shrunk.covariance),
    conditionNumberEmpirical: () => conditionNumber(empirical),
  });
  const isOracle = /oas/i.test([vector.name, ...Object.keys(vector)].join(' '));
  const { shrinkage, covariance } = isOracle ? oracle('scikit-learn') : shrunk;
  return [...named, ...documented(vector, { location: mean, covariance: asTable(covariance), shrinkage })];
}

/** Printed in a docstring with four decimals, some of them cut off instead of rounded. */
const DOCUMENTED = { abs: 1e-4, rel: 0 };

/** Figures of a documentation: "documentedCovariance", or "documented": { "covariance": ... }. */
function documented(
  vector: VectorCase,
  figures: Readonly<Record<'location' | 'covariance' | 'shrinkage', unknown>>,
): Comparison[] {
  const isGroup = /^(documented|docstring|published|sklearn_?doc)$/i;
  const groups = Object.entries(vector).filter(([key]) => isGroup.test(key));
  const written = [vector, ...groups.map(([, group]) => z.record(z.string(), z.unknown()).parse(group))];
  return written.flatMap((values) =>
    Object.entries(values).flatMap(([key, expected]) => {
      const [, name] =
        /^(?:documented|docstring|published)?_?(location|covariance|shrinkage)_?$/i.exec(key) ?? [];
      if (name === undefined) return [];
      const actual = figures[name.toLowerCase() as keyof typeof figures];
      return [{ what: key, expected, actual, tolerance: DOCUMENTED }];
    }),
  );
}

function tied(vector: VectorCase): Comparison[] {
  const labels = Numbers.parse(vector.y);
  const clouds = fitClassClouds(Rows.parse(vector.features), labels, Math.max(...labels) + 1);
  const distances = Rows.parse(vector.query).map((point) => classDistance(point, clouds));
  return namedAnswers(vector, {
    classMeans: () => clouds.classMeans,
    shrinkage: () => clouds.tied.shrinkage,
    covariance: () => asTable(clouds.tied.covariance),
    distanceSquared: () => distances.map(({ squared }) => squared),
    minDistanceSquared: () => distances.map(({ smallest }) => smallest),
    nearestClass: () => distances.map(({ nearestClass }) => nearestClass),
    backgroundShrinkage: () => clouds.background.shrinkage,
    relativeMahalanobis: () => distances.map(({ relative }) => relative),
  });
}

/** Keys like q95 and q975 name a quantile. */
function thresholds(vector: VectorCase): Comparison[] {
  const degrees = Numbers.parse(vector.df);
  return Object.entries(vector).flatMap(([key, expected]) => {
    const [, digits] = /^q(\d+)$/.exec(key) ?? [];
    if (digits === undefined) return [];
    const probability = Number(`0.${digits}`);
    return [{ what: key, expected, actual: degrees.map((df) => chiSquaredQuantile(probability, df)) }];
  });
}

function hotelling(vector: VectorCase): Comparison[] {
  const rows = Rows.parse(vector.X);
  const query = Numbers.parse(vector.query);
  const test = hotellingPrediction(rows, query);
  return namedAnswers(vector, {
    d2Unbiased: () => test.squaredDistance,
    F: () => test.f,
    df: () => test.degreesOfFreedom,
    pValue: () => test.p,
    chi2pForComparison: () => chiSquaredTails(test.squaredDistance, query.length).upper,
  });
}
