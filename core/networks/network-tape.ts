import { activate } from './activation.ts';
import { layerPreActivation } from './layer-forward.ts';
import { type Network, sizeOf } from './network.ts';

/** One forward pass with everything that a backward pass or a relevance pass needs. */
export interface NetworkTape {
  /** Answer of every slot, row-major [step][channel]: the inputs first, then the layers in order. */
  slots: readonly Float64Array[];
  /** Of every layer, before its activation; the same array as its slot where a layer has none. */
  preActivations: readonly Float64Array[];
}

/**
 * Runs a network and keeps every answer.
 * @param row - length inputCount. @throws RangeError when the length differs or an entry is not finite.
 */
export function recordNetwork(network: Network, row: Float64Array): NetworkTape {
  if (row.length !== network.inputCount) {
    throw new RangeError(`the network takes ${network.inputCount} numbers, not ${row.length}`);
  }
  if (!row.every(Number.isFinite)) throw new RangeError('an input is not finite');
  const slots: Float64Array[] = [];
  let start = 0;
  for (const { shape } of network.inputs) {
    const end = start + sizeOf(shape);
    slots.push(row.subarray(start, end));
    start = end;
  }
  const preActivations = network.layers.map((layer) => {
    const preActivation = layerPreActivation(
      layer,
      layer.sources.map((source) => slots[source]!),
    );
    if (!('activation' in layer) || layer.activation === 'linear') {
      slots.push(preActivation);
      return preActivation;
    }
    const answer = Float64Array.from(preActivation);
    activate(answer, layer.activation, layer.outputShape.at(-1)!);
    slots.push(answer);
    return preActivation;
  });
  return { slots, preActivations };
}
