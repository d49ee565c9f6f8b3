import { CholeskyDecomposition, Matrix } from 'ml-matrix';
import type { RandomStream } from '../../core/numerics/random-stream.ts';
import { ledoitWolf } from '../../core/uncertainty/covariance.ts';
import { checkLabelledRows, type LabelledRows, rowsOfClass } from './labelled-rows.ts';

/**
 * One normal distribution a class, with that class's mean and shrunk covariance (Ledoit-Wolf): the simplest generator
 * of new people, and what an adversarial network must beat to be worth its trouble.
 * @param countPerClass - new points of each class, by label. @returns the new points only, class after class.
 * @throws RangeError when a class to be grown has fewer than two points, or all of them equal.
 */
export function gaussianSamples(
  train: LabelledRows,
  countPerClass: readonly number[],
  stream: RandomStream,
): LabelledRows {
  const width = checkLabelledRows(train);
  const rows: Float64Array[] = [];
  const labels: number[] = [];
  countPerClass.forEach((count, label) => {
    if (count === 0) return;
    const { mean, covariance } = ledoitWolf(rowsOfClass(train, label));
    const decomposition = new CholeskyDecomposition(Matrix.from1DArray(width, width, covariance));
    if (!decomposition.isPositiveDefinite()) throw new RangeError(`all points of class ${label} are equal`);
    const factor = decomposition.lowerTriangularMatrix;
    for (let made = 0; made < count; made += 1) {
      const scores = Float64Array.from({ length: width }, () => stream.normal());
      rows.push(
        Float64Array.from({ length: width }, (_, j) => {
          let value = mean[j]!;
          for (let k = 0; k <= j; k += 1) value += factor.get(j, k) * scores[k]!;
          return value;
        }),
      );
      labels.push(label);
    }
  });
  return { rows, labels };
}
