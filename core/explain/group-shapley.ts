import type { Attribution, InputGroup, Reference } from './attribution.ts';
import { attributionAgainst, type Background, backgroundOf } from './coalition-background.ts';
import { everyCoalition, inputGame } from './coalition-game.ts';
import { finishRun, type ResumableRun } from './coalition-run.ts';
import { shapleyOfCoalitions } from './exact-shapley.ts';
import type { ExplainedOutput } from './explained-output.ts';

export interface GroupShapley {
  /** One value a group. */
  attribution: Attribution;
  /** Output of every coalition; bit i of the index says that group i has its own values. */
  coalitions: Float64Array;
}

/**
 * Exact Shapley values of 1 to 12 groups of inputs: features, groups of correlated features or time bands.
 * Source: Lundberg & Lee 2017, eq. 4, on the quotient game; absent groups are interventional.
 * @param compared - a reference row, or several background rows over which outputs are averaged.
 * @param groups - disjoint. Columns in none of them keep their own values, so that the residual holds what they add.
 * @throws RangeError when rows, background or groups do not fit, with more than 12 groups or an output that is not finite.
 */
export function groupShapley(
  explained: ExplainedOutput,
  row: Float64Array,
  compared: Reference | Background,
  groups: readonly InputGroup[],
): GroupShapley {
  return finishRun(groupShapleyRun(explained, row, compared, groups));
}

/** {@link groupShapley} in steps of one coalition. @throws RangeError as it does, misuse at once. */
export function groupShapleyRun(
  explained: ExplainedOutput,
  row: Float64Array,
  compared: Reference | Background,
  groups: readonly InputGroup[],
): ResumableRun<GroupShapley> {
  const own = row.slice();
  const background = backgroundOf(compared);
  const run = everyCoalition(inputGame(explained, own, background, groups));
  return (function* () {
    return shapleyAttribution(explained, own, background, yield* run);
  })();
}

/** The attribution that belongs to the outputs of all coalitions. @throws RangeError as shapleyOfCoalitions. */
export function shapleyAttribution(
  explained: ExplainedOutput,
  row: Float64Array,
  background: Background,
  coalitions: Float64Array,
): GroupShapley {
  const { values } = shapleyOfCoalitions(coalitions);
  const attribution = attributionAgainst(explained, row, background, {
    method: 'exact-shapley',
    parameters: { groups: values.length, coalitions: coalitions.length },
    values,
    shape: [values.length],
  });
  return { attribution, coalitions };
}
