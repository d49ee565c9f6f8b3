import { layerPreActivation } from '../../networks/layer-forward.ts';
import type { Network, NetworkLayer } from '../../networks/network.ts';
import type { NetworkTape } from '../../networks/network-tape.ts';
import { isWeightedSum, type WeightedSum } from './weighted-sum.ts';

/**
 * A slot's values as value = scale * base + offset, `base` being what relevance is given for. Input slots count from
 * the reference: base = row - reference. Affine layers and masks between them and a weighted sum go into scale and
 * offset, which is the same as folding them into the weights, and exact at padded ends too.
 */
export interface SlotView {
  base: Float64Array;
  scale: Float64Array;
  offset: Float64Array;
  /** Where base 0 lies in the units of the input; zero for hidden slots. */
  reference: Float64Array;
}

/** Layers that move values about without changing them, and products with a mask. */
function isStructural(layer: NetworkLayer): boolean {
  return ['reshape', 'concatenate', 'repeat-vector', 'multiply'].includes(layer.kind);
}

/**
 * Slots of affine layers that are folded into what reads them: every reader is a weighted sum or an LSTM, or passes
 * the values on to such.
 */
export function foldedAffines(network: Network): ReadonlySet<number> {
  const offset = network.inputs.length;
  const canFold = network.layers.map(() => true);
  canFold[network.layers.length - 1] = false;
  for (let index = network.layers.length - 1; index >= 0; index -= 1) {
    const layer = network.layers[index]!;
    const passesOn = isStructural(layer) && canFold[index];
    if (isWeightedSum(layer) || layer.kind === 'lstm' || passesOn) continue;
    for (const source of layer.sources) if (source >= offset) canFold[source - offset] = false;
  }
  const isFolded = (layer: NetworkLayer, index: number) => layer.kind === 'affine' && canFold[index];
  return new Set(network.layers.flatMap((layer, index) => (isFolded(layer, index) ? [offset + index] : [])));
}

/**
 * The view of every slot.
 * @param reference - row that relevance counts from. @param signalOf - of a product layer: the one source that is no mask, or null.
 */
export function slotViews(
  network: Network,
  { slots }: NetworkTape,
  reference: Float64Array,
  folded: ReadonlySet<number>,
  signalOf: (layer: NetworkLayer) => number | null,
): SlotView[] {
  const views: SlotView[] = [];
  let start = 0;
  for (const [slot] of network.inputs.entries()) {
    const values = slots[slot]!;
    const own = reference.subarray(start, start + values.length);
    const base = values.map((value, j) => value - own[j]!);
    views.push({ base, scale: base.map(() => 1), offset: own, reference: own });
    start += values.length;
  }
  for (const [index, layer] of network.layers.entries()) {
    const slot = network.inputs.length + index;
    const sources = layer.sources.map((source) => views[source]!);
    if (folded.has(slot) && layer.kind === 'affine') views.push(throughAffine(layer, sources[0]!));
    else if (layer.kind === 'multiply') {
      const signal = signalOf(layer);
      if (signal === null) views.push(plainView(slots[slot]!));
      else views.push(throughMask(sources[signal]!, layer, slots, signal));
    } else if (isStructural(layer)) {
      const moved = (part: keyof SlotView) =>
        layerPreActivation(
          layer,
          sources.map((source) => source[part]),
        );
      views.push({
        base: moved('base'),
        scale: moved('scale'),
        offset: moved('offset'),
        reference: moved('reference'),
      });
    } else views.push(plainView(slots[slot]!));
  }
  return views;
}

/** Values that count from zero. */
export function plainView(values: Float64Array): SlotView {
  const zeros = new Float64Array(values.length);
  return { base: values, scale: zeros.map(() => 1), offset: zeros, reference: zeros };
}

function throughAffine(affine: { scale: Float64Array; offset: Float64Array }, view: SlotView): SlotView {
  const channels = affine.scale.length;
  return {
    ...view,
    scale: view.scale.map((scale, j) => scale * affine.scale[j % channels]!),
    offset: view.offset.map(
      (offset, j) => offset * affine.scale[j % channels]! + affine.offset[j % channels]!,
    ),
  };
}

function throughMask(
  view: SlotView,
  layer: NetworkLayer,
  slots: readonly Float64Array[],
  signal: number,
): SlotView {
  const masks = layer.sources.filter((_, s) => s !== signal).map((source) => slots[source]!);
  const maskAt = (j: number) => masks.reduce((product, mask) => product * mask[j]!, 1);
  return {
    ...view,
    scale: view.scale.map((scale, j) => scale * maskAt(j)),
    offset: view.offset.map((offset, j) => offset * maskAt(j)),
  };
}

/** A weighted sum of a slot as one of the slot's base. */
export function sumOfBase(sum: WeightedSum, { scale, offset }: SlotView): WeightedSum {
  const isPlain = scale.every((value) => value === 1) && offset.every((value) => value === 0);
  if (isPlain) return sum;
  return {
    inputCount: sum.inputCount,
    bias: sum.bias.map((bias, k) => {
      let total = bias;
      sum.forEachInput(k, (input, weight) => {
        total += offset[input]! * weight;
      });
      return total;
    }),
    forEachInput: (k, visit) => sum.forEachInput(k, (input, weight) => visit(input, weight * scale[input]!)),
  };
}
