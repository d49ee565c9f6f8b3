import { backend_util, type KernelConfig, type TensorInfo } from '@tensorflow/tfjs-core';
import type { SequenceWindow } from '../networks/sequence-window.ts';
import type { WasmMemory } from './wasm-kernels.ts';

/**
 * Derivative of a loss by the input of a maximum over sliding windows: each window hands its derivative to the first of
 * its largest values.
 * @param input - batch * window.inputSteps * channels. @param outputGradient - batch * window.outputSteps * channels.
 * @returns of the input's length.
 */
export function maxPoolingGradient(
  input: Float32Array,
  outputGradient: Float32Array,
  batch: number,
  channels: number,
  window: SequenceWindow,
): Float32Array {
  const { inputSteps, outputSteps, size, stride, padBefore } = window;
  const gradient = new Float32Array(input.length);
  for (let sample = 0; sample < batch; sample += 1) {
    const base = sample * inputSteps * channels;
    for (let t = 0; t < outputSteps; t += 1) {
      const start = t * stride - padBefore;
      const first = Math.max(0, start);
      const end = Math.min(inputSteps, start + size);
      for (let j = 0; j < channels; j += 1) {
        let top = base + first * channels + j;
        for (let step = first + 1; step < end; step += 1) {
          const at = base + step * channels + j;
          if (input[at]! > input[top]!) top = at;
        }
        gradient[top]! += outputGradient[(sample * outputSteps + t) * channels + j]!;
      }
    }
  }
  return gradient;
}

/**
 * Replaces tfjs 4.22's own kernel of the wasm backend, whose gradients are wrong for pooling along one axis (measured
 * against its cpu backend and against slopes). tfjs runs MaxPooling1D as MaxPool of width 1.
 */
export const maxPoolingGradientKernel: KernelConfig = {
  kernelName: 'MaxPoolGrad',
  backendName: 'wasm',
  kernelFunc: ({ inputs, backend, attrs }) => {
    const { dy, input } = inputs as { dy: TensorInfo; input: TensorInfo };
    const { filterSize, strides, pad, dimRoundingMode } = attrs as unknown as {
      filterSize: [number, number];
      strides: [number, number];
      pad: 'valid' | 'same';
      dimRoundingMode?: 'floor' | 'round' | 'ceil';
    };
    const shape = input.shape as [number, number, number, number];
    const info = backend_util.computePool2DInfo(shape, filterSize, strides, 1, pad, dimRoundingMode);
    if (info.inWidth !== 1 || info.filterWidth !== 1) {
      throw new RangeError('the wasm backend has the gradient of a maximum along one axis only');
    }
    const memory = backend as WasmMemory;
    const gradient = maxPoolingGradient(
      memory.typedArrayFromHeap(input),
      memory.typedArrayFromHeap(dy),
      info.batchSize,
      info.inChannels,
      {
        size: info.filterHeight,
        stride: info.strideHeight,
        padBefore: info.padInfo.top,
        inputSteps: info.inHeight,
        outputSteps: info.outHeight,
      },
    );
    return memory.makeOutput(input.shape, 'float32', undefined, gradient);
  },
};
