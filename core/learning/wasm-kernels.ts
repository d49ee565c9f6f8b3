import { getKernel, registerKernel, type TensorInfo, unregisterKernel } from '@tensorflow/tfjs-core';
import { filterGradientKernel } from './convolution-kernel.ts';
import { maxPoolingGradientKernel } from './max-pooling-kernel.ts';

/** What a kernel in plain code needs of the wasm backend; tfjs 4.22 `BackendWasm`. */
export interface WasmMemory {
  /** A view of the heap: valid until the next allocation only. */
  typedArrayFromHeap(tensor: TensorInfo): Float32Array;
  makeOutput(shape: number[], dtype: 'float32', offset: undefined, values: Float32Array): TensorInfo;
}

/**
 * Puts the gradients of our own into the wasm backend, in place of a kernel of the same name: see the kernels for what
 * tfjs 4.22 lacks or gets wrong. Safe to call again.
 */
export function registerWasmKernels(): void {
  for (const kernel of [filterGradientKernel, maxPoolingGradientKernel]) {
    const { kernelName, backendName } = kernel;
    const known = getKernel(kernelName, backendName);
    if (known === kernel) continue;
    if (known) unregisterKernel(kernelName, backendName);
    registerKernel(kernel);
  }
}
