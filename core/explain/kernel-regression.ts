import { inverse, Matrix, QrDecomposition } from 'ml-matrix';

/** Coalitions with their outputs and weights, without the empty and the full one. */
export interface KernelRegression {
  /** 1 for each player present, one array a coalition. */
  masks: readonly Uint8Array[];
  outputs: ArrayLike<number>;
  /** Above zero. */
  weights: ArrayLike<number>;
  emptyOutput: number;
  fullOutput: number;
}

/** Diagonal of R, as a share of the largest entry, below which coalitions leave a value undetermined. */
const RANK_LIMIT = 1e-10;

/**
 * Values phi that minimise sum_S w_S (v(S) - v(none) - sum_{i in S} phi_i)^2 with sum phi = v(all) - v(none) exactly.
 * The last player is replaced by the constraint and the rest is solved by QR: with all coalitions and the kernel's
 * weights these are the Shapley values. Source: Lundberg & Lee 2017, theorem 2.
 * @throws RangeError when lengths differ, a number is not finite, a weight is not above zero, or the coalitions leave a
 *   value undetermined.
 */
export function solveKernelRegression(regression: KernelRegression): Float64Array {
  const playerCount = checkRegression(regression);
  const { weights, emptyOutput, fullOutput } = regression;
  const gain = fullOutput - emptyOutput;
  if (playerCount === 1) return Float64Array.of(gain);
  const roots = Array.from(weights, Math.sqrt);
  const { design, targets } = withoutLastPlayer(regression, playerCount);
  const qr = new QrDecomposition(new Matrix(design.map((row, i) => row.map((entry) => entry * roots[i]!))));
  const diagonal = qr.upperTriangularMatrix.diagonal().map(Math.abs);
  if (design.length < playerCount - 1 || Math.min(...diagonal) <= RANK_LIMIT * Math.max(...diagonal)) {
    throw new RangeError('these coalitions leave the value of a player undetermined');
  }
  const found = qr.solve(Matrix.columnVector(targets.map((target, i) => target * roots[i]!))).to1DArray();
  return Float64Array.from([...found, gain - found.reduce((sum, value) => sum + value, 0)]);
}

/**
 * Standard errors of values from coalitions that were drawn by the kernel's weights in pairs of complements: the
 * sandwich estimator (White 1980) with one score a pair.
 * @param regression - unit weights; entries 2k and 2k + 1 are a pair. @param values - as solveKernelRegression gives them.
 * @returns null when the pairs are no more than the values that they determine.
 * @throws RangeError as solveKernelRegression, or when a coalition has no partner.
 */
export function regressionErrors(regression: KernelRegression, values: Float64Array): Float64Array | null {
  const playerCount = checkRegression(regression);
  if (values.length !== playerCount) throw new RangeError('every player needs a value');
  if (regression.masks.length % 2 !== 0) throw new RangeError('coalitions must come in pairs');
  const free = playerCount - 1;
  const pairs = regression.masks.length / 2;
  if (free === 0) return new Float64Array(1);
  if (pairs <= free) return null;
  const { design, targets } = withoutLastPlayer(regression, playerCount);
  const information = Matrix.zeros(free, free);
  const scores = Matrix.zeros(free, free);
  const score = new Float64Array(free);
  for (const [index, row] of design.entries()) {
    const residual = targets[index]! - row.reduce((sum, entry, j) => sum + entry * values[j]!, 0);
    if (index % 2 === 0) score.fill(0);
    for (let j = 0; j < free; j += 1) score[j]! += row[j]! * residual;
    addProduct(information, row);
    if (index % 2 === 1) addProduct(scores, score);
  }
  const bread = inverse(information);
  const covariance = bread
    .mmul(scores)
    .mmul(bread)
    .mul(pairs / (pairs - free));
  // A tiny negative number is rounding of a variance of zero.
  const errors = covariance.diagonal().map((variance) => Math.sqrt(Math.max(variance, 0)));
  return Float64Array.from([...errors, Math.sqrt(Math.max(covariance.sum(), 0))]);
}

function addProduct(matrix: Matrix, vector: ArrayLike<number>): void {
  for (let j = 0; j < vector.length; j += 1) {
    for (let k = 0; k < vector.length; k += 1) matrix.set(j, k, matrix.get(j, k) + vector[j]! * vector[k]!);
  }
}

/** The regression with the last value replaced by the gain minus all others. */
function withoutLastPlayer(regression: KernelRegression, playerCount: number) {
  const { masks, outputs, emptyOutput, fullOutput } = regression;
  const last = playerCount - 1;
  const gain = fullOutput - emptyOutput;
  return {
    design: masks.map((mask) => Array.from({ length: last }, (_, j) => mask[j]! - mask[last]!)),
    targets: masks.map((mask, i) => outputs[i]! - emptyOutput - mask[last]! * gain),
  };
}

function checkRegression(regression: KernelRegression): number {
  const { masks, outputs, weights, emptyOutput, fullOutput } = regression;
  const playerCount = masks[0]?.length ?? 1;
  if (outputs.length !== masks.length || weights.length !== masks.length) {
    throw new RangeError('every coalition needs an output and a weight');
  }
  if (playerCount < 1 || masks.some((mask) => mask.length !== playerCount)) {
    throw new RangeError('coalitions must be of the same players');
  }
  if (![emptyOutput, fullOutput, ...Array.from(outputs)].every(Number.isFinite)) {
    throw new RangeError('an output of a coalition is not finite');
  }
  if (!Array.from(weights).every((weight) => weight > 0 && Number.isFinite(weight))) {
    throw new RangeError('the weight of a coalition must be above zero');
  }
  return playerCount;
}
