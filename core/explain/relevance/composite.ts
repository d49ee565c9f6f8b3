import { type Network, type NetworkLayer, sizeOf } from '../../networks/network.ts';
import { GATE_MODES, type GateMode } from './gate-share.ts';
import { checkRule, type WeightedSumRule } from './relevance-rule.ts';
import { STABILISER } from './stabiliser.ts';

/** For an LSTM: the epsilon rule on its weighted sums and one way to share at its gates. */
export interface LstmRule {
  rule: 'lstm';
  mode: GateMode;
  epsilon: number;
  /** Biases and stabilisers are given to the summed units in equal parts ("sanity mode"): the total stays the start. */
  redistributesBias: boolean;
}

export type LayerRule = WeightedSumRule | LstmRule;

/** Which rule each layer uses. */
export interface Composite {
  /** One rule for each dense, conv1d and LSTM layer, in the order of the network's layers. */
  rules: readonly LayerRule[];
  /** False: biases are left out of the rules' denominators. Default true. */
  usesBias?: boolean;
  /** Of average pools and of affine layers that cannot be folded; by default so small that it is invisible. */
  poolingEpsilon?: number;
}

/** Layers that a composite has a rule for. */
export function isParametric(layer: NetworkLayer): boolean {
  return layer.kind === 'dense' || layer.kind === 'conv1d' || layer.kind === 'lstm';
}

/**
 * The rule of every layer by name; pools and affine layers get the epsilon rule.
 * @throws RangeError when there is not one rule a parametric layer, an LSTM has another rule than an LSTM's, or a
 *   parameter is outside its range.
 */
export function rulesByLayer(network: Network, composite: Composite): ReadonlyMap<string, LayerRule> {
  const { rules, poolingEpsilon = STABILISER, usesBias = true } = composite;
  const parametric = network.layers.filter(isParametric);
  if (parametric.length !== rules.length) {
    throw new RangeError(`the network has ${parametric.length} layers with weights, not ${rules.length}`);
  }
  checkRule({ rule: 'epsilon', epsilon: poolingEpsilon }, 0);
  const found = new Map<string, LayerRule>();
  for (const layer of network.layers) {
    const rule = isParametric(layer)
      ? rules[parametric.indexOf(layer)]!
      : { rule: 'epsilon' as const, epsilon: poolingEpsilon };
    if ((layer.kind === 'lstm') !== (rule.rule === 'lstm')) {
      throw new RangeError(`rule ${rule.rule} does not fit layer "${layer.name}"`);
    }
    if (rule.rule === 'lstm') checkLstmRule(rule, usesBias);
    else checkRule(rule, sourceSize(network, layer));
    found.set(layer.name, rule);
  }
  return found;
}

function sourceSize(network: Network, layer: NetworkLayer): number {
  const slot = layer.sources[0]!;
  const offset = network.inputs.length;
  return sizeOf(slot < offset ? network.inputs[slot]!.shape : network.layers[slot - offset]!.outputShape);
}

function checkLstmRule({ mode, epsilon }: LstmRule, usesBias: boolean): void {
  if (!GATE_MODES.includes(mode)) throw new RangeError(`there is no gate mode "${String(mode)}"`);
  if (!Number.isFinite(epsilon) || epsilon < 0) throw new RangeError('epsilon must be finite and from 0');
  if (!usesBias) throw new RangeError('the rule of an LSTM is not defined without its biases');
}
