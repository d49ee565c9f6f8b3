import { mean, median, sampleCorrelation } from 'simple-statistics';
import * as z from 'zod';
import {
  type BootstrapInterval,
  type BootstrapMethod,
  type BootstrapOptions,
  bcaLevels,
  bootstrapInterval,
  intervalOfResamples,
  type TieRule,
} from '../../../core/agreement/bootstrap-interval.ts';
import {
  MAX_ENUMERATED_ROWS,
  type ResamplePlan,
  resamplesOf,
} from '../../../core/agreement/bootstrap-resamples.ts';
import { clustersOf } from '../../../core/agreement/cluster-bootstrap.ts';
import {
  jackknifeAcceleration,
  jackknifeStandardError,
  leaveOneOutStatistics,
} from '../../../core/agreement/jackknife.ts';
import type { Comparison } from '../comparison.ts';
import { unknownCase, type VectorRunner } from '../runner.ts';

const Numbers = z.array(z.number());
const Row = z.union([z.number(), Numbers]);
const Case = z.looseObject({
  name: z.string(),
  // A record or a list of lists of different length holds the rows of patients.
  data: z.union([z.array(Row), z.record(z.string(), z.array(Row))]).optional(),
  statistic: z.string().default('mean'),
  alpha: z.number().optional(),
  resampleStatistics: Numbers.nullish(),
  resampleIndices: z.array(Numbers).nullish(),
  nResamples: z.number().optional(),
  estimate: z.number().optional(),
});
type Case = z.output<typeof Case>;
type Row = z.output<typeof Row>;
type Rows = readonly Row[];
/** Units of resampling: a row alone, or the rows of one patient. */
type Units = readonly Rows[];

const DEFAULT_ALPHA = 0.05;
const SEED = 'reference-cases';
const SEEDED: ResamplePlan = { kind: 'seeded', seed: SEED, count: 2000 };

// Sums are plain and from left to right, as those of the reference: ties are counted on 64-bit numbers.
const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);
const squares = (values: readonly number[]) => {
  const centre = total(values) / values.length;
  return total(values.map((value) => (value - centre) * (value - centre)));
};
const column = (rows: Rows, at: number) => rows.map((row) => (typeof row === 'number' ? row : row[at]!));

const STATISTICS: Readonly<Record<string, (rows: Rows) => number>> = {
  mean: (rows) => total(column(rows, 0)) / rows.length,
  proportion: (rows) => total(column(rows, 0)) / rows.length,
  median: (rows) => median(column(rows, 0)),
  variance_population: (rows) => squares(column(rows, 0)) / rows.length,
  variance: (rows) => squares(column(rows, 0)) / (rows.length - 1),
  variance_sample: (rows) => squares(column(rows, 0)) / (rows.length - 1),
  standard_deviation: (rows) => Math.sqrt(squares(column(rows, 0)) / (rows.length - 1)),
  maximum: (rows) => Math.max(...column(rows, 0)),
  minimum: (rows) => Math.min(...column(rows, 0)),
  'pearson correlation': (rows) => sampleCorrelation([...column(rows, 0)], [...column(rows, 1)]),
  ratio_of_means: (rows) => total(column(rows, 0)) / total(column(rows, 1)),
  mean_difference: (rows) => mean(rows.map((row) => (Array.isArray(row) ? row[0]! - row[1]! : row))),
};

function statisticOf({ statistic }: Case, unknown: () => never): (rows: Rows) => number {
  const name = statistic.toLowerCase().replaceAll('_', ' ');
  const found = Object.keys(STATISTICS).find((key) => key.replaceAll('_', ' ') === name);
  if (found) return STATISTICS[found]!;
  if (name.includes('correlation')) return STATISTICS['pearson correlation']!;
  if (name.includes('variance'))
    return STATISTICS[
      /population|plug|biased|mle|(\/|by) ?n(?! ?- ?1)\b/.test(name) ? 'variance_population' : 'variance'
    ]!;
  if (name.includes('mean') && !name.includes('ratio')) return STATISTICS.mean!;
  return unknown();
}

const CLUSTER_KEYS = ['clusters', 'patients', 'subjects', 'groups'] as const;
const MEMBERSHIP_KEYS = [
  ...CLUSTER_KEYS,
  'cluster',
  'clusterIds',
  'clusterId',
  'patient',
  'patientIds',
  'patientId',
  'group',
  'subject',
] as const;

