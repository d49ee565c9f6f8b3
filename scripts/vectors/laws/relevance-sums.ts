import { ok } from 'node:assert/strict';
import fc from 'fast-check';
import { propagateRelevance } from '../../../core/explain/relevance/propagate-relevance.ts';
import { forwardNetwork } from '../../../core/networks/forward-network.ts';
import { inputGradient } from '../../../core/networks/input-gradient.ts';
import { buildNetwork, type Network } from '../../../core/networks/network.ts';
import { defineLaw, type Law } from '../law.ts';
import { randomChain, randomRow } from '../random-chain-network.ts';
import {
  ALL_RULES,
  chainRules,
  changed,
  checkClose,
  EPSILON,
  everywhere,
  GAMMA,
  INNER_RULES,
  INPUT_RULES,
  isAwayFromDead,
  kinds,
  largest,
  ofLogit,
  type Propagate,
  seeds,
  withRule,
} from '../relevance-subjects.ts';
import { onlyAt, sumOf } from '../written-relevance.ts';

const conservation = defineLaw<Propagate>({
  id: 'lrp.conservation.nobias',
  subject: propagateRelevance,
  check(propagate) {
    fc.assert(
      fc.property(
        seeds,
        kinds,
        fc.constantFrom(...INPUT_RULES),
        fc.constantFrom(...INNER_RULES),
        (seed, kind, first, middle) => {
          const network = randomChain(seed, { kind, hasBias: false });
          const row = randomRow(seed, network.inputCount);
          fc.pre(isAwayFromDead(network, row));
          const rules = chainRules(network, first, middle, EPSILON);
          const { inputs, layers, start } = ofLogit(propagate, network, row, 0, rules);
          // With no unit alive in a hidden layer nothing can be passed on; such a net answers exactly zero.
          const total = sumOf(start);
          const sums = [sumOf(inputs), ...layers.map(({ sum }) => sum)];
          for (const sum of sums) ok(Math.abs(sum - total) <= 1e-6 * Math.abs(total), `${sum}, not ${total}`);
        },
      ),
      { seed: 31, numRuns: 200, endOnFailure: true },
    );
  },
  twins: {
    'a stabiliser of 0.01': withRule({ rule: 'epsilon', epsilon: 0.01 }),
    'positive relevance only': changed((inputs) => inputs.map((value) => Math.max(0, value))),
    'alpha 2 without the beta part': (network, row, start, settings) =>
      propagateRelevance(
        network,
        row,
        start.map((value) => 2 * value),
        settings,
      ),
    'biases in the denominators': (network, row, start, settings) =>
      propagateRelevance(shiftedBiases(network), row, start, settings),
  },
});

function shiftedBiases(network: Network): Network {
  const layers = network.layers.map((layer) =>
    layer.kind === 'dense' ? { ...layer, bias: layer.bias.map((bias) => bias + 0.05) } : layer,
  );
  return buildNetwork(network.inputs, layers);
}

const ledger = defineLaw<Propagate>({
  id: 'lrp.conservation.bias_ledger',
  subject: propagateRelevance,
  check(propagate) {
    fc.assert(
      fc.property(
        seeds,
        kinds,
        fc.constantFrom(...ALL_RULES, { rule: 'epsilon' as const, epsilon: 0.1 }),
        (seed, kind, rule) => {
          const network = randomChain(seed, { kind, hasBias: true });
          const row = randomRow(seed, network.inputCount);
          const { inputs, layers, start } = ofLogit(propagate, network, row, 0, everywhere(network, rule));
          const sums = [sumOf(inputs), ...layers.map(({ sum }) => sum)];
          checkClose([sums.at(-1)!], [sumOf(start)], 1e-9, 'start');
          for (const [i, { bias, stabiliser, values, layer }] of layers.entries()) {
            const kept = sums[i]! + bias + stabiliser;
            const scale = Math.max(1, largest(values));
            ok(Math.abs(sums[i + 1]! - kept) <= 1e-9 * scale, `${layer}: ${kept}, not ${sums[i + 1]}`);
          }
        },
      ),
      { seed: 32, numRuns: 150, endOnFailure: true },
    );
  },
  twins: {
    'biases left out of the ledger': ledgerWith((layer) => ({ ...layer, bias: 0 })),
    'stabilisers left out of the ledger': ledgerWith((layer) => ({ ...layer, stabiliser: 0 })),
    'the ledger of the last layer only': ledgerWith((layer, i, count) =>
      i === count - 1 ? layer : { ...layer, bias: 0, stabiliser: 0 },
    ),
  },
});

type Layer = ReturnType<Propagate>['layers'][number];

