import { setCoverage } from './set-metrics.ts';
import { wilsonInterval } from './wilson-interval.ts';

/** Sets of some sizes. */
export interface SizeStratum {
  /** Number of classes in the smallest and in the largest sets of the stratum. */
  sizes: readonly [number, number];
  /** Sets of these sizes. */
  n: number;
  /** Share of them that holds the own class; null without a set. */
  coverage: number | null;
  /** Wilson interval of that share; null without a set. */
  interval: readonly [number, number] | null;
}

/** Coverage by size: the promise should hold for small and for large sets alike. */
export interface SetSizeCoverage {
  /** The smallest sizes first. */
  strata: readonly SizeStratum[];
  /** Smallest coverage of them, as published. An empty set covers nothing: it is 0 as soon as size 0 has a set of its own. */
  smallest: number;
  /** The stratum covered least when empty sets are left out; null when all sets are empty. */
  leastFilled: SizeStratum | null;
  /** Empty sets: they say "cannot tell" and are no failed promise of a size. */
  emptyCount: number;
}

/**
 * Size-stratified coverage of prediction sets: the sizes from 0 to the number of classes, cut into bins of nearly as many
 * sizes, the earlier bins taking what is over. Source: Angelopoulos & Bates 2021 (arXiv:2107.07511).
 * @param labels - class of each case. @param sets - class indexes of each case's set. @param classCount - 1 or more.
 * @param binCount - a whole number from 1 to classCount + 1; by default each size is a bin.
 * @param alpha - 1 minus the level of the intervals; of the smallest of several coverages they promise less.
 * @throws RangeError for any other, when there is no case, lengths differ, or a label or member is no class index.
 */
export function setSizeStratifiedCoverage(
  labels: ArrayLike<number>,
  sets: readonly (readonly number[])[],
  classCount: number,
  binCount: number = classCount + 1,
  alpha = 0.05,
): SetSizeCoverage {
  if (!Number.isSafeInteger(classCount) || classCount < 1) {
    throw new RangeError('the number of classes is a whole number from 1');
  }
  if (!Number.isSafeInteger(binCount) || binCount < 1 || binCount > classCount + 1) {
    throw new RangeError('the number of bins is a whole number from 1 to the number of sizes');
  }
  setCoverage(labels, sets);
  if (![...Array.from(labels), ...sets.flat()].every((label) => label < classCount)) {
    throw new RangeError('a label or a member of a set is no class');
  }
  const sizes = Array.from({ length: classCount + 1 }, (_, size) => size);
  const bins = Array.from({ length: binCount }, (_, bin) =>
    sizes.filter((size) => binOf(size, classCount + 1, binCount) === bin),
  );
  const stratumOf = (own: readonly number[]): SizeStratum => {
    const members = [...sets.keys()].filter((i) => own.includes(sets[i]!.length));
    const covered = members.filter((i) => sets[i]!.includes(labels[i]!)).length;
    const n = members.length;
    return {
      sizes: [own[0]!, own.at(-1)!],
      n,
      coverage: n === 0 ? null : covered / n,
      interval: n === 0 ? null : wilsonInterval(covered, n, alpha),
    };
  };
  const strata = bins.map(stratumOf);
  const filled = bins
    .map((own) => own.filter((size) => size > 0))
    .filter((own) => own.length > 0)
    .map(stratumOf)
    .filter(({ n }) => n > 0)
    .sort((a, b) => a.coverage! - b.coverage!);
  return {
    strata,
    smallest: Math.min(...strata.flatMap(({ coverage }) => coverage ?? [])),
    leastFilled: filled[0] ?? null,
    emptyCount: sets.filter(({ length }) => length === 0).length,
  };
}

function binOf(size: number, sizeCount: number, binCount: number): number {
  const sizesEach = Math.floor(sizeCount / binCount);
  const over = sizeCount % binCount;
  const inLarger = over * (sizesEach + 1);
  if (size < inLarger) return Math.floor(size / (sizesEach + 1));
  return over + Math.floor((size - inLarger) / sizesEach);
}
