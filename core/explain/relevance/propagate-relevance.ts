import { layerBackward } from '../../networks/layer-backward.ts';
import { reversedSteps } from '../../networks/layer-forward.ts';
import type { AffineLayer, LstmLayer, Network, NetworkLayer } from '../../networks/network.ts';
import { recordNetwork } from '../../networks/network-tape.ts';
import { type Composite, type LayerRule, rulesByLayer } from './composite.ts';
import { type LstmRelevance, lstmRelevance } from './lstm-relevance.ts';
import { maskSlots, signalOf } from './mask-input.ts';
import type { WeightedSumRule } from './relevance-rule.ts';
import { foldedAffines, plainView, type SlotView, slotViews, sumOfBase } from './slot-view.ts';
import { spreadRelevance } from './spread-relevance.ts';
import { UnsupportedRelevanceError } from './unsupported-relevance.ts';
import { isWeightedSum, scaledSum, type WeightedSumLayer, weightedSumOf } from './weighted-sum.ts';

/** What one layer had and what it kept from its sources. */
export interface LayerRelevance {
  layer: string;
  /** Of the layer's answers, row-major in its output shape. */
  values: Float64Array;
  /** Sum of `values`. */
  sum: number;
  /** Taken by the layer's biases on the way to its sources. */
  bias: number;
  /** Taken by its stabilisers. */
  stabiliser: number;
  /** Inside an LSTM; null for all other layers. */
  lstm: LstmRelevance | null;
}

/** Relevance of a network's inputs: sum of start = sum of inputs + sum over layers of bias and stabiliser. */
export interface NetworkRelevance {
  /** Length inputCount, in the order of the row. */
  inputs: Float64Array;
  /** In the order of the network's layers. */
  layers: readonly LayerRelevance[];
}

/** How relevance goes back through a network. */
export interface PropagationSettings {
  composite: Composite;
  /** Row that relevance counts from; zeros give the textbook rules. */
  reference: Float64Array;
  /** Names of inputs that say what is known: a factor that is a mask gets none of a product's relevance. */
  masks?: readonly string[];
}

/**
 * Layer-wise relevance propagation from the outputs of a network to its inputs. Activations pass relevance unchanged; a
 * maximum gives all to the first largest member; means share by what each member adds; affine layers are folded into
 * the dense or convolution layer beside them where nothing else reads between them.
 * @param row - length inputCount. @param start - relevance of the outputs, length outputCount.
 * @throws RangeError when a length differs or an entry is not finite, or the composite does not fit the network.
 * @throws UnsupportedRelevanceError naming a layer that has no rule.
 */
export function propagateRelevance(
  network: Network,
  row: Float64Array,
  start: Float64Array,
  settings: PropagationSettings,
): NetworkRelevance {
  const { composite, reference, masks = [] } = settings;
  if (start.length !== network.outputCount || !start.every(Number.isFinite)) {
    throw new RangeError(`the start needs ${network.outputCount} finite numbers`);
  }
  if (reference.length !== network.inputCount || !reference.every(Number.isFinite)) {
    throw new RangeError(`the reference needs ${network.inputCount} finite numbers`);
  }
  const tape = recordNetwork(network, row);
  const offset = network.inputs.length;
  const masked = maskSlots(network, masks);
  const folded = foldedAffines(network);
  const views = slotViews(network, tape, reference, folded, (layer) => signalOf(layer, masked));
  const rules = rulesByLayer(network, composite);
  const inner = innerAffines(network, folded);
  const relevance = tape.slots.map((slot) => new Float64Array(slot.length));
  relevance[relevance.length - 1]!.set(start);
  const layers: LayerRelevance[] = [];
  for (let index = network.layers.length - 1; index >= 0; index -= 1) {
    const layer = network.layers[index]!;
    const values = relevance[offset + index]!;
    const isFolded = layer.kind === 'affine' && (folded.has(offset + index) || inner.has(layer.sources[0]!));
    const step = isFolded
      ? passOn([values])
      : layerStep(layer, {
          values,
          sources: layer.sources.map((source) => tape.slots[source]!),
          view: views[layer.sources[0]!]!,
          rule: rules.get(layer.name)!,
          usesBias: composite.usesBias ?? true,
          affine: inner.get(offset + index) ?? null,
          signal: layer.kind === 'multiply' ? signalOf(layer, masked) : null,
        });
    for (const [s, given] of step.sources.entries()) {
      const into = relevance[layer.sources[s]!]!;
      for (let j = 0; j < into.length; j += 1) into[j]! += given[j]!;
    }
    const sum = values.reduce((total, value) => total + value, 0);
    layers.unshift({
      layer: layer.name,
      values,
      sum,
      bias: step.bias,
      stabiliser: step.stabiliser,
      lstm: step.lstm,
    });
  }
  const inputs = new Float64Array(network.inputCount);
  let from = 0;
  for (const values of relevance.slice(0, offset)) {
    inputs.set(values, from);
    from += values.length;
  }
  return { inputs, layers };
}

