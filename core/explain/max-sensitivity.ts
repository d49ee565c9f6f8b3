import { randomStream } from '../numerics/random-stream.ts';

/** How an explanation moves when its input moves a little. One number a perturbation where lists. */
export interface AttributionSensitivity {
  /** Values at each perturbed input. */
  perturbed: readonly Float64Array[];
  /** |values there - values here| / |values here|, Euclidean; 0 when both are zero, infinite when only those here are. */
  relativeChanges: Float64Array;
  maxSensitivity: number;
  averageSensitivity: number;
  /** |values there - values here| / |perturbation|. */
  lipschitz: Float64Array;
  maxLipschitz: number;
}

/**
 * Max-sensitivity (Yeh et al. 2019, relative form) and the local Lipschitz estimate (Alvarez-Melis & Jaakkola 2018) over
 * given perturbations.
 * @param explain - values of one method for one fixed output. @param row - the input.
 * @param perturbations - added to the row, each as long as it and not zero throughout.
 * @throws RangeError without a perturbation, when lengths differ, or a number is not finite.
 */
export function attributionSensitivity(
  explain: (row: Float64Array) => Float64Array,
  row: Float64Array,
  perturbations: readonly Float64Array[],
): AttributionSensitivity {
  if (perturbations.length === 0) throw new RangeError('sensitivity needs a perturbation');
  for (const each of perturbations) {
    if (each.length !== row.length || !each.every(Number.isFinite)) {
      throw new RangeError(`a perturbation needs ${row.length} finite numbers`);
    }
    if (each.every((value) => value === 0)) throw new RangeError('a perturbation of nothing shows nothing');
  }
  const values = explain(row);
  const perturbed = perturbations.map((perturbation) => {
    const there = explain(row.map((value, i) => value + perturbation[i]!));
    if (there.length !== values.length || !there.every(Number.isFinite) || !values.every(Number.isFinite)) {
      throw new RangeError('an explanation needs the same number of finite values at every input');
    }
    return there;
  });
  const size = Math.hypot(...values);
  const changes = perturbed.map((there) => Math.hypot(...there.map((value, i) => value - values[i]!)));
  const relativeChanges = Float64Array.from(changes, (change) => (change === 0 ? 0 : change / size));
  const lipschitz = Float64Array.from(changes, (change, i) => change / Math.hypot(...perturbations[i]!));
  return {
    perturbed,
    relativeChanges,
    maxSensitivity: Math.max(...relativeChanges),
    averageSensitivity: relativeChanges.reduce((sum, each) => sum + each, 0) / relativeChanges.length,
    lipschitz,
    maxLipschitz: Math.max(...lipschitz),
  };
}

/**
 * Normal perturbations of the size of a device's noise.
 * @param deviations - standard deviation of each input, 0 or more, one of them above 0. @param draws - 1 or more.
 * @param seed - names the stream: the same perturbations each time.
 * @throws RangeError otherwise.
 */
export function noisePerturbations(
  deviations: ArrayLike<number>,
  draws: number,
  seed: string,
): Float64Array[] {
  const each = Array.from(deviations);
  if (!each.every((value) => value >= 0 && Number.isFinite(value)) || !each.some((value) => value > 0)) {
    throw new RangeError('noise needs standard deviations of 0 or more, one of them above 0');
  }
  if (!Number.isInteger(draws) || draws < 1)
    throw new RangeError('noise needs a whole number of draws above 0');
  return Array.from({ length: draws }, (_, draw) => {
    const stream = randomStream(seed, 'input-noise', draw);
    return Float64Array.from(each, (deviation) => deviation * stream.normal());
  });
}
