import { activationGradient } from './activation-gradient.ts';
import { layerBackward } from './layer-backward.ts';
import { type Network, sizeOf } from './network.ts';
import { recordNetwork } from './network-tape.ts';

/** Value of a readout of a network at a row, and its slope by every input. */
export interface InputGradient {
  /** sum_k readout[k] * output[k]. */
  value: number;
  /** Length inputCount, in the order of the row. */
  gradient: Float64Array;
}

/**
 * Reverse-mode derivative of a weighted sum of a network's outputs by its inputs, in double precision.
 * @param row - length inputCount. @param readout - length outputCount: one-hot for a logit, +1 and -1 for a margin.
 * @throws RangeError when a length differs or an entry is not finite.
 */
export function inputGradient(network: Network, row: Float64Array, readout: Float64Array): InputGradient {
  if (readout.length !== network.outputCount || !readout.every(Number.isFinite)) {
    throw new RangeError(`a readout needs ${network.outputCount} finite weights`);
  }
  const { slots, preActivations } = recordNetwork(network, row);
  const inputSlots = network.inputs.length;
  const by: (Float64Array | undefined)[] = slots.map(() => undefined);
  const output = slots.at(-1)!;
  by[slots.length - 1] = readout.slice();
  for (let index = network.layers.length - 1; index >= 0; index -= 1) {
    const layer = network.layers[index]!;
    const byAnswer = by[inputSlots + index];
    if (!byAnswer) continue;
    const byPreActivation =
      'activation' in layer
        ? activationGradient(
            layer.activation,
            slots[inputSlots + index]!,
            preActivations[index]!,
            byAnswer,
            layer.outputShape.at(-1)!,
          )
        : byAnswer;
    const sources = layer.sources.map((source) => slots[source]!);
    for (const [s, gradient] of layerBackward(layer, sources, byPreActivation).entries()) {
      const slot = layer.sources[s]!;
      const known = by[slot];
      if (known) for (let i = 0; i < known.length; i += 1) known[i]! += gradient[i]!;
      else by[slot] = gradient;
    }
  }
  const gradient = new Float64Array(network.inputCount);
  let start = 0;
  for (const [slot, { shape }] of network.inputs.entries()) {
    const own = by[slot];
    if (own) gradient.set(own, start);
    start += sizeOf(shape);
  }
  return { value: output.reduce((sum, value, k) => sum + readout[k]! * value, 0), gradient };
}
