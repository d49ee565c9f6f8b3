import { randomStream } from '../numerics/random-stream.ts';
import type { InputGroup, Reference } from './attribution.ts';
import { attributionAgainst, type Background, backgroundOf } from './coalition-background.ts';
import { type CoalitionGame, everyCoalition, finiteOutput, inputGame } from './coalition-game.ts';
import { finishRun, type ResumableRun } from './coalition-run.ts';
import { bitCount, MAX_PLAYERS } from './exact-shapley.ts';
import type { ExplainedOutput } from './explained-output.ts';
import { regressionErrors, solveKernelRegression } from './kernel-regression.ts';
import {
  checkSampling,
  type SampledAttribution,
  type SampledValues,
  type SamplingOptions,
  shuffled,
} from './sampled-shapley.ts';

/**
 * Weight of all coalitions of one size together: (M - 1) / (s (M - s)).
 * @param size - 1 to playerCount - 1; the empty and the full coalition are constraints, not weights.
 * @throws RangeError outside that range.
 */
export function kernelSizeWeight(playerCount: number, size: number): number {
  if (!Number.isInteger(playerCount) || !Number.isInteger(size) || size < 1 || size >= playerCount) {
    throw new RangeError(`a coalition of ${size} of ${playerCount} players has no kernel weight`);
  }
  return (playerCount - 1) / (size * (playerCount - size));
}

/** Weight of one coalition: (M - 1) / (C(M, s) s (M - s)). Source: Lundberg & Lee 2017, eq. 5. @throws RangeError as kernelSizeWeight. */
export function kernelWeight(playerCount: number, size: number): number {
  let choices = 1;
  for (let i = 1; i <= size; i += 1) choices = (choices * (playerCount - size + i)) / i;
  return kernelSizeWeight(playerCount, size) / choices;
}

/**
 * KernelSHAP: Shapley values by weighted linear regression on coalitions, with the sum as an exact constraint and no
 * selection of players. Up to 12 players all coalitions are taken and the values are exact; above, coalitions are drawn
 * by the kernel's weights, each with its complement. Source: Lundberg & Lee 2017; pairs and errors: Covert & Lee 2021.
 * @param options - used above 12 players; the pairs must then be more than the players.
 * @throws RangeError when the options do not fit, an output is not finite, or the pairs drawn leave a value undetermined.
 */
export function kernelShapley(game: CoalitionGame, options: SamplingOptions): SampledValues {
  return finishRun(kernelShapleyRun(game, options));
}

/** {@link kernelShapley} in steps of one coalition, or of one pair. @throws RangeError as it does, misuse at once. */
export function kernelShapleyRun(game: CoalitionGame, options: SamplingOptions): ResumableRun<SampledValues> {
  checkSampling(game, options);
  const { playerCount } = game;
  if (playerCount <= MAX_PLAYERS) return enumerated(game);
  if (options.pairs <= playerCount) {
    throw new RangeError(`${playerCount} players need more than ${playerCount} pairs, not ${options.pairs}`);
  }
  return sampled(game, options);
}

function* enumerated(game: CoalitionGame): ResumableRun<SampledValues> {
  const { playerCount } = game;
  const coalitions = yield* everyCoalition(game);
  const full = coalitions.length - 1;
  const masks = Array.from({ length: full - 1 }, (_, i) => i + 1);
  const values = solveKernelRegression({
    masks: masks.map((mask) => Uint8Array.from({ length: playerCount }, (_, player) => (mask >> player) & 1)),
    weights: masks.map((mask) => kernelWeight(playerCount, bitCount(mask))),
    outputs: masks.map((mask) => coalitions[mask]!),
    emptyOutput: coalitions[0]!,
    fullOutput: coalitions[full]!,
  });
  return { values, standardErrors: new Float64Array(playerCount) };
}

function* sampled(game: CoalitionGame, { pairs, seed }: SamplingOptions): ResumableRun<SampledValues> {
  const { playerCount } = game;
  const sizes = Float64Array.from({ length: playerCount - 1 }, (_, i) =>
    kernelSizeWeight(playerCount, i + 1),
  );
  const total = sizes.reduce((sum, weight) => sum + weight, 0);
  const masks: Uint8Array[] = [];
  const outputs: number[] = [];
  for (let pair = 0; pair < pairs; pair += 1) {
    const stream = randomStream(seed, 'kernel-coalition', pair);
    let rest = stream.uniform() * total;
    let size = 1;
    while (size < playerCount - 1 && rest >= sizes[size - 1]!) {
      rest -= sizes[size - 1]!;
      size += 1;
    }
    const mask = new Uint8Array(playerCount);
    for (const player of shuffled(playerCount, stream).slice(0, size)) mask[player] = 1;
    for (const each of [mask, mask.map((isIn) => 1 - isIn)]) {
      masks.push(each);
      outputs.push(finiteOutput(game, each));
    }
    yield { done: pair + 1, total: pairs };
  }
  const regression = {
    masks,
    outputs,
    weights: masks.map(() => 1),
    emptyOutput: finiteOutput(game, new Uint8Array(playerCount)),
    fullOutput: finiteOutput(game, new Uint8Array(playerCount).fill(1)),
  };
  const values = solveKernelRegression(regression);
  return { values, standardErrors: regressionErrors(regression, values) };
}

/**
 * {@link kernelShapley} for groups of inputs, in steps.
 * @param compared - a reference row, or several background rows. @param groups - any number, disjoint.
 * @throws RangeError when rows, background, groups or options do not fit, at once; later as kernelShapley.
 */
export function kernelGroupShapleyRun(
  explained: ExplainedOutput,
  row: Float64Array,
  compared: Reference | Background,
  groups: readonly InputGroup[],
  options: SamplingOptions,
): ResumableRun<SampledAttribution> {
  const own = row.slice();
  const background = backgroundOf(compared);
  const run = kernelShapleyRun(inputGame(explained, own, background, groups), options);
  const isExact = groups.length <= MAX_PLAYERS;
  return (function* () {
    const { values, standardErrors } = yield* run;
    const attribution = attributionAgainst(explained, own, background, {
      method: 'kernel-shapley',
      parameters: {
        groups: groups.length,
        ...(isExact ? { coalitions: 2 ** groups.length } : { pairs: options.pairs }),
      },
      values,
      shape: [groups.length],
      seed: isExact ? null : options.seed,
    });
    return { attribution, standardErrors };
  })();
}

/** {@link kernelGroupShapleyRun} without a break. @throws RangeError as it does. */
export function kernelGroupShapley(
  ...question: Parameters<typeof kernelGroupShapleyRun>
): SampledAttribution {
  return finishRun(kernelGroupShapleyRun(...question));
}
