import { io } from '@tensorflow/tfjs-core';
import { type LayersModel, loadLayersModel } from '@tensorflow/tfjs-layers';

/** The two files of a tfjs layers model. */
export interface ModelFiles {
  modelJson: Uint8Array<ArrayBuffer>;
  weightsBin: Uint8Array<ArrayBuffer>;
}

/**
 * The bytes of model.json and weights.bin, readable by plain `tf.loadLayersModel`. No date, no counter:
 * the same weights give the same bytes.
 */
export function serialiseModel(model: LayersModel): ModelFiles {
  const specs: { name: string; shape: number[]; dtype: 'float32' }[] = [];
  const parts: Float32Array[] = [];
  for (const layer of model.layers) {
    for (const weight of layer.weights) {
      const value = weight.read();
      // "hidden-0/kernel", "lstm/recurrent_kernel": the name tfjs finds a weight by, without the counter that it adds
      // when two models in memory use the same layer name.
      const role = weight.originalName.split('/').at(-1)!;
      specs.push({ name: `${layer.name}/${role}`, shape: value.shape, dtype: 'float32' });
      parts.push(value.dataSync() as Float32Array);
    }
  }
  const weightsBin = new Uint8Array(4 * parts.reduce((sum, part) => sum + part.length, 0));
  const view = new DataView(weightsBin.buffer);
  let offset = 0;
  for (const part of parts) {
    for (const value of part) {
      view.setFloat32(offset, value, true);
      offset += 4;
    }
  }
  const modelJson = {
    format: 'layers-model',
    generatedBy: 'prehensa',
    convertedBy: null,
    modelTopology: model.toJSON(null, false),
    weightsManifest: [{ paths: ['weights.bin'], weights: specs }],
  };
  return { modelJson: new TextEncoder().encode(`${JSON.stringify(modelJson, null, 1)}\n`), weightsBin };
}

/** Loads the two files with tfjs itself. @throws Error when tfjs does not understand them. */
export async function loadModelFiles(files: {
  modelJson: Uint8Array;
  weightsBin: Uint8Array;
}): Promise<LayersModel> {
  const model = JSON.parse(new TextDecoder().decode(files.modelJson)) as io.ModelJSON;
  const weightSpecs = model.weightsManifest.flatMap((group) => group.weights);
  const weightData = new Uint8Array(files.weightsBin).buffer;
  return loadLayersModel(
    io.fromMemory({ modelTopology: model.modelTopology, format: 'layers-model', weightSpecs, weightData }),
  );
}
