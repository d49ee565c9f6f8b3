import * as z from 'zod';
import { ACTIVATIONS, type Activation } from './activation.ts';
import type { RecurrentActivation } from './lstm-layer.ts';
import { type NetworkLayer, type Shape, sizeOf } from './network.ts';
import type { NamedWeight } from './read-weights.ts';
import { sequenceWindow } from './sequence-window.ts';

/** The model uses something the Float64 engine does not compute; `layer` names it. */
export class UnsupportedLayerError extends Error {
  readonly layer: string;
  constructor(layer: string, what: string) {
    super(`layer "${layer}": ${what} is not supported by the Float64 engine`);
    this.name = 'UnsupportedLayerError';
    this.layer = layer;
  }
}

/** A layer of the model's text with what it reads, its sources' shapes known. */
export interface LayerText {
  name: string;
  className: string;
  config: Record<string, unknown>;
  sources: readonly number[];
  sourceShapes: readonly Shape[];
}

/** tfjs writes 5, [5] or (by hand) nothing. */
const Size = z.union([z.int().min(1), z.tuple([z.int().min(1)]).transform(([size]) => size)]);
const Padding = z.enum(['valid', 'same']);
const Window = z.object({ strides: Size.nullish(), padding: Padding.default('valid') });
const Convolution = Window.extend({ kernel_size: Size, dilation_rate: Size.nullish() });
const Pooling = Window.extend({ pool_size: Size });
const Lstm = z.object({
  units: z.int().min(1),
  activation: z.string(),
  recurrent_activation: z.string(),
  return_sequences: z.boolean().default(false),
  return_state: z.boolean().default(false),
  go_backwards: z.boolean().default(false),
  stateful: z.boolean().default(false),
});

/** tfjs writes either spelling. */
const RECURRENT_ACTIVATIONS: ReadonlyMap<string, RecurrentActivation> = new Map([
  ['sigmoid', 'sigmoid'],
  ['hard_sigmoid', 'hard-sigmoid'],
  ['hardSigmoid', 'hard-sigmoid'],
]);

/**
 * One layer of a tfjs model.
 * @throws UnsupportedLayerError naming the layer; RangeError when shapes or weights do not fit; ZodError when the
 *   layer's text is malformed.
 */
export function readLayer(text: LayerText, named: ReadonlyMap<string, NamedWeight>): NetworkLayer {
  const reader = READERS[text.className];
  if (!reader) throw new UnsupportedLayerError(text.name, text.className);
  return reader(text, named);
}

type Reader = (text: LayerText, named: ReadonlyMap<string, NamedWeight>) => NetworkLayer;

