/** Largest number of players for which all coalitions are computed: 2^12 = 4,096. */
export const MAX_PLAYERS = 12;

export interface ShapleyResult {
  /** One contribution a player. */
  values: Float64Array;
  /** Output of every coalition; bit i of the index says that player i has its own value. */
  coalitions: Float64Array;
  /** coalitions[all] - coalitions[none] - sum(values): zero but for rounding. */
  residual: number;
}

/**
 * Shapley values by their definition, over all coalitions. Source: Shapley 1953; Lundberg & Lee 2017, eq. 4.
 * @param playerCount - 1 to 12. @param outputOf - output with the players of the bit mask present.
 * @throws RangeError outside that range or when an output is not finite.
 */
export function exactShapley(playerCount: number, outputOf: (mask: number) => number): ShapleyResult {
  if (!Number.isInteger(playerCount) || playerCount < 1 || playerCount > MAX_PLAYERS) {
    throw new RangeError(`exact Shapley values need 1 to ${MAX_PLAYERS} players, not ${playerCount}`);
  }
  const coalitions = Float64Array.from({ length: 2 ** playerCount }, (_, mask) => outputOf(mask));
  return shapleyOfCoalitions(coalitions);
}

/**
 * Shapley values of a game that is written out. Source: Shapley 1953; Lundberg & Lee 2017, eq. 4.
 * @param coalitions - output of every coalition by its bit mask: 2, 4, ... 2^12 numbers.
 * @throws RangeError when their number is none of these or an output is not finite.
 */
export function shapleyOfCoalitions(coalitions: Float64Array): ShapleyResult {
  const playerCount = playersOf(coalitions);
  const size = coalitions.length;
  const weights = coalitionWeights(playerCount);
  const values = new Float64Array(playerCount);
  for (let player = 0; player < playerCount; player += 1) {
    const bit = 1 << player;
    for (let mask = 0; mask < size; mask += 1) {
      if (mask & bit) continue;
      values[player]! += weights[bitCount(mask)]! * (coalitions[mask | bit]! - coalitions[mask]!);
    }
  }
  const total = values.reduce((sum, value) => sum + value, 0);
  return { values, coalitions, residual: coalitions[size - 1]! - coalitions[0]! - total };
}

/**
 * Players of a game that is written out.
 * @param coalitions - output of every coalition by its bit mask.
 * @throws RangeError unless there are 2, 4, ... 2^12 outputs, all of them finite.
 */
export function playersOf(coalitions: Float64Array): number {
  const playerCount = Math.log2(coalitions.length);
  if (!Number.isInteger(playerCount) || playerCount < 1 || playerCount > MAX_PLAYERS) {
    throw new RangeError(
      `a game of 1 to ${MAX_PLAYERS} players has 2^players outputs, not ${coalitions.length}`,
    );
  }
  if (coalitions.some((output) => !Number.isFinite(output))) {
    throw new RangeError('an output of a coalition is not finite');
  }
  return playerCount;
}

/** |S|! (n - |S| - 1)! / n! for every size of S. */
function coalitionWeights(playerCount: number): Float64Array {
  const factorial = [1];
  for (let i = 1; i <= playerCount; i += 1) factorial.push(factorial[i - 1]! * i);
  return Float64Array.from(
    { length: playerCount },
    (_, size) => (factorial[size]! * factorial[playerCount - size - 1]!) / factorial[playerCount]!,
  );
}

export function bitCount(mask: number): number {
  let count = 0;
  for (let rest = mask; rest !== 0; rest &= rest - 1) count += 1;
  return count;
}