/** Rows, each alone, or together with those of the same patient. */
function unitsOf(written: Case, unknown: () => never): { units: Units; isClustered: boolean } {
  for (const key of CLUSTER_KEYS) {
    const nested = z.array(z.array(Row)).safeParse(written[key]);
    if (nested.success && !written.data) return { units: nested.data, isClustered: true };
    const named = z.record(z.string(), z.array(Row)).safeParse(written[key]);
    if (named.success && !written.data) return { units: Object.values(named.data), isClustered: true };
  }
  if (written.data && !Array.isArray(written.data)) {
    return { units: Object.values(written.data), isClustered: true };
  }
  const lists = z.array(Numbers).safeParse(written.data);
  if (lists.success && new Set(lists.data.map(({ length }) => length)).size > 1) {
    return { units: lists.data, isClustered: true };
  }
  const values = z.array(Row).safeParse(written.data ?? written.values);
  if (!values.success) return unknown();
  for (const key of MEMBERSHIP_KEYS) {
    const owners = z.array(z.union([z.string(), z.number()])).safeParse(written[key]);
    if (owners.success && owners.data.length === values.data.length) {
      const rows = values.data.map((row, index) => ({ row, owner: owners.data[index]! }));
      const clusters = clustersOf(rows, ({ owner }) => owner);
      return { units: clusters.map((each) => each.map(({ row }) => row)), isClustered: true };
    }
  }
  return { units: values.data.map((row) => [row]), isClustered: false };
}

/** Levels of BCa from a bias correction and an acceleration, without any data. */
function levelsCase({
  z0,
  acceleration,
  a,
  alpha,
  ...values
}: Readonly<Record<string, unknown>>): Comparison[] {
  const levels = z.tuple([z.number(), z.number(), z.number()]).safeParse([z0, acceleration ?? a, alpha]);
  if (!levels.success) return [];
  return Object.entries(values)
    .filter(([key, expected]) => /levels/i.test(key) && Array.isArray(expected))
    .map(([what, expected]) => ({ what, expected, actual: bcaLevels(...levels.data) }));
}

export const run: VectorRunner = (vector) => {
  const written = withIndices(Case.parse(vector));
  const unknown = () => unknownCase(vector);
  if (!['data', 'values', ...CLUSTER_KEYS].some((key) => key in vector)) {
    const found = levelsCase(vector);
    return found.length > 0 ? found : unknown();
  }
  const { units, isClustered } = unitsOf(written, unknown);
  const statistic = statisticOf(written, unknown);
  const answers = answersOf(written, units, statistic);
  const rows = units.flat();
  const comparisons: Comparison[] = [];
  for (const [key, expected] of entriesOf(written)) {
    if (expected === null || (key === 'resampleStatistics' && !written.resampleIndices)) continue;
    const [, published, pooled, plain = ''] = key.match(/^(published)?(naive|iid|cluster|patient)?(.+)$/)!;
    const name = NAMES[key] ?? NAMES[uncapitalised(plain)] ?? uncapitalised(plain);
    // Drawing sessions as if they were patients, beside drawing patients: only where all draws can be listed.
    const isRowWise = pooled === 'naive' || pooled === 'iid';
    if (isRowWise && (!isClustered || rows.length > MAX_ENUMERATED_ROWS)) continue;
    const source = isRowWise
      ? answersOf(
          written,
          rows.map((row) => [row]),
          statistic,
        )
      : answers;
    const answer = source[name];
    if (!answer) continue;
    comparisons.push(
      published ? asPublished(key, expected, answer()) : { what: key, expected, actual: answer() },
    );
  }
  if (typeof written.expected === 'string') {
    const words = fallbackOf(written.expected, answers.bcaFound!() as BootstrapInterval);
    if (words.length === 0 && comparisons.length < 2) return unknown();
    comparisons.push(...words);
  }
  return comparisons;
};

/** What a case says at its top, and in the blocks "expected" and "published". */
function entriesOf(written: Case): [string, unknown][] {
  const block = (key: string) => {
    const values = z.record(z.string(), z.unknown()).safeParse(written[key]);
    return values.success ? Object.entries(values.data) : [];
  };
  return [
    ...Object.entries(written),
    ...block('expected'),
    ...block('published').map(([key, value]): [string, unknown] => [`published${key}`, value]),
  ];
}

/** Indices of resamples may stand under another name, e.g. "clusterResamples". */
function withIndices(written: Case): Case {
  if (written.resampleIndices) return written;
  for (const [key, value] of Object.entries(written)) {
    const indices = z.array(z.array(z.int().min(0))).safeParse(value);
    if (/resampl/i.test(key) && indices.success) return { ...written, resampleIndices: indices.data };
  }
  return written;
}

/** Other names of the same quantity. */
const NAMES: Readonly<Record<string, string>> = {
  a: 'acceleration',
  sE: 'standardError',
  se: 'standardError',
  levels: 'bcaLevels',
  scipyPercentile: 'percentile',
  scipyBasic: 'basic',
  // scipy counts ties half.
  scipyBca: 'bca_mean',
  nPatients: 'nClusters',
};
const uncapitalised = (name: string) => name.charAt(0).toLowerCase() + name.slice(1);

