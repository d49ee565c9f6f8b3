import { Matrix, solve } from 'ml-matrix';
import { randomStream } from '../numerics/random-stream.ts';
import type { Attribution, InputGroup, Reference } from './attribution.ts';
import { attributionAgainst, backgroundOf } from './coalition-background.ts';
import { finiteOutput, inputGame } from './coalition-game.ts';
import { finishRun, type ResumableRun } from './coalition-run.ts';
import type { ExplainedOutput } from './explained-output.ts';

export interface LimeOptions {
  /** Perturbed rows, the unperturbed one included: more than there are groups. */
  samples: number;
  /** Sigma of the kernel exp(-D^2 / sigma^2); D^2 is the number of groups taken out. */
  kernelWidth: number;
  /** Lambda of the ridge, on the weights and not on the intercept; above zero. */
  ridgePenalty: number;
  seed: string;
}

export interface LimeExplanation {
  /** Weight of every group: what the local model says that its presence adds. */
  attribution: Attribution;
  /** Of the local model: its answer with every group at the reference. */
  intercept: number;
  /** Share of the kernel-weighted variance that the local model explains; null when the output does not vary where the kernel looks. */
  rSquared: number | null;
}

/**
 * The settings of the published program for tables: 5,000 samples, width 0.75 sqrt(groups), penalty 1.
 * @throws RangeError when the number of groups is no whole number above 0.
 */
export function limeDefaults(groupCount: number, seed: string): LimeOptions {
  if (!Number.isInteger(groupCount) || groupCount < 1) throw new RangeError('an explanation needs a group');
  return { samples: 5000, kernelWidth: 0.75 * Math.sqrt(groupCount), ridgePenalty: 1, seed };
}

/**
 * Local linear model around a row (LIME): groups are put to the reference at random, each with probability one half,
 * and a ridge regression on which groups are present is fitted to the outputs, weighted by nearness to the row.
 * Source: Ribeiro, Singh & Guestrin 2016, section 3, with the ridge instead of a selection of features. The values need not
 * sum to the output's difference: the residual says how far they are from it, the R squared how well the model fits.
 * @param groups - disjoint. Columns in none of them keep their own values.
 * @throws RangeError when row, reference, groups or options do not fit or an output is not finite.
 */
export function lime(
  explained: ExplainedOutput,
  row: Float64Array,
  reference: Reference,
  groups: readonly InputGroup[],
  options: LimeOptions,
): LimeExplanation {
  return finishRun(limeRun(explained, row, reference, groups, options));
}

/** {@link lime} in steps of one sample. @throws RangeError as it does, misuse at once. */
export function limeRun(
  explained: ExplainedOutput,
  row: Float64Array,
  reference: Reference,
  groups: readonly InputGroup[],
  options: LimeOptions,
): ResumableRun<LimeExplanation> {
  const own = row.slice();
  const background = backgroundOf(reference);
  const game = inputGame(explained, own, background, groups);
  checkOptions(options, groups.length);
  const { samples, kernelWidth, ridgePenalty, seed } = options;
  return (function* () {
    const known = new Map<string, number>();
    const masks: Uint8Array[] = [];
    const outputs: number[] = [];
    for (let sample = 0; sample < samples; sample += 1) {
      const stream = randomStream(seed, 'lime-sample', sample);
      const mask = Uint8Array.from(groups, () => (sample === 0 || stream.uniform() < 0.5 ? 1 : 0));
      const key = mask.join('');
      const output = known.get(key) ?? finiteOutput(game, mask);
      known.set(key, output);
      masks.push(mask);
      outputs.push(output);
      yield { done: sample + 1, total: samples };
    }
    const nearness = masks.map((mask) =>
      Math.exp(-mask.reduce((absent, isIn) => absent + 1 - isIn, 0) / kernelWidth ** 2),
    );
    const { weights, intercept, rSquared } = ridgeFit(masks, outputs, nearness, ridgePenalty);
    const attribution = attributionAgainst(explained, own, background, {
      method: 'lime',
      parameters: {
        groups: groups.length,
        samples,
        kernelWidth,
        ridgePenalty,
        distance: 'square root of the number of groups taken out',
        presence: 0.5,
      },
      values: weights,
      shape: [groups.length],
      seed,
    });
    return { attribution, intercept, rSquared };
  })();
}

/** argmin sum_s nearness_s (output_s - intercept - weights . mask_s)^2 + penalty |weights|^2. */
function ridgeFit(
  masks: readonly Uint8Array[],
  outputs: readonly number[],
  nearness: readonly number[],
  penalty: number,
) {
  const count = masks[0]!.length;
  const total = nearness.reduce((sum, weight) => sum + weight, 0);
  const meanOf = (of: (sample: number) => number) =>
    nearness.reduce((sum, weight, sample) => sum + weight * of(sample), 0) / total;
  const centre = Float64Array.from({ length: count }, (_, j) => meanOf((sample) => masks[sample]![j]!));
  const meanOutput = meanOf((sample) => outputs[sample]!);
  const squares = Matrix.eye(count, count).mul(penalty);
  const products = new Float64Array(count);
  for (const [sample, mask] of masks.entries()) {
    const weight = nearness[sample]!;
    for (let j = 0; j < count; j += 1) {
      const off = weight * (mask[j]! - centre[j]!);
      products[j]! += off * (outputs[sample]! - meanOutput);
      for (let k = 0; k < count; k += 1) squares.set(j, k, squares.get(j, k) + off * (mask[k]! - centre[k]!));
    }
  }
  const weights = Float64Array.from(solve(squares, Matrix.columnVector(products)).to1DArray());
  const intercept = meanOutput - weights.reduce((sum, weight, j) => sum + weight * centre[j]!, 0);
  const left = meanOf((sample) => {
    const fitted = weights.reduce((sum, weight, j) => sum + weight * masks[sample]![j]!, intercept);
    return (outputs[sample]! - fitted) ** 2;
  });
  const spread = meanOf((sample) => (outputs[sample]! - meanOutput) ** 2);
  // Equal outputs spread by rounding only; a narrow kernel may see one row alone.
  const varies = spread > 0 && outputs.some((output) => output !== outputs[0]);
  return { weights, intercept, rSquared: varies ? 1 - left / spread : null };
}

function checkOptions({ samples, kernelWidth, ridgePenalty }: LimeOptions, groupCount: number): void {
  if (!Number.isInteger(samples) || samples <= groupCount) {
    throw new RangeError(`${groupCount} groups need more than ${groupCount} samples, not ${samples}`);
  }
  if (!(kernelWidth > 0 && Number.isFinite(kernelWidth))) {
    throw new RangeError('the width of the kernel must be above zero');
  }
  if (!(ridgePenalty > 0 && Number.isFinite(ridgePenalty))) {
    throw new RangeError('the penalty of the ridge must be above zero');
  }
}
