import { ok } from 'node:assert/strict';
import fc from 'fast-check';
import type { Composite, LayerRule } from '../../core/explain/relevance/composite.ts';
import { propagateRelevance } from '../../core/explain/relevance/propagate-relevance.ts';
import type { WeightedSumRule } from '../../core/explain/relevance/relevance-rule.ts';
import { forwardNetwork } from '../../core/networks/forward-network.ts';
import type { Network } from '../../core/networks/network.ts';
import { recordNetwork } from '../../core/networks/network-tape.ts';
import { onlyAt } from './written-relevance.ts';

export type Propagate = typeof propagateRelevance;

export const isParametric = ({ kind }: { kind: string }) => kind === 'dense' || kind === 'conv1d';

/** Rules for a chain: one for the input layer, one for all between, one for the output layer. */
export function chainRules(
  network: Network,
  first: LayerRule,
  middle: LayerRule,
  last: LayerRule,
): Composite {
  const count = network.layers.filter(isParametric).length;
  const rules = Array.from({ length: count }, (_, i) => (i === 0 ? first : i === count - 1 ? last : middle));
  return { rules };
}

export const everywhere = (network: Network, rule: LayerRule): Composite =>
  chainRules(network, rule, rule, rule);

/** With a reference of zeros and the start at one logit. */
export function ofLogit(
  propagate: Propagate,
  network: Network,
  row: Float64Array,
  target: number,
  composite: Composite,
) {
  const output = forwardNetwork(network, row).output;
  const start = onlyAt(output.length, target, output[target]!);
  const found = propagate(network, row, start, { composite, reference: new Float64Array(row.length) });
  return { ...found, start };
}

export const largest = (values: Iterable<number>): number =>
  Array.from(values).reduce((top, value) => Math.max(top, Math.abs(value)), 0);

export function checkClose(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  tolerance: number,
  what: string,
): void {
  ok(actual.length === expected.length, `${what}: ${actual.length} values, not ${expected.length}`);
  const scale = Math.max(1, largest(Array.from(expected)));
  for (let i = 0; i < expected.length; i += 1) {
    const error = Math.abs(actual[i]! - expected[i]!);
    ok(error <= tolerance * scale, `${what}: entry ${i} is ${actual[i]}, not ${expected[i]}`);
  }
}

/** Same call, with something changed in what comes back. */
export const changed =
  (change: (inputs: Float64Array, start: Float64Array) => Float64Array): Propagate =>
  (network, row, start, settings) => {
    const found = propagateRelevance(network, row, start, settings);
    return { ...found, inputs: change(found.inputs, start) };
  };

/** Same call under another composite. */
export const withRule =
  (rule: LayerRule): Propagate =>
  (network, row, start, settings) =>
    propagateRelevance(network, row, start, { ...settings, composite: everywhere(network, rule) });

export const EPSILON: WeightedSumRule = { rule: 'epsilon', epsilon: 1e-9 };
export const GAMMA: WeightedSumRule = { rule: 'gamma', gamma: 0.25 };
export const BOX: WeightedSumRule = { rule: 'z-box', low: -6, high: 6 };
export const INPUT_RULES: readonly WeightedSumRule[] = [
  EPSILON,
  GAMMA,
  { rule: 'z-plus' },
  BOX,
  { rule: 'flat' },
];
export const INNER_RULES: readonly WeightedSumRule[] = [EPSILON, GAMMA, { rule: 'z-plus' }];
export const ALL_RULES: readonly WeightedSumRule[] = [
  ...INPUT_RULES,
  { rule: 'alpha-beta', alpha: 2, beta: 1 },
  { rule: 'w-square' },
];

export const seeds = fc.integer({ min: 0, max: 1_000_000 });
export const kinds = fc.constantFrom('dense' as const, 'convolution' as const);

/** No active unit so near its kink that an epsilon of 1e-9 would show in a relative 1e-6. */
export function isAwayFromDead(network: Network, row: Float64Array): boolean {
  const { preActivations } = recordNetwork(network, row);
  const isNear = (value: number) => Math.abs(value) < 0.01;
  return network.layers.every((layer, i) => !isParametric(layer) || !preActivations[i]!.some(isNear));
}
