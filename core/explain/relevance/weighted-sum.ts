import type {
  AffineLayer,
  ConvolutionLayer,
  DenseLayer,
  GlobalAverageLayer,
  NetworkLayer,
  PoolingLayer,
} from '../../networks/network.ts';
import type { SequenceWindow } from '../../networks/sequence-window.ts';

/**
 * A linear layer as the matrix it is: output[k] = sum_j input[j] * weight(j, k) + bias[k]. Only real connections are
 * in it: a padded position is no input, so no rule can give it relevance.
 */
export interface WeightedSum {
  inputCount: number;
  /** Length: one an output. */
  bias: Float64Array;
  /** Visits the connections of output k in the order of their inputs. */
  forEachInput(k: number, visit: (input: number, weight: number) => void): void;
}

/** Layers that are a weighted sum before their activation. */
export type WeightedSumLayer =
  | DenseLayer
  | ConvolutionLayer
  | AffineLayer
  | GlobalAverageLayer
  | (PoolingLayer & { kind: 'average-pooling1d' });

export function isWeightedSum(layer: NetworkLayer): layer is WeightedSumLayer {
  switch (layer.kind) {
    case 'dense':
    case 'conv1d':
    case 'affine':
    case 'global-average-pooling1d':
    case 'average-pooling1d':
      return true;
    default:
      return false;
  }
}

/**
 * Means are written as sums, with weights of 1: relevance is shared by what each member adds, whatever their number.
 * @param inputCount - values of the layer's source. @param usesBias - false leaves the biases out of the rule.
 */
export function weightedSumOf(layer: WeightedSumLayer, inputCount: number, usesBias: boolean): WeightedSum {
  switch (layer.kind) {
    case 'dense':
      return denseSum(layer, inputCount, usesBias);
    case 'conv1d':
      return convolutionSum(layer, inputCount, usesBias);
    case 'affine':
      return {
        inputCount,
        bias: biasesOf(layer.offset, inputCount, usesBias),
        forEachInput: (k, visit) => visit(k, layer.scale[k % layer.scale.length]!),
      };
    case 'average-pooling1d':
      return meanSum(layer.window, layer.channels, inputCount);
    case 'global-average-pooling1d': {
      const { steps, channels } = layer;
      const window = { size: steps, stride: steps, padBefore: 0, inputSteps: steps, outputSteps: 1 };
      return meanSum(window, channels, inputCount);
    }
  }
}

/** The sum after an affine that reads nothing else: weights and biases scaled output by output. */
export function scaledSum(sum: WeightedSum, affine: AffineLayer): WeightedSum {
  const { scale, offset } = affine;
  const channels = scale.length;
  return {
    inputCount: sum.inputCount,
    bias: sum.bias.map((bias, k) => bias * scale[k % channels]! + offset[k % channels]!),
    forEachInput: (k, visit) =>
      sum.forEachInput(k, (input, weight) => visit(input, weight * scale[k % channels]!)),
  };
}

function biasesOf(bias: Float64Array, outputCount: number, usesBias: boolean): Float64Array {
  return Float64Array.from({ length: outputCount }, (_, k) => (usesBias ? bias[k % bias.length]! : 0));
}

function denseSum(layer: DenseLayer, inputCount: number, usesBias: boolean): WeightedSum {
  const { kernel, inputCount: channels, outputCount } = layer;
  return {
    inputCount,
    bias: biasesOf(layer.bias, (inputCount / channels) * outputCount, usesBias),
    forEachInput(k, visit) {
      const unit = k % outputCount;
      const from = Math.floor(k / outputCount) * channels;
      for (let i = 0; i < channels; i += 1) visit(from + i, kernel[i * outputCount + unit]!);
    },
  };
}

function convolutionSum(layer: ConvolutionLayer, inputCount: number, usesBias: boolean): WeightedSum {
  const { kernel, inputCount: channels, outputCount, window } = layer;
  return {
    inputCount,
    bias: biasesOf(layer.bias, window.outputSteps * outputCount, usesBias),
    forEachInput(k, visit) {
      const filter = k % outputCount;
      const start = Math.floor(k / outputCount) * window.stride - window.padBefore;
      const end = Math.min(window.inputSteps, start + window.size);
      for (let step = Math.max(0, start); step < end; step += 1) {
        for (let i = 0; i < channels; i += 1) {
          const row = (step - start) * channels + i;
          visit(step * channels + i, kernel[row * outputCount + filter]!);
        }
      }
    },
  };
}

function meanSum(window: SequenceWindow, channels: number, inputCount: number): WeightedSum {
  return {
    inputCount,
    bias: new Float64Array(window.outputSteps * channels),
    forEachInput(k, visit) {
      const start = Math.floor(k / channels) * window.stride - window.padBefore;
      const end = Math.min(window.inputSteps, start + window.size);
      for (let step = Math.max(0, start); step < end; step += 1) visit(step * channels + (k % channels), 1);
    },
  };
}
