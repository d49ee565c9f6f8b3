import { bitCount, playersOf } from './exact-shapley.ts';

/**
 * Shapley interaction index of every two players, half of it in each of the two entries:
 * entry [i][j] = sum over S without i and j of |S|! (M - |S| - 2)! / (2 (M - 1)!) (v(S,i,j) - v(S,i) - v(S,j) + v(S)).
 * Source: Lundberg et al. 2018 (arXiv:1802.03888); Grabisch & Roubens 1999.
 * @param coalitions - output of every coalition by its bit mask, 2 to 2^12 numbers, as exactShapley gives them.
 * @returns M rows of M numbers; the diagonal, which this index does not define, is zero.
 * @throws RangeError when the number of outputs is no power of two in that range or an output is not finite.
 */
export function shapleyInteraction(coalitions: Float64Array): Float64Array[] {
  const players = playersOf(coalitions);
  const index = Array.from({ length: players }, () => new Float64Array(players));
  const weights = pairWeights(players);
  for (let i = 0; i < players; i += 1) {
    for (let j = i + 1; j < players; j += 1) {
      const both = (1 << i) | (1 << j);
      let sum = 0;
      for (let mask = 0; mask < coalitions.length; mask += 1) {
        if (mask & both) continue;
        const joint =
          coalitions[mask | both]! -
          coalitions[mask | (1 << i)]! -
          coalitions[mask | (1 << j)]! +
          coalitions[mask]!;
        sum += weights[bitCount(mask)]! * joint;
      }
      index[i]![j] = sum;
      index[j]![i] = sum;
    }
  }
  return index;
}

/** |S|! (M - |S| - 2)! / (2 (M - 1)!) for every size of S. */
function pairWeights(players: number): Float64Array {
  const factorial = [1];
  for (let i = 1; i <= players; i += 1) factorial.push(factorial[i - 1]! * i);
  return Float64Array.from(
    { length: Math.max(players - 1, 0) },
    (_, size) => (factorial[size]! * factorial[players - size - 2]!) / (2 * factorial[players - 1]!),
  );
}