function ledgerWith(change: (layer: Layer, i: number, count: number) => Layer): Propagate {
  return (...call) => {
    const found = propagateRelevance(...call);
    return { ...found, layers: found.layers.map((layer, i) => change(layer, i, found.layers.length)) };
  };
}

const gradientTimesInput = defineLaw<Propagate>({
  id: 'lrp.eps0_equals_gxi',
  subject: propagateRelevance,
  check(propagate) {
    fc.assert(
      fc.property(seeds, kinds, (seed, kind) => {
        const network = randomChain(seed, { kind, hasBias: false });
        const row = randomRow(seed, network.inputCount);
        const { inputs } = ofLogit(propagate, network, row, 0, {
          ...everywhere(network, { rule: 'epsilon', epsilon: 0 }),
          poolingEpsilon: 0,
        });
        const { gradient } = inputGradient(network, row, onlyAt(network.outputCount, 0, 1));
        checkClose(
          inputs,
          gradient.map((slope, j) => slope * row[j]!),
          1e-8,
          'gradient x input',
        );
      }),
      { seed: 33, numRuns: 150, endOnFailure: true },
    );
  },
  twins: {
    'a stabiliser of 1e-3': withRule({ rule: 'epsilon', epsilon: 1e-3 }),
    'gamma 0.25': withRule(GAMMA),
    'biases in the denominators': (network, row, start, settings) =>
      propagateRelevance(shiftedBiases(network), row, start, settings),
  },
});

const homogeneity = defineLaw<Propagate>({
  id: 'lrp.linear_homogeneity',
  subject: propagateRelevance,
  check(propagate) {
    let alive = 0;
    fc.assert(
      fc.property(seeds, kinds, fc.constantFrom(...ALL_RULES), (seed, kind, rule) => {
        const network = randomChain(seed, { kind, hasBias: true });
        const row = randomRow(seed, network.inputCount);
        const settings = { composite: everywhere(network, rule), reference: new Float64Array(row.length) };
        const start = randomRow(seed + 1, network.outputCount);
        const own = propagate(network, row, start, settings).inputs;
        if (own.some((value) => value !== 0)) alive += 1;
        for (const factor of [-3, 0, 0.5]) {
          const scaled = propagate(
            network,
            row,
            start.map((value) => factor * value),
            settings,
          ).inputs;
          checkClose(
            scaled,
            own.map((value) => factor * value),
            1e-12,
            `${factor} times the start`,
          );
        }
      }),
      { seed: 34, numRuns: 60, endOnFailure: true },
    );
    ok(alive > 48, `relevance in only ${alive} networks`);
  },
  twins: {
    'no relevance at all': changed((inputs) => inputs.map(() => 0)),
    'the size of the start only': (network, row, start, settings) =>
      propagateRelevance(network, row, start.map(Math.abs), settings),
    'scaled to a largest value of 1': changed((inputs) => {
      const top = largest(inputs);
      return top === 0 ? inputs : inputs.map((value) => value / top);
    }),
    'positive relevance only': changed((inputs) => inputs.map((value) => Math.max(0, value))),
  },
});

const additivity = defineLaw<Propagate>({
  id: 'lrp.additive_targets',
  subject: propagateRelevance,
  check(propagate) {
    let alive = 0;
    fc.assert(
      fc.property(seeds, kinds, (seed, kind) => {
        const network = randomChain(seed, { kind, hasBias: true });
        const row = randomRow(seed, network.inputCount);
        const composite = everywhere(network, { rule: 'epsilon', epsilon: 1e-6 });
        const settings = { composite, reference: new Float64Array(row.length) };
        const { output } = forwardNetwork(network, row);
        const margin = output.map((value, k) => (k === 0 ? value : k === 1 ? -value : 0));
        const a = ofLogit(propagate, network, row, 0, composite).inputs;
        const b = ofLogit(propagate, network, row, 1, composite).inputs;
        const both = propagate(network, row, margin, settings).inputs;
        if (both.some((value) => value !== 0)) alive += 1;
        checkClose(
          both,
          a.map((value, j) => value - b[j]!),
          1e-9,
          'margin',
        );
      }),
      { seed: 35, numRuns: 80, endOnFailure: true },
    );
    ok(alive > 64, `relevance in only ${alive} networks`);
  },
  twins: {
    'no relevance at all': changed((inputs) => inputs.map(() => 0)),
    'shares of the total': changed((inputs) => inputs.map((value) => value / largest(inputs))),
    'the winning logit only': (network, row, start, settings) => {
      const top = largest(start);
      return propagateRelevance(
        network,
        row,
        start.map((v) => (Math.abs(v) === top ? v : 0)),
        settings,
      );
    },
  },
});

export const LAWS: readonly Law[] = [conservation, ledger, gradientTimesInput, homogeneity, additivity];
