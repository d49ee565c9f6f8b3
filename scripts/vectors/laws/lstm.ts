import { ok } from 'node:assert/strict';
import { env, tensor, tidy } from '@tensorflow/tfjs-core';
import { sequential, layers as tfjsLayers } from '@tensorflow/tfjs-layers';
import fc from 'fast-check';
import type { Composite, LstmRule } from '../../../core/explain/relevance/composite.ts';
import { propagateRelevance } from '../../../core/explain/relevance/propagate-relevance.ts';
import { startBackend } from '../../../core/learning/backend.ts';
import { forwardNetwork } from '../../../core/networks/forward-network.ts';
import { inputGradient } from '../../../core/networks/input-gradient.ts';
import {
  buildNetwork,
  type DenseLayer,
  type LstmLayer,
  type Network,
} from '../../../core/networks/network.ts';
import { defineLaw, type Law } from '../law.ts';
import { randomLstmChain, randomRow } from '../random-chain-network.ts';
import { onlyAt, sumOf } from '../written-relevance.ts';

type Forward = (network: Network, row: Float64Array) => Float64Array;
type Propagate = typeof propagateRelevance;

const seeds = fc.integer({ min: 0, max: 1_000_000 });

const largest = (values: Iterable<number>): number =>
  Array.from(values).reduce((top, value) => Math.max(top, Math.abs(value)), 0);

const isLstm = (layer: Network['layers'][number]): layer is LstmLayer => layer.kind === 'lstm';

/** Every LSTM of a network changed. */
function withLstms(network: Network, change: (layer: LstmLayer) => LstmLayer): Network {
  return buildNetwork(
    network.inputs,
    network.layers.map((layer) => (isLstm(layer) ? change(layer) : layer)),
  );
}

/** Output of a chain of LSTMs as tfjs computes it, in single precision. */
function tfjsAnswer(network: Network, row: Float64Array): Float64Array {
  const model = sequential();
  for (const [index, layer] of network.layers.filter(isLstm).entries()) {
    model.add(
      tfjsLayers.lstm({
        ...(index === 0 ? { inputShape: [layer.steps, layer.inputCount] } : {}),
        units: layer.units,
        activation: 'tanh',
        recurrentActivation: layer.recurrentActivation === 'sigmoid' ? 'sigmoid' : 'hardSigmoid',
        returnSequences: layer.returnSequences,
        goBackwards: layer.goBackwards,
        // Replaced below; the default start values need operations that are not loaded.
        kernelInitializer: 'zeros',
        recurrentInitializer: 'zeros',
      }),
    );
  }
  for (const [index, layer] of network.layers.filter(isLstm).entries()) {
    const { kernel, recurrentKernel, bias, inputCount, units } = layer;
    tidy(() => {
      model.layers[index]!.setWeights([
        tensor(Array.from(kernel), [inputCount, 4 * units]),
        tensor(Array.from(recurrentKernel), [units, 4 * units]),
        tensor(Array.from(bias), [4 * units]),
      ]);
    });
  }
  const answer = tidy(() => {
    const output = model.predict(tensor(Array.from(row), [1, ...network.inputs[0]!.shape]));
    if (Array.isArray(output)) throw new Error('a chain has one output');
    return output;
  });
  const values = Float64Array.from(answer.dataSync());
  answer.dispose();
  model.dispose();
  return values;
}

const ownForward: Forward = (network, row) => forwardNetwork(network, row).output;