/** Affine layers behind a linear dense or convolution layer that nothing else reads, by the slot of that layer. */
function innerAffines(network: Network, folded: ReadonlySet<number>): ReadonlyMap<number, AffineLayer> {
  const offset = network.inputs.length;
  const found = new Map<number, AffineLayer>();
  for (const [index, layer] of network.layers.entries()) {
    if (layer.kind !== 'affine' || folded.has(offset + index)) continue;
    const slot = layer.sources[0]!;
    const source = network.layers[slot - offset];
    if (source?.kind !== 'dense' && source?.kind !== 'conv1d') continue;
    const readers = network.layers.filter(({ sources }) => sources.includes(slot));
    if (source.activation === 'linear' && readers.length === 1) found.set(slot, layer);
  }
  return found;
}

interface Step {
  /** Relevance that each source gets, in their order. */
  sources: readonly Float64Array[];
  bias: number;
  stabiliser: number;
  lstm: LstmRelevance | null;
}

const passOn = (sources: readonly Float64Array[]): Step => ({ sources, bias: 0, stabiliser: 0, lstm: null });

interface StepInput {
  values: Float64Array;
  sources: readonly Float64Array[];
  /** Of the first source. */
  view: SlotView;
  rule: LayerRule;
  usesBias: boolean;
  /** Folded into this layer from behind. */
  affine: AffineLayer | null;
  /** Of a product: the one source that is no mask; null when there is no such one. */
  signal: number | null;
}

function layerStep(layer: NetworkLayer, given: StepInput): Step {
  const { values, sources, rule } = given;
  // Softmax mixes its inputs: no entry of it belongs to one entry before it.
  if ('activation' in layer && layer.activation === 'softmax') {
    throw new UnsupportedRelevanceError(layer.name, 'a softmax');
  }
  if (isWeightedSum(layer) && rule.rule !== 'lstm') return sumStep(layer, rule, given);
  if (layer.kind === 'lstm' && rule.rule === 'lstm') {
    const inside = lstmRelevance(layer, readingOrder(layer, given.view), rule, byHidden(layer, values));
    const input = layer.goBackwards ? reversedSteps(inside.input, layer.inputCount) : inside.input;
    return { sources: [input], bias: inside.bias, stabiliser: inside.stabiliser, lstm: inside };
  }
  switch (layer.kind) {
    case 'activation':
      return passOn([values]);
    case 'multiply':
      // A product beside the way of the explained output has nothing to share.
      if (given.signal === null && values.some((value) => value !== 0)) {
        throw new UnsupportedRelevanceError(layer.name, 'a product of anything but masks and one signal');
      }
      return passOn(sources.map((_, s) => (s === given.signal ? values : new Float64Array(values.length))));
    case 'max-pooling1d':
    case 'concatenate':
    case 'reshape':
    case 'repeat-vector':
      // Slopes of 0 and 1 only: relevance takes the way of the derivative.
      return passOn(layerBackward(layer, sources, values));
    default:
      throw new UnsupportedRelevanceError(layer.name, `a layer of kind ${layer.kind}`);
  }
}

function sumStep(layer: WeightedSumLayer, rule: WeightedSumRule, given: StepInput): Step {
  const { view, affine } = given;
  const plain = weightedSumOf(layer, view.base.length, given.usesBias);
  const scaled = affine ? scaledSum(plain, given.usesBias ? affine : withoutOffset(affine)) : plain;
  const based = sumOfBase(scaled, view);
  const spread = spreadRelevance(based, view.base, aboutReference(rule, view), given.values);
  return { sources: [spread.values], bias: spread.bias, stabiliser: spread.stabiliser, lstm: null };
}

const withoutOffset = (affine: AffineLayer): AffineLayer => ({
  ...affine,
  offset: new Float64Array(affine.offset.length),
});

/** A box is given in the units of the row; the base counts from the reference. */
function aboutReference(rule: WeightedSumRule, { reference }: SlotView): WeightedSumRule {
  if (rule.rule !== 'z-box') return rule;
  const shifted = (bound: number | Float64Array) =>
    reference.map((from, j) => (typeof bound === 'number' ? bound : bound[j]!) - from);
  return { ...rule, low: shifted(rule.low), high: shifted(rule.high) };
}

function byHidden(layer: LstmLayer, values: Float64Array): Float64Array {
  if (layer.returnSequences) return values;
  const all = new Float64Array(layer.steps * layer.units);
  all.set(values, (layer.steps - 1) * layer.units);
  return all;
}

function readingOrder(layer: LstmLayer, view: SlotView): SlotView {
  if (!layer.goBackwards) return view;
  const reversed = (values: Float64Array) => reversedSteps(values, layer.inputCount);
  return {
    ...plainView(reversed(view.base)),
    scale: reversed(view.scale),
    offset: reversed(view.offset),
    reference: reversed(view.reference),
  };
}
