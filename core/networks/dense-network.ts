import { buildNetwork, type DenseLayer, type DenseWeights, type Network } from './network.ts';

export { ACTIVATIONS, type Activation } from './activation.ts';
export { type ForwardResult, forwardNetwork } from './forward-network.ts';
export type { DenseLayer, DenseWeights } from './network.ts';

/** A chain of dense layers. */
export interface DenseChain extends Network {
  layers: readonly DenseLayer[];
}

/**
 * Builds a chain out of dense layers and checks that they fit together.
 * @throws RangeError when there is no layer, or when a length does not match its neighbour.
 */
export function denseNetwork(layers: readonly DenseWeights[]): DenseChain {
  const first = layers[0];
  if (!first) throw new RangeError('a network needs at least one layer');
  let width = first.inputCount;
  const placed: DenseLayer[] = layers.map((layer, i) => {
    const isConsistent =
      layer.inputCount === width &&
      layer.kernel.length === layer.inputCount * layer.outputCount &&
      layer.bias.length === layer.outputCount;
    if (!isConsistent) throw new RangeError(`layer "${layer.name}" does not fit the layer before it`);
    width = layer.outputCount;
    return { ...layer, kind: 'dense', sources: [i], outputShape: [layer.outputCount] };
  });
  return { ...buildNetwork([{ name: 'input', shape: [first.inputCount] }], placed), layers: placed };
}

/** The network as a chain of dense layers. @throws RangeError naming the first layer that is none. */
export function asDenseChain(network: Network): DenseChain {
  return denseNetwork(
    network.layers.map((layer) => {
      if (layer.kind !== 'dense')
        throw new RangeError(`layer "${layer.name}" is not dense but ${layer.kind}`);
      return layer;
    }),
  );
}
