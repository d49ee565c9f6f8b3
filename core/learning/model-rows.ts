import { type Tensor, tensor } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { sizeOf } from '../networks/network.ts';

/** Shapes of the model's inputs without the batch, in its order: how a flat row is cut. @throws RangeError when one is not fixed. */
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
