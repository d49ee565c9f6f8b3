import { input, type LayersModel, layers, model, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import type { Activation } from '../networks/activation.ts';
import { MAX_WEIGHTS } from './dense-model.ts';
import { checkScaling, type InputScaling, setScalingWeights, setStartWeights } from './start-weights.ts';

export interface GraphInput {
  /** Unique among inputs and layers. */
  name: string;
  /** [features], or [steps, channels] of a sequence. */
  shape: readonly [number] | readonly [steps: number, channels: number];
  /** Fixed map of the features, or of the channels at every step, as layer "<name>-scaling"; null for none. */
  scaling: InputScaling | null;
}

/** A layer and what it reads: `from` names an input (then its scaled values are read) or an earlier layer. */
export type GraphLayer =
  | { kind: 'dense'; name: string; from: string; units: number; activation: Activation }
  | {
      kind: 'conv1d';
      name: string;
      from: string;
      filters: number;
      /** Taps. */
      size: number;
      stride?: number;
      /** `valid` if not said. */
      padding?: 'valid' | 'same';
      activation: Activation;
    }
  | {
      kind: 'max-pooling1d' | 'average-pooling1d';
      name: string;
      from: string;
      size: number;
      /** The size if not said. */
      stride?: number;
      padding?: 'valid' | 'same';
    }
  | { kind: 'global-average-pooling1d' | 'flatten'; name: string; from: string }
  | { kind: 'lstm'; name: string; from: string; units: number; returnSequences: boolean }
  | { kind: 'concatenate' | 'multiply'; name: string; from: readonly string[] }
  | { kind: 'activation'; name: string; from: string; activation: Activation }
  | { kind: 'reshape'; name: string; from: string; shape: readonly number[] }
  | { kind: 'repeat-vector'; name: string; from: string; steps: number };

/**
 * A network as a list of layers. The last layer is the output; several outputs are joined by a last `concatenate`.
 * A row of numbers for it (TrainingRows.inputs, tfjsForward, forwardNetwork) is its inputs one after another, in the
 * order of `inputs`, sequences row-major [step][channel].
 *
 * Features beside a trace of 60 steps x 3 channels (row: 18 features, then 180 numbers of the trace):
 * ```ts
 * const spec: GraphModelSpec = {
 *   name: 'wrist-state',
 *   inputs: [
 *     { name: 'features', shape: [18], scaling: featureScaling },
 *     { name: 'trace', shape: [60, 3], scaling: channelScaling }, // 3 x 3 kernel, 3 biases
 *   ],
 *   layers: [
 *     { kind: 'conv1d', name: 'trace-conv', from: 'trace', filters: 8, size: 5, activation: 'relu' },
 *     { kind: 'max-pooling1d', name: 'trace-pool', from: 'trace-conv', size: 2 },
 *     { kind: 'conv1d', name: 'trace-conv-2', from: 'trace-pool', filters: 8, size: 5, activation: 'relu' },
 *     { kind: 'global-average-pooling1d', name: 'trace-mean', from: 'trace-conv-2' },
 *     { kind: 'concatenate', name: 'joined', from: ['features', 'trace-mean'] },
 *     { kind: 'dense', name: 'hidden-0', from: 'joined', units: 32, activation: 'relu' },
 *     { kind: 'dense', name: 'head', from: 'hidden-0', units: 3, activation: 'linear' },
 *   ],
 * };
 * ```
 * A sequence beside static features, torque level times the share left at 24 time points:
 * ```ts
 * layers: [
 *   { kind: 'lstm', name: 'torque-lstm', from: 'activations', units: 24, returnSequences: false },
 *   { kind: 'concatenate', name: 'joined', from: ['torque-lstm', 'static'] },
 *   { kind: 'dense', name: 'hidden-torque', from: 'joined', units: 24, activation: 'tanh' },
 *   { kind: 'dense', name: 'torque', from: 'hidden-torque', units: 24, activation: 'linear' },
 *   { kind: 'dense', name: 'hidden-fatigue', from: 'joined', units: 24, activation: 'tanh' },
 *   { kind: 'dense', name: 'share', from: 'hidden-fatigue', units: 24, activation: 'sigmoid' },
 *   { kind: 'multiply', name: 'held-torque', from: ['torque', 'share'] },
 *   { kind: 'dense', name: 'log-time', from: 'hidden-fatigue', units: 1, activation: 'linear' },
 *   { kind: 'concatenate', name: 'answer', from: ['held-torque', 'log-time'] },
 * ],
 * ```
 * `layerOutputs(model, rows, 'share')` reads a module; `trainModel(..., { frozenLayers: ['torque-lstm'] })` freezes one.
 */
export interface GraphModelSpec {
  name: string;
  inputs: readonly GraphInput[];
  layers: readonly GraphLayer[];
}

const scalingName = (name: string) => `${name}-scaling`;
const ZEROS = { kernelInitializer: 'zeros', biasInitializer: 'zeros' } as const;

/**
 * Builds the functional tfjs model of a spec. Layer names are those of the spec, so the same spec gives the same bytes;
 * start weights as {@link setStartWeights} says: `he` before a relu, `lstm`, else `glorot`.
 * @throws RangeError above {@link MAX_WEIGHTS} weights (scaling included), when a name is used twice or not known, when
 *   a layer does not lead to the output, or when a scaling or a shape does not fit.
 */
export function buildGraphModel(spec: GraphModelSpec, seed: number | string, member: number): LayersModel {
  const known = new Map<string, SymbolicTensor>();
  const names = new Set<string>();
  const claim = (name: string) => {
    if (names.has(name)) throw new RangeError(`the name "${name}" is used twice`);
    names.add(name);
  };
  const ends = spec.inputs.map((each) => {
    claim(each.name);
    const end = input({ shape: [...each.shape], name: each.name });
    known.set(each.name, end);
    if (each.scaling) {
      claim(scalingName(each.name));
      checkScaling(each.scaling, each.shape.at(-1)!);
      known.set(each.name, scalingLayer(each).apply(end) as SymbolicTensor);
    }
    return end;
  });
  let last: SymbolicTensor | undefined;
  for (const layer of spec.layers) {
    claim(layer.name);
    const sources = (typeof layer.from === 'string' ? [layer.from] : layer.from).map((name) => {
      const source = known.get(name);
      if (!source)
        throw new RangeError(`layer "${layer.name}" reads "${name}", which does not come before it`);
      return source;
    });
    if (layer.kind === 'multiply' && new Set(sources.map(({ shape }) => shape.join())).size > 1) {
      throw new RangeError(`layer "${layer.name}" multiplies different shapes`);
    }
    last = understood(layer.name, () => {
      return tfjsLayer(layer).apply(sources.length === 1 ? sources[0]! : sources) as SymbolicTensor;
    });
    known.set(layer.name, last);
  }
  if (!last || ends.length === 0) throw new RangeError('a model needs an input and a layer');
  const built = model({ name: spec.name, inputs: ends, outputs: last });
  const unread = spec.layers.find(({ name }) => !built.layers.some((layer) => layer.name === name));
  if (unread) throw new RangeError(`layer "${unread.name}" does not lead to the output`);
  const count = built.countParams();
  if (count > MAX_WEIGHTS) {
    built.dispose();
    throw new RangeError(`${count} weights are more than ${MAX_WEIGHTS}`);
  }
  for (const { name, scaling } of spec.inputs) {
    if (scaling) setScalingWeights(built.getLayer(scalingName(name)), scaling);
  }
  for (const layer of spec.layers) {
    const isRelu = 'activation' in layer && layer.activation === 'relu';
    if (layer.kind === 'lstm') setStartWeights(built.getLayer(layer.name), 'lstm', seed, member);
    else if (layer.kind === 'dense' || layer.kind === 'conv1d') {
      setStartWeights(built.getLayer(layer.name), isRelu ? 'he' : 'glorot', seed, member);
    }
  }
  return built;
}

/** tfjs says what is wrong with a shape, but not where. */
function understood<T>(name: string, build: () => T): T {
  try {
    return build();
  } catch (cause) {
    throw new RangeError(`layer "${name}" does not fit what it reads`, { cause });
  }
}

function scalingLayer({ name, shape }: GraphInput): layers.Layer {
  const common = { ...ZEROS, name: scalingName(name), trainable: false };
  return shape.length === 1
    ? layers.dense({ ...common, units: shape[0] })
    : layers.conv1d({ ...common, filters: shape[1], kernelSize: 1 });
}

function tfjsLayer(layer: GraphLayer): layers.Layer {
  const { name } = layer;
  switch (layer.kind) {
    case 'dense':
      return layers.dense({ ...ZEROS, name, units: layer.units, activation: layer.activation });
    case 'conv1d':
      return layers.conv1d({
        ...ZEROS,
        name,
        filters: layer.filters,
        kernelSize: layer.size,
        strides: layer.stride ?? 1,
        padding: layer.padding ?? 'valid',
        activation: layer.activation,
      });
    case 'max-pooling1d':
    case 'average-pooling1d': {
      const config = {
        name,
        poolSize: layer.size,
        strides: layer.stride ?? layer.size,
        padding: layer.padding ?? 'valid',
      } as const;
      return layer.kind === 'max-pooling1d' ? layers.maxPooling1d(config) : layers.averagePooling1d(config);
    }
    case 'global-average-pooling1d':
      return layers.globalAveragePooling1d({ name });
    case 'flatten':
      return layers.flatten({ name });
    case 'lstm':
      return layers.lstm({
        ...ZEROS,
        recurrentInitializer: 'zeros',
        name,
        units: layer.units,
        activation: 'tanh',
        recurrentActivation: 'sigmoid',
        returnSequences: layer.returnSequences,
      });
    case 'concatenate':
      return layers.concatenate({ name });
    case 'multiply':
      return layers.multiply({ name });
    case 'activation':
      return layers.activation({ name, activation: layer.activation });
    case 'reshape':
      return layers.reshape({ name, targetShape: [...layer.shape] });
    case 'repeat-vector':
      return layers.repeatVector({ name, n: layer.steps });
  }
}
