import * as z from 'zod';
import type { Composite, LstmRule } from '../../../core/explain/relevance/composite.ts';
import { GATE_MODES } from '../../../core/explain/relevance/gate-share.ts';
import { recordLstm } from '../../../core/explain/relevance/lstm-record.ts';
import { inputGradient } from '../../../core/networks/input-gradient.ts';
import { buildNetwork, type LstmLayer, type Network } from '../../../core/networks/network.ts';
import type { Comparison } from '../comparison.ts';
import { unknownCase, type VectorRunner } from '../runner.ts';
import type { VectorCase } from '../vector-file.ts';
import { flatNumbers, writtenNetwork } from '../written-network.ts';
import { onlyAt, present, relevanceOfLogit, sumOf } from '../written-relevance.ts';

type Shape = [steps: number, channels: number];
type Relevance = ReturnType<typeof relevanceOfLogit>;

/** Chains of LSTMs, with or without a mean over time, and two that read the sequence in both directions. */
export const run: VectorRunner = (vector) => {
  if (!vector.input || !vector.dense) return unknownCase(vector);
  const row = flatNumbers(vector.input);
  const steps = z.array(z.unknown()).parse(vector.input).length;
  const shape: Shape = [steps, row.length / steps];
  const network = vector.lstmForward ? bothDirections(vector, shape) : chain(vector, shape);
  const target = z.int().parse(vector.target);
  const found = relevanceOfLogit(network, row, target, compositeOf(vector, network));
  const lstms = network.layers.flatMap((layer, index) =>
    layer.kind === 'lstm'
      ? [{ layer, values: found.layers[index]!.values, inside: found.layers[index]!.lstm! }]
      : [],
  );
  const [first] = lstms;
  if (!first) return unknownCase(vector);
  const initial = lstms.map(({ inside }) => sumOf(inside.initialHidden) + sumOf(inside.initialCell));
  const sumInputs = sumOf(found.inputs);
  const sumAll = sumInputs + sumOf(initial);
  const absorbed = sumOf(found.layers.map(({ bias, stabiliser }) => bias + stabiliser));
  const pool = found.layers.find((_, i) => network.layers[i]!.kind === 'global-average-pooling1d');
  const readout = onlyAt(network.outputCount, target, 1);
  const gradient = inputGradient(network, row, readout).gradient;
  const comparisons: Comparison[] = [
    ...present(vector, {
      output: found.output,
      relevanceOutput: found.start,
      relevance_hT: first.layer.returnSequences ? undefined : first.values,
      expected: found.inputs,
      relevance_h0: first.inside.initialHidden,
      relevance_c0: first.inside.initialCell,
      relevancePerStep: stepSums(found.inputs, shape),
      relevancePooled: pool?.values,
      relevance_h_seq: first.values,
      relevance_h1_seq: first.values,
      sumInputs,
      sumAll,
      leak: sumOf(found.start) - sumAll,
      gradient,
      gradientXinput: gradient.map((slope, j) => slope * row[j]!),
      trace: traceOf(vector.trace, first.layer, first.inside),
    }),
    ...forwardOf(vector.forward, first.layer, row),
    {
      what: 'start = inputs + biases + stabilisers',
      expected: sumOf(found.start),
      actual: sumInputs + absorbed,
      // Steps of the mode prop may hold a million times the start: rounding goes with the largest.
      tolerance: {
        abs: 1e-9 * Math.max(1, ...lstms.flatMap(({ inside }) => [...inside.cell].map(Math.abs))),
        rel: 0,
      },
    },
  ];
  if (vector.lstmForward) comparisons.push(...directions(vector, network, found));
  if (vector.invariant !== undefined) {
    if (!String(vector.invariant).includes('sum of input relevances == output')) return unknownCase(vector);
    comparisons.push({ what: 'invariant', expected: found.output[target], actual: sumInputs });
  }
  return comparisons;
};

function compositeOf(vector: VectorCase, network: Network): Composite {
  const epsilon = z.number().parse(vector.eps);
  const redistributesBias = z.boolean().default(false).parse(vector.biasRedistributed);
  const lstm: LstmRule = {
    rule: 'lstm',
    mode: z.enum(GATE_MODES).parse(vector.mode),
    epsilon,
    redistributesBias,
  };
  const weighted = network.layers.filter(({ kind }) => kind === 'lstm' || kind === 'dense');
  const rules = weighted.map(({ kind }) =>
    kind === 'lstm' ? lstm : { rule: 'epsilon' as const, epsilon, redistributesBias },
  );
  return { rules, poolingEpsilon: epsilon };
}

/** lstm or lstm1, lstm2, ...; a mean over time if the case has one; dense. */
function chain(vector: VectorCase, shape: Shape): Network {
  const lstms = vector.lstm
    ? [vector.lstm]
    : Object.keys(vector)
        .filter((key) => /^lstm\d+$/.test(key))
        .sort()
        .map((key) => vector[key]);
  const pool = vector.pool === undefined ? [] : [{ type: 'globalaveragepooling1d' }];
  if (pool.length > 0 && !/^globalAveragePooling1d/i.test(String(vector.pool))) return unknownCase(vector);
  return writtenNetwork([...lstms, ...pool, denseOf(vector)], shape);
}

