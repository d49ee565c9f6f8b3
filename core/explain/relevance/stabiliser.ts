/** Of rules that have no epsilon of their own: keeps a denominator from zero and is invisible otherwise. */
export const STABILISER = 1e-12;

/** Added to a denominator: epsilon with the sign of z, where zero counts as positive. */
export function stabiliserOf(z: number, epsilon: number): number {
  return z < 0 ? -epsilon : epsilon;
}
