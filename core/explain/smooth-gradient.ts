import type { Shape } from '../networks/network.ts';
import { randomStream } from '../numerics/random-stream.ts';
import { type Attribution, attributionOf, checkRows, type Reference } from './attribution.ts';
import type { ExplainedOutput } from './explained-output.ts';
import { slopeUnit } from './saliency.ts';

/** What is said of the slopes at the noisy rows; VarGrad is their variance, over n or (unbiased) over n - 1. */
export const SLOPE_STATISTICS = ['mean', 'mean-square', 'variance', 'unbiased-variance'] as const;
export type SlopeStatistic = (typeof SLOPE_STATISTICS)[number];

/** Noise that is added to the row, draw by draw. */
export type GradientNoise =
  /** As given; each draw as long as the row. */
  | { draws: readonly Float64Array[] }
  /** Normal, from the stream (seed, 'smooth-gradient', 0). */
  | {
      seed: string;
      drawCount: number;
      /** Zero or more, in units of the inputs: one for all, or one an input. */
      standardDeviation: number | Float64Array;
    };

export interface SmoothGradientOptions {
  noise: GradientNoise;
  /** The mean if not said. */
  statistic?: SlopeStatistic;
  /** Multiplies the statistic by what the row has above the reference. */
  isTimesInput?: boolean;
  /** Of the values, e.g. [steps, channels]; [inputs] if not said. */
  shape?: Shape;
}

/**
 * Slopes averaged over noisy copies of the row: SmoothGrad (Smilkov 2017), squared, or their variance (VarGrad,
 * Adebayo 2018). Like saliency it does not add up, unless it is multiplied by the input and the output is linear.
 *
 * Without noise the mean is the saliency to the last bit and the variance is zero.
 * @throws RangeError when rows, shape or noise do not fit, or the unbiased variance has one draw only.
 */
export function smoothGradient(
  explained: ExplainedOutput,
  row: Float64Array,
  reference: Reference,
  options: SmoothGradientOptions,
): Attribution {
  const { noise, statistic = 'mean', isTimesInput = false, shape = [explained.inputCount] } = options;
  checkRows(explained, row, reference);
  const draws = drawsOf(noise, row.length);
  const slopes = draws.map((draw) => explained.gradientOf(row.map((value, i) => value + draw[i]!)));
  const values = statisticOf(statistic, slopes).map((value, i) =>
    isTimesInput ? value * (row[i]! - reference.row[i]!) : value,
  );
  return attributionOf(explained, row, reference, {
    method: 'smooth-gradient',
    parameters: { statistic, isTimesInput, drawCount: draws.length, ...noiseParameters(noise) },
    values,
    shape,
    unit: unitOf(explained, statistic, isTimesInput),
    seed: 'seed' in noise ? noise.seed : null,
  });
}

function drawsOf(noise: GradientNoise, length: number): readonly Float64Array[] {
  if ('draws' in noise) {
    if (noise.draws.length === 0) throw new RangeError('a smoothed gradient needs a draw of noise');
    if (noise.draws.some((draw) => draw.length !== length || !draw.every(Number.isFinite))) {
      throw new RangeError(`a draw of noise needs ${length} finite numbers`);
    }
    return noise.draws;
  }
  const { seed, drawCount, standardDeviation } = noise;
  if (!Number.isInteger(drawCount) || drawCount < 1) {
    throw new RangeError('a smoothed gradient needs a whole number of draws, one or more');
  }
  const deviations =
    typeof standardDeviation === 'number'
      ? new Float64Array(length).fill(standardDeviation)
      : standardDeviation;
  if (deviations.length !== length || !deviations.every((value) => Number.isFinite(value) && value >= 0)) {
    throw new RangeError(`the noise needs a standard deviation of zero or more, one or ${length} of them`);
  }
  const stream = randomStream(seed, 'smooth-gradient', 0);
  return Array.from({ length: drawCount }, () => deviations.map((value) => value * stream.normal()));
}

/** Running mean and sum of squared deviations, so that equal slopes have themselves as mean and no variance. */
function statisticOf(statistic: SlopeStatistic, slopes: readonly Float64Array[]): Float64Array {
  const count = slopes.length;
  if (statistic === 'unbiased-variance' && count < 2) {
    throw new RangeError('an unbiased variance needs two draws of noise');
  }
  const length = slopes[0]!.length;
  const mean = new Float64Array(length);
  const squares = new Float64Array(length);
  for (const [n, slope] of slopes.entries()) {
    for (let i = 0; i < length; i += 1) {
      const value = statistic === 'mean-square' ? slope[i]! ** 2 : slope[i]!;
      const distance = value - mean[i]!;
      mean[i]! += distance / (n + 1);
      squares[i]! += distance * (value - mean[i]!);
    }
  }
  if (statistic === 'variance') return squares.map((value) => value / count);
  if (statistic === 'unbiased-variance') return squares.map((value) => value / (count - 1));
  return mean;
}

function noiseParameters(noise: GradientNoise): Record<string, string | number> {
  if ('draws' in noise) return { noise: 'given' };
  const { standardDeviation } = noise;
  return {
    noise: 'normal',
    standardDeviation:
      typeof standardDeviation === 'number' ? standardDeviation : standardDeviation.join(' '),
  };
}

function unitOf(explained: ExplainedOutput, statistic: SlopeStatistic, isTimesInput: boolean): string {
  if (statistic === 'mean') return isTimesInput ? explained.unit : slopeUnit(explained);
  return isTimesInput ? `(${slopeUnit(explained)})^2 times the input` : `(${slopeUnit(explained)})^2`;
}
