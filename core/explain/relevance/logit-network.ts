import { buildNetwork, type Network } from '../../networks/network.ts';

/**
 * The network before its last softmax or sigmoid: relevance starts at the logit, never at a probability, which hardly
 * moves once it is near 1. A network without such a head is returned as it is.
 */
export function logitNetwork(network: Network): Network {
  const last = network.layers.at(-1)!;
  const isProbability =
    'activation' in last && (last.activation === 'softmax' || last.activation === 'sigmoid');
  if (!isProbability) return network;
  return buildNetwork(network.inputs, [...network.layers.slice(0, -1), { ...last, activation: 'linear' }]);
}
