import * as z from 'zod';
import { buildNetwork, type Network, type NetworkInput, type NetworkLayer, type Shape } from './network.ts';
import { readLayer, UnsupportedLayerError } from './read-layer.ts';
import { readWeights } from './read-weights.ts';

export { UnsupportedLayerError } from './read-layer.ts';

/** [[["source", node, tensor, {...}], ...]]: one call of the layer, one entry a source. */
const InboundNodes = z.array(
  z.array(
    z
      .tuple([z.string(), z.int(), z.int()])
      .rest(z.unknown())
      .transform(([name, node, tensor]) => ({ name, node, tensor })),
  ),
);
const LayerJson = z.object({
  class_name: z.string(),
  config: z.record(z.string(), z.unknown()),
  inbound_nodes: InboundNodes.default([]),
});
const Ends = z.array(z.tuple([z.string(), z.int(), z.int()])).min(1);
const ModelJson = z.object({
  format: z.literal('layers-model'),
  modelTopology: z.object({
    class_name: z.string(),
    config: z.object({
      layers: z.array(LayerJson).min(1),
      input_layers: Ends.optional(),
      output_layers: Ends.optional(),
    }),
  }),
  weightsManifest: z
    .array(
      z.object({
        paths: z.array(z.string()),
        weights: z.array(
          z.object({ name: z.string(), shape: z.array(z.int().min(1)), dtype: z.literal('float32') }),
        ),
      }),
    )
    .length(1),
});
/** A batch of any size, then fixed sizes: the engine takes sequences of one length. */
const BatchShape = z.tuple([z.null()]).rest(z.int().min(1));

type LayerJson = z.output<typeof LayerJson>;

/** Layers of the text in one form for both kinds of model: every layer with the names of its sources. */
interface Topology {
  inputs: NetworkInput[];
  layers: { json: LayerJson; sourceNames: string[] }[];
  output: string;
}

/**
 * Reads a tfjs layers model (the text of model.json and the bytes of weights.bin) into the Float64 engine: a chain
 * (Sequential) or a graph with several inputs and one output (Model, Functional).
 * Layers: Dense, Conv1D, MaxPooling1D, AveragePooling1D, GlobalAveragePooling1D, LSTM (tanh, sigmoid), Concatenate (last
 * axis), Multiply, Activation, Flatten, Reshape, RepeatVector, BatchNormalization (moving statistics folded in).
 * Weights are widened from float32 exactly. Source of the layout: tfjs 4.22 `io.ModelJSON`, little endian.
 * @throws UnsupportedLayerError naming the first layer that is none of these (Dropout, too: a model is written as it
 *   predicts), that is shared or has another activation.
 * @throws SyntaxError or ZodError when the text is not such a model; RangeError when the weights do not fit.
 */
export function readLayersModel(modelJson: string, weights: Uint8Array): Network {
  const model = ModelJson.parse(JSON.parse(modelJson));
  const { class_name: kind, config } = model.modelTopology;
  const named = readWeights(model.weightsManifest[0]!.weights, weights);
  let topology: Topology;
  if (kind === 'Sequential') topology = chainOf(config.layers);
  else if (kind === 'Model' || kind === 'Functional') topology = graphOf(config);
  else throw new UnsupportedLayerError('(model)', `a ${kind} model`);
  const slots = new Map<string, { index: number; shape: Shape }>();
  for (const [index, { name, shape }] of topology.inputs.entries()) slots.set(name, { index, shape });
  const layers: NetworkLayer[] = [];
  for (const { json, sourceNames } of inOrder(topology, new Set(slots.keys()))) {
    const sources = sourceNames.map((source) => slots.get(source)!);
    const layer = readLayer(
      {
        name: nameOf(json),
        className: json.class_name,
        config: json.config,
        sources: sources.map((source) => source.index),
        sourceShapes: sources.map((source) => source.shape),
      },
      named,
    );
    slots.set(layer.name, { index: topology.inputs.length + layers.length, shape: layer.outputShape });
    layers.push(layer);
  }
  if (layers.at(-1)?.name !== topology.output) {
    throw new UnsupportedLayerError(topology.output, 'an output that other layers read');
  }
  return buildNetwork(topology.inputs, layers);
}

function nameOf(layer: LayerJson): string {
  return typeof layer.config.name === 'string' ? layer.config.name : '(unnamed)';
}

const inputOf = (layer: LayerJson, name: string): NetworkInput => ({
  name,
  shape: BatchShape.parse(layer.config.batch_input_shape).slice(1) as number[],
});

/** The chain's input may be a layer of its own or a shape at the first layer. */
function chainOf(all: readonly LayerJson[]): Topology {
  const [first, ...rest] = all;
  if (!first) throw new RangeError('the model has no layer');
  const isApart = first.class_name === 'InputLayer';
  const input = inputOf(first, isApart ? nameOf(first) : 'input');
  const chain = isApart ? rest : all;
  let before = input.name;
  const layers = chain.map((json) => {
    const sourceNames = [before];
    before = nameOf(json);
    return { json, sourceNames };
  });
  return { inputs: [input], layers, output: before };
}

function graphOf(config: z.output<typeof ModelJson>['modelTopology']['config']): Topology {
  const byName = new Map(config.layers.map((layer) => [nameOf(layer), layer]));
  const [output, ...further] = config.output_layers ?? [];
  if (!config.input_layers || !output) throw new RangeError('the model names no inputs or no output');
  if (further.length > 0) throw new UnsupportedLayerError('(model)', 'a model of several outputs');
  const inputs = config.input_layers.map(([name]) => {
    const layer = byName.get(name);
    if (layer?.class_name !== 'InputLayer') throw new RangeError(`"${name}" is no input of the model`);
    return inputOf(layer, name);
  });
  const layers = config.layers.flatMap((json) => {
    if (json.class_name === 'InputLayer') return [];
    const [node, ...more] = json.inbound_nodes;
    if (!node || more.length > 0 || node.some((source) => source.node !== 0 || source.tensor !== 0)) {
      throw new UnsupportedLayerError(nameOf(json), 'a layer that is shared or has several answers');
    }
    return [{ json, sourceNames: node.map((source) => source.name) }];
  });
  return { inputs, layers, output: output[0] };
}

/** Every source before its reader; among layers that are ready the output comes last, else the text's order. */
function inOrder(topology: Topology, known: Set<string>): Topology['layers'] {
  const waiting = [...topology.layers];
  const ordered: Topology['layers'] = [];
  while (waiting.length > 0) {
    const isReady = ({ sourceNames }: Topology['layers'][number]) =>
      sourceNames.length > 0 && sourceNames.every((name) => known.has(name));
    const inner = waiting.findIndex((layer) => isReady(layer) && nameOf(layer.json) !== topology.output);
    const next = inner >= 0 ? inner : waiting.findIndex(isReady);
    const [layer] = next >= 0 ? waiting.splice(next, 1) : [];
    if (!layer) {
      throw new RangeError(
        `layer "${nameOf(waiting[0]!.json)}" reads a layer that does not exist, or itself`,
      );
    }
    ordered.push(layer);
    known.add(nameOf(layer.json));
  }
  return ordered;
}
