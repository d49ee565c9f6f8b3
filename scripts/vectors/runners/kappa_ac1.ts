import * as z from 'zod';
import {
  type ChanceCorrected,
  type ChanceModel,
  chanceCorrected,
} from '../../../core/agreement/chance-corrected.ts';
import { congerKappa } from '../../../core/agreement/conger-kappa.ts';
import { gwetAgreement } from '../../../core/agreement/gwet-agreement.ts';
import { cohenKappa } from '../../../core/agreement/kappa.ts';
import { manyRatersAgreement } from '../../../core/agreement/many-raters.ts';
import { binaryAgreement } from '../../../core/agreement/paired-binary.ts';
import type { ManyRatersModel } from '../../../core/agreement/rater-counts.ts';
import type { AgreementWeights } from '../../../core/agreement/rating-table.ts';
import { normalTails } from '../../../core/numerics/normal-distribution.ts';
import type { Comparison } from '../comparison.ts';
import { refused } from '../refused-comparison.ts';
import { unknownCase, type VectorRunner } from '../runner.ts';
import type { VectorCase } from '../vector-file.ts';

const Counts = z.array(z.array(z.number()));
/** A category by number or name; missing ratings are NaN, null or empty. */
const Rating = z.union([z.nan(), z.number(), z.string(), z.null()]);
type Rating = z.output<typeof Rating>;
/** irrCAC prints its intervals with three decimals. */
const PRINTED = { abs: 0.00051, rel: 0 };

const KAPPAS: Readonly<Record<string, AgreementWeights>> = {
  kappa: 'none',
  kappaLinear: 'linear',
  kappaQuadratic: 'quadratic',
};
const GWETS: Readonly<Record<string, AgreementWeights>> = {
  ac1: 'none',
  ac2Linear: 'linear',
  ac2Quadratic: 'quadratic',
};
const OTHERS: Readonly<Record<string, ChanceModel>> = {
  scottPi: 'scott',
  brennanPrediger: 'brennan-prediger',
  krippendorffAlpha: 'krippendorff',
  percentAgreement: 'none',
};
const MANY: Readonly<Record<string, ManyRatersModel | 'conger'>> = {
  ac: 'gwet',
  fleiss: 'fleiss',
  krippendorff: 'krippendorff',
  bp: 'brennan-prediger',
  pa: 'none',
  conger: 'conger',
};
const WEIGHTS: Readonly<Record<string, AgreementWeights>> = {
  '': 'none',
  Linear: 'linear',
  Quadratic: 'quadratic',
};
const PUBLISHED: Readonly<Record<string, AgreementWeights>> = {
  unweighted: 'none',
  equalSpacing: 'linear',
  squared: 'quadratic',
};

export const run: VectorRunner = (vector) => {
  switch (vector.kind) {
    case 'two_raters':
    case 'edge':
      if ('table' in vector) return tableCase(vector);
      return 'countsPerSubject' in vector ? countsCase(vector) : unknownCase(vector);
    case 'published':
      return pairsCase(vector);
    case 'multi_rater':
      return countsCase(vector);
    case 'multi_rater_raw':
      return rawCase(vector);
    default:
      return unknownCase(vector);
  }
};

/** The cases write "cannot say" as NaN. */
const orNaN = (value: number | null | undefined) => value ?? Number.NaN;

function tableCase(vector: VectorCase): Comparison[] {
  const table = Counts.parse(vector.table);
  if (table.flat().every((count) => count === 0)) {
    return [refused('kappa of an empty table', () => cohenKappa(table))];
  }
  const comparisons: Comparison[] = [];
  const add = (what: string, expected: unknown, actual: unknown) =>
    comparisons.push({ what, expected, actual });
  for (const [key, expected] of Object.entries(vector)) {
    const weights = KAPPAS[key] ?? GWETS[key];
    if (KAPPAS[key]) {
      const kappa = cohenKappa(table, weights);
      const actual = {
        kappa: orNaN(kappa.value),
        po: kappa.observed,
        pe: kappa.expected,
        se: orNaN(kappa.standardError),
        ciNormal: kappa.interval ?? [Number.NaN, Number.NaN],
        se0: orNaN(kappa.standardErrorAtZero),
        z: orNaN(kappa.z),
      };
      add(key, expected, typeof expected === 'number' ? actual.kappa : actual);
    } else if (GWETS[key]) {
      const gwet = gwetAgreement(table, weights);
      const actual = {
        ac: orNaN(gwet.value),
        pa: gwet.observed,
        pe: gwet.expected,
        se: orNaN(gwet.standardError),
        ciT: gwet.interval ?? [Number.NaN, Number.NaN],
      };
      add(key, expected, typeof expected === 'number' ? actual.ac : actual);
    } else if (OTHERS[key]) {
      comparisons.push(...packageFigures(key, expected, chanceCorrected(table, OTHERS[key])));
    }
  }
  const kappa = cohenKappa(table);
  const known = (key: string, actual: unknown) => key in vector && add(key, vector[key], actual);
  known('n', Math.round(table.flat().reduce((sum, value) => sum + value, 0)));
  known('observedAgreement', kappa.observed);
  known('kappaMax', orNaN(kappa.largestByMargins));
  known('se', orNaN(kappa.standardError));
  known('agreementWilson', kappa.agreementInterval);
  for (const [key, expected] of Object.entries((vector.irrCAC as Record<string, unknown>) ?? {})) {
    const weights = KAPPAS[key] ?? GWETS[key];
    if (!weights) unknownCase(vector);
    const ours = chanceCorrected(table, KAPPAS[key] ? 'cohen' : 'gwet', weights);
    comparisons.push(...packageFigures(`irrCAC.${key}`, expected, ours));
  }
  if (table.length === 2) {
    const [[bothYes, firstOnly], [secondOnly, bothNo]] = table as [[number, number], [number, number]];
    const binary = binaryAgreement({ bothYes, firstOnly, secondOnly, bothNo });
    known('pabak', binary.prevalenceBiasAdjustedKappa);
    known('prevalenceIndex', binary.prevalenceIndex);
    known('biasIndex', binary.biasIndex);
    known('positiveAgreement', orNaN(binary.positiveAgreement));
    known('negativeAgreement', orNaN(binary.negativeAgreement));
    known('mcnemarExactP', binary.equalYesProbability);
  }
  if (typeof vector.expected === 'string') comparisons.push(...statedOf(vector.expected, table));
  return comparisons;
}

