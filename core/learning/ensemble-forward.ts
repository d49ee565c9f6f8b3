import { type Tensor, tidy } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { EnsembleForward } from '../networks/ensemble-forward.ts';
import { inputShapes, inputTensors, outputCountOf } from './model-rows.ts';
import { loadModelFiles } from './serialise-model.ts';

/** An ensemble loaded into tfjs; `dispose` frees its memory. */
export interface TfjsEnsemble {
  forward: EnsembleForward;
  dispose(): void;
}

/**
 * Raw outputs of one tfjs model over a batch, rows in order, computed by tfjs's own layers.
 * @param batch - each row the model's inputs one after another. Synchronous: cpu and wasm backends only.
 * @throws RangeError when rows differ in length or do not fit the model.
 */
export function tfjsForward(model: LayersModel, batch: readonly Float64Array[]): Float64Array[] {
  const width = batch[0]?.length ?? 0;
  if (width === 0) return [];
  const flat = new Float32Array(batch.length * width);
  for (const [row, values] of batch.entries()) {
    if (values.length !== width) throw new RangeError('rows of a batch must have the same length');
    flat.set(values, row * width);
  }
  const outputs = outputCountOf(model);
  const values = tidy(() => {
    const inputs = inputTensors(inputShapes(model), flat, batch.length);
    // shape [rows, ...output]
    const result = model.predictOnBatch(inputs.length === 1 ? inputs[0]! : inputs) as Tensor;
    return result.dataSync();
  });
  return batch.map((_, row) => Float64Array.from(values.subarray(row * outputs, (row + 1) * outputs)));
}

/**
 * Loads the members into the running tfjs backend. Call startBackend first.
 * @throws Error when tfjs does not understand a member.
 */
export async function loadTfjsEnsemble(
  members: readonly { modelJson: Uint8Array; weightsBin: Uint8Array }[],
): Promise<TfjsEnsemble> {
  const models: LayersModel[] = [];
  for (const member of members) models.push(await loadModelFiles(member));
  return {
    forward: (batch) => models.map((model) => tfjsForward(model, batch)),
    dispose: () => {
      for (const model of models) model.dispose();
    },
  };
}