const forward = defineLaw<Forward>({
  id: 'lstm.forward_tfjs',
  subject: ownForward,
  async check(subject) {
    // Else tfjs recommends another package on the terminal.
    env().set('PROD', true);
    await startBackend(null);
    const seen = new Set<string>();
    for (let seed = 0; seed < 24; seed += 1) {
      const layers = 1 + (seed % 2);
      const network = randomLstmChain(seed, { hasBias: true, layers, hasHead: false });
      for (const layer of network.layers.filter(isLstm)) {
        seen.add(layer.recurrentActivation).add(`backwards ${layer.goBackwards}`).add(`layers ${layers}`);
      }
      const row = randomRow(seed, network.inputCount);
      const expected = tfjsAnswer(network, row);
      const actual = subject(network, row);
      ok(actual.length === expected.length, 'another length than tfjs');
      for (const [k, value] of expected.entries()) {
        // tfjs counts in single precision; the law allows 1e-6.
        ok(Math.abs(actual[k]! - value) <= 1e-6, `seed ${seed}: ${actual[k]}, tfjs ${value}`);
      }
    }
    ok(seen.size === 6, `not every kind was drawn: ${[...seen].join(', ')}`);
  },
  twins: {
    'sigmoid gates whatever the layer says': (network, row) =>
      ownForward(
        withLstms(network, (layer) => ({ ...layer, recurrentActivation: 'sigmoid' })),
        row,
      ),
    'always forwards': (network, row) =>
      ownForward(
        withLstms(network, (layer) => ({ ...layer, goBackwards: false })),
        row,
      ),
    'candidate and output gate swapped': (network, row) =>
      ownForward(
        withLstms(network, (layer) => ({ ...layer, bias: swappedBlocks(layer.bias, layer.units) })),
        row,
      ),
  },
});

function swappedBlocks(bias: Float64Array, units: number): Float64Array {
  const swapped = bias.slice();
  swapped.set(bias.subarray(3 * units, 4 * units), 2 * units);
  swapped.set(bias.subarray(2 * units, 3 * units), 3 * units);
  return swapped;
}

/** The same rule and epsilon for the LSTMs and the dense head. */
function compositeOf(network: Network, rule: Omit<LstmRule, 'rule'>): Composite {
  const { epsilon, redistributesBias } = rule;
  return {
    rules: network.layers.map((layer) =>
      isLstm(layer) ? { rule: 'lstm', ...rule } : { rule: 'epsilon', epsilon, redistributesBias },
    ),
  };
}

function ofLogit(propagate: Propagate, network: Network, row: Float64Array, rule: Omit<LstmRule, 'rule'>) {
  const { output } = forwardNetwork(network, row);
  const start = onlyAt(output.length, 0, output[0]!);
  const reference = new Float64Array(row.length);
  return { output, ...propagate(network, row, start, { composite: compositeOf(network, rule), reference }) };
}

/** With the rule of every LSTM changed. */
const withRule =
  (change: Partial<LstmRule>): Propagate =>
  (network, row, start, settings) =>
    propagateRelevance(network, row, start, {
      ...settings,
      composite: {
        ...settings.composite,
        rules: settings.composite.rules.map((rule) => (rule.rule === 'lstm' ? { ...rule, ...change } : rule)),
      },
    });

const sanity = defineLaw<Propagate>({
  id: 'lstm.conservation_sanity',
  subject: propagateRelevance,
  check(propagate) {
    fc.assert(
      fc.property(
        seeds,
        fc.constantFrom('all' as const, 'half' as const, 'abs' as const),
        fc.constantFrom(1, 2),
        (seed, mode, layers) => {
          const network = randomLstmChain(seed, { hasBias: true, layers });
          const row = randomRow(seed, network.inputCount);
          const found = ofLogit(propagate, network, row, { mode, epsilon: 0.001, redistributesBias: true });
          const inside = found.layers.flatMap(({ lstm }) => (lstm ? [lstm] : []));
          const initial = inside.map(
            ({ initialHidden, initialCell }) => sumOf(initialHidden) + sumOf(initialCell),
          );
          const total = sumOf(found.inputs) + sumOf(initial);
          // Half and abs may give a step a hundred times the logit: rounding goes with the largest part.
          const scale = inside.reduce(
            (top, { hidden, cell }) => Math.max(top, largest(hidden), largest(cell)),
            1,
          );
          const error = Math.abs(total - found.output[0]!);
          ok(error <= 1e-9 * scale, `${mode}: ${total}, not ${found.output[0]}`);
        },
      ),
      { seed: 41, numRuns: 150, endOnFailure: true },
    );
  },
  twins: {
    'biases that are not redistributed': withRule({ redistributesBias: false }),
    'initial states forgotten': (...call) => {
      const found = propagateRelevance(...call);
      const without = (lstm: NonNullable<(typeof found.layers)[0]['lstm']>) => ({
        ...lstm,
        initialHidden: new Float64Array(0),
      });
      return {
        ...found,
        layers: found.layers.map((layer) => (layer.lstm ? { ...layer, lstm: without(layer.lstm) } : layer)),
      };
    },
    'the last step only': (network, row, start, settings) => {
      const found = propagateRelevance(network, row, start, settings);
      const channels = network.inputs[0]!.shape[1]!;
      const inputs = found.inputs.map((value, j) => (j < row.length - channels ? 0 : value));
      return { ...found, inputs };
    },
  },
});

