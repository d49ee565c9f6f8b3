import { backend_util, type KernelConfig, type TensorInfo } from '@tensorflow/tfjs-core';
import type { WasmMemory } from './wasm-kernels.ts';

/** Sizes of a convolution along one axis. */
export interface ConvolutionSizes {
  batch: number;
  inputSteps: number;
  inputCount: number;
  outputSteps: number;
  outputCount: number;
  taps: number;
  stride: number;
  /** Zero steps before the first one. */
  padBefore: number;
}

/**
 * Derivative of a loss by the kernel of a convolution along one axis:
 * out[k][i][j] = sum over batch and t of input[t * stride + k - padBefore][i] * outputGradient[t][j].
 * @param input - batch * inputSteps * inputCount. @param outputGradient - batch * outputSteps * outputCount.
 * @returns length taps * inputCount * outputCount; summed in double precision, in a fixed order.
 */
export function convolutionFilterGradient(
  input: Float32Array,
  outputGradient: Float32Array,
  sizes: ConvolutionSizes,
): Float32Array {
  const { batch, inputSteps, inputCount, outputSteps, outputCount, taps, stride, padBefore } = sizes;
  const sums = new Float64Array(taps * inputCount * outputCount);
  for (let k = 0; k < taps; k += 1) {
    // Places of the window whose tap k lies on the sequence and not on its padding.
    const first = Math.max(0, Math.ceil((padBefore - k) / stride));
    const last = Math.min(outputSteps - 1, Math.floor((inputSteps - 1 + padBefore - k) / stride));
    for (let sample = 0; sample < batch; sample += 1) {
      const inputStart = (sample * inputSteps + k - padBefore) * inputCount;
      const outputStart = sample * outputSteps * outputCount;
      for (let i = 0; i < inputCount; i += 1) {
        const to = (k * inputCount + i) * outputCount;
        const step = stride * inputCount;
        let t = first;
        // Four places at a time: a quarter of the loads and stores of the sums.
        for (; t + 3 <= last; t += 4) {
          const at = inputStart + t * step + i;
          const a = input[at]!;
          const b = input[at + step]!;
          const c = input[at + 2 * step]!;
          const d = input[at + 3 * step]!;
          const from = outputStart + t * outputCount;
          for (let j = 0; j < outputCount; j += 1) {
            sums[to + j]! +=
              a * outputGradient[from + j]! +
              b * outputGradient[from + outputCount + j]! +
              c * outputGradient[from + 2 * outputCount + j]! +
              d * outputGradient[from + 3 * outputCount + j]!;
          }
        }
        for (; t <= last; t += 1) {
          const a = input[inputStart + t * step + i]!;
          const from = outputStart + t * outputCount;
          for (let j = 0; j < outputCount; j += 1) sums[to + j]! += a * outputGradient[from + j]!;
        }
      }
    }
  }
  return Float32Array.from(sums);
}

/**
 * The filter gradient that tfjs 4.22 leaves out of its wasm backend, for convolutions along one axis (tfjs runs Conv1D
 * as Conv2D of height 1). Without it training a Conv1D on wasm fails; on the cpu backend it takes minutes.
 */
export const filterGradientKernel: KernelConfig = {
  kernelName: 'Conv2DBackpropFilter',
  backendName: 'wasm',
  kernelFunc: ({ inputs, backend, attrs }) => {
    const { x, dy } = inputs as { x: TensorInfo; dy: TensorInfo };
    const { strides, pad, dataFormat, dimRoundingMode, filterShape } = attrs as unknown as {
      strides: [number, number];
      pad: 'valid' | 'same';
      dataFormat: string;
      dimRoundingMode?: 'floor' | 'round' | 'ceil';
      filterShape: [number, number, number, number];
    };
    const info = backend_util.computeConv2DInfo(
      x.shape as [number, number, number, number],
      filterShape,
      strides,
      1,
      pad,
      dimRoundingMode,
    );
    if (dataFormat !== 'NHWC' || info.filterHeight !== 1 || info.inHeight !== 1) {
      throw new RangeError('the wasm backend has the gradient of convolutions along one axis only');
    }
    const memory = backend as WasmMemory;
    const gradient = convolutionFilterGradient(memory.typedArrayFromHeap(x), memory.typedArrayFromHeap(dy), {
      batch: info.batchSize,
      inputSteps: info.inWidth,
      inputCount: info.inChannels,
      outputSteps: info.outWidth,
      outputCount: info.outChannels,
      taps: info.filterWidth,
      stride: info.strideWidth,
      padBefore: info.padInfo.left,
    });
    return memory.makeOutput(filterShape, 'float32', undefined, gradient);
  },
};
