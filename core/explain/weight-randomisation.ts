import { buildNetwork, type Network, type NetworkLayer } from '../networks/network.ts';
import { randomStream } from '../numerics/random-stream.ts';
import { type AttributionSimilarity, attributionSimilarity } from './attribution-similarity.ts';

/** Weights of one layer, in the layouts of that layer's kind. */
export interface LayerWeights {
  kernel: Float64Array;
  bias: Float64Array;
  /** Of an LSTM. */
  recurrentKernel?: Float64Array;
}

type WeightedLayer = Extract<NetworkLayer, { kind: 'dense' | 'conv1d' | 'lstm' }>;
const isWeighted = (layer: NetworkLayer): layer is WeightedLayer =>
  layer.kind === 'dense' || layer.kind === 'conv1d' || layer.kind === 'lstm';

/** Names of the layers whose weights can be drawn anew, from the input to the output. */
export const weightedLayers = (network: Network): string[] =>
  network.layers.filter(isWeighted).map(({ name }) => name);

function weightedLayer(network: Network, name: string): WeightedLayer {
  const layer = network.layers.filter(isWeighted).find((each) => each.name === name);
  if (!layer) throw new RangeError(`the network has no layer "${name}" with weights`);
  return layer;
}

/**
 * The network with other weights in one layer; the given network stays as it is.
 * @throws RangeError when there is no such layer, a length differs, or a weight is not finite.
 */
export function withLayerWeights(network: Network, name: string, weights: LayerWeights): Network {
  const old = weightedLayer(network, name);
  const pairs: [Float64Array | undefined, Float64Array | undefined][] = [
    [old.kernel, weights.kernel],
    [old.bias, weights.bias],
    [old.kind === 'lstm' ? old.recurrentKernel : undefined, weights.recurrentKernel],
  ];
  for (const [before, after] of pairs) {
    if (before?.length !== after?.length || !(after ?? new Float64Array()).every(Number.isFinite)) {
      throw new RangeError(`layer "${name}" needs finite weights of its own lengths`);
    }
  }
  const changed = network.layers.map((layer) => (layer === old ? { ...old, ...weights } : layer));
  return buildNetwork(network.inputs, changed);
}

/**
 * New weights for a layer: normal, mean 0, with the root mean square of the old ones in each array, so that the answers
 * keep their size and only what was learnt is gone.
 * @param seed - with `draw` names the streams: the same weights each time.
 * @throws RangeError when there is no such layer.
 */
export function redrawnWeights(network: Network, name: string, seed: string, draw = 0): LayerWeights {
  const layer = weightedLayer(network, name);
  const redrawn = (part: string, old: Float64Array) => {
    const stream = randomStream(seed, `${name}/${part}`, draw);
    const size = Math.sqrt(old.reduce((sum, weight) => sum + weight * weight, 0) / old.length);
    return old.map(() => size * stream.normal());
  };
  return {
    kernel: redrawn('kernel', layer.kernel),
    bias: redrawn('bias', layer.bias),
    ...(layer.kind === 'lstm' && {
      recurrentKernel: redrawn('recurrent-kernel', layer.recurrentKernel),
    }),
  };
}

/** One step of the cascade. */
export interface RandomisationStep {
  /** Layers with new weights so far, from the input to the output. */
  randomised: readonly string[];
  values: Float64Array;
  /** To the values of the untouched network. An explanation that stays the same does not explain the network. */
  similarity: AttributionSimilarity;
}

/**
 * Model parameter randomisation: new weights layer by layer from the output to the input, each step keeping those of the
 * steps before, and the explanation of every network on the way beside the first one. Source: Adebayo et al. 2018.
 * @param explain - values of one method for one input and output. @param weightsOf - the new weights of a layer, e.g.
 *   from redrawnWeights. @param names - layers to take, in any order; all with weights if not said. Leave out layers
 *   that were never learnt, such as a scaling of the input.
 * @throws RangeError when a name is unknown or used twice, weights do not fit, or values differ in number.
 */
export function randomisationCascade(
  network: Network,
  explain: (network: Network) => Float64Array,
  weightsOf: (name: string) => LayerWeights,
  names: readonly string[] = weightedLayers(network),
): { original: Float64Array; steps: RandomisationStep[] } {
  if (names.length === 0 || new Set(names).size !== names.length) {
    throw new RangeError('a cascade needs layers with weights, each once');
  }
  for (const name of names) weightedLayer(network, name);
  const inOrder = weightedLayers(network).filter((name) => names.includes(name));
  const original = explain(network);
  const steps: RandomisationStep[] = [];
  let current = network;
  for (const [done, name] of [...inOrder].reverse().entries()) {
    current = withLayerWeights(current, name, weightsOf(name));
    const values = explain(current);
    steps.push({
      randomised: inOrder.slice(inOrder.length - 1 - done),
      values,
      similarity: attributionSimilarity(original, values),
    });
  }
  return { original, steps };
}
