import { ledoitWolf, whitening } from '../../core/uncertainty/covariance.ts';

/**
 * Matrix of the covariance-weighted penalty tr(W' M W): the inverse of the shrunk (Ledoit-Wolf) covariance of the features,
 * scaled to a mean diagonal of 1, so that a strength means as much as in the plain penalty, where M is the identity.
 * Directions in which people hardly differ cost more than those in which they differ much.
 * @param rows - standardised training people, at least two. @returns p x p, row-major, symmetric.
 * @throws RangeError when all rows are equal or too few.
 */
export function featurePrecision(rows: readonly Float64Array[]): Float64Array {
  const { inverseFactor, mean } = whitening(ledoitWolf(rows));
  const p = mean.length;
  const precision = new Float64Array(p * p);
  let trace = 0;
  for (let j = 0; j < p; j += 1) {
    for (let k = 0; k < p; k += 1) {
      // The inverse of L L' is (L^-1)' L^-1.
      for (let row = Math.max(j, k); row < p; row += 1) {
        precision[j * p + k]! += inverseFactor[row * p + j]! * inverseFactor[row * p + k]!;
      }
    }
    trace += precision[j * (p + 1)]!;
  }
  return precision.map((value) => (value * p) / trace);
}
