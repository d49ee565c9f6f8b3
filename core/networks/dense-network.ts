/** Activations the Float64 engine computes. Anything else is refused by name when a model is read. */
export const ACTIVATIONS = ['linear', 'relu', 'tanh'] as const;
export type Activation = (typeof ACTIVATIONS)[number];

/** One dense layer: output[j] = activation(sum_i input[i] * kernel[i * outputCount + j] + bias[j]). */
export interface DenseLayer {
  name: string;
  activation: Activation;
  inputCount: number;
  outputCount: number;
  /** Length inputCount * outputCount, in the Keras order [input][output]. */
  kernel: Float64Array;
  /** Length outputCount. */
  bias: Float64Array;
}

/** A chain of dense layers, evaluated in double precision. */
export interface DenseNetwork {
  layers: readonly DenseLayer[];
  inputCount: number;
  outputCount: number;
  /** Kernels and biases of all layers, input scaling included. */
  weightCount: number;
}

/**
 * Builds a network out of layers and checks that they fit together.
 * @throws RangeError when there is no layer, or when a length does not match its neighbour.
 */
export function denseNetwork(layers: readonly DenseLayer[]): DenseNetwork {
  const first = layers[0];
  const last = layers.at(-1);
  if (!first || !last) throw new RangeError('a network needs at least one layer');
  let weightCount = 0;
  let width = first.inputCount;
  for (const layer of layers) {
    const isConsistent =
      layer.inputCount === width &&
      layer.kernel.length === layer.inputCount * layer.outputCount &&
      layer.bias.length === layer.outputCount;
    if (!isConsistent) throw new RangeError(`layer "${layer.name}" does not fit the layer before it`);
    weightCount += layer.kernel.length + layer.bias.length;
    width = layer.outputCount;
  }
  return { layers, inputCount: first.inputCount, outputCount: last.outputCount, weightCount };
}

/** Output of one forward pass and what the last hidden layer answered. */
export interface ForwardResult {
  /** Length outputCount; no softmax is applied. */
  output: Float64Array;
  /** Input of the last layer: the network's own description of the measurement. */
  lastHidden: Float64Array;
}

/**
 * One forward pass in double precision.
 * @param input - length inputCount, in the order and units of the model's manifest.
 * @throws RangeError when the length differs or an entry is not finite.
 */
export function forwardNetwork(network: DenseNetwork, input: Float64Array): ForwardResult {
  if (input.length !== network.inputCount) {
    throw new RangeError(`the network takes ${network.inputCount} numbers, not ${input.length}`);
  }
  for (const value of input) if (!Number.isFinite(value)) throw new RangeError('an input is not finite');
  let current = input;
  let lastHidden = input;
  for (const layer of network.layers) {
    lastHidden = current;
    current = forwardLayer(layer, current);
  }
  return { output: current, lastHidden };
}

function forwardLayer(layer: DenseLayer, input: Float64Array): Float64Array {
  const output = Float64Array.from(layer.bias);
  const { kernel, outputCount } = layer;
  for (let i = 0; i < input.length; i += 1) {
    const value = input[i]!;
    if (value === 0) continue;
    const row = i * outputCount;
    for (let j = 0; j < outputCount; j += 1) output[j]! += value * kernel[row + j]!;
  }
  if (layer.activation === 'relu') {
    for (let j = 0; j < outputCount; j += 1) if (output[j]! < 0) output[j] = 0;
  } else if (layer.activation === 'tanh') {
    for (let j = 0; j < outputCount; j += 1) output[j] = Math.tanh(output[j]!);
  }
  return output;
}
