import * as z from 'zod';
import { ACTIVATIONS } from '../../core/networks/activation.ts';
import type { RecurrentActivation } from '../../core/networks/lstm-layer.ts';
import {
  buildNetwork,
  type Network,
  type NetworkLayer,
  type Shape,
  sizeOf,
} from '../../core/networks/network.ts';
import { sequenceWindow } from '../../core/networks/sequence-window.ts';

const Vector = z.array(z.number());
const Matrix = z.array(Vector);
const Gate = z.enum(['sigmoid', 'hardSigmoid']);
const Padding = z.enum(['valid', 'same']).default('valid');
const Act = z.enum(ACTIVATIONS).default('linear');
const Pool = { poolSize: z.int(), strides: z.int(), padding: Padding };

const Layer = z.discriminatedUnion('type', [
  z.object({ type: z.literal('dense'), kernel: Matrix, bias: Vector, activation: Act }),
  z.object({
    type: z.literal('conv1d'),
    kernel: z.array(Matrix),
    bias: Vector,
    strides: z.int().default(1),
    padding: Padding,
    activation: Act,
  }),
  z.object({ type: z.literal('maxpool1d'), ...Pool }),
  z.object({ type: z.literal('averagepooling1d'), ...Pool }),
  z.object({ type: z.literal('globalaveragepooling1d') }),
  z.object({ type: z.literal('flatten') }),
  z.object({
    type: z.literal('lstm'),
    units: z.int(),
    kernel: Matrix,
    recurrentKernel: Matrix,
    bias: Vector,
    activation: z.literal('tanh').default('tanh'),
    recurrentActivation: Gate,
    returnSequences: z.boolean().default(false),
    goBackwards: z.boolean().default(false),
  }),
]);
type WrittenLayer = z.infer<typeof Layer>;

const GATES: Readonly<Record<z.infer<typeof Gate>, RecurrentActivation>> = {
  sigmoid: 'sigmoid',
  hardSigmoid: 'hard-sigmoid',
};

/** Row-major values of nested arrays of numbers. @throws Error when something else is in them. */
export function flatNumbers(value: unknown): Float64Array {
  const flat: unknown[] = Array.isArray(value) ? value.flat(Number.POSITIVE_INFINITY) : [value];
  return Float64Array.from(flat, (each) => {
    if (typeof each !== 'number') throw new Error(`${JSON.stringify(each)} is not a number`);
    return each;
  });
}

/**
 * A chain of layers as the reference cases write it.
 * @param written - { input, layers } or the layers alone.
 * @param inputShape - [channels] or [steps, channels]; needed with the layers alone.
 * @throws Error naming what is not known.
 */
export function writtenNetwork(written: unknown, inputShape?: Shape): Network {
  const { input, layers } = Array.isArray(written)
    ? { input: inputShape, layers: written }
    : z
        .looseObject({ input: z.int().or(z.array(z.int())).optional(), layers: z.array(z.unknown()) })
        .parse(written);
  const shape = inputShape ?? (typeof input === 'number' ? [input] : input);
  if (!shape) throw new Error('the network does not say the shape of its input');
  const placed: NetworkLayer[] = [];
  let current: Shape = shape;
  for (const [index, text] of layers.entries()) {
    const layer = placedLayer(Layer.parse(text), `layer-${index}`, index, current);
    placed.push(layer);
    current = layer.outputShape;
  }
  return buildNetwork([{ name: 'input', shape }], placed);
}

function placedLayer(text: WrittenLayer, name: string, source: number, shape: Shape): NetworkLayer {
  const place = (outputShape: Shape) => ({ name, sources: [source], outputShape });
  const channels = shape.at(-1)!;
  const steps = shape.length > 1 ? shape[0]! : 1;
  switch (text.type) {
    case 'dense': {
      const outputCount = text.bias.length;
      return {
        ...place([...shape.slice(0, -1), outputCount]),
        kind: 'dense',
        activation: text.activation,
        inputCount: channels,
        outputCount,
        kernel: flatNumbers(text.kernel),
        bias: flatNumbers(text.bias),
      };
    }
    case 'conv1d': {
      const window = sequenceWindow(steps, text.kernel.length, text.strides, text.padding);
      return {
        ...place([window.outputSteps, text.bias.length]),
        kind: 'conv1d',
        activation: text.activation,
        window,
        inputCount: channels,
        outputCount: text.bias.length,
        kernel: flatNumbers(text.kernel),
        bias: flatNumbers(text.bias),
      };
    }
    case 'maxpool1d':
    case 'averagepooling1d': {
      const window = sequenceWindow(steps, text.poolSize, text.strides, text.padding);
      const kind = text.type === 'maxpool1d' ? 'max-pooling1d' : 'average-pooling1d';
      return { ...place([window.outputSteps, channels]), kind, window, channels };
    }
    case 'globalaveragepooling1d':
      return { ...place([channels]), kind: 'global-average-pooling1d', steps, channels };
    case 'flatten':
      return { ...place([sizeOf(shape)]), kind: 'reshape' };
    case 'lstm':
      return {
        ...place(text.returnSequences ? [steps, text.units] : [text.units]),
        kind: 'lstm',
        steps,
        units: text.units,
        inputCount: channels,
        returnSequences: text.returnSequences,
        goBackwards: text.goBackwards,
        recurrentActivation: GATES[text.recurrentActivation],
        kernel: flatNumbers(text.kernel),
        recurrentKernel: flatNumbers(text.recurrentKernel),
        bias: flatNumbers(text.bias),
      };
  }
}
