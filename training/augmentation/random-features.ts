import type { RandomStream } from '../../core/numerics/random-stream.ts';

/** Rows of numbers, flat and row after row. */
export interface FlatRows {
  count: number;
  width: number;
  values: Float64Array;
}

/** A fixed layer of random tanh units beside the inputs themselves. */
export interface RandomFeatures {
  inputCount: number;
  unitCount: number;
  /** [input][unit]. */
  kernel: Float64Array;
  bias: Float64Array;
}

/**
 * Random features (Rahimi & Recht 2008, with tanh units): a one-layer network whose first layer is drawn and never trained,
 * so that fitting the rest has a closed form. Weights have a standard deviation of 1/sqrt(inputs), biases of 1.
 */
export function drawRandomFeatures(
  inputCount: number,
  unitCount: number,
  stream: RandomStream,
): RandomFeatures {
  const scale = 1 / Math.sqrt(inputCount);
  const kernel = Float64Array.from({ length: inputCount * unitCount }, () => scale * stream.normal());
  const bias = Float64Array.from({ length: unitCount }, () => stream.normal());
  return { inputCount, unitCount, kernel, bias };
}

/**
 * Inputs followed by the tanh units.
 * @param rows - standardised, `inputCount` numbers each. @throws RangeError when a row does not fit or is not finite.
 */
export function applyRandomFeatures(features: RandomFeatures, rows: readonly ArrayLike<number>[]): FlatRows {
  const { inputCount, unitCount, kernel, bias } = features;
  const width = inputCount + unitCount;
  const values = new Float64Array(rows.length * width);
  rows.forEach((row, i) => {
    if (row.length !== inputCount) throw new RangeError(`a row needs ${inputCount} numbers`);
    const start = i * width;
    const units = values.subarray(start + inputCount, start + width);
    units.set(bias);
    for (let j = 0; j < inputCount; j += 1) {
      const value = row[j]!;
      if (!Number.isFinite(value)) throw new RangeError('an input is not finite');
      values[start + j] = value;
      for (let k = 0; k < unitCount; k += 1) units[k]! += value * kernel[j * unitCount + k]!;
    }
    for (let k = 0; k < unitCount; k += 1) units[k] = Math.tanh(units[k]!);
  });
  return { count: rows.length, width, values };
}
