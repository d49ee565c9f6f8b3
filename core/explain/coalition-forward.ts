import { activate } from '../networks/activation.ts';
import { layerPreActivation, reversedSteps } from '../networks/layer-forward.ts';
import { type LstmTape, lstmTape, runLstm } from '../networks/lstm-layer.ts';
import { type Network, type NetworkLayer, sizeOf } from '../networks/network.ts';
import { recordNetwork } from '../networks/network-tape.ts';
import { type ChangePlan, firstLstmStep, type StepSpan, stepsOf } from './coalition-change.ts';

/** A network that remembers its last forward pass and computes again only what a change of its input reaches. */
export interface CoalitionForward {
  /** Of the row as it stands now; overwritten by the next change. Equal to a fresh forward pass to the last bit. */
  output: Float64Array;
  /** Takes the plan's columns from another row. @param values - length inputCount. */
  change(plan: ChangePlan, values: Float64Array): void;
}

/**
 * @param row - length inputCount; copied. @throws RangeError when the length differs or an entry is not finite.
 */
export function coalitionForward(network: Network, row: Float64Array): CoalitionForward {
  const own = row.slice();
  // Copies: a reshape answers with its source's own array, a linear layer with what a later change overwrites.
  const slots = recordNetwork(network, own).slots.map((slot) => slot.slice());
  const inputCount = network.inputs.length;
  let start = 0;
  for (const [i, { shape }] of network.inputs.entries()) {
    slots[i] = own.subarray(start, start + sizeOf(shape));
    start += sizeOf(shape);
  }
  const tapes = network.layers.map((layer) => {
    if (layer.kind !== 'lstm') return null;
    const tape = lstmTape(layer.steps, layer.units);
    runLstm(layer, sequenceOf(layer, slots[layer.sources[0]!]!), tape);
    return tape;
  });
  return {
    output: slots.at(-1)!,
    change({ columns, spans }, values) {
      for (const column of columns) own[column] = values[column]!;
      for (const [index, layer] of network.layers.entries()) {
        const span = spans[inputCount + index];
        if (!span) continue;
        const sources = layer.sources.map((source) => slots[source]!);
        const slot = slots[inputCount + index]!;
        const tape = tapes[index];
        if (layer.kind === 'lstm' && tape) {
          replayLstm(layer, sources[0]!, tape, spans[layer.sources[0]!]!, slot);
        } else {
          replayLayer(layer, sources, span, slot);
        }
      }
    },
  };
}

type Lstm = Extract<NetworkLayer, { kind: 'lstm' }>;

const sequenceOf = (layer: Lstm, input: Float64Array): Float64Array =>
  layer.goBackwards ? reversedSteps(input, layer.inputCount) : input;

/** States before the first changed step are those of the last pass: coalitions that share a prefix share its states. */
function replayLstm(layer: Lstm, input: Float64Array, tape: LstmTape, changed: StepSpan, slot: Float64Array) {
  const first = firstLstmStep(layer, changed);
  runLstm(layer, sequenceOf(layer, input), tape, first);
  const { units, steps } = layer;
  if (layer.returnSequences) slot.set(tape.hidden.subarray((first + 1) * units), first * units);
  else slot.set(tape.hidden.subarray(steps * units));
}

function replayLayer(
  layer: NetworkLayer,
  sources: readonly Float64Array[],
  span: StepSpan,
  slot: Float64Array,
): void {
  const width = slot.length / stepsOf(layer.outputShape);
  const answer = replayedSteps(layer, sources, span, width);
  if ('activation' in layer) activate(answer, layer.activation, width);
  slot.set(answer, span.from * width);
}

/** What the layer answers, before its activation, at the steps of the span. */
function replayedSteps(
  layer: NetworkLayer,
  sources: readonly Float64Array[],
  { from, to }: StepSpan,
  width: number,
): Float64Array {
  switch (layer.kind) {
    case 'dense':
    case 'activation':
    case 'affine':
    case 'multiply':
    case 'concatenate': {
      const steps = stepsOf(layer.outputShape);
      const parts = sources.map((source) => {
        const channels = source.length / steps;
        return source.subarray(from * channels, to * channels);
      });
      const part = layer.kind === 'concatenate' ? { ...layer, outputShape: [to - from, width] } : layer;
      return layerPreActivation(part, parts);
    }
    case 'conv1d':
    case 'max-pooling1d':
    case 'average-pooling1d': {
      const { window } = layer;
      // A window that starts later is one with less padding before it; below zero it skips steps.
      const padBefore = window.padBefore - from * window.stride;
      const part = { ...layer, window: { ...window, padBefore, outputSteps: to - from } };
      return layerPreActivation(part, sources);
    }
    case 'reshape':
      return sources[0]!.subarray(from * width, to * width);
    case 'lstm':
    case 'global-average-pooling1d':
    case 'repeat-vector':
      return layerPreActivation(layer, sources);
  }
}
