import { mean, quantileSorted, sampleStandardDeviation } from 'simple-statistics';

/** 97.5 % point of the standard normal distribution. */
const Z_95 = 1.959963984540054;

/** A sample by its moments; what a table does not state is left out. */
export interface Sample {
  mean: number;
  sd?: number;
  count?: number;
}
export type FullSample = Required<Sample>;

/** A figure with its 95 % interval. */
export interface Estimate {
  value: number;
  low: number;
  high: number;
}

/** @throws RangeError with fewer than two values. */
export function sampleOf(values: readonly number[]): FullSample {
  if (values.length < 2) throw new RangeError('moments need at least two values');
  return { mean: mean([...values]), sd: sampleStandardDeviation([...values]), count: values.length };
}

/** Relative variance of a mean; a table without spread or count counts as exact, which its sentence must say. */
const relativeVariance = ({ mean: m, sd, count }: Sample): number =>
  sd === undefined || count === undefined ? 0 : (sd / m) ** 2 / count;

const around = (value: number, standardError: number): Estimate => ({
  value,
  low: value - Z_95 * standardError,
  high: value + Z_95 * standardError,
});

/**
 * Mean of the made people against a known mean, percent above it (negative: below), of one cell. Interval: normal,
 * from the sampling errors of both sides.
 */
export function meanDifference(made: FullSample, known: Sample): Estimate {
  const ratio = made.mean / known.mean;
  const standardError = ratio * Math.sqrt(relativeVariance(made) + relativeVariance(known));
  return around(100 * (ratio - 1), 100 * standardError);
}

/** Value of each made person in a cell, by the person's number: the same number in two cells is the same person. */
export type ValuesByPerson = ReadonlyMap<number, number>;

/** Made people beside a cell of a table. */
export interface ComparedCell {
  /** Mean or median of the made people: whichever the table gives. */
  made: FullSample;
  /** How far each person moves {@link made}.mean: their squares sum to its sampling variance. */
  influences: ValuesByPerson;
  known: Sample;
  /** Names whom the table measured: cells of one name are the hands of the same people. */
  knownPeople: string;
}

/** Mean of a cell and each person's influence on it. @throws RangeError with fewer than two people. */
export function meanOfPeople(values: ValuesByPerson): Pick<ComparedCell, 'made' | 'influences'> {
  const made = sampleOf([...values.values()]);
  const divisor = Math.sqrt(made.count * (made.count - 1));
  const influences = new Map([...values].map(([person, value]) => [person, (value - made.mean) / divisor]));
  return { made, influences };
}

/**
 * Median of a cell and each person's influence on it: the sign of the deviation, times the standard error from the
 * order statistics one binomial standard deviation to either side. @throws RangeError with fewer than two people.
 */
export function medianOfPeople(values: ValuesByPerson): Pick<ComparedCell, 'made' | 'influences'> {
  const sample = sampleOf([...values.values()]);
  const sorted = [...values.values()].sort((a, b) => a - b);
  const step = 0.5 / Math.sqrt(sample.count);
  const median = quantileSorted(sorted, 0.5);
  const at = (place: number): number => quantileSorted(sorted, Math.min(1, Math.max(0, place)));
  const share = (at(0.5 + step) - at(0.5 - step)) / 2 / Math.sqrt(sample.count);
  const influences = new Map(
    [...values].map(([person, value]) => [person, share * Math.sign(value - median)]),
  );
  return { made: { ...sample, mean: median }, influences };
}

/**
 * Difference averaged over cells, percent of each cell's known mean. People are the unit of sampling, not hands: a made
 * person's influences on all cells add up before they are squared, and so do the errors of cells of the same people of
 * a table, whose hands are correlated. Interval: normal; a table's cell without spread or count counts as exact.
 * @param cells - at least one. @param handCorrelation - of two hands of a person in a table, 0..1 (0: as if they were
 * two people). @throws RangeError otherwise.
 */
export function cellsDifference(cells: readonly ComparedCell[], handCorrelation: number): Estimate {
  if (cells.length === 0) throw new RangeError('a comparison needs at least one cell');
  if (!(handCorrelation >= 0 && handCorrelation <= 1)) {
    throw new RangeError('the correlation of two hands lies between 0 and 1');
  }
  const byPerson = new Map<number, number>();
  const knownErrors = new Map<string, number[]>();
  for (const { made, influences, known, knownPeople } of cells) {
    for (const [person, influence] of influences) {
      byPerson.set(person, (byPerson.get(person) ?? 0) + influence / known.mean);
    }
    const error = (made.mean / known.mean) * Math.sqrt(relativeVariance(known));
    knownErrors.set(knownPeople, [...(knownErrors.get(knownPeople) ?? []), error]);
  }
  let variance = 0;
  for (const influence of byPerson.values()) variance += influence ** 2;
  for (const errors of knownErrors.values()) {
    const total = errors.reduce((sum, error) => sum + error, 0);
    const squares = errors.reduce((sum, error) => sum + error ** 2, 0);
    // Variance of a sum of equally correlated errors; of two alike, over their mean: (1 + r) / 2 of one.
    variance += (1 - handCorrelation) * squares + handCorrelation * total ** 2;
  }
  const ratios = cells.map(({ made, known }) => made.mean / known.mean);
  return around(100 * (mean(ratios) - 1), (100 * Math.sqrt(variance)) / cells.length);
}

/** Different made people behind some cells. */
export const personCount = (cells: readonly Pick<ComparedCell, 'influences'>[]): number =>
  new Set(cells.flatMap(({ influences }) => [...influences.keys()])).size;

/** Standard deviation against a known one, percent above it. Interval: normal, SD of log SD 1 / root(2 n). */
export function sdDifference(made: FullSample, known: Required<Pick<Sample, 'sd'>> & Sample): Estimate {
  const ratio = made.sd / known.sd;
  const variance = 1 / (2 * made.count) + (known.count === undefined ? 0 : 1 / (2 * known.count));
  return around(100 * (ratio - 1), 100 * ratio * Math.sqrt(variance));
}

/** Correlation with Fisher's interval. @param count - people, at least 4. */
export function correlationEstimate(correlation: number, count: number): Estimate {
  if (!(count >= 4)) throw new RangeError('a correlation needs at least four people');
  const { low, high } = around(Math.atanh(correlation), 1 / Math.sqrt(count - 3));
  return { value: correlation, low: Math.tanh(low), high: Math.tanh(high) };
}

/** The estimate farthest from zero, with what it belongs to. @throws RangeError without any. */
export function farthest<Named extends { estimate: Estimate }>(all: readonly Named[]): Named {
  const [first, ...rest] = all;
  if (!first) throw new RangeError('a comparison needs at least one cell');
  return rest.reduce(
    (worst, next) => (Math.abs(next.estimate.value) > Math.abs(worst.estimate.value) ? next : worst),
    first,
  );
}
