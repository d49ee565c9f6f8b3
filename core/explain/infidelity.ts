import type { ExplainedOutput } from './explained-output.ts';

/** How far an explanation, taken as a linear model, is from what the output does. */
export interface Infidelity {
  /** Mean squared difference of promised and observed change. Unit: that of the output, squared. */
  infidelity: number;
  /** Factor by which the promises fit best; null when all of them are zero. */
  beta: number | null;
  /** Infidelity with the promises times beta: blind to the scale of the values. Null without a beta. */
  normalisedInfidelity: number | null;
}

/**
 * Infidelity from promised and observed changes. Source: Yeh et al. 2019.
 * @param promised - perturbation times values, one a perturbation. @param observed - fall of the output.
 * @throws RangeError when there is none, lengths differ, or a number is not finite.
 */
export function infidelityOf(promised: ArrayLike<number>, observed: ArrayLike<number>): Infidelity {
  const count = promised.length;
  if (count === 0 || count !== observed.length) {
    throw new RangeError('infidelity needs promised and observed changes of one number above 0');
  }
  if (![...Array.from(promised), ...Array.from(observed)].every(Number.isFinite)) {
    throw new RangeError('a change is not finite');
  }
  const meanSquare = (factor: number) =>
    Array.from(promised).reduce((sum, each, i) => sum + (factor * each - observed[i]!) ** 2, 0) / count;
  const squares = Array.from(promised).reduce((sum, each) => sum + each * each, 0);
  const products = Array.from(promised).reduce((sum, each, i) => sum + each * observed[i]!, 0);
  const beta = squares > 0 ? products / squares : null;
  return {
    infidelity: meanSquare(1),
    beta,
    normalisedInfidelity: beta === null ? null : meanSquare(beta),
  };
}

/**
 * Infidelity in its local form: slopes against the fall of the output when a perturbation is subtracted.
 * @param slopes - one an input: a gradient, or contributions over the input's distance from its reference.
 * @param perturbations - as long as the row.
 * @throws RangeError when a length differs, there is no perturbation, or a number is not finite.
 */
export function localInfidelity(
  explained: Pick<ExplainedOutput, 'inputCount' | 'valueOf'>,
  row: Float64Array,
  slopes: Float64Array,
  perturbations: readonly Float64Array[],
): Infidelity {
  for (const each of [row, slopes, ...perturbations]) {
    if (each.length !== explained.inputCount) {
      throw new RangeError(
        `row, slopes and perturbations need ${explained.inputCount} numbers, not ${each.length}`,
      );
    }
  }
  const output = explained.valueOf(row);
  return infidelityOf(
    perturbations.map((perturbation) => perturbation.reduce((sum, p, i) => sum + p * slopes[i]!, 0)),
    perturbations.map((perturbation) => output - explained.valueOf(row.map((x, i) => x - perturbation[i]!))),
  );
}
