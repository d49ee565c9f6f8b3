import { mul, type Tensor, type Tensor3D, tensor } from '@tensorflow/tfjs-core';
import type { LayersModel, layers } from '@tensorflow/tfjs-layers';
import { lstmOperation } from './lstm-operation.ts';

type Layer = layers.Layer;

export interface GraphPass {
  /** Dropout masks by layer name: factors of that layer's answer, of its shape. */
  masks?: ReadonlyMap<string, Float32Array>;
  /** True keeps what the backward pass of an LSTM needs. */
  isTraining?: boolean;
}

/**
 * Runs a model layer by layer, as `model.apply` would, with three differences: dropout masks enter from outside, an
 * LSTM runs as one operation, and every layer's answer can be read.
 * @param inputs - one tensor an input, in the model's order.
 * @returns answers by layer name.
 */
export function executeGraph(
  model: LayersModel,
  inputs: readonly Tensor[],
  pass: GraphPass = {},
): ReadonlyMap<string, Tensor> {
  const answers = new Map<string, Tensor>();
  model.inputs.forEach((input, i) => {
    answers.set(input.sourceLayer.name, inputs[i]!);
  });
  for (const layer of model.layers) {
    if (answers.has(layer.name)) continue;
    const sources = layer.inboundNodes[0]!.inboundLayers.map(({ name }) => answers.get(name)!);
    const answer = applyLayer(layer, sources, pass.isTraining ?? false);
    const mask = pass.masks?.get(layer.name);
    // shape of the layer's answer: the mask is an input of the graph, not a layer
    answers.set(layer.name, mask ? mul(answer, tensor(mask, answer.shape)) : answer);
  }
  return answers;
}

function applyLayer(layer: Layer, sources: readonly Tensor[], isTraining: boolean): Tensor {
  const [first] = sources;
  if (!first) throw new RangeError(`layer "${layer.name}" has no source`);
  if (layer.getClassName() === 'LSTM') {
    const [kernel, recurrentKernel, bias] = layer.weights.map((weight) => weight.read());
    const returnSequences = layer.getConfig().returnSequences === true;
    return lstmOperation(first as Tensor3D, kernel!, recurrentKernel!, bias!, {
      returnSequences,
      isTraining,
    });
  }
  return layer.apply(sources.length === 1 ? first : [...sources]) as Tensor;
}
