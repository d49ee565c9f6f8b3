import { deepStrictEqual, ok } from 'node:assert/strict';
import fc from 'fast-check';
import { permitLayerWiseRelevance } from '../../../core/explain/relevance/availability.ts';
import type { LayerRule } from '../../../core/explain/relevance/composite.ts';
import { layerWiseRelevance } from '../../../core/explain/relevance/layer-wise-relevance.ts';
import { propagateRelevance } from '../../../core/explain/relevance/propagate-relevance.ts';
import type { WeightedSumRule } from '../../../core/explain/relevance/relevance-rule.ts';
import { forwardNetwork } from '../../../core/networks/forward-network.ts';
import {
  buildNetwork,
  type ConvolutionLayer,
  type DenseLayer,
  type Network,
} from '../../../core/networks/network.ts';
import { recordNetwork } from '../../../core/networks/network-tape.ts';
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
  ofLogit,
  type Propagate,
  seeds,
  withRule,
} from '../relevance-subjects.ts';
import { writtenNetwork } from '../written-network.ts';
import { onlyAt, sumOf } from '../written-relevance.ts';

function permuted<Values extends Float64Array>(values: Values, order: readonly number[]): Float64Array {
  return Float64Array.from(order, (from) => values[from]!);
}

const equivariance = defineLaw<Propagate>({
  id: 'lrp.permutation_equivariance',
  subject: propagateRelevance,
  check(propagate) {
    let alive = 0;
    fc.assert(
      fc.property(seeds, fc.constantFrom(...ALL_RULES, 'own box' as const), (seed, chosen) => {
        const network = randomChain(seed, { kind: 'dense', hasBias: true });
        const row = randomRow(seed, network.inputCount);
        const order = Array.from(row.keys()).sort((a, b) => row[a]! - row[b]!);
        const low = row.map((value, j) => value - 1 - j);
        const high = row.map((value, j) => value + 2 + j);
        const rule: WeightedSumRule = chosen === 'own box' ? { rule: 'z-box', low, high } : chosen;
        const moved: WeightedSumRule =
          chosen === 'own box'
            ? { rule: 'z-box', low: permuted(low, order), high: permuted(high, order) }
            : chosen;
        const [front, ...others] = network.layers as [DenseLayer, ...DenseLayer[]];
        const kernel = Float64Array.from(
          order.flatMap((j) =>
            Array.from(front.kernel.subarray(j * front.outputCount, (j + 1) * front.outputCount)),
          ),
        );
        const other = buildNetwork(network.inputs, [{ ...front, kernel }, ...others]);
        const last = EPSILON;
        const own = ofLogit(propagate, network, row, 0, chainRules(network, rule, GAMMA, last)).inputs;
        const found = ofLogit(
          propagate,
          other,
          permuted(row, order),
          0,
          chainRules(other, moved, GAMMA, last),
        ).inputs;
        checkClose(found, permuted(own, order), 1e-12, 'permuted');
        if (own.some((value) => value !== 0)) alive += 1;
      }),
      { seed: 36, numRuns: 100, endOnFailure: true },
    );
    ok(alive > 80, `relevance in only ${alive} networks`);
  },
  twins: {
    'no relevance at all': changed((inputs) => inputs.map(() => 0)),
    'a weight by position': changed((inputs) => inputs.map((value, j) => value * (1 + 0.01 * j))),
    'the first bound of a box for all': (network, row, start, settings) => {
      const only = (bound: number | Float64Array) => (typeof bound === 'number' ? bound : bound[0]!);
      const rules = settings.composite.rules.map((rule) =>
        rule.rule === 'z-box'
          ? { ...rule, low: only(rule.low), high: Math.max(only(rule.low), only(rule.high)) }
          : rule,
      );
      return propagateRelevance(network, row, start, { ...settings, composite: { rules } });
    },
  },
});

const gammaLimit = defineLaw<Propagate>({
  id: 'lrp.gamma_to_zplus',
  subject: propagateRelevance,
  check(propagate) {
    let compared = 0;
    fc.assert(
      fc.property(seeds, (seed) => {
        const network = randomChain(seed, { kind: 'dense', hasBias: true });
        const dense = buildNetwork(network.inputs, network.layers.slice(0, 1));
        const row = randomRow(seed, network.inputCount).map(Math.abs);
        const [z] = recordNetwork(dense, row).preActivations;
        const start = z!.map((value) => (value > 0.05 ? 1 : 0));
        const settings = (rule: LayerRule) => ({
          composite: { rules: [rule] },
          reference: new Float64Array(row.length),
        });
        const gamma = propagate(dense, row, start, settings({ rule: 'gamma', gamma: 1e6 })).inputs;
        const plus = propagateRelevance(dense, row, start, settings({ rule: 'z-plus' })).inputs;
        checkClose(gamma, plus, 1e-4, 'gamma 1e6');
        compared += sumOf(start);
      }),
      { seed: 37, numRuns: 100, endOnFailure: true },
    );
    ok(compared > 50, 'too few units were above zero');
  },
  twins: {
    'gamma on the weights of either sign': (network, row, start, settings) =>
      propagateRelevance(network, row, start, { ...settings, composite: everywhere(network, EPSILON) }),
    'a gamma that is cut at 10': withRule({ rule: 'gamma', gamma: 10 }),
  },
});

