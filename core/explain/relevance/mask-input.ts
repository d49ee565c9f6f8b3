import type { Network, NetworkLayer } from '../../networks/network.ts';

/**
 * Slots that hold nothing but masks: the named inputs and what only moves them about.
 * @throws RangeError when the network has no input of a name.
 */
export function maskSlots(network: Network, masks: readonly string[]): ReadonlySet<number> {
  const found = new Set<number>();
  for (const name of masks) {
    const slot = network.inputs.findIndex((input) => input.name === name);
    if (slot < 0) throw new RangeError(`there is no input "${name}"`);
    found.add(slot);
  }
  for (const [index, layer] of network.layers.entries()) {
    const moves = ['reshape', 'repeat-vector', 'concatenate'].includes(layer.kind);
    if (moves && layer.sources.every((source) => found.has(source))) found.add(network.inputs.length + index);
  }
  return found;
}

/**
 * Which source of a product takes its relevance: the only one that is no mask; null when none or several are. How two
 * signals would share a product is a free choice (an LSTM's rule makes one); outside an LSTM nothing says which of them
 * is a gate.
 */
export function signalOf(layer: NetworkLayer, masked: ReadonlySet<number>): number | null {
  const signals = layer.sources.flatMap((source, s) => (masked.has(source) ? [] : [s]));
  return signals.length === 1 ? signals[0]! : null;
}
