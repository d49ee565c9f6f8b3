import { checkGroups, type InputGroup } from './attribution.ts';
import { type Background, checkBackground } from './coalition-background.ts';
import type { ResumableRun } from './coalition-run.ts';
import { MAX_PLAYERS } from './exact-shapley.ts';
import type { ExplainedOutput } from './explained-output.ts';

/** A cooperative game of any number of players. */
export interface CoalitionGame {
  playerCount: number;
  /** @param present - 1 for every player of the coalition, 0 for the others; not kept. */
  outputOf(present: Uint8Array): number;
}

/**
 * The game of an explanation: groups of inputs have their own values when present and those of the background when
 * absent; the output is the mean over the background. Columns in no group always keep their own values.
 * @throws RangeError when rows, background or groups do not fit the explained output.
 */
export function inputGame(
  explained: ExplainedOutput,
  row: Float64Array,
  background: Background,
  groups: readonly InputGroup[],
): CoalitionGame {
  checkBackground(explained, row, background);
  checkGroups(groups, explained.inputCount);
  const mixed = row.slice();
  return {
    playerCount: groups.length,
    outputOf: (present) => {
      let sum = 0;
      for (const absent of background.rows) {
        for (const [g, { columns }] of groups.entries()) {
          const values = present[g] ? row : absent;
          for (const column of columns) mixed[column] = values[column]!;
        }
        sum += explained.valueOf(mixed);
      }
      return sum / background.rows.length;
    },
  };
}

/** A game that is written out, by bit mask. @param coalitions - 2^players outputs. */
export function writtenGame(playerCount: number, coalitions: ArrayLike<number>): CoalitionGame {
  if (coalitions.length !== 2 ** playerCount) {
    throw new RangeError(
      `a game of ${playerCount} players has ${2 ** playerCount} outputs, not ${coalitions.length}`,
    );
  }
  return {
    playerCount,
    outputOf: (present) => coalitions[present.reduce((mask, isIn, i) => mask | (isIn ? 1 << i : 0), 0)]!,
  };
}

/**
 * Every coalition's output by bit mask, one coalition a step.
 * @throws RangeError with no player or more than 12, or when an output is not finite.
 */
export function everyCoalition(game: CoalitionGame): ResumableRun<Float64Array> {
  const { playerCount } = game;
  if (!Number.isInteger(playerCount) || playerCount < 1 || playerCount > MAX_PLAYERS) {
    throw new RangeError(`all coalitions are computed for 1 to ${MAX_PLAYERS} players, not ${playerCount}`);
  }
  return coalitionSteps(game);
}

function* coalitionSteps(game: CoalitionGame): ResumableRun<Float64Array> {
  const total = 2 ** game.playerCount;
  const present = new Uint8Array(game.playerCount);
  const coalitions = new Float64Array(total);
  for (let mask = 0; mask < total; mask += 1) {
    for (let player = 0; player < game.playerCount; player += 1) present[player] = (mask >> player) & 1;
    coalitions[mask] = finiteOutput(game, present);
    yield { done: mask + 1, total };
  }
  return coalitions;
}

/** @throws RangeError when the output is not finite. */
export function finiteOutput(game: CoalitionGame, present: Uint8Array): number {
  const output = game.outputOf(present);
  if (!Number.isFinite(output)) throw new RangeError('an output of a coalition is not finite');
  return output;
}
