import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { forwardNetwork } from '../networks/forward-network.ts';
import { buildNetwork, type Network, type NetworkLayer } from '../networks/network.ts';
import { sequenceWindow } from '../networks/sequence-window.ts';
import { randomStream } from '../numerics/random-stream.ts';
import { type BandQuestion, bandShapley, bandShapleyRun } from './band-shapley.ts';
import { changePlan } from './coalition-change.ts';
import { coalitionForward } from './coalition-forward.ts';
import { finishRun } from './coalition-run.ts';
import { ensembleOutput } from './explained-output.ts';
import { groupShapley } from './group-shapley.ts';

const STEPS = 16;

function weights(seed: number) {
  const stream = randomStream('band-shapley-test', 'weights', seed);
  return (count: number) => Float64Array.from({ length: count }, () => 0.5 * stream.normal());
}

const lstm = (
  seed: number,
  name: string,
  source: number,
  inputCount: number,
  goBackwards: boolean,
  returnSequences: boolean,
): NetworkLayer => {
  const of = weights(seed);
  const units = 3;
  return {
    kind: 'lstm',
    name,
    sources: [source],
    outputShape: returnSequences ? [STEPS, units] : [units],
    steps: STEPS,
    units,
    inputCount,
    goBackwards,
    returnSequences,
    recurrentActivation: 'sigmoid',
    kernel: of(inputCount * 12),
    recurrentKernel: of(36),
    bias: of(12),
  };
};

/** A trace of two channels and three features that stand at every step; recurrent both ways, then every other layer. */
function mixedNetwork(seed: number): Network {
  const of = weights(seed);
  const same = sequenceWindow(STEPS, 3, 2, 'same');
  const pool = sequenceWindow(8, 3, 2, 'same');
  const mean = sequenceWindow(4, 2, 1, 'valid');
  return buildNetwork(
    [
      { name: 'features', shape: [3] },
      { name: 'trace', shape: [STEPS, 2] },
    ],
    [
      { kind: 'repeat-vector', name: 'repeat', sources: [0], outputShape: [STEPS, 3], steps: STEPS },
      { kind: 'concatenate', name: 'both', sources: [1, 2], outputShape: [STEPS, 5], widths: [2, 3] },
      lstm(seed + 1, 'forward', 3, 5, false, true),
      lstm(seed + 2, 'backward', 1, 2, true, true),
      { kind: 'multiply', name: 'product', sources: [4, 5], outputShape: [STEPS, 3] },
      { kind: 'affine', name: 'scaled', sources: [6], outputShape: [STEPS, 3], scale: of(3), offset: of(3) },
      {
        kind: 'dense',
        name: 'per-step',
        sources: [7],
        outputShape: [STEPS, 4],
        activation: 'tanh',
        inputCount: 3,
        outputCount: 4,
        kernel: of(12),
        bias: of(4),
      },
      {
        kind: 'conv1d',
        name: 'convolution',
        sources: [8],
        outputShape: [8, 4],
        activation: 'relu',
        window: same,
        inputCount: 4,
        outputCount: 4,
        kernel: of(48),
        bias: of(4),
      },
      { kind: 'activation', name: 'soft', sources: [9], outputShape: [8, 4], activation: 'softplus' },
      { kind: 'max-pooling1d', name: 'max', sources: [10], outputShape: [4, 4], window: pool, channels: 4 },
      {
        kind: 'average-pooling1d',
        name: 'average',
        sources: [11],
        outputShape: [3, 4],
        window: mean,
        channels: 4,
      },
      { kind: 'reshape', name: 'flat', sources: [12], outputShape: [12] },
      {
        kind: 'global-average-pooling1d',
        name: 'mean',
        sources: [8],
        outputShape: [4],
        steps: STEPS,
        channels: 4,
      },
      lstm(seed + 3, 'last', 8, 4, false, false),
      lstm(seed + 4, 'first', 8, 4, true, false),
      {
        kind: 'concatenate',
        name: 'all',
        sources: [13, 14, 15, 16, 0],
        outputShape: [25],
        widths: [12, 4, 3, 3, 3],
      },
      {
        kind: 'dense',
        name: 'head',
        sources: [17],
        outputShape: [2],
        activation: 'softmax',
        inputCount: 25,
        outputCount: 2,
        kernel: of(50),
        bias: of(2),
      },
    ],
  );
}