const tanhRatio = (z: number) => (z === 0 ? 1 : Math.tanh(z) / z);

/** Ratios tanh(z) / z of an LSTM at a row, frozen with its gates: what is left is linear in the row. */
function frozenLstm(layer: LstmLayer, row: Float64Array): (other: Float64Array) => Float64Array {
  const { units, steps, inputCount, kernel, recurrentKernel, bias } = layer;
  const width = 4 * units;
  const gateOf = (z: number) =>
    layer.recurrentActivation === 'sigmoid'
      ? 1 / (1 + Math.exp(-z))
      : Math.min(1, Math.max(0, 0.2 * z + 0.5));
  const stepOf = (t: number) => (layer.goBackwards ? steps - 1 - t : t);
  const preActivation = (sequence: Float64Array, hidden: Float64Array, t: number, column: number) => {
    let z = bias[column]!;
    for (let i = 0; i < inputCount; i += 1)
      z += sequence[stepOf(t) * inputCount + i]! * kernel[i * width + column]!;
    for (let j = 0; j < units; j += 1) z += hidden[j]! * recurrentKernel[j * width + column]!;
    return z;
  };
  const frozen: { input: number; forget: number; output: number; candidate: number; state: number }[][] = [];
  const run = (sequence: Float64Array, isFreezing: boolean) => {
    let hidden = new Float64Array(units);
    let cell = new Float64Array(units);
    for (let t = 0; t < steps; t += 1) {
      const z = (block: number, k: number) => preActivation(sequence, hidden, t, block * units + k);
      const nextCell = new Float64Array(units);
      const nextHidden = new Float64Array(units);
      if (isFreezing) frozen.push([]);
      for (let k = 0; k < units; k += 1) {
        const candidate = z(2, k);
        if (isFreezing) {
          const [input, forget, output] = [gateOf(z(0, k)), gateOf(z(1, k)), gateOf(z(3, k))];
          const state = forget * cell[k]! + input * Math.tanh(candidate);
          frozen[t]!.push({
            input,
            forget,
            output,
            candidate: tanhRatio(candidate),
            state: tanhRatio(state),
          });
        }
        const held = frozen[t]![k]!;
        nextCell[k] = held.forget * cell[k]! + held.input * held.candidate * candidate;
        nextHidden[k] = held.output * held.state * nextCell[k]!;
      }
      cell = nextCell;
      hidden = nextHidden;
    }
    return hidden;
  };
  run(row, true);
  return (other) => run(other, false);
}

