import { deepStrictEqual, ok } from 'node:assert/strict';
import fc from 'fast-check';
import { permitLayerWiseRelevance } from '../../../core/explain/relevance/availability.ts';
import type { Composite, LayerRule } from '../../../core/explain/relevance/composite.ts';
import { layerWiseRelevance } from '../../../core/explain/relevance/layer-wise-relevance.ts';
import { propagateRelevance } from '../../../core/explain/relevance/propagate-relevance.ts';
import type { WeightedSumRule } from '../../../core/explain/relevance/relevance-rule.ts';
import { forwardNetwork } from '../../../core/networks/forward-network.ts';
import { inputGradient } from '../../../core/networks/input-gradient.ts';
import {
  buildNetwork,
  type ConvolutionLayer,
  type DenseLayer,
  type Network,
} from '../../../core/networks/network.ts';
import { recordNetwork } from '../../../core/networks/network-tape.ts';
import { defineLaw, type Law } from '../law.ts';
import { randomChain, randomRow } from '../random-chain-network.ts';
import { writtenNetwork } from '../written-network.ts';
import { onlyAt, sumOf } from '../written-relevance.ts';

type Propagate = typeof propagateRelevance;

const isParametric = ({ kind }: { kind: string }) => kind === 'dense' || kind === 'conv1d';

/** Rules for a chain: one for the input layer, one for all between, one for the output layer. */
function chainRules(network: Network, first: LayerRule, middle: LayerRule, last: LayerRule): Composite {
  const count = network.layers.filter(isParametric).length;
  const rules = Array.from({ length: count }, (_, i) => (i === 0 ? first : i === count - 1 ? last : middle));
  return { rules };
}

const everywhere = (network: Network, rule: LayerRule): Composite => chainRules(network, rule, rule, rule);

/** With a reference of zeros and the start at one logit. */
function ofLogit(
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

const largest = (values: Iterable<number>): number =>
  Array.from(values).reduce((top, value) => Math.max(top, Math.abs(value)), 0);

function checkClose(
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
const changed =
  (change: (inputs: Float64Array, start: Float64Array) => Float64Array): Propagate =>
  (network, row, start, settings) => {
    const found = propagateRelevance(network, row, start, settings);
    return { ...found, inputs: change(found.inputs, start) };
  };

/** Same call under another composite. */
const withRule =
  (rule: LayerRule): Propagate =>
  (network, row, start, settings) =>
    propagateRelevance(network, row, start, { ...settings, composite: everywhere(network, rule) });

const EPSILON: WeightedSumRule = { rule: 'epsilon', epsilon: 1e-9 };
const GAMMA: WeightedSumRule = { rule: 'gamma', gamma: 0.25 };
const BOX: WeightedSumRule = { rule: 'z-box', low: -6, high: 6 };
const INPUT_RULES: readonly WeightedSumRule[] = [EPSILON, GAMMA, { rule: 'z-plus' }, BOX, { rule: 'flat' }];
const INNER_RULES: readonly WeightedSumRule[] = [EPSILON, GAMMA, { rule: 'z-plus' }];
const ALL_RULES: readonly WeightedSumRule[] = [
  ...INPUT_RULES,
  { rule: 'alpha-beta', alpha: 2, beta: 1 },
  { rule: 'w-square' },
];

const seeds = fc.integer({ min: 0, max: 1_000_000 });
const kinds = fc.constantFrom('dense' as const, 'convolution' as const);

/** No active unit so near its kink that an epsilon of 1e-9 would show in a relative 1e-6. */
function isAwayFromDead(network: Network, row: Float64Array): boolean {
  const { preActivations } = recordNetwork(network, row);
  const isNear = (value: number) => Math.abs(value) < 0.01;
  return network.layers.every((layer, i) => !isParametric(layer) || !preActivations[i]!.some(isNear));
}

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
          for (const sum of sums)
            ok(Math.abs(sum - total) <= 1e-6 * Math.max(1, Math.abs(total)), `${sum}, not ${total}`);
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
    fc.assert(
      fc.property(seeds, kinds, fc.constantFrom(...ALL_RULES), (seed, kind, rule) => {
        const network = randomChain(seed, { kind, hasBias: true });
        const row = randomRow(seed, network.inputCount);
        const settings = { composite: everywhere(network, rule), reference: new Float64Array(row.length) };
        const start = randomRow(seed + 1, network.outputCount);
        const own = propagate(network, row, start, settings).inputs;
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
  },
  twins: {
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
        checkClose(
          both,
          a.map((value, j) => value - b[j]!),
          1e-9,
          'margin',
        );
      }),
      { seed: 35, numRuns: 80, endOnFailure: true },
    );
  },
  twins: {
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

function permuted<Values extends Float64Array>(values: Values, order: readonly number[]): Float64Array {
  return Float64Array.from(order, (from) => values[from]!);
}

const equivariance = defineLaw<Propagate>({
  id: 'lrp.permutation_equivariance',
  subject: propagateRelevance,
  check(propagate) {
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
      }),
      { seed: 36, numRuns: 100, endOnFailure: true },
    );
  },
  twins: {
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

export const LAWS: readonly Law[] = [
  conservation,
  ledger,
  gradientTimesInput,
  homogeneity,
  additivity,
  equivariance,
  gammaLimit,
  unrolling,
  zeroSafe,
  untouched,
];