const Dense = z.object({ kernel: z.array(z.array(z.number())), bias: z.array(z.number()).nullish() });

function denseOf(vector: VectorCase) {
  const { kernel, bias } = Dense.parse(vector.dense);
  return { type: 'dense', kernel, bias: bias ?? kernel[0]!.map(() => 0) };
}

/** Two LSTMs over the same input, their answers side by side. */
function bothDirections(vector: VectorCase, shape: Shape): Network {
  if (!String(vector.mergeMode).startsWith('concat')) return unknownCase(vector);
  const [forward] = writtenNetwork([vector.lstmForward], shape).layers as [LstmLayer];
  const [backward] = writtenNetwork([vector.lstmBackward], shape).layers as [LstmLayer];
  const widths = [forward.units, backward.units];
  const length = forward.units + backward.units;
  const [dense] = writtenNetwork([denseOf(vector)], [length]).layers;
  return buildNetwork(
    [{ name: 'input', shape }],
    [
      { ...forward, name: 'forward' },
      { ...backward, name: 'backward', goBackwards: true },
      { kind: 'concatenate', name: 'both', sources: [1, 2], outputShape: [length], widths },
      { ...dense!, name: 'dense', sources: [3] },
    ],
  );
}

function directions(vector: VectorCase, network: Network, { layers }: Relevance): Comparison[] {
  const [forward, backward] = network.layers as [LstmLayer, LstmLayer];
  const ofForward = layers[0]!.lstm!.input;
  const inReadingOrder = layers[1]!.lstm!.input;
  const { inputCount, steps } = backward;
  const ofBackward = inReadingOrder.map((_, at) => {
    const step = steps - 1 - Math.floor(at / inputCount);
    return inReadingOrder[step * inputCount + (at % inputCount)]!;
  });
  if (forward.goBackwards || !backward.goBackwards) return unknownCase(vector);
  return present(vector, {
    expectedForwardPart: ofForward,
    expectedBackwardPart_inInputOrder: ofBackward,
  });
}

function stepSums(values: Float64Array, [steps, channels]: Shape): number[] {
  return Array.from({ length: steps }, (_, t) => sumOf(values.subarray(t * channels, (t + 1) * channels)));
}

/** Rows [step][unit] of flat values. */
function rowsOf(values: Float64Array, units: number): number[][] {
  return Array.from({ length: values.length / units }, (_, t) =>
    Array.from(values.subarray(t * units, (t + 1) * units)),
  );
}

const Trace = z.array(z.looseObject({ t: z.int() }));

function traceOf(
  written: unknown,
  { units }: LstmLayer,
  inside: NonNullable<Relevance['layers'][0]['lstm']>,
) {
  const steps = Trace.optional().parse(written);
  const [hidden, cell, candidate] = [inside.hidden, inside.cell, inside.candidate].map((values) =>
    rowsOf(values, units),
  );
  return steps?.map(({ t }) => ({
    t,
    Rh_t: hidden![t],
    Rc_t: cell![t],
    Rg_t: candidate![t],
    Rc_prev_from_t: t === 0 ? Array.from(inside.initialCell) : fromNextStep(inside, units, t),
  }));
}

/** The cell before step t gets this from step t, and the rest from its own product with the output gate. */
function fromNextStep(
  { cell, cellFromNext }: { cell: Float64Array; cellFromNext: Float64Array },
  units: number,
  t: number,
) {
  if (cellFromNext.length !== cell.length) throw new Error('an LSTM answers as many cells twice');
  return Array.from(cellFromNext.subarray((t - 1) * units, t * units));
}

const BLOCKS = ['i', 'f', 'c', 'o'];

function forwardOf(written: unknown, layer: LstmLayer, row: Float64Array): Comparison[] {
  if (written === undefined) return [];
  const expected = z.record(z.string(), z.unknown()).parse(written);
  const { units, steps } = layer;
  const record = recordLstm(layer, row);
  const block = (values: Float64Array, at: number) =>
    Array.from({ length: steps }, (_, t) =>
      Array.from(values.subarray((t * 4 + at) * units, (t * 4 + at + 1) * units)),
    );
  const answers: Record<string, unknown> = {
    c: rowsOf(record.cell, units).slice(1),
    h: rowsOf(record.hidden, units).slice(1),
  };
  for (const [at, name] of BLOCKS.entries()) {
    answers[`z${name}`] = block(record.preActivations, at);
    if (name !== 'c') answers[name] = block(record.gates, at);
    else answers.g = block(record.gates, at);
  }
  return Object.keys(expected).map((key) => ({
    what: `forward.${key}`,
    expected: expected[key],
    actual: answers[key],
  }));
}