const frozenGate = defineLaw<Propagate>({
  id: 'lstm.eps0_frozen_gate',
  subject: propagateRelevance,
  check(propagate) {
    fc.assert(
      fc.property(seeds, (seed) => {
        const network = randomLstmChain(seed, { hasBias: true, layers: 1 });
        const [layer, head] = network.layers as [LstmLayer, DenseLayer];
        const row = randomRow(seed, network.inputCount);
        const found = ofLogit(propagate, network, row, { mode: 'all', epsilon: 0, redistributesBias: false });
        const answerAt = frozenLstm(layer, row);
        const logitAt = (at: Float64Array) =>
          answerAt(at).reduce(
            (sum, value, j) => sum + value * head.kernel[j * head.outputCount]!,
            head.bias[0]!,
          );
        const own = logitAt(row);
        // Linear: a difference over any step is exact. Taking an input away is a step of minus its value.
        const expected = row.map((_, j) => own - logitAt(row.with(j, 0)));
        const scale = Math.max(1, largest(expected), largest(found.layers[0]!.lstm!.cell));
        for (const [j, value] of expected.entries()) {
          const error = Math.abs(found.inputs[j]! - value);
          ok(error <= 1e-8 * scale, `entry ${j}: ${found.inputs[j]}, not ${value}`);
        }
      }),
      { seed: 42, numRuns: 150, endOnFailure: true },
    );
  },
  twins: {
    'half to the gate': withRule({ mode: 'half' }),
    'an epsilon of 1e-3': withRule({ epsilon: 1e-3 }),
    'gradient times input, gates included': (network, row, start, settings) => {
      const { gradient } = inputGradient(
        network,
        row,
        start.map((value) => (value === 0 ? 0 : 1)),
      );
      const inputs = gradient.map((slope, j) => slope * row[j]!);
      return { ...propagateRelevance(network, row, start, settings), inputs };
    },
  },
});

/** Relevance for the answer after one step of a sequence. */
type OfStep = (layer: Network, row: Float64Array, step: number) => Float64Array;

const relevanceOfStep: OfStep = (network, row, step) => {
  const { units } = network.layers[0] as LstmLayer;
  const { output } = forwardNetwork(network, row);
  const start = output.map((value, at) => (Math.floor(at / units) === step ? value : 0));
  const composite = compositeOf(network, { mode: 'all', epsilon: 1e-3, redistributesBias: false });
  const settings = { composite, reference: new Float64Array(row.length) };
  return propagateRelevance(network, row, start, settings).inputs;
};

const causality = defineLaw<OfStep>({
  id: 'lstm.causality',
  subject: relevanceOfStep,
  check(subject) {
    let alive = 0;
    fc.assert(
      fc.property(seeds, fc.double({ min: 0, max: 0.999, noNaN: true }), (seed, place) => {
        const network = randomLstmChain(seed, {
          hasBias: true,
          layers: 1,
          returnsSequence: true,
          hasHead: false,
        });
        const { steps, inputCount } = network.layers[0] as LstmLayer;
        const row = randomRow(seed, network.inputCount);
        const step = Math.floor(place * (steps - 1));
        const own = subject(network, row, step);
        const later = (step + 1) * inputCount;
        const other = row.map((value, at) => (at < later ? value : 5 - 2 * value));
        const found = subject(network, other, step);
        if (own.some((value) => value !== 0)) alive += 1;
        for (const [at, value] of own.entries()) {
          ok(Math.abs(found[at]! - value) <= 1e-12, `entry ${at} follows a later step`);
          ok(at < later || value === 0, `entry ${at} comes after the step and has relevance`);
        }
      }),
      { seed: 43, numRuns: 100, endOnFailure: true },
    );
    // A closed gate may let nothing through.
    ok(alive > 80, `relevance at only ${alive} steps`);
  },
  twins: {
    'the sequence read from its end': (network, row, step) =>
      relevanceOfStep(
        withLstms(network, (layer) => ({ ...layer, goBackwards: true })),
        row,
        step,
      ),
    'no relevance at all': (_network, row) => new Float64Array(row.length),
    'shares of all steps': (network, row, step) => {
      const { steps } = network.layers[0] as LstmLayer;
      const all = Array.from({ length: steps }, (_, t) => relevanceOfStep(network, row, t));
      return all[step]!.map((_, at) => sumOf(all.map((values) => values[at]!)) / steps);
    },
  },
});

export const LAWS: readonly Law[] = [forward, sanity, frozenGate, causality];
