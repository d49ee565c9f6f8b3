import type { Network } from '../networks/network.ts';
import { checkGroups, type InputGroup, type Reference } from './attribution.ts';
import { type Background, backgroundOf, checkBackground } from './coalition-background.ts';
import { changePlan } from './coalition-change.ts';
import { coalitionForward } from './coalition-forward.ts';
import { finishRun, type ResumableRun } from './coalition-run.ts';
import { MAX_PLAYERS, shapleyOfCoalitions } from './exact-shapley.ts';
import { ensembleOutput } from './explained-output.ts';
import { type GroupShapley, shapleyAttribution } from './group-shapley.ts';

/** Which number of an ensemble is explained, at which row, compared with what, by which groups. */
export interface BandQuestion {
  /** At least one; all with the same inputs and outputs. */
  members: readonly Network[];
  /** Weight of each output: one-hot for a logit, +1 and -1 for a margin. */
  readout: Float64Array;
  unit: string;
  row: Float64Array;
  compared: Reference | Background;
  /** 1 to 12, disjoint: time bands of a trace, or any other groups. */
  bands: readonly InputGroup[];
}

export interface BandShapley extends GroupShapley {
  /** Values of every member alone; their mean is the attribution. */
  memberValues: readonly Float64Array[];
}

/**
 * The numbers of groupShapley on ensembleOutput, for time bands at a fraction of its cost: coalitions come in an order
 * in which the last bands change most often, and each pass computes again only what the change reaches. A recurrent
 * layer then runs once over every node of the tree of prefixes (510 instead of 2,048 bands for 8), a convolution over
 * the changed band and its margins.
 * @throws RangeError when members, rows or bands do not fit each other, with more than 12 bands or an output that is not finite.
 */
export function bandShapley(question: BandQuestion): BandShapley {
  return finishRun(bandShapleyRun(question));
}

/** {@link bandShapley} in steps of one coalition of one member. @throws RangeError as it does, misuse at once. */
export function bandShapleyRun(question: BandQuestion): ResumableRun<BandShapley> {
  const { members, readout, unit, bands } = question;
  const explained = ensembleOutput(members, readout, unit);
  const row = question.row.slice();
  const background = backgroundOf(question.compared);
  checkBackground(explained, row, background);
  checkGroups(bands, explained.inputCount);
  if (bands.length > MAX_PLAYERS) {
    throw new RangeError(`exact Shapley values need 1 to ${MAX_PLAYERS} bands, not ${bands.length}`);
  }
  return (function* () {
    const size = 2 ** bands.length;
    const total = members.length * background.rows.length * size;
    const mean = new Float64Array(size);
    const memberValues: Float64Array[] = [];
    let done = 0;
    for (const member of members) {
      const own = new Float64Array(size);
      for (const absent of background.rows) {
        const share = 1 / background.rows.length;
        const run = memberCoalitions({ member, readout, row, absent, bands, share, into: own });
        for (const _ of run) {
          done += 1;
          yield { done, total };
        }
      }
      for (let mask = 0; mask < size; mask += 1) mean[mask]! += own[mask]! / members.length;
      memberValues.push(shapleyOfCoalitions(own).values);
    }
    return { ...shapleyAttribution(explained, row, background, mean), memberValues };
  })();
}

/** Adds `share` times the output of every coalition, one a step, in the order of a reflected Gray code. */
function* memberCoalitions(task: {
  member: Network;
  readout: Float64Array;
  row: Float64Array;
  absent: Float64Array;
  bands: readonly InputGroup[];
  share: number;
  into: Float64Array;
}): Generator<void, void, void> {
  const { member, readout, row, absent, bands, share, into } = task;
  // The cheapest change comes first: bit k of the code flips in every 2^(k+1)th step.
  const order = bands
    .map(({ columns }, band) => ({ band, plan: changePlan(member, columns) }))
    .sort((a, b) => a.plan.work - b.plan.work || b.band - a.band);
  const start = row.slice();
  for (const { columns } of bands) for (const column of columns) start[column] = absent[column]!;
  const pass = coalitionForward(member, start);
  let mask = 0;
  for (let step = 1; ; step += 1) {
    into[mask]! += share * pass.output.reduce((sum, value, k) => sum + readout[k]! * value, 0);
    yield;
    if (step === into.length) return;
    const { band, plan } = order[31 - Math.clz32(step & -step)]!;
    mask ^= 1 << band;
    pass.change(plan, mask & (1 << band) ? row : absent);
  }
}
