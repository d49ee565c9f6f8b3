import { buildNetwork, type Network, type NetworkInput, type NetworkLayer } from './network.ts';

/** A network in two parts: `rest` takes the answer of `branch` as its last input. */
export interface CutNetwork {
  /** Everything the cut layer needs, with that layer as output; its inputs are {@link branchInputs}. */
  branch: Network;
  /** Everything else; its inputs are {@link restInputs} and then the cut layer's answer, named as the layer. */
  rest: Network;
  /** Names of the whole network's inputs that each part reads, in the whole network's order. */
  branchInputs: readonly string[];
  restInputs: readonly string[];
}

/**
 * Cuts a network behind one layer, so that a part that does not change is run once: an explanation that swaps features
 * beside a trace runs the trace's branch for its two states and the rest for every coalition.
 * `rest` applied to (its inputs, answer of `branch`) equals the whole network to the bit.
 * @throws RangeError when there is no such layer or it is the output.
 */
export function cutNetwork(network: Network, layerName: string): CutNetwork {
  const offset = network.inputs.length;
  const at = network.layers.findIndex(({ name }) => name === layerName);
  const last = network.layers.length - 1;
  if (at < 0) throw new RangeError(`there is no layer "${layerName}"`);
  if (at === last) throw new RangeError(`"${layerName}" is the output: nothing comes behind it`);
  const inBranch = slotsBehind(network, offset + at, null);
  const inRest = slotsBehind(network, offset + last, offset + at);
  const branchInputs = network.inputs.filter((_, slot) => inBranch.has(slot));
  const restInputs = network.inputs.filter((_, slot) => inRest.has(slot));
  const cut: NetworkInput = { name: layerName, shape: network.layers[at]!.outputShape };
  return {
    branch: part(network, branchInputs, inBranch, null),
    rest: part(network, [...restInputs, cut], inRest, offset + at),
    branchInputs: branchInputs.map(({ name }) => name),
    restInputs: restInputs.map(({ name }) => name),
  };
}

/** Slots that the answer of `end` depends on, itself included; the way back stops at `stop`, which is not included. */
function slotsBehind(network: Network, end: number, stop: number | null): Set<number> {
  const found = new Set<number>();
  const open = [end];
  for (let slot = open.pop(); slot !== undefined; slot = open.pop()) {
    if (slot === stop || found.has(slot)) continue;
    found.add(slot);
    const layer = network.layers[slot - network.inputs.length];
    if (layer) open.push(...layer.sources);
  }
  return found;
}

/** The layers of some slots under new slot numbers; `cut` is read as the last input. */
function part(
  network: Network,
  inputs: readonly NetworkInput[],
  slots: ReadonlySet<number>,
  cut: number | null,
): Network {
  const renumbered = new Map<number, number>();
  for (const [slot, { name }] of network.inputs.entries()) {
    const place = inputs.findIndex((input) => input.name === name);
    if (place >= 0) renumbered.set(slot, place);
  }
  if (cut !== null) renumbered.set(cut, inputs.length - 1);
  const layers: NetworkLayer[] = [];
  for (const [i, layer] of network.layers.entries()) {
    const slot = network.inputs.length + i;
    if (!slots.has(slot)) continue;
    renumbered.set(slot, inputs.length + layers.length);
    layers.push({ ...layer, sources: layer.sources.map((source) => renumbered.get(source)!) });
  }
  return buildNetwork(inputs, layers);
}