/** What the sentence of an edge case says. */
function statedOf(sentence: string, table: readonly (readonly number[])[]): Comparison[] {
  const kappa = cohenKappa(table);
  const said: [RegExp, string, unknown, unknown][] = [
    [/kappa undefined/, 'kappa undefined', null, kappa.value],
    [/flag "no variation"/, 'flag "no variation"', true, kappa.reason.startsWith('no variation')],
    [/standard error undefined/, 'standard error undefined', null, kappa.standardError],
    [/use a bootstrap/, 'bootstrap named', true, kappa.reason.includes('bootstrap')],
    [/interval collapses/, 'no collapsed interval', null, kappa.interval],
    [/AC1 = 1/, 'AC1 = 1', 1, gwetAgreement(table).value],
    [/percent agreement 1/, 'percent agreement 1', 1, kappa.observed],
    [/kappa = 0/, 'kappa = 0', 0, kappa.value],
  ];
  return said
    .filter(([pattern]) => pattern.test(sentence))
    .map(([, what, expected, actual]) => ({ what, expected, actual }));
}

/** A coefficient as irrCAC prints it. Its p values are left out: above 1 for negative coefficients. */
function packageFigures(what: string, expected: unknown, ours: ChanceCorrected): Comparison[] {
  const { coeff, se, ci } = z
    .looseObject({ coeff: z.number(), se: z.number().optional(), ci: z.string().optional() })
    .parse(expected);
  const comparisons: Comparison[] = [{ what: `${what}.coeff`, expected: coeff, actual: orNaN(ours.value) }];
  if (se !== undefined) {
    comparisons.push({ what: `${what}.se`, expected: se, actual: orNaN(ours.standardError) });
  }
  const ends = ci?.match(/-?[\d.]+(e[-+]\d+)?/g)?.map(Number);
  if (ends) {
    comparisons.push({ what: `${what}.ci`, expected: ends, actual: ours.interval, tolerance: PRINTED });
  }
  return comparisons;
}

/** Ratings of two raters; as the package does, categories that neither used are left out. */
function pairsCase(vector: VectorCase): Comparison[] {
  const pairs = Counts.parse(vector.ratings);
  const categories = [...new Set(pairs.flat())].sort((a, b) => a - b);
  const table = categories.map((row) =>
    categories.map((column) => pairs.filter(([a, b]) => a === row && b === column).length),
  );
  const comparisons: Comparison[] = Object.entries(PUBLISHED).flatMap(([key, weights]) => {
    if (!(key in vector)) return [];
    const { value, z: ratio } = cohenKappa(table, weights);
    const p = ratio === null ? Number.NaN : 2 * normalTails(-Math.abs(ratio)).lower;
    return [{ what: key, expected: vector[key], actual: { kappa: orNaN(value), z: orNaN(ratio), p } }];
  });
  if ('categoriesUsed' in vector) {
    comparisons.push({ what: 'categoriesUsed', expected: vector.categoriesUsed, actual: categories });
  }
  return comparisons;
}

function countsCase(vector: VectorCase): Comparison[] {
  const counts = Counts.parse(vector.countsPerSubject);
  const figures = coefficients(vector, (model, weights) =>
    model === 'conger' ? unknownCase(vector) : manyRatersAgreement(counts, model, weights),
  );
  const models = { fleissKappa: 'fleiss', randolph: 'brennan-prediger' } as const;
  return Object.entries(models)
    .filter(([key]) => key in vector)
    .map(([key, model]): Comparison => {
      return { what: key, expected: vector[key], actual: orNaN(manyRatersAgreement(counts, model).value) };
    })
    .concat(figures);
}

/** Blocks of a package, named by their coefficient and, if weighted, by the weights. */
function coefficients(
  vector: VectorCase,
  of: (model: ManyRatersModel | 'conger', weights: AgreementWeights) => ChanceCorrected,
): Comparison[] {
  return Object.entries(vector).flatMap(([key, expected]) => {
    const [, name, kind] = /^(ac|[a-z]+?)[12]?(Linear|Quadratic)?$/.exec(key) ?? [];
    const model = MANY[name ?? ''];
    if (!model || typeof expected !== 'object') return [];
    return packageFigures(key, expected, of(model, WEIGHTS[kind ?? '']!));
  });
}

function rawCase(vector: VectorCase): Comparison[] {
  const written = z.array(z.array(Rating)).parse(vector.ratings);
  const isMissing = (rating: Rating) => rating === null || Number.isNaN(rating) || rating === '';
  const used = written.flat().filter((rating) => !isMissing(rating));
  const categories = [...new Set(used)].sort((a, b) =>
    typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b), 'en'),
  );
  const ratings = written.map((row) =>
    row.map((rating) => (isMissing(rating) ? null : categories.indexOf(rating))),
  );
  const counts = ratings.map((row) => categories.map((_, k) => row.filter((rating) => rating === k).length));
  return coefficients(vector, (model, weights) =>
    model === 'conger'
      ? congerKappa(ratings, categories.length, weights)
      : manyRatersAgreement(counts, model, weights),
  );
}