const INPUTS = 3 + STEPS * 2;
const traceRows = fc
  .array(fc.double({ min: -2, max: 2, noNaN: true }), { minLength: INPUTS, maxLength: INPUTS })
  .map((values) => Float64Array.from(values));

/** Bands of the trace, the features as one more group, or anything at all. */
const groupings = fc.oneof(
  fc.constantFrom(2, 4, 8).map((count) =>
    Array.from({ length: count }, (_, k) => ({
      name: `band ${k}`,
      columns: Array.from({ length: (STEPS * 2) / count }, (_, i) => 3 + (k * STEPS * 2) / count + i),
    })),
  ),
  fc.array(fc.nat({ max: 4 }), { minLength: INPUTS, maxLength: INPUTS }).map((numbers) =>
    [...new Set(numbers)].map((group) => ({
      name: `group ${group}`,
      columns: numbers.flatMap((each, column) => (each === group ? [column] : [])),
    })),
  ),
);

const questionOf = (parts: Partial<BandQuestion> = {}): BandQuestion => ({
  members: [mixedNetwork(10), mixedNetwork(20)],
  readout: Float64Array.of(1, -1),
  unit: 'logit',
  row: new Float64Array(INPUTS).fill(1),
  compared: { name: 'nothing', row: new Float64Array(INPUTS) },
  bands: [
    { name: 'features', columns: [0, 1, 2] },
    { name: 'trace', columns: Array.from({ length: STEPS * 2 }, (_, i) => 3 + i) },
  ],
  ...parts,
});

describe('Shapley values of bands', () => {
  it('are those of a fresh pass a coalition, whatever the network and the groups', () => {
    fc.assert(
      fc.property(
        traceRows,
        fc.array(traceRows, { minLength: 1, maxLength: 2 }),
        groupings,
        fc.nat(99),
        (row, rows, bands, seed) => {
          const members = [mixedNetwork(10 * seed), mixedNetwork(10 * seed + 5)];
          const readout = Float64Array.of(1, -1);
          const compared = { name: 'background', rows };
          const byBands = bandShapley({ members, readout, unit: 'logit', row, compared, bands });
          const plain = groupShapley(ensembleOutput(members, readout, 'logit'), row, compared, bands);
          // Means over members and rows are added up in another order.
          plain.coalitions.forEach((output, mask) => {
            expect(Math.abs(byBands.coalitions[mask]! - output)).toBeLessThan(1e-14);
          });
          plain.attribution.values.forEach((value, band) => {
            expect(Math.abs(byBands.attribution.values[band]! - value)).toBeLessThan(1e-13);
            const mean = byBands.memberValues.reduce((sum, values) => sum + values[band]! / 2, 0);
            expect(Math.abs(mean - value)).toBeLessThan(1e-13);
          });
          expect({ ...byBands.attribution, values: 0, residual: 0 }).toEqual({
            ...plain.attribution,
            values: 0,
            residual: 0,
          });
        },
      ),
      { seed: 5, numRuns: 12 },
    );
  });
  it('gives each member its own values', () => {
    const question = questionOf();
    const { memberValues } = bandShapley(question);
    for (const [m, member] of question.members.entries()) {
      expect(memberValues[m]).toEqual(bandShapley({ ...question, members: [member] }).attribution.values);
    }
  });
  it('steps once a coalition and member', () => {
    const seen = [...bandShapleyRun(questionOf())];
    expect(seen.length).toBe(2 * 4);
    expect(seen.at(-1)).toEqual({ done: 8, total: 8 });
  });
  it.each<[string, Partial<BandQuestion>]>([
    ['no member', { members: [] }],
    ['a readout of another length', { readout: Float64Array.of(1) }],
    ['a short row', { row: new Float64Array(3) }],
    ['no band', { bands: [] }],
    ['a column outside', { bands: [{ name: 'x', columns: [INPUTS] }] }],
    ['13 bands', { bands: Array.from({ length: 13 }, (_, i) => ({ name: `${i}`, columns: [i] })) }],
    ['a reference without a name', { compared: { name: '', row: new Float64Array(INPUTS) } }],
  ])('refuses %s at once', (_name, parts) => {
    expect(() => bandShapleyRun(questionOf(parts))).toThrow(RangeError);
    expect(() => bandShapley(questionOf(parts))).toThrow(RangeError);
  });
  it('refuses a network that overflows', () => {
    const kernel = Float64Array.of(1e300, 1e300);
    const huge = buildNetwork(
      [{ name: 'in', shape: [2] }],
      [
        {
          kind: 'dense',
          name: 'out',
          sources: [0],
          outputShape: [1],
          activation: 'linear',
          inputCount: 2,
          outputCount: 1,
          kernel,
          bias: Float64Array.of(0),
        },
      ],
    );
    const run = bandShapleyRun({
      members: [huge],
      readout: Float64Array.of(1e300),
      unit: 'logit',
      row: Float64Array.of(1, 1),
      compared: { name: 'nothing', row: new Float64Array(2) },
      bands: [{ name: 'all', columns: [0, 1] }],
    });
    expect(() => finishRun(run)).toThrow(RangeError);
  });
});

