import { activationGradient } from '../networks/activation-gradient.ts';
import { layerBackward } from '../networks/layer-backward.ts';
import type { NetworkLayer, PoolingLayer } from '../networks/network.ts';

/** DeepLIFT Rescale has no rule for a layer of the network; `layer` names it. */
export class DeepLiftRefusal extends Error {
  readonly layer: string;
  constructor(layer: string, why: string) {
    super(`DeepLIFT cannot explain layer "${layer}": ${why}`);
    this.name = 'DeepLiftRefusal';
    this.layer = layer;
  }
}

/** What a layer read and answered at the input and at the reference. */
export interface LayerPair {
  sources: readonly Float64Array[];
  referenceSources: readonly Float64Array[];
  preActivation: Float64Array;
  referencePreActivation: Float64Array;
  answer: Float64Array;
  referenceAnswer: Float64Array;
}

/** Below this difference a ratio of differences is rounding; its limit, the slope, stands in for it. */
const SMALLEST_DIFFERENCE = 1e-10;

/**
 * Multipliers of a layer's sources from those of its answer. Linear rule and Rescale rule: Shrikumar 2017, sections
 * 3.5.1 and 3.5.2. Products of two sources: their Shapley values, as Lundberg and Lee 2017 do for simple components.
 * @param byAnswer - a multiplier for each number of the answer.
 * @returns one new array a source, in their order.
 * @throws DeepLiftRefusal for an LSTM, a softmax and a product of more than two sources.
 */
export function deepLiftLayer(layer: NetworkLayer, pair: LayerPair, byAnswer: Float64Array): Float64Array[] {
  switch (layer.kind) {
    case 'lstm':
      throw new DeepLiftRefusal(
        layer.name,
        'the gates of an LSTM multiply, and the rule has no answer to that',
      );
    case 'max-pooling1d':
      return [maxPoolingMultipliers(layer, pair, byAnswer)];
    case 'multiply':
      return productMultipliers(layer.name, pair, byAnswer);
    case 'dense':
    case 'conv1d':
    case 'activation':
      return layerBackward(layer, pair.sources, activationMultipliers(layer, pair, byAnswer));
    case 'average-pooling1d':
    case 'global-average-pooling1d':
    case 'concatenate':
    case 'reshape':
    case 'repeat-vector':
    case 'affine':
      return layerBackward(layer, pair.sources, byAnswer);
  }
}

function activationMultipliers(
  layer: Extract<NetworkLayer, { kind: 'dense' | 'conv1d' | 'activation' }>,
  { preActivation, referencePreActivation, answer, referenceAnswer }: LayerPair,
  byAnswer: Float64Array,
): Float64Array {
  if (layer.activation === 'softmax') {
    throw new DeepLiftRefusal(layer.name, 'a softmax mixes its channels; explain the logits before it');
  }
  const slopes = activationGradient(
    layer.activation,
    answer,
    preActivation,
    byAnswer,
    layer.outputShape.at(-1)!,
  );
  return slopes.map((slope, i) => {
    const difference = preActivation[i]! - referencePreActivation[i]!;
    if (Math.abs(difference) < SMALLEST_DIFFERENCE) return slope;
    return (byAnswer[i]! * (answer[i]! - referenceAnswer[i]!)) / difference;
  });
}

/**
 * The larger of the two maxima is taken as a step between: what it has above the reference's maximum is due to the
 * step that wins at the input, what the input's maximum lacks of it to the step that wins at the reference. Both of
 * these steps moved at least that far, so no ratio is above one and nothing is lost.
 */
function maxPoolingMultipliers(layer: PoolingLayer, pair: LayerPair, byAnswer: Float64Array): Float64Array {
  const { window, channels } = layer;
  const input = pair.sources[0]!;
  const reference = pair.referenceSources[0]!;
  const multipliers = new Float64Array(input.length);
  const add = (at: number, change: number, by: number) => {
    const difference = input[at]! - reference[at]!;
    if (Math.abs(difference) >= SMALLEST_DIFFERENCE) multipliers[at]! += (by * change) / difference;
  };
  for (let t = 0; t < window.outputSteps; t += 1) {
    for (let j = 0; j < channels; j += 1) {
      const by = byAnswer[t * channels + j]!;
      const winner = winnerOf(layer, input, t, j);
      const referenceWinner = winnerOf(layer, reference, t, j);
      const top = input[winner]!;
      const referenceTop = reference[referenceWinner]!;
      const larger = Math.max(top, referenceTop);
      if (Math.abs(input[winner]! - reference[winner]!) < SMALLEST_DIFFERENCE && winner === referenceWinner) {
        multipliers[winner]! += by;
        continue;
      }
      add(winner, larger - referenceTop, by);
      add(referenceWinner, top - larger, by);
    }
  }
  return multipliers;
}

/** Place of the first of the largest values of a window. */
function winnerOf({ window, channels }: PoolingLayer, values: Float64Array, t: number, j: number): number {
  const start = t * window.stride - window.padBefore;
  const last = Math.min(window.inputSteps, start + window.size);
  let winner = Math.max(0, start);
  for (let step = winner + 1; step < last; step += 1) {
    if (values[step * channels + j]! > values[winner * channels + j]!) winner = step;
  }
  return winner * channels + j;
}

/** x y - x0 y0 = (x - x0)(y + y0) / 2 + (y - y0)(x + x0) / 2: each factor at the mean of the other. */
function productMultipliers(name: string, pair: LayerPair, byAnswer: Float64Array): Float64Array[] {
  const { sources, referenceSources } = pair;
  if (sources.length > 2) throw new DeepLiftRefusal(name, 'it multiplies more than two sources');
  return sources.map((_, s) => {
    const other = 1 - s;
    if (sources.length === 1) return byAnswer.slice();
    return byAnswer.map((by, i) => (by * (sources[other]![i]! + referenceSources[other]![i]!)) / 2);
  });
}
