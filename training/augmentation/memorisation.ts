import { wilsonInterval } from '../../core/uncertainty/wilson-interval.ts';
import { checkLabelledRows, type LabelledRows, rowsOfClass } from './labelled-rows.ts';

/** Quantile of the real-to-real distances below which a synthetic sample counts as suspiciously near. */
export const NEAR_QUANTILE = 0.05;

/** Distance of each row to the nearest row of the same class in `reference`, in standard deviations a column. */
export function nearestDistances(rows: LabelledRows, reference: LabelledRows): Float64Array {
  const width = checkLabelledRows(rows);
  if (checkLabelledRows(reference) !== width) throw new RangeError('both sets need rows of the same length');
  const byClass = new Map([...new Set(rows.labels)].map((label) => [label, rowsOfClass(reference, label)]));
  return Float64Array.from(rows.rows, (row, i) => {
    let nearest = Number.POSITIVE_INFINITY;
    for (const other of byClass.get(rows.labels[i]!)!) {
      let sum = 0;
      for (let j = 0; j < width && sum < nearest; j += 1) sum += (row[j]! - other[j]!) ** 2;
      if (sum < nearest) nearest = sum;
    }
    if (!Number.isFinite(nearest))
      throw new RangeError(`the reference has nobody of class ${rows.labels[i]}`);
    return Math.sqrt(nearest);
  });
}

export interface MemorisationCheck {
  /** The 5 % quantile of the distances of unseen people to their nearest training person. */
  nearDistance: number;
  /** Share of synthetic samples nearer than that to a training person: 0.05 when they are like unseen people. */
  nearShare: number;
  /** Wilson 95 % interval over the synthetic samples, given the near distance; repetitions show that one's own noise. */
  low: number;
  high: number;
  /** Median distance of synthetic samples over that of unseen people: 1 when alike, 0 for copies. */
  medianRatio: number;
  n: number;
}

const quantile = (values: Float64Array, share: number): number => {
  const sorted = values.slice().sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!;
};

/**
 * Does a generator repeat its training people? Distances of synthetic samples to the nearest training person of the
 * class, against the same distances of unseen real people. Copies give a share of 1 and a ratio of 0; new people drawn
 * from the same population give 0.05 and 1. A share well above 0.05 means: nearer to known people than people are.
 * @param unseen - real people who were not in `train`; 100 or more for a quantile that means something.
 * @throws RangeError with fewer than 20 unseen people, or when sets do not fit one another.
 */
export function checkMemorisation(
  synthetic: LabelledRows,
  train: LabelledRows,
  unseen: LabelledRows,
): MemorisationCheck {
  if (unseen.rows.length < 20) throw new RangeError('a 5 % quantile needs at least 20 unseen people');
  const real = nearestDistances(unseen, train);
  const made = nearestDistances(synthetic, train);
  const nearDistance = quantile(real, NEAR_QUANTILE);
  const near = made.filter((distance) => distance < nearDistance).length;
  const [low, high] = wilsonInterval(near, made.length);
  return {
    nearDistance,
    nearShare: near / made.length,
    low,
    high,
    medianRatio: quantile(made, 0.5) / quantile(real, 0.5),
    n: made.length,
  };
}
