import { setCoverage } from './set-metrics.ts';

/** Coverage by size: the promise should hold for small and for large sets alike. */
export interface SetSizeCoverage {
  /** Coverage of each bin, the smallest sizes first; null where no set is of these sizes. */
  coverages: (number | null)[];
  /** Smallest of them. */
  smallest: number;
}

/**
 * Size-stratified coverage of prediction sets: the sizes from 0 to the number of classes, cut into bins of nearly as many
 * sizes, the earlier bins taking what is over. Source: Angelopoulos & Bates 2021 (arXiv:2107.07511).
 * @param labels - class of each case. @param sets - class indexes of each case's set. @param classCount - 1 or more.
 * @param binCount - a whole number from 1 to classCount + 1; by default each size is a bin.
 * @throws RangeError for any other, when there is no case, lengths differ, or a label or member is no class index.
 */
export function setSizeStratifiedCoverage(
  labels: ArrayLike<number>,
  sets: readonly (readonly number[])[],
  classCount: number,
  binCount: number = classCount + 1,
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
  const groups = Array.from({ length: binCount }, (): number[] => []);
  for (const [i, { length }] of sets.entries()) groups[binOf(length, classCount + 1, binCount)]!.push(i);
  const coverages = groups.map((members) =>
    members.length === 0
      ? null
      : setCoverage(
          members.map((i) => labels[i]!),
          members.map((i) => sets[i]!),
        ),
  );
  return { coverages, smallest: Math.min(...coverages.filter((each) => each !== null)) };
}

function binOf(size: number, sizeCount: number, binCount: number): number {
  const sizesEach = Math.floor(sizeCount / binCount);
  const over = sizeCount % binCount;
  const inLarger = over * (sizesEach + 1);
  if (size < inLarger) return Math.floor(size / (sizesEach + 1));
  return over + Math.floor((size - inLarger) / sizesEach);
}
