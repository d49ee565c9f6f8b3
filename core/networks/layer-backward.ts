import { reversedSteps } from './layer-forward.ts';
import { lstmBackward } from './lstm-backward.ts';
import { lstmTape, runLstm } from './lstm-layer.ts';
import type { ConvolutionLayer, DenseLayer, LstmLayer, NetworkLayer, PoolingLayer } from './network.ts';

/**
 * Derivatives of a scalar by a layer's sources from that by its pre-activation.
 * @param sources - flat values that the layer read. @param byPreActivation - derivative, the layer's output size.
 * @returns one new array a source, in their order. Ties of a maximum go to the first member, as in tfjs.
 */
export function layerBackward(
  layer: NetworkLayer,
  sources: readonly Float64Array[],
  byPreActivation: Float64Array,
): Float64Array[] {
  const input = sources[0]!;
  switch (layer.kind) {
    case 'dense':
      return [denseBackward(layer, input, byPreActivation)];
    case 'conv1d':
      return [convolutionBackward(layer, byPreActivation)];
    case 'max-pooling1d':
    case 'average-pooling1d':
      return [poolingBackward(layer, input, byPreActivation)];
    case 'global-average-pooling1d':
      return [input.map((_, i) => byPreActivation[i % layer.channels]! / layer.steps)];
    case 'lstm':
      return [lstmInputGradient(layer, input, byPreActivation)];
    case 'concatenate':
      return splitChannels(byPreActivation, layer.widths);
    case 'multiply':
      return sources.map((_, s) =>
        byPreActivation.map((value, i) =>
          sources.reduce((product, source, other) => (other === s ? product : product * source[i]!), value),
        ),
      );
    case 'activation':
    case 'reshape':
      return [byPreActivation.slice()];
    case 'repeat-vector':
      return [sumOverSteps(byPreActivation, input.length)];
    case 'affine':
      return [byPreActivation.map((value, i) => value * layer.scale[i % layer.scale.length]!)];
  }
}

function denseBackward(layer: DenseLayer, input: Float64Array, by: Float64Array): Float64Array {
  const { kernel, inputCount, outputCount } = layer;
  return input.map((_, at) => {
    const row = (at % inputCount) * outputCount;
    const from = Math.floor(at / inputCount) * outputCount;
    let sum = 0;
    for (let j = 0; j < outputCount; j += 1) sum += kernel[row + j]! * by[from + j]!;
    return sum;
  });
}

function convolutionBackward(layer: ConvolutionLayer, by: Float64Array): Float64Array {
  const { kernel, inputCount, outputCount, window } = layer;
  const gradient = new Float64Array(window.inputSteps * inputCount);
  const tap = inputCount * outputCount;
  for (let t = 0; t < window.outputSteps; t += 1) {
    const start = t * window.stride - window.padBefore;
    const last = Math.min(window.size, window.inputSteps - start);
    for (let k = Math.max(0, -start); k < last; k += 1) {
      for (let i = 0; i < inputCount; i += 1) {
        const row = k * tap + i * outputCount;
        let sum = 0;
        for (let j = 0; j < outputCount; j += 1) sum += kernel[row + j]! * by[t * outputCount + j]!;
        gradient[(start + k) * inputCount + i]! += sum;
      }
    }
  }
  return gradient;
}

function poolingBackward(layer: PoolingLayer, input: Float64Array, by: Float64Array): Float64Array {
  const { window, channels } = layer;
  const gradient = new Float64Array(input.length);
  for (let t = 0; t < window.outputSteps; t += 1) {
    const start = t * window.stride - window.padBefore;
    const first = Math.max(0, start);
    const last = Math.min(window.inputSteps, start + window.size);
    for (let j = 0; j < channels; j += 1) {
      const value = by[t * channels + j]!;
      if (layer.kind === 'average-pooling1d') {
        for (let step = first; step < last; step += 1)
          gradient[step * channels + j]! += value / (last - first);
      } else {
        let winner = first;
        for (let step = first + 1; step < last; step += 1) {
          if (input[step * channels + j]! > input[winner * channels + j]!) winner = step;
        }
        gradient[winner * channels + j]! += value;
      }
    }
  }
  return gradient;
}

function lstmInputGradient(layer: LstmLayer, input: Float64Array, by: Float64Array): Float64Array {
  const { steps, units, inputCount } = layer;
  const sequence = layer.goBackwards ? reversedSteps(input, inputCount) : input;
  const tape = lstmTape(steps, units);
  runLstm(layer, sequence, tape);
  let byHidden = by;
  if (!layer.returnSequences) {
    byHidden = new Float64Array(steps * units);
    byHidden.set(by, (steps - 1) * units);
  }
  const gradient = new Float64Array(input.length);
  lstmBackward(layer, sequence, tape, byHidden, null, gradient);
  return layer.goBackwards ? reversedSteps(gradient, inputCount) : gradient;
}

function splitChannels(values: Float64Array, widths: readonly number[]): Float64Array[] {
  const width = widths.reduce((sum, part) => sum + part, 0);
  const steps = values.length / width;
  let column = 0;
  return widths.map((part) => {
    const own = new Float64Array(steps * part);
    for (let t = 0; t < steps; t += 1) {
      own.set(values.subarray(t * width + column, t * width + column + part), t * part);
    }
    column += part;
    return own;
  });
}

function sumOverSteps(values: Float64Array, channels: number): Float64Array {
  const sum = new Float64Array(channels);
  for (let i = 0; i < values.length; i += 1) sum[i % channels]! += values[i]!;
  return sum;
}
