import { tensor, tidy } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { executeGraph } from './execute-graph.ts';
import { inputShapes, inputTensors } from './model-rows.ts';

/** Rows in one pass: bounds the memory of long sequences, and is large enough for the fixed price of an operation. */
const ROWS_AT_ONCE = 1_024;

/**
 * Answers of one layer for all rows, e.g. of a frozen recurrent layer, to train a small head on them instead of
 * running the frozen part in every epoch: build a second graph whose input has this layer's shape, give it the head's
 * weights by {@link copyWeights}, train it, and copy them back.
 * @param inputs - count rows, each the model's inputs one after another.
 * @returns length count * size of the layer's answer, row-major.
 * @throws RangeError when the layer does not exist or the rows do not fit the model.
 */
export function layerOutputs(
  model: LayersModel,
  inputs: Float32Array,
  count: number,
  layer: string,
): Float32Array {
  const shapes = inputShapes(model);
  const width = inputs.length / count;
  const parts: Float32Array[] = [];
  for (let start = 0; start < count; start += ROWS_AT_ONCE) {
    const end = Math.min(count, start + ROWS_AT_ONCE);
    const values = tidy(() => {
      const flat = inputs.subarray(start * width, end * width);
      const answer = executeGraph(model, inputTensors(shapes, flat, end - start)).get(layer);
      if (!answer) throw new RangeError(`the model has no layer "${layer}"`);
      return answer.dataSync() as Float32Array;
    });
    parts.push(values);
  }
  const all = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    all.set(part, offset);
    offset += part.length;
  }
  return all;
}

/**
 * Copies the weights of layers from one model into the layers of the same name of another, bit by bit.
 * @param names - layers; all layers with weights that both models have if not said.
 * @throws RangeError when a named layer is missing in one of them or the shapes differ.
 */
export function copyWeights(from: LayersModel, to: LayersModel, names?: readonly string[]): void {
  const common = from.layers
    .filter((layer) => layer.weights.length > 0 && to.layers.some(({ name }) => name === layer.name))
    .map(({ name }) => name);
  for (const name of names ?? common) {
    const source = from.layers.find((layer) => layer.name === name);
    const target = to.layers.find((layer) => layer.name === name);
    if (!source || !target) throw new RangeError(`layer "${name}" is not in both models`);
    const shapes = source.weights.map((weight) => weight.shape as number[]);
    if (shapes.join(';') !== target.weights.map((weight) => weight.shape).join(';')) {
      throw new RangeError(`the weights of layer "${name}" differ in shape`);
    }
    tidy(() => {
      const values = source.weights.map((weight) => Float32Array.from(weight.read().dataSync()));
      target.setWeights(values.map((value, i) => tensor(value, shapes[i]!)));
    });
  }
}
