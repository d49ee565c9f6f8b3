import { mul, type Tensor, type Tensor3D, tensor } from '@tensorflow/tfjs-core';
import type { LayersModel, layers } from '@tensorflow/tfjs-layers';
import { sizeOf } from '../networks/network.ts';
import { lstmOperation } from './lstm-operation.ts';

type Layer = layers.Layer;

export interface GraphPass {
  /** Dropout masks by layer name: factors of that layer's answer, of its shape. */
  masks?: ReadonlyMap<string, Float32Array>;
  /** True keeps what the backward pass of an LSTM needs. */
  isTraining?: boolean;
}

/** Numbers a row of the model's flat input holds, and how they are cut: inputs in the model's order, row-major. */
export function inputShapes(model: LayersModel): number[][] {
  return model.inputs.map((input) => fixedShape(input.shape, input.name));
}

/** Length of the flat output row. @throws RangeError when the model has several outputs. */
export function outputCountOf(model: LayersModel): number {
  const [output, ...further] = model.outputs;
  if (!output || further.length > 0) throw new RangeError('a model needs exactly one output');
  return sizeOf(fixedShape(output.shape, output.name));
}

function fixedShape(shape: readonly (number | null)[], name: string): number[] {
  const sizes = shape.slice(1);
  if (sizes.some((size) => size === null)) throw new RangeError(`"${name}" has no fixed shape`);
  return sizes as number[];
}

/**
 * The flat rows of a batch as the model's input tensors.
 * @param flat - count rows, each the inputs one after another.
 * @returns one tensor an input, shape [count, ...shape of the input].
 */
export function inputTensors(
  shapes: readonly (readonly number[])[],
  flat: Float32Array,
  count: number,
): Tensor[] {
  const width = shapes.reduce((sum, shape) => sum + sizeOf(shape), 0);
  if (flat.length !== count * width) {
    throw new RangeError(`the model takes rows of ${width} numbers, not ${flat.length / count}`);
  }
  let column = 0;
  return shapes.map((shape) => {
    const size = sizeOf(shape);
    const first = column;
    column += size;
    if (size === width) return tensor(flat, [count, ...shape]);
    const part = new Float32Array(count * size);
    for (let row = 0; row < count; row += 1) {
      const start = row * width + first;
      part.set(flat.subarray(start, start + size), row * size);
    }
    return tensor(part, [count, ...shape]);
  });
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