/** The dense layer with the matrix of a convolution; connections outside of its windows have a weight of zero. */
function unrolled(network: Network): Network {
  const layer = network.layers[0] as ConvolutionLayer;
  const { window, inputCount, outputCount, kernel } = layer;
  const [inputs, outputs] = [window.inputSteps * inputCount, window.outputSteps * outputCount];
  const matrix = new Float64Array(inputs * outputs);
  for (let s = 0; s < window.inputSteps; s += 1) {
    for (let t = 0; t < window.outputSteps; t += 1) {
      const tap = s - t * window.stride + window.padBefore;
      if (tap < 0 || tap >= window.size) continue;
      for (let i = 0; i < inputCount; i += 1) {
        for (let j = 0; j < outputCount; j += 1) {
          const weight = kernel[(tap * inputCount + i) * outputCount + j]!;
          matrix[(s * inputCount + i) * outputs + t * outputCount + j] = weight;
        }
      }
    }
  }
  const bias = Float64Array.from({ length: outputs }, (_, k) => layer.bias[k % outputCount]!);
  const place = {
    name: 'unrolled',
    sources: [0],
    outputShape: [outputs],
    inputCount: inputs,
    outputCount: outputs,
  };
  return buildNetwork(
    [{ name: 'input', shape: [inputs] }],
    [{ kind: 'dense', ...place, activation: layer.activation, kernel: matrix, bias }],
  );
}

/** Flat relevance by hand: every output shares equally among the inputs with a connection. */
function flatByHand({ layers }: Network, start: Float64Array): Float64Array {
  const { kernel, inputCount, outputCount } = layers[0] as DenseLayer;
  const inputs = new Float64Array(inputCount);
  for (let k = 0; k < outputCount; k += 1) {
    const connected = Array.from(inputs.keys()).filter((j) => kernel[j * outputCount + k] !== 0);
    for (const j of connected) inputs[j]! += start[k]! / connected.length;
  }
  return inputs;
}

const unrolling = defineLaw<Propagate>({
  id: 'lrp.conv_equals_dense',
  subject: propagateRelevance,
  check(propagate) {
    fc.assert(
      fc.property(seeds, fc.constantFrom(...ALL_RULES), (seed, rule) => {
        const chain = randomChain(seed, { kind: 'convolution', hasBias: true });
        const network = buildNetwork(chain.inputs, chain.layers.slice(0, 1));
        const row = randomRow(seed, network.inputCount);
        const start = randomRow(seed + 1, network.outputCount);
        const settings = { composite: { rules: [rule] }, reference: new Float64Array(row.length) };
        const matrix = unrolled(network);
        const expected =
          rule.rule === 'flat'
            ? flatByHand(matrix, start)
            : propagateRelevance(matrix, row, start, settings).inputs;
        checkClose(propagate(network, row, start, settings).inputs, expected, 1e-9, rule.rule);
      }),
      { seed: 38, numRuns: 150, endOnFailure: true },
    );
  },
  twins: {
    'a padding layer in front that takes relevance': (network, row, start, settings) =>
      padded(network, row, start, settings),
    'all padding before the sequence': (network, row, start, settings) => {
      const layer = network.layers[0] as ConvolutionLayer;
      const { window } = layer;
      const total = (window.outputSteps - 1) * window.stride + window.size - window.inputSteps;
      const moved = { ...layer, window: { ...window, padBefore: Math.max(0, total) } };
      return propagateRelevance(buildNetwork(network.inputs, [moved]), row, start, settings);
    },
  },
});

/** The convolution over a sequence with explicit zeros at both ends, whose relevance is then thrown away. */
const padded: Propagate = (network, row, start, settings) => {
  const layer = network.layers[0] as ConvolutionLayer;
  const { window, inputCount } = layer;
  const after = (window.outputSteps - 1) * window.stride + window.size - window.inputSteps - window.padBefore;
  const inputSteps = window.padBefore + window.inputSteps + Math.max(0, after);
  const inputs = [{ name: 'input', shape: [inputSteps, inputCount] }];
  const wide = buildNetwork(inputs, [{ ...layer, window: { ...window, padBefore: 0, inputSteps } }]);
  const longer = new Float64Array(inputSteps * inputCount);
  const from = window.padBefore * inputCount;
  longer.set(row, from);
  const reference = new Float64Array(longer.length);
  const found = propagateRelevance(wide, longer, start, { ...settings, reference });
  return { ...found, inputs: found.inputs.slice(from, from + row.length) };
};

