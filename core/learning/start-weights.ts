import { tensor, tidy } from '@tensorflow/tfjs-core';
import type { layers } from '@tensorflow/tfjs-layers';
import { type RandomStream, randomStream } from '../numerics/random-stream.ts';

/** Affine map of an input, fixed in training: scaled[j] = sum_i input[i] * kernel[i * size + j] + bias[j]. */
export interface InputScaling {
  /** Length size * size, [input][scaled]; size is the number of features, or of channels of a sequence. */
  kernel: Float64Array;
  /** Length size. */
  bias: Float64Array;
}

/** @throws RangeError when the map is not one of `size` numbers onto as many. */
export function checkScaling(scaling: InputScaling, size: number): void {
  if (scaling.kernel.length !== size * size || scaling.bias.length !== size) {
    throw new RangeError('the input scaling does not fit the number of inputs');
  }
}

/** Which spread the start weights of a layer have; biases start at 0. */
export type StartWeights = 'he' | 'glorot' | 'lstm';

/**
 * Sets the start weights of a dense, convolution or LSTM layer from the streams (seed, "start-weights/<layer>", member),
 * and "start-weights/<layer>/recurrent" for the second matrix of an LSTM.
 * `he`: variance 2 / inputs, before a relu (He et al. 2015). `glorot`: 2 / (inputs + outputs) (Glorot & Bengio 2010).
 * `lstm`: kernel glorot, recurrent kernel with orthonormal rows (Saxe et al. 2014; tfjs's own initialiser for it throws),
 * bias 1 at the forget gate, so that a new cell remembers (Jozefowicz et al. 2015), else 0.
 */
export function setStartWeights(
  layer: layers.Layer,
  kind: StartWeights,
  seed: number | string,
  member: number,
): void {
  const name = `start-weights/${layer.name}`;
  const stream = randomStream(seed, name, member);
  const shapes = layer.weights.map((weight) => weight.shape as number[]);
  const [kernelShape, second] = shapes;
  if (!kernelShape || !second) throw new RangeError(`layer "${layer.name}" has no weights to start`);
  const outputs = kernelShape.at(-1)!;
  const size = kernelShape.reduce((product, each) => product * each, 1);
  const inputs = size / outputs;
  const spread = Math.sqrt(kind === 'he' ? 2 / inputs : 2 / (inputs + outputs));
  const kernel = Float32Array.from({ length: size }, () => spread * stream.normal());
  const values: Float32Array[] = [kernel];
  if (kind === 'lstm') {
    const units = second[0]!;
    values.push(orthonormalRows(units, 4 * units, randomStream(seed, `${name}/recurrent`, member)));
    values.push(Float32Array.from({ length: 4 * units }, (_, j) => (Math.floor(j / units) === 1 ? 1 : 0)));
  } else {
    values.push(new Float32Array(outputs));
  }
  assign(layer, values, shapes);
}

/** Sets a fixed scaling layer (dense, or a convolution of one tap). */
export function setScalingWeights(layer: layers.Layer, scaling: InputScaling): void {
  assign(
    layer,
    [Float32Array.from(scaling.kernel), Float32Array.from(scaling.bias)],
    layer.weights.map((weight) => weight.shape as number[]),
  );
}

function assign(layer: layers.Layer, values: readonly Float32Array[], shapes: readonly number[][]): void {
  // tidy disposes of the carriers; setWeights copies them into the layer's own variables.
  tidy(() => layer.setWeights(values.map((value, i) => tensor(value, shapes[i]!))));
}

/** Modified Gram-Schmidt on rows of normal numbers; rows <= columns. */
function orthonormalRows(rows: number, columns: number, stream: RandomStream): Float32Array {
  const matrix = Float64Array.from({ length: rows * columns }, () => stream.normal());
  const row = (i: number) => matrix.subarray(i * columns, (i + 1) * columns);
  const dot = (a: Float64Array, b: Float64Array) => a.reduce((sum, value, j) => sum + value * b[j]!, 0);
  for (let i = 0; i < rows; i += 1) {
    const current = row(i);
    for (let k = 0; k < i; k += 1) {
      const other = row(k);
      const share = dot(current, other);
      for (let j = 0; j < columns; j += 1) current[j]! -= share * other[j]!;
    }
    const length = Math.sqrt(dot(current, current));
    for (let j = 0; j < columns; j += 1) current[j]! /= length;
  }
  return Float32Array.from(matrix);
}