describe('a pass that computes again what a change reaches', () => {
  it('equals a fresh pass to the last bit after any changes', () => {
    fc.assert(
      fc.property(
        traceRows,
        traceRows,
        fc.array(fc.array(fc.nat({ max: INPUTS - 1 }), { minLength: 1, maxLength: 5 }), {
          minLength: 1,
          maxLength: 6,
        }),
        (row, other, changes) => {
          const network = mixedNetwork(1);
          const pass = coalitionForward(network, row);
          const own = row.slice();
          for (const columns of changes) {
            for (const column of columns) own[column] = other[column]!;
            pass.change(changePlan(network, columns), other);
            expect(pass.output).toEqual(forwardNetwork(network, own).output);
          }
        },
      ),
      { seed: 6, numRuns: 25 },
    );
  });
  it('costs less the later a band is, and a band reaches only its margins of a convolution', () => {
    const recurrent = buildNetwork(
      [{ name: 'trace', shape: [STEPS, 2] }],
      [lstm(1, 'only', 0, 2, false, false)],
    );
    const first = changePlan(recurrent, [0, 1]);
    const last = changePlan(recurrent, [2 * STEPS - 1]);
    expect(first.work).toBe(STEPS * last.work);
    const convolution = mixedNetwork(1).layers.find(({ kind }) => kind === 'conv1d')!;
    const alone = buildNetwork([{ name: 'steps', shape: [STEPS, 4] }], [{ ...convolution, sources: [0] }]);
    // Windows of 3 steps at a stride of 2, nothing padded before: step 5 stands in the third only, step 6 in two.
    expect(changePlan(alone, [5 * 4]).spans[1]).toEqual({ from: 2, to: 3 });
    expect(changePlan(alone, [6 * 4]).spans[1]).toEqual({ from: 2, to: 4 });
  });
  it('refuses a column outside of the row and a row that does not fit', () => {
    expect(() => changePlan(mixedNetwork(1), [INPUTS])).toThrow(RangeError);
    expect(() => changePlan(mixedNetwork(1), [-1])).toThrow(RangeError);
    expect(() => coalitionForward(mixedNetwork(1), new Float64Array(3))).toThrow(RangeError);
  });
});
