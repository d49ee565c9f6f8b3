import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { type LearningBackend, startBackend } from '../../core/learning/backend.ts';

/** Starts tfjs in this process on the wasm build that the committed weights come from. */
export async function startWasm(): Promise<LearningBackend> {
  const packageFile = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm/package.json');
  return startBackend(`${join(dirname(packageFile), 'dist')}/`);
}
