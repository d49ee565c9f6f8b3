import { bitCount } from './exact-shapley.ts';

/**
 * How much faster the output falls when players are replaced by the reference in the order of the explanation than
 * in a random order: mean output over the random curve minus mean over the ordered one. Above zero: the explanation
 * knows more than chance. The random curve is exact, the mean over all coalitions of each size.
 *
 * @param values - contributions. @param coalitions - outputs by bit mask, as exactShapley gives them.
 * @throws RangeError without a player, when there is not one output a coalition, or a number is not finite.
 */
export function deletionGain(values: ArrayLike<number>, coalitions: ArrayLike<number>): number {
  const count = values.length;
  if (count === 0 || coalitions.length !== 2 ** count) {
    throw new RangeError(
      `${count} players need an output for each of their coalitions, not ${coalitions.length}`,
    );
  }
  if (![...Array.from(values), ...Array.from(coalitions)].every(Number.isFinite)) {
    throw new RangeError('a contribution or an output is not finite');
  }
  const full = coalitions.length - 1;
  const order = Array.from({ length: count }, (_, player) => player).sort(
    (a, b) => values[b]! - values[a]! || a - b,
  );
  let mask = full;
  let ordered = 0;
  for (const player of order) {
    mask &= ~(1 << player);
    ordered += coalitions[mask]!;
  }
  const sums = new Float64Array(count);
  const counts = new Float64Array(count);
  for (let each = 0; each < full; each += 1) {
    const size = bitCount(each);
    sums[size]! += coalitions[each]!;
    counts[size]! += 1;
  }
  const random = sums.reduce((sum, value, size) => sum + value / counts[size]!, 0);
  return (random - ordered) / count;
}