const READERS: Readonly<Record<string, Reader>> = {
  Dense: (text, named) => {
    const source = sourceOf(text);
    const inputCount = source.at(-1)!;
    const bias = weight(text, named, 'bias');
    const outputCount = bias.length;
    return {
      ...placed(text, [...source.slice(0, -1), outputCount]),
      kind: 'dense',
      activation: activationOf(text),
      inputCount,
      outputCount,
      kernel: weight(text, named, 'kernel', [inputCount, outputCount]),
      bias,
    };
  },
  Conv1D: (text, named) => {
    const [steps, inputCount] = sequenceOf(text);
    const config = Convolution.parse(text.config);
    if ((config.dilation_rate ?? 1) !== 1) throw new UnsupportedLayerError(text.name, 'a dilated Conv1D');
    const window = sequenceWindow(steps, config.kernel_size, config.strides ?? 1, config.padding);
    const bias = weight(text, named, 'bias');
    const outputCount = bias.length;
    return {
      ...placed(text, [window.outputSteps, outputCount]),
      kind: 'conv1d',
      activation: activationOf(text),
      window,
      inputCount,
      outputCount,
      kernel: weight(text, named, 'kernel', [window.size, inputCount, outputCount]),
      bias,
    };
  },
  MaxPooling1D: (text) => readPooling(text, 'max-pooling1d'),
  AveragePooling1D: (text) => readPooling(text, 'average-pooling1d'),
  GlobalAveragePooling1D: (text) => {
    const [steps, channels] = sequenceOf(text);
    return { ...placed(text, [channels]), kind: 'global-average-pooling1d', steps, channels };
  },
  LSTM: (text, named) => {
    const [steps, inputCount] = sequenceOf(text);
    const config = Lstm.parse(text.config);
    const { units } = config;
    const recurrentActivation = RECURRENT_ACTIVATIONS.get(config.recurrent_activation);
    if (config.activation !== 'tanh' || !recurrentActivation) {
      throw new UnsupportedLayerError(
        text.name,
        `an LSTM with ${config.activation} and ${config.recurrent_activation}`,
      );
    }
    if (config.return_state || config.stateful) {
      throw new UnsupportedLayerError(text.name, 'an LSTM that is stateful or returns its state');
    }
    return {
      ...placed(text, config.return_sequences ? [steps, units] : [units]),
      kind: 'lstm',
      steps,
      units,
      inputCount,
      recurrentActivation,
      returnSequences: config.return_sequences,
      goBackwards: config.go_backwards,
      kernel: weight(text, named, 'kernel', [inputCount, 4 * units]),
      recurrentKernel: weight(text, named, 'recurrent_kernel', [units, 4 * units]),
      bias: weight(text, named, 'bias', [4 * units]),
    };
  },
  Concatenate: (text) => {
    const first = text.sourceShapes[0] ?? [];
    const axis = z.int().default(-1).parse(text.config.axis);
    // A batch axis comes first: the last axis of a vector is 1, of a sequence 2.
    if (axis !== -1 && axis !== first.length) throw new UnsupportedLayerError(text.name, `axis ${axis}`);
    const steps = first.slice(0, -1);
    const widths = text.sourceShapes.map((shape) => shape.at(-1)!);
    if (text.sourceShapes.some((shape) => shape.slice(0, -1).join() !== steps.join())) {
      throw new RangeError(`layer "${text.name}" joins sequences of different length`);
    }
    const width = widths.reduce((sum, part) => sum + part, 0);
    return { ...placed(text, [...steps, width]), kind: 'concatenate', widths };
  },
  Multiply: (text) => {
    const first = text.sourceShapes[0] ?? [];
    if (text.sourceShapes.some((shape) => shape.join() !== first.join())) {
      throw new UnsupportedLayerError(text.name, 'a product of different shapes');
    }
    return { ...placed(text, first), kind: 'multiply' };
  },
  Activation: (text) => ({
    ...placed(text, sourceOf(text)),
    kind: 'activation',
    activation: activationOf(text),
  }),
  Flatten: (text) => ({ ...placed(text, [sizeOf(sourceOf(text))]), kind: 'reshape' }),
  Reshape: (text) => {
    const target = z.array(z.int().min(1)).min(1).max(2).parse(text.config.target_shape);
    if (sizeOf(target) !== sizeOf(sourceOf(text))) {
      throw new RangeError(`layer "${text.name}" changes the number of values`);
    }
    return { ...placed(text, target), kind: 'reshape' };
  },
  RepeatVector: (text) => {
    const source = sourceOf(text);
    const steps = z.int().min(1).parse(text.config.n);
    if (source.length !== 1) throw new RangeError(`layer "${text.name}" repeats a vector only`);
    return { ...placed(text, [steps, source[0]!]), kind: 'repeat-vector', steps };
  },
  BatchNormalization: (text, named) => {
    const source = sourceOf(text);
    const channels = source.at(-1)!;
    const axis = z.int().default(-1).parse(text.config.axis);
    if (axis !== -1 && axis !== source.length) throw new UnsupportedLayerError(text.name, `axis ${axis}`);
    const epsilon = z.number().positive().parse(text.config.epsilon);
    const [gamma, beta, mean, variance] = (['gamma', 'beta', 'moving_mean', 'moving_variance'] as const).map(
      (role) => weight(text, named, role, [channels]),
    ) as [Float64Array, Float64Array, Float64Array, Float64Array];
    const scale = gamma.map((value, j) => value / Math.sqrt(variance[j]! + epsilon));
    const offset = beta.map((value, j) => value - mean[j]! * scale[j]!);
    return { ...placed(text, source), kind: 'affine', scale, offset };
  },
};

function readPooling(text: LayerText, kind: 'max-pooling1d' | 'average-pooling1d'): NetworkLayer {
  const [steps, channels] = sequenceOf(text);
  const config = Pooling.parse(text.config);
  const window = sequenceWindow(steps, config.pool_size, config.strides ?? config.pool_size, config.padding);
  return { ...placed(text, [window.outputSteps, channels]), kind, window, channels };
}

const placed = (text: LayerText, outputShape: Shape) => ({
  name: text.name,
  sources: text.sources,
  outputShape,
});

function sourceOf(text: LayerText): Shape {
  const [source] = text.sourceShapes;
  if (!source || text.sourceShapes.length !== 1) {
    throw new RangeError(`layer "${text.name}" needs one source`);
  }
  return source;
}

function sequenceOf(text: LayerText): [steps: number, channels: number] {
  const [steps, channels, ...rest] = sourceOf(text);
  if (steps === undefined || channels === undefined || rest.length > 0) {
    throw new RangeError(`layer "${text.name}" needs a sequence of steps and channels`);
  }
  return [steps, channels];
}

function activationOf(text: LayerText): Activation {
  const activation = ACTIVATIONS.find((known) => known === text.config.activation);
  if (!activation) throw new UnsupportedLayerError(text.name, `activation ${String(text.config.activation)}`);
  return activation;
}

function weight(
  text: LayerText,
  named: ReadonlyMap<string, NamedWeight>,
  role: string,
  shape?: readonly number[],
): Float64Array {
  const found = named.get(`${text.name}/${role}`);
  if (!found) throw new RangeError(`layer "${text.name}" has no ${role} in the weights`);
  if (shape && found.shape.join() !== shape.join()) {
    throw new RangeError(
      `layer "${text.name}": its ${role} is ${found.shape.join('x')}, not ${shape.join('x')}`,
    );
  }
  return found.values;
}
