import type { RandomStream } from '../../core/numerics/random-stream.ts';
import { checkLabelledRows, type LabelledRows, rowsOfClass } from './labelled-rows.ts';

/** Neighbours that pull on a sample (design decision 15). */
export const MIGRATION_NEIGHBOURS = 5;

const squaredDistance = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  let sum = 0;
  for (let j = 0; j < a.length; j += 1) sum += (a[j]! - b[j]!) ** 2;
  return sum;
};

/**
 * Where a sample is drawn to: the mean of its nearest neighbours, weighted by the inverse of their distance.
 * Points that equal the sample are no neighbours: an infinite weight would turn every migration into a copy.
 * @param points - the sample's own class, standardised, the sample included.
 * @returns the weighted mean; the sample itself when all points are equal.
 */
export function migrationGoal(
  sample: Float64Array,
  points: readonly Float64Array[],
  neighbours: number = MIGRATION_NEIGHBOURS,
): Float64Array {
  const nearest = points
    .map((point) => ({ point, distance: Math.sqrt(squaredDistance(sample, point)) }))
    .filter(({ distance }) => distance > 0)
    .sort((a, b) => a.distance - b.distance)
    .slice(0, neighbours);
  if (nearest.length === 0) return sample.slice();
  const total = nearest.reduce((sum, { distance }) => sum + 1 / distance, 0);
  const goal = new Float64Array(sample.length);
  for (const { point, distance } of nearest) {
    const weight = 1 / distance / total;
    for (let j = 0; j < goal.length; j += 1) goal[j]! += weight * point[j]!;
  }
  return goal;
}

/**
 * Inverse-distance-weighted migration: x' = x_i + u sum_j w_j (x_j - x_i) over the five nearest points of the same
 * class, w_j ~ 1/d_ij with sum 1, u uniform in (0, 1). Every new point lies between a training person and the weighted
 * mean of that person's neighbours, so the class's hull is never left, and its spread shrinks: migration cannot show a
 * network anything outside what was seen. Source: our reading of "inverse-distance-weighted migration" in the design;
 * with one neighbour of weight 1 it would be SMOTE (Chawla et al. 2002, J Artif Intell Res 16:321).
 * @param train - standardised training people.
 * @param countPerClass - new points of each class, by label; classes beyond its end get none.
 * @param stream - one draw for the person and one for u, each new point.
 * @returns the new points only, class after class. @throws RangeError when a class to be grown has fewer than two points.
 */
export function migrateSamples(
  train: LabelledRows,
  countPerClass: readonly number[],
  stream: RandomStream,
): LabelledRows {
  checkLabelledRows(train);
  const rows: Float64Array[] = [];
  const labels: number[] = [];
  countPerClass.forEach((count, label) => {
    if (count === 0) return;
    const own = rowsOfClass(train, label);
    if (own.length < 2) throw new RangeError(`class ${label} has ${own.length} points; migration needs two`);
    const goals = own.map((sample) => migrationGoal(sample, own));
    for (let made = 0; made < count; made += 1) {
      const i = stream.integer(own.length);
      const share = stream.uniform();
      rows.push(own[i]!.map((value, j) => value + share * (goals[i]![j]! - value)));
      labels.push(label);
    }
  });
  return { rows, labels };
}

/**
 * Copies of training people, drawn with replacement: the plain twin of every way to make new ones.
 * @throws RangeError when a class to be grown has no point.
 */
export function copySamples(
  train: LabelledRows,
  countPerClass: readonly number[],
  stream: RandomStream,
): LabelledRows {
  checkLabelledRows(train);
  const rows: Float64Array[] = [];
  const labels: number[] = [];
  countPerClass.forEach((count, label) => {
    const own = rowsOfClass(train, label);
    if (count > 0 && own.length === 0) throw new RangeError(`class ${label} has no point to copy`);
    for (let made = 0; made < count; made += 1) {
      rows.push(own[stream.integer(own.length)]!.slice());
      labels.push(label);
    }
  });
  return { rows, labels };
}