const zeroSafe = defineLaw<Propagate>({
  id: 'lrp.zero_safe',
  subject: propagateRelevance,
  check(propagate) {
    const rules: readonly WeightedSumRule[] = [...ALL_RULES, { rule: 'epsilon', epsilon: 0 }];
    for (const rule of rules) {
      for (const kind of ['dense', 'convolution'] as const) {
        for (const hasBias of [true, false]) {
          const network = randomChain(7, { kind, hasBias });
          const dead = buildNetwork(network.inputs, network.layers.map(deadUnits));
          for (const each of [network, dead]) {
            const start = new Float64Array(each.outputCount).fill(1);
            const settings = {
              composite: everywhere(each, rule),
              reference: new Float64Array(each.inputCount),
            };
            for (const row of [new Float64Array(each.inputCount), randomRow(3, each.inputCount)]) {
              const { inputs, layers } = propagate(each, row, start, settings);
              ok(inputs.every(Number.isFinite), `${rule.rule}: an input is not finite`);
              const totals = layers.flatMap(({ sum, bias, stabiliser }) => [sum, bias, stabiliser]);
              ok(totals.every(Number.isFinite), `${rule.rule}: a layer is not finite`);
            }
          }
        }
      }
    }
    const pool = writtenNetwork([{ type: 'maxpool1d', poolSize: 3, strides: 3 }], [3, 1]);
    const tied = { composite: { rules: [] }, reference: new Float64Array(3) };
    const { inputs } = propagate(pool, Float64Array.of(2, 2, 2), Float64Array.of(1), tied);
    deepStrictEqual(Array.from(inputs), [1, 0, 0]);
  },
  twins: {
    'shares divided by their sum, unguarded': changed((inputs) =>
      inputs.map((value) => value / sumOf(inputs)),
    ),
    'the last of equal maxima': (network, row, start, settings) => {
      const found = propagateRelevance(network, row, start, settings);
      return network.layers[0]!.kind === 'max-pooling1d'
        ? { ...found, inputs: found.inputs.toReversed() }
        : found;
    },
  },
});

function deadUnits(layer: Network['layers'][number]): Network['layers'][number] {
  if (layer.kind !== 'dense' && layer.kind !== 'conv1d') return layer;
  return { ...layer, kernel: layer.kernel.map(() => 0), bias: layer.bias.map(() => 0) };
}

type Explain = typeof layerWiseRelevance;

const untouched = defineLaw<Explain>({
  id: 'lrp.model_untouched',
  subject: layerWiseRelevance,
  check(explain) {
    const permission = permitLayerWiseRelevance('on');
    for (const kind of ['dense', 'convolution'] as const) {
      for (const rule of ALL_RULES) {
        const network = randomChain(5, { kind, hasBias: true });
        const row = randomRow(5, network.inputCount);
        const before = structuredClone({ network, row, answer: forwardNetwork(network, row).output });
        const request = {
          members: [network],
          readout: onlyAt(network.outputCount, 0, 1),
          row,
          reference: { name: 'zeros', row: new Float64Array(row.length) },
          composite: everywhere(network, rule),
          unit: 'logit',
        };
        const first = explain(request, permission);
        deepStrictEqual(explain(request, permission), first);
        deepStrictEqual({ network, row, answer: forwardNetwork(network, row).output }, before);
      }
    }
  },
  twins: {
    'a clamp of the weights in place': (request, permission) => {
      for (const { layers } of request.members) {
        for (const layer of layers) {
          if (layer.kind === 'dense')
            layer.kernel.forEach((w, i) => {
              layer.kernel[i] = Math.max(0, w);
            });
        }
      }
      return layerWiseRelevance(request, permission);
    },
    'a row that is centred in place': (request, permission) => {
      request.row[0]! += 1e-3;
      return layerWiseRelevance(request, permission);
    },
    'another answer at every call': (() => {
      let calls = 0;
      return (request, permission) => {
        calls += 1;
        const found = layerWiseRelevance(request, permission);
        const values = found.attribution.values.map((value) => value + 1e-9 * calls);
        return { ...found, attribution: { ...found.attribution, values } };
      };
    })(),
  },
});

export const LAWS: readonly Law[] = [equivariance, gammaLimit, unrolling, zeroSafe, untouched];
