import { activate } from './activation.ts';
import { layerPreActivation } from './layer-forward.ts';
import { type Network, sizeOf } from './network.ts';

/** What one layer answered, row-major [step][channel]. */
export interface RecordedLayer {
  output: Float64Array;
  /** Before the activation; the same numbers as `output` where a layer has none. */
  preActivation: Float64Array;
}

/** Output of one forward pass and what the last hidden layer answered. */
export interface ForwardResult {
  /** Length outputCount. */
  output: Float64Array;
  /** Input of the last dense layer, the network's own description of the measurement; without one the last layer's. */
  lastHidden: Float64Array;
  /** The layers that were asked for, by name. */
  recorded: ReadonlyMap<string, RecordedLayer>;
}

const NONE: readonly string[] = [];

/**
 * One forward pass in double precision.
 * @param input - length inputCount, in the order and units of the model's manifest.
 * @param record - names of layers whose answers are wanted.
 * @throws RangeError when the length differs, an entry is not finite, or a layer of that name does not exist.
 */
export function forwardNetwork(
  network: Network,
  input: Float64Array,
  record: readonly string[] = NONE,
): ForwardResult {
  if (input.length !== network.inputCount) {
    throw new RangeError(`the network takes ${network.inputCount} numbers, not ${input.length}`);
  }
  for (const value of input) if (!Number.isFinite(value)) throw new RangeError('an input is not finite');
  const slots: Float64Array[] = [];
  let start = 0;
  for (const { shape } of network.inputs) {
    const end = start + sizeOf(shape);
    slots.push(input.subarray(start, end));
    start = end;
  }
  const recorded = new Map<string, RecordedLayer>();
  for (const layer of network.layers) {
    const sources = layer.sources.map((source) => slots[source]!);
    const output = layerPreActivation(layer, sources);
    const isRecorded = record.length > 0 && record.includes(layer.name);
    const preActivation = isRecorded ? Float64Array.from(output) : output;
    if ('activation' in layer) activate(output, layer.activation, layer.outputShape.at(-1)!);
    if (isRecorded) recorded.set(layer.name, { output, preActivation });
    slots.push(output);
  }
  for (const name of record) if (!recorded.has(name)) throw new RangeError(`there is no layer "${name}"`);
  const head = network.layers.findLast((layer) => layer.kind === 'dense') ?? network.layers.at(-1)!;
  return { output: slots.at(-1)!, lastHidden: slots[head.sources[0]!]!, recorded };
}
