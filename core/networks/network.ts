import type { Activation } from './activation.ts';
import type { LstmWeights } from './lstm-layer.ts';
import type { SequenceWindow } from './sequence-window.ts';

/** [channels] of a vector, or [steps, channels] of a sequence; values lie row-major [step][channel]. */
export type Shape = readonly number[];

export const sizeOf = (shape: Shape): number => shape.reduce((product, size) => product * size, 1);

/** What every layer says of itself. */
interface Placed {
  /** Unique in the network. */
  name: string;
  /** Slots it reads: slot i below the number of inputs is input i, then come the layers in order. */
  sources: readonly number[];
  outputShape: Shape;
}

/** output[j] = activation(sum_i input[i] * kernel[i * outputCount + j] + bias[j]); step by step on a sequence. */
export interface DenseWeights {
  name: string;
  activation: Activation;
  inputCount: number;
  outputCount: number;
  /** Length inputCount * outputCount, in the Keras order [input][output]. */
  kernel: Float64Array;
  /** Length outputCount. */
  bias: Float64Array;
}

export interface DenseLayer extends DenseWeights, Placed {
  kind: 'dense';
}

/** output[t][j] = activation(sum_{k, i} input[t * stride + k - padBefore][i] * kernel[k][i][j] + bias[j]). */
export interface ConvolutionLayer extends Placed {
  kind: 'conv1d';
  activation: Activation;
  window: SequenceWindow;
  inputCount: number;
  outputCount: number;
  /** Length size * inputCount * outputCount, [tap][input][output]. */
  kernel: Float64Array;
  bias: Float64Array;
}

export interface PoolingLayer extends Placed {
  kind: 'max-pooling1d' | 'average-pooling1d';
  window: SequenceWindow;
  channels: number;
}

/** Mean over the steps of a sequence. */
export interface GlobalAverageLayer extends Placed {
  kind: 'global-average-pooling1d';
  steps: number;
  channels: number;
}

export interface LstmLayer extends Placed, LstmWeights {
  kind: 'lstm';
  steps: number;
  returnSequences: boolean;
  /** Reads the sequence from its end; its answers then stand in that order too, as in Keras. */
  goBackwards: boolean;
}

/** Values side by side along the last axis; all sources have the same number of steps. */
export interface ConcatenateLayer extends Placed {
  kind: 'concatenate';
  /** Channels of each source. */
  widths: readonly number[];
}

/** Product of sources of equal shape, entry by entry. */
export interface MultiplyLayer extends Placed {
  kind: 'multiply';
}

export interface ActivationLayer extends Placed {
  kind: 'activation';
  activation: Activation;
}

/** Flatten and Reshape: the same numbers under another shape. */
export interface ReshapeLayer extends Placed {
  kind: 'reshape';
}

/** A vector repeated at every step. */
export interface RepeatLayer extends Placed {
  kind: 'repeat-vector';
  steps: number;
}

/** output[t][j] = input[t][j] * scale[j] + offset[j]: a batch normalisation with its moving statistics folded in. */
export interface AffineLayer extends Placed {
  kind: 'affine';
  scale: Float64Array;
  offset: Float64Array;
}

export type NetworkLayer =
  | DenseLayer
  | ConvolutionLayer
  | PoolingLayer
  | GlobalAverageLayer
  | LstmLayer
  | ConcatenateLayer
  | MultiplyLayer
  | ActivationLayer
  | ReshapeLayer
  | RepeatLayer
  | AffineLayer;

export interface NetworkInput {
  name: string;
  shape: Shape;
}

/**
 * A feed-forward graph of layers as plain data, evaluated in double precision by `forwardNetwork`. Its input row is
 * its inputs one after another, in their order, each row-major [step][channel].
 */
export interface Network {
  inputs: readonly NetworkInput[];
  /** In an order in which every source comes before its reader; the last one is the output. */
  layers: readonly NetworkLayer[];
  /** Length of the input row. */
  inputCount: number;
  outputCount: number;
  /** All weights, input scaling included. */
  weightCount: number;
}

/** Numbers in a layer that were read from the weights. */
function weightsOf(layer: NetworkLayer): number {
  switch (layer.kind) {
    case 'dense':
    case 'conv1d':
      return layer.kernel.length + layer.bias.length;
    case 'lstm':
      return layer.kernel.length + layer.recurrentKernel.length + layer.bias.length;
    case 'affine':
      return 4 * layer.scale.length;
    default:
      return 0;
  }
}

/**
 * Puts inputs and layers together and checks their order.
 * @throws RangeError without an input or a layer, when a name is used twice, or when a layer reads something that
 *   comes after it or is read before it exists.
 */
export function buildNetwork(inputs: readonly NetworkInput[], layers: readonly NetworkLayer[]): Network {
  const output = layers.at(-1);
  if (!output || inputs.length === 0)
    throw new RangeError('a network needs at least one input and one layer');
  const names = [...inputs, ...layers].map(({ name }) => name);
  if (new Set(names).size !== names.length)
    throw new RangeError('two layers of a network have the same name');
  for (const [i, layer] of layers.entries()) {
    const isOrdered = layer.sources.every((source) => source >= 0 && source < inputs.length + i);
    if (layer.sources.length === 0 || !isOrdered) {
      throw new RangeError(`layer "${layer.name}" reads something that does not come before it`);
    }
  }
  return {
    inputs,
    layers,
    inputCount: inputs.reduce((sum, input) => sum + sizeOf(input.shape), 0),
    outputCount: sizeOf(output.outputShape),
    weightCount: layers.reduce((sum, layer) => sum + weightsOf(layer), 0),
  };
}
