import { forwardNetwork } from '../../networks/forward-network.ts';
import type { Network } from '../../networks/network.ts';
import { type Attribution, attributionOf, checkRows, type Reference } from '../attribution.ts';
import { ensembleOutput } from '../explained-output.ts';
import { checkPermission, type LayerWiseRelevancePermission } from './availability.ts';
import type { Composite } from './composite.ts';
import { logitNetwork } from './logit-network.ts';
import { type NetworkRelevance, propagateRelevance } from './propagate-relevance.ts';

/** What is explained, and how. */
export interface RelevanceRequest {
  /** At least one network, all with the same inputs and outputs; the explanation is the mean of theirs. */
  members: readonly Network[];
  /** A weight for each output: one-hot for a logit, +1 and -1 for a margin of two logits. */
  readout: Float64Array;
  row: Float64Array;
  /** Relevance counts the row's distance from it. Zeros give the textbook rules. */
  reference: Reference;
  composite: Composite;
  /** Names of inputs that say what is known. */
  masks?: readonly string[];
  /** Of the explained number, e.g. 'logit'. */
  unit: string;
}

export interface RelevanceExplanation {
  attribution: Attribution;
  /** Layer by layer for each member, in their order. */
  members: readonly NetworkRelevance[];
}

/**
 * Layer-wise relevance propagation (Bach et al. 2015; Montavon et al. 2019; for LSTMs Arras et al. 2017 and 2019). The
 * start is the explained number itself: each output's value times its weight in the readout, at the logit even where
 * the network ends in a softmax or sigmoid. output = sum of values + ledger.bias + ledger.stabiliser.
 *
 * Input layers are written about the reference (the same function; what it says at the reference joins the bias), so
 * that zero relevance means "as the reference". z-box, w-square and flat have their own starting point and do not look
 * at it. Nothing in the explained model changes.
 *
 * The method is patented: read docs/layer-wise-relevance.md before switching it on.
 * @param permission - as `permitLayerWiseRelevance` gives it for the setting `on`.
 * @throws RelevanceNotPermittedError without a permission.
 * @throws RangeError without members, when a length differs, an entry is not finite or the composite does not fit.
 * @throws UnsupportedRelevanceError naming a layer that has no rule.
 */
export function layerWiseRelevance(
  request: RelevanceRequest,
  permission: LayerWiseRelevancePermission | null,
): RelevanceExplanation {
  checkPermission(permission);
  const { row, readout, reference, composite, masks = [], unit } = request;
  const members = request.members.map(logitNetwork);
  const explained = ensembleOutput(members, readout, unit);
  checkRows(explained, row, reference);
  if (!readout.every(Number.isFinite)) throw new RangeError('a weight of the readout is not finite');
  const found = members.map((member) => {
    const { output } = forwardNetwork(member, row);
    const start = output.map((value, k) => value * readout[k]!);
    return propagateRelevance(member, row, start, { composite, reference: reference.row, masks });
  });
  const share = 1 / members.length;
  const values = new Float64Array(row.length);
  const ledger = { bias: 0, stabiliser: 0 };
  for (const { inputs, layers } of found) {
    for (let j = 0; j < values.length; j += 1) values[j]! += share * inputs[j]!;
    for (const { bias, stabiliser } of layers) {
      ledger.bias += share * bias;
      ledger.stabiliser += share * stabiliser;
    }
  }
  const [input, ...others] = members[0]!.inputs;
  const attribution = attributionOf(explained, row, reference, {
    method: 'layer-wise-relevance',
    parameters: { composite: compositeText(composite), masks: masks.join(', '), members: members.length },
    values,
    shape: others.length === 0 ? input!.shape : [values.length],
    ledger,
  });
  return { attribution, members: found };
}

/** As JSON, boxes as lists of numbers. */
function compositeText(composite: Composite): string {
  return JSON.stringify(composite, (_key, value: unknown) =>
    value instanceof Float64Array ? Array.from(value) : value,
  );
}
