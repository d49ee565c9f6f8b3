import { type AgreementWeights, agreementWeights } from './rating-table.ts';

/**
 * The value of kappa or AC1 (weighted: kappa, AC2) alone, as chanceCorrected gives it: for bootstraps, which ask for it a
 * thousand times and for nothing else.
 * @param size - number of categories, two or more.
 * @returns of counts row by row, not checked; null without a pair, and for kappa when chance agreement is complete.
 */
export function coefficientValue(
  size: number,
  model: 'cohen' | 'gwet',
  weights: AgreementWeights,
): (counts: ArrayLike<number>) => number | null {
  const weight = agreementWeights(size, weights);
  const weightSum = weight.reduce((sum, each) => sum + each, 0);
  const rows = new Float64Array(size);
  const columns = new Float64Array(size);
  return (counts) => {
    rows.fill(0);
    columns.fill(0);
    let count = 0;
    let observed = 0;
    for (let row = 0, cell = 0; row < size; row += 1) {
      for (let column = 0; column < size; column += 1, cell += 1) {
        const own = counts[cell]!;
        count += own;
        observed += weight[cell]! * own;
        rows[row]! += own;
        columns[column]! += own;
      }
    }
    if (count === 0) return null;
    let expected = 0;
    if (model === 'gwet') {
      for (let k = 0; k < size; k += 1) {
        const share = (rows[k]! + columns[k]!) / (2 * count);
        expected += share * (1 - share);
      }
      expected *= weightSum / (size * (size - 1));
    } else {
      for (let row = 0, cell = 0; row < size; row += 1) {
        for (let column = 0; column < size; column += 1, cell += 1) {
          expected += (weight[cell]! * rows[row]! * columns[column]!) / count ** 2;
        }
      }
    }
    return 1 - expected < 1e-12 ? null : (observed / count - expected) / (1 - expected);
  };
}
