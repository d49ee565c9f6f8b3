import { env, getBackend, ready, setBackend } from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { registerWasmKernels } from './wasm-kernels.ts';

export type LearningBackend = 'wasm' | 'cpu';

/**
 * Starts tfjs on the wasm backend, or on plain JavaScript when wasm cannot start.
 * @param wasmFolder - folder or address of the tfjs .wasm files ending in "/"; null asks for plain JavaScript.
 * @returns the backend that runs. Same bytes from the same seed hold per backend, not across backends.
 */
export async function startBackend(wasmFolder: string | null): Promise<LearningBackend> {
  if (wasmFolder !== null) {
    // The threaded build breaks under a bundler and hangs for ever; it must be off before setBackend.
    env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
    setWasmPaths(wasmFolder);
    registerWasmKernels();
    const isStarted = await setBackend('wasm').catch(() => false);
    if (isStarted) {
      await ready();
      if (getBackend() === 'wasm') return 'wasm';
    }
  }
  await setBackend('cpu');
  await ready();
  return 'cpu';
}