/** What the library answers, by the key of the expected value. Keys with R_ follow another interpolation: not ours. */
function answersOf(
  written: Case,
  units: Units,
  statisticOfRows: (rows: Rows) => number,
): Readonly<Record<string, () => unknown>> {
  // A correlation, say, has no value where all rows are the same.
  const statistic = (drawn: Units) => {
    const value = statisticOfRows(drawn.flat());
    return Number.isFinite(value) ? value : null;
  };
  const alpha = written.alpha ?? DEFAULT_ALPHA;
  const estimate = statistic(units);
  const leaveOneOut = units.length > 1 ? leaveOneOutStatistics(units, statistic) : null;
  const acceleration = leaveOneOut && jackknifeAcceleration(leaveOneOut);
  const interval = (options: Omit<BootstrapOptions, 'alpha'>): BootstrapInterval => {
    const asked = { ...options, alpha };
    const resampled = written.resampleStatistics;
    if (!resampled) return bootstrapInterval(units, statistic, planOf(written, units.length), asked);
    // Listed statistics go with the estimate listed beside them: ties are counted on 64-bit numbers.
    return intervalOfResamples(
      { estimate: written.estimate ?? estimate ?? Number.NaN, resampled, acceleration },
      asked,
    );
  };
  const plain = (method: BootstrapMethod) => interval({ method });
  const bca = (ties: TieRule) => interval({ method: 'bca', ties });
  const fixed: Record<string, () => unknown> = {
    estimate: () => estimate,
    acceleration: () => acceleration,
    jackknifeSE: () => leaveOneOut && jackknifeStandardError(leaveOneOut),
    bcaFound: () => bca('strict'),
    // A bias correction from resamples that are not listed comes with the levels that follow from it.
    bcaLevels: () => bcaLevels(z0Of(written), acceleration ?? Number.NaN, alpha),
    nClusters: () => units.length,
  };
  // Resamples of our own are not those behind a figure: only listed or enumerated ones are compared.
  if (!written.resampleStatistics && planOf(written, units.length) === SEEDED) return fixed;
  return {
    ...fixed,
    standardError: () => plain('percentile').standardError,
    bias: () => plain('percentile').bias,
    nResamples: () => plain('percentile').resampleCount,
    percentile: () => plain('percentile').interval,
    basic: () => plain('basic').interval,
    bca: () => bca('half').interval,
    bca_mean: () => bca('half').interval,
    bca_strict: () => bca('strict').interval,
    z0_mean: () => bca('half').biasCorrection,
    z0_strict: () => bca('strict').biasCorrection,
    bcaLevels_mean: () => bca('half').levels,
    bcaLevels_strict: () => bca('strict').levels,
    resampleStatistics: () => statisticsOf(units, statistic, written.resampleIndices ?? []),
  };
}

function z0Of({ z0, publishedZ0, z0Published, published }: Case): number {
  const nested = z.looseObject({ z0: z.unknown() }).safeParse(published);
  return z.number().parse(z0 ?? publishedZ0 ?? z0Published ?? nested.data?.z0);
}

function planOf(written: Case, unitCount: number): ResamplePlan {
  if (written.resampleIndices) return { kind: 'given', indices: written.resampleIndices };
  return unitCount <= MAX_ENUMERATED_ROWS ? { kind: 'enumerated' } : SEEDED;
}

function statisticsOf(
  units: Units,
  statistic: (drawn: Units) => number | null,
  indices: readonly (readonly number[])[],
): (number | null)[] {
  return Array.from(resamplesOf({ kind: 'given', indices }, units.length), (rows) =>
    statistic(rows.map((row) => units[row]!)),
  );
}

/** A published figure is right when ours rounds to it. */
function asPublished(what: string, expected: unknown, actual: unknown): Comparison {
  const rounded = (figure: unknown, ours: unknown): unknown => {
    if (Array.isArray(figure) && Array.isArray(ours)) return figure.map((each, i) => rounded(each, ours[i]));
    if (typeof figure !== 'number' || typeof ours !== 'number') return ours;
    return Number(ours.toFixed(String(figure).split('.')[1]?.length ?? 0));
  };
  return { what, expected, actual: rounded(expected, actual) };
}

/** Cases that say in words what BCa does where it is not defined. */
function fallbackOf(words: string, found: BootstrapInterval): Comparison[] {
  if (!/undefined|fall back|flag/i.test(words)) return [];
  const comparisons: Comparison[] = [
    { what: 'method used', expected: 'percentile', actual: found.method },
    { what: 'flagged', expected: true, actual: found.reason !== null },
    { what: 'ends are numbers', expected: true, actual: found.interval?.every(Number.isFinite) ?? false },
  ];
  const ends = words.match(/\[\s*(-?[\d.]+)\s*,\s*(-?[\d.]+)\s*\]/);
  if (ends) {
    comparisons.push({ what: 'interval', expected: ends.slice(1).map(Number), actual: found.interval });
  }
  return comparisons;
}
