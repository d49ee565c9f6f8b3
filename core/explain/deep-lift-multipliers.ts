import { type Network, sizeOf } from '../networks/network.ts';
import { recordNetwork } from '../networks/network-tape.ts';
import { deepLiftLayer } from './deep-lift-layer.ts';

/**
 * DeepLIFT multipliers of a network's inputs by the Rescale rule: how much a weighted sum of the outputs changes for
 * each unit that an input differs from the reference. Source: Shrikumar 2017, equation 3 (chain rule of multipliers).
 * @param row - length inputCount. @param referenceRow - the same. @param readout - length outputCount: one-hot for a logit.
 * @returns length inputCount; multiplied by (row - referenceRow) it adds up to the difference of the outputs.
 * @throws RangeError when a length differs or an entry is not finite.
 * @throws DeepLiftRefusal naming a layer on the way from inputs to output that the rule does not know.
 */
export function deepLiftMultipliers(
  network: Network,
  row: Float64Array,
  referenceRow: Float64Array,
  readout: Float64Array,
): Float64Array {
  if (readout.length !== network.outputCount || !readout.every(Number.isFinite)) {
    throw new RangeError(`a readout needs ${network.outputCount} finite weights`);
  }
  const at = recordNetwork(network, row);
  const before = recordNetwork(network, referenceRow);
  const inputSlots = network.inputs.length;
  const by: (Float64Array | undefined)[] = at.slots.map(() => undefined);
  by[at.slots.length - 1] = readout.slice();
  for (let index = network.layers.length - 1; index >= 0; index -= 1) {
    const layer = network.layers[index]!;
    const byAnswer = by[inputSlots + index];
    if (!byAnswer) continue;
    const bySources = deepLiftLayer(
      layer,
      {
        sources: layer.sources.map((source) => at.slots[source]!),
        referenceSources: layer.sources.map((source) => before.slots[source]!),
        preActivation: at.preActivations[index]!,
        referencePreActivation: before.preActivations[index]!,
        answer: at.slots[inputSlots + index]!,
        referenceAnswer: before.slots[inputSlots + index]!,
      },
      byAnswer,
    );
    for (const [s, multipliers] of bySources.entries()) {
      const slot = layer.sources[s]!;
      const known = by[slot];
      if (known) for (let i = 0; i < known.length; i += 1) known[i]! += multipliers[i]!;
      else by[slot] = multipliers;
    }
  }
  const all = new Float64Array(network.inputCount);
  let start = 0;
  for (const [slot, { shape }] of network.inputs.entries()) {
    const own = by[slot];
    if (own) all.set(own, start);
    start += sizeOf(shape);
  }
  return all;
}
