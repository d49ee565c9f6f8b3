import { tensor, tidy } from '@tensorflow/tfjs-core';
import { layers, type Sequential, sequential } from '@tensorflow/tfjs-layers';
import { randomStream } from '../numerics/random-stream.ts';

/** A network above this size is refused (decisions.md, "lean by law"). */
export const MAX_WEIGHTS = 50_000;

/** Affine map that opens the network: scaled = input * kernel + bias; fixed, never trained. */
export interface InputScaling {
  /** Length inputCount * inputCount, [input][scaled]. */
  kernel: Float64Array;
  /** Length inputCount. */
  bias: Float64Array;
}

export interface DenseModelSpec {
  inputCount: number;
  outputCount: number;
  /** Widths of the hidden layers, at least one. */
  hiddenUnits: readonly number[];
  activation: 'relu' | 'tanh';
  inputScaling: InputScaling;
}

/** Names are fixed so that the same spec gives the same bytes whatever was built before it. */
export const SCALING_LAYER = 'input-scaling';

/** Weights of a spec, scaling included. */
export function countWeights(spec: DenseModelSpec): number {
  const widths = [spec.inputCount, spec.inputCount, ...spec.hiddenUnits, spec.outputCount];
  let count = 0;
  for (let i = 1; i < widths.length; i += 1) count += (widths[i - 1]! + 1) * widths[i]!;
  return count;
}

/**
 * Builds a dense tfjs model with its input scaling inside the graph as the first, non-trainable layer.
 * Starting weights come from the stream (seed, "start-weights/<layer>", member): He for relu, Glorot for tanh
 * and for the linear head; biases start at 0.
 * @throws RangeError above {@link MAX_WEIGHTS} weights, without a hidden layer, or when the scaling does not fit.
 */
export function buildDenseModel(spec: DenseModelSpec, seed: number | string, member: number): Sequential {
  const size = spec.inputCount;
  if (spec.hiddenUnits.length === 0) throw new RangeError('the model needs a hidden layer');
  if (spec.inputScaling.kernel.length !== size * size || spec.inputScaling.bias.length !== size) {
    throw new RangeError('the input scaling does not fit the number of inputs');
  }
  const weightCount = countWeights(spec);
  if (weightCount > MAX_WEIGHTS) throw new RangeError(`${weightCount} weights are more than ${MAX_WEIGHTS}`);
  const model = sequential({ name: 'dense-model' });
  const zeros = { kernelInitializer: 'zeros', biasInitializer: 'zeros' } as const;
  model.add(
    layers.dense({ ...zeros, name: SCALING_LAYER, units: size, inputShape: [size], trainable: false }),
  );
  for (const [i, units] of spec.hiddenUnits.entries()) {
    model.add(layers.dense({ ...zeros, name: `hidden-${i}`, units, activation: spec.activation }));
  }
  model.add(layers.dense({ ...zeros, name: 'head', units: spec.outputCount }));
  setStartWeights(model, spec, seed, member);
  return model;
}

function setStartWeights(model: Sequential, spec: DenseModelSpec, seed: number | string, member: number) {
  let inputs = spec.inputCount;
  for (const layer of model.layers) {
    const isScaling = layer.name === SCALING_LAYER;
    const outputs = layer.outputShape[1] as number;
    const isHead = layer.name === 'head';
    const stream = randomStream(seed, `start-weights/${layer.name}`, member);
    const spread = Math.sqrt(spec.activation === 'relu' && !isHead ? 2 / inputs : 2 / (inputs + outputs));
    const kernel = isScaling
      ? Float32Array.from(spec.inputScaling.kernel)
      : Float32Array.from({ length: inputs * outputs }, () => spread * stream.normal());
    const bias = isScaling ? Float32Array.from(spec.inputScaling.bias) : new Float32Array(outputs);
    // tidy disposes of the two carriers; setWeights copies them into the layer's own variables.
    tidy(() => layer.setWeights([tensor(kernel, [inputs, outputs]), tensor(bias, [outputs])]));
    inputs = outputs;
  }
}
