import { lstmTape, runLstm } from './lstm-layer.ts';
import {
  type AffineLayer,
  type ConcatenateLayer,
  type ConvolutionLayer,
  type DenseLayer,
  type LstmLayer,
  type NetworkLayer,
  type PoolingLayer,
  sizeOf,
} from './network.ts';

/**
 * What a layer answers before its activation, from the flat values of its sources (row-major).
 * An LSTM has its activations inside and answers its hidden states.
 */
export function layerPreActivation(layer: NetworkLayer, sources: readonly Float64Array[]): Float64Array {
  const input = sources[0]!;
  switch (layer.kind) {
    case 'dense':
      return dense(layer, input);
    case 'conv1d':
      return convolution(layer, input);
    case 'max-pooling1d':
    case 'average-pooling1d':
      return pooling(layer, input);
    case 'global-average-pooling1d':
      return meanOverSteps(input, layer.steps, layer.channels);
    case 'lstm':
      return lstm(layer, input);
    case 'concatenate':
      return concatenate(layer, sources);
    case 'multiply':
      return product(sources);
    case 'activation':
      return Float64Array.from(input);
    case 'reshape':
      // Values stay where they are; nothing writes into a source, so no copy is needed.
      return input;
    case 'repeat-vector':
      return repeat(input, layer.steps);
    case 'affine':
      return affine(layer, input);
  }
}

function dense(layer: DenseLayer, input: Float64Array): Float64Array {
  const { kernel, bias, inputCount, outputCount } = layer;
  const steps = input.length / inputCount;
  const output = new Float64Array(steps * outputCount);
  for (let t = 0; t < steps; t += 1) {
    const to = t * outputCount;
    for (let j = 0; j < outputCount; j += 1) output[to + j] = bias[j]!;
    for (let i = 0; i < inputCount; i += 1) {
      const value = input[t * inputCount + i]!;
      // After a relu half of the inputs are zero.
      if (value === 0) continue;
      const row = i * outputCount;
      for (let j = 0; j < outputCount; j += 1) output[to + j]! += value * kernel[row + j]!;
    }
  }
  return output;
}

function convolution(layer: ConvolutionLayer, input: Float64Array): Float64Array {
  const { kernel, bias, inputCount, outputCount, window } = layer;
  const output = new Float64Array(window.outputSteps * outputCount);
  const tap = inputCount * outputCount;
  for (let t = 0; t < window.outputSteps; t += 1) {
    const to = t * outputCount;
    for (let j = 0; j < outputCount; j += 1) output[to + j] = bias[j]!;
    const start = t * window.stride - window.padBefore;
    const last = Math.min(window.size, window.inputSteps - start);
    for (let k = Math.max(0, -start); k < last; k += 1) {
      const from = (start + k) * inputCount;
      for (let i = 0; i < inputCount; i += 1) {
        const value = input[from + i]!;
        if (value === 0) continue;
        const row = k * tap + i * outputCount;
        for (let j = 0; j < outputCount; j += 1) output[to + j]! += value * kernel[row + j]!;
      }
    }
  }
  return output;
}

/** Padded steps are no members of a window: neither a zero for the maximum nor a count for the mean. */
function pooling(layer: PoolingLayer, input: Float64Array): Float64Array {
  const { window, channels } = layer;
  const isMax = layer.kind === 'max-pooling1d';
  const output = new Float64Array(window.outputSteps * channels);
  for (let t = 0; t < window.outputSteps; t += 1) {
    const start = t * window.stride - window.padBefore;
    const first = Math.max(0, start);
    const last = Math.min(window.inputSteps, start + window.size);
    for (let j = 0; j < channels; j += 1) {
      let value = isMax ? Number.NEGATIVE_INFINITY : 0;
      for (let step = first; step < last; step += 1) {
        const member = input[step * channels + j]!;
        value = isMax ? Math.max(value, member) : value + member;
      }
      output[t * channels + j] = isMax ? value : value / (last - first);
    }
  }
  return output;
}

function meanOverSteps(input: Float64Array, steps: number, channels: number): Float64Array {
  const output = new Float64Array(channels);
  for (let i = 0; i < input.length; i += 1) output[i % channels]! += input[i]!;
  for (let j = 0; j < channels; j += 1) output[j]! /= steps;
  return output;
}

function lstm(layer: LstmLayer, input: Float64Array): Float64Array {
  const tape = lstmTape(layer.steps, layer.units);
  runLstm(layer, layer.goBackwards ? reversedSteps(input, layer.inputCount) : input, tape);
  return tape.hidden.slice((layer.returnSequences ? 1 : layer.steps) * layer.units);
}

/** The sequence from its last step to its first. @param input - row-major [step][channel]. */
export function reversedSteps(input: Float64Array, channels: number): Float64Array {
  const reversed = new Float64Array(input.length);
  for (let from = 0; from < input.length; from += channels) {
    reversed.set(input.subarray(from, from + channels), input.length - from - channels);
  }
  return reversed;
}

function concatenate(layer: ConcatenateLayer, sources: readonly Float64Array[]): Float64Array {
  const output = new Float64Array(sizeOf(layer.outputShape));
  const width = layer.widths.reduce((sum, part) => sum + part, 0);
  const steps = output.length / width;
  let column = 0;
  for (const [s, part] of layer.widths.entries()) {
    const source = sources[s]!;
    for (let t = 0; t < steps; t += 1) {
      output.set(source.subarray(t * part, (t + 1) * part), t * width + column);
    }
    column += part;
  }
  return output;
}

function product(sources: readonly Float64Array[]): Float64Array {
  const output = Float64Array.from(sources[0]!);
  for (const factor of sources.slice(1)) for (let i = 0; i < output.length; i += 1) output[i]! *= factor[i]!;
  return output;
}

function repeat(input: Float64Array, steps: number): Float64Array {
  const output = new Float64Array(steps * input.length);
  for (let t = 0; t < steps; t += 1) output.set(input, t * input.length);
  return output;
}

function affine(layer: AffineLayer, input: Float64Array): Float64Array {
  const channels = layer.scale.length;
  return input.map((value, i) => value * layer.scale[i % channels]! + layer.offset[i % channels]!);
}
