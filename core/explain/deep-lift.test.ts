import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Activation } from '../networks/activation.ts';
import { inputGradient } from '../networks/input-gradient.ts';
import { layerPreActivation } from '../networks/layer-forward.ts';
import {
  buildNetwork,
  type DenseLayer,
  type Network,
  type NetworkLayer,
  sizeOf,
} from '../networks/network.ts';
import { recordNetwork } from '../networks/network-tape.ts';
import { sequenceWindow } from '../networks/sequence-window.ts';
import { randomStream } from '../numerics/random-stream.ts';
import type { Background } from './coalition-background.ts';
import { deepLift, deepShap } from './deep-lift.ts';
import { DeepLiftRefusal } from './deep-lift-layer.ts';
import { deepLiftMultipliers } from './deep-lift-multipliers.ts';

const row = (...values: number[]) => Float64Array.from(values);
const normals = (length: number, name: string, seed: number) => {
  const stream = randomStream('deep-lift', name, seed);
  return Float64Array.from({ length }, () => stream.normal());
};

function dense(
  name: string,
  source: number,
  inputCount: number,
  outputCount: number,
  activation: Activation,
  seed: number,
): DenseLayer {
  return {
    kind: 'dense',
    name,
    sources: [source],
    outputShape: [outputCount],
    activation,
    inputCount,
    outputCount,
    kernel: normals(inputCount * outputCount, `${name}/kernel`, seed),
    bias: normals(outputCount, `${name}/bias`, seed),
  };
}

/** Trace [8, 2] and three features through every kind of layer that the rule knows. */
function graph(seed: number): Network {
  const window = sequenceWindow(8, 3, 1, 'same');
  const pooled = sequenceWindow(8, 3, 2, 'same');
  const halved = sequenceWindow(4, 2, 2, 'valid');
  const convolution = { kind: 'conv1d', activation: 'relu', window, inputCount: 2, outputCount: 3 } as const;
  const layers: NetworkLayer[] = [
    {
      kind: 'affine',
      name: 'scaled',
      sources: [0],
      outputShape: [8, 2],
      scale: row(2, -0.5),
      offset: row(1, 3),
    },
    {
      ...convolution,
      name: 'conv',
      sources: [2],
      outputShape: [8, 3],
      kernel: normals(18, 'conv/kernel', seed),
      bias: normals(3, 'conv/bias', seed),
    },
    { kind: 'max-pooling1d', name: 'top', sources: [3], outputShape: [4, 3], window: pooled, channels: 3 },
    {
      kind: 'average-pooling1d',
      name: 'halved',
      sources: [4],
      outputShape: [2, 3],
      window: halved,
      channels: 3,
    },
    { kind: 'global-average-pooling1d', name: 'mean', sources: [5], outputShape: [3], steps: 2, channels: 3 },
    { kind: 'concatenate', name: 'joined', sources: [6, 1], outputShape: [6], widths: [3, 3] },
    dense('level', 7, 6, 4, 'tanh', seed),
    dense('share', 7, 6, 4, 'sigmoid', seed),
    { kind: 'multiply', name: 'held', sources: [8, 9], outputShape: [4] },
    { kind: 'repeat-vector', name: 'again', sources: [10], outputShape: [3, 4], steps: 3 },
    { kind: 'activation', name: 'soft', sources: [11], outputShape: [3, 4], activation: 'softplus' },
    { kind: 'reshape', name: 'flat', sources: [12], outputShape: [12] },
    dense('head', 13, 12, 2, 'linear', seed),
  ];
  return buildNetwork(
    [
      { name: 'trace', shape: [8, 2] },
      { name: 'features', shape: [3] },
    ],
    layers,
  );
}

/**
 * The rules once more, forwards and with whole matrices: multipliers of every slot by every input, a layer's own
 * matrix found by asking it for unit vectors. Rows are numbers of the slot, columns inputs.
 */
function slowMultipliers(
  network: Network,
  x: Float64Array,
  b: Float64Array,
  readout: Float64Array,
): number[] {
  const at = recordNetwork(network, x);
  const before = recordNetwork(network, b);
  const bySlot: number[][][] = [];
  let start = 0;
  for (const { shape } of network.inputs) {
    const first = start;
    bySlot.push(
      Array.from({ length: sizeOf(shape) }, (_, i) =>
        Array.from({ length: network.inputCount }, (_, column) => (column === first + i ? 1 : 0)),
      ),
    );
    start += sizeOf(shape);
  }
  for (const [index, layer] of network.layers.entries()) {
    const values = layer.sources.map((source) => at.slots[source]!);
    const references = layer.sources.map((source) => before.slots[source]!);
    const answers = at.slots[network.inputs.length + index]!;
    const own = Array.from(answers, () => new Array<number>(network.inputCount).fill(0));
    for (const [s, source] of layer.sources.entries()) {
      for (const [i, value] of values[s]!.entries()) {
        const local = localMultipliers(layer, values, references, s, i, value);
        for (const [k, multiplier] of local.entries()) {
          if (multiplier === 0) continue;
          for (const [column, known] of bySlot[source]![i]!.entries()) own[k]![column]! += multiplier * known;
        }
      }
    }
    if ('activation' in layer) {
      for (const [k, answer] of answers.entries()) {
        const change = answer - before.slots[network.inputs.length + index]![k]!;
        const from = at.preActivations[index]![k]! - before.preActivations[index]![k]!;
        own[k] = own[k]!.map((multiplier) => (from === 0 ? 0 : (multiplier * change) / from));
      }
    }
    bySlot.push(own);
  }
  const last = bySlot.at(-1)!;
  return Array.from({ length: network.inputCount }, (_, column) =>
    last.reduce((sum, multipliers, k) => sum + readout[k]! * multipliers[column]!, 0),
  );
}

function localMultipliers(
  layer: NetworkLayer,
  values: Float64Array[],
  references: Float64Array[],
  s: number,
  i: number,
  value: number,
): number[] {
  if (layer.kind === 'multiply') {
    const other = (values[1 - s]![i]! + references[1 - s]![i]!) / 2;
    return Array.from(values[0]!, (_, k) => (k === i ? other : 0));
  }
  if (layer.kind === 'max-pooling1d') {
    const difference = value - references[s]![i]!;
    return Array.from({ length: sizeOf(layer.outputShape) }, (_, k) => {
      const [step, channel] = [Math.floor(k / layer.channels), k % layer.channels];
      const first = step * layer.window.stride - layer.window.padBefore;
      const members = Array.from(
        { length: layer.window.size },
        (_, tap) => (first + tap) * layer.channels + channel,
      ).filter((member) => member >= 0 && member < values[0]!.length);
      const winner = (of: Float64Array) =>
        members.reduce((best, member) => (of[member]! > of[best]! ? member : best));
      const [top, bottom] = [values[0]![winner(values[0]!)]!, references[0]![winner(references[0]!)]!];
      const larger = Math.max(top, bottom);
      let change = 0;
      if (winner(values[0]!) === i) change += larger - bottom;
      if (winner(references[0]!) === i) change += top - larger;
      return difference === 0 ? 0 : change / difference;
    });
  }
  const unit = values.map((each, other) => each.map((_, j) => (other === s && j === i ? 1 : 0)));
  const none = values.map((each) => each.map(() => 0));
  const [one, zero] = [layerPreActivation(layer, unit), layerPreActivation(layer, none)];
  return Array.from(one, (each, k) => each - zero[k]!);
}

const readoutOf = (seed: number) => normals(2, 'readout', seed);
const model = (...members: Network[]) => ({ members, readout: row(1, -0.5), unit: 'logit' });
const seeds = fc.integer({ min: 0, max: 1e6 });

describe('DeepLIFT by the Rescale rule', () => {
  it('equals the rules worked out forwards with whole matrices', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const network = graph(seed);
        const [x, b] = [normals(19, 'x', seed), normals(19, 'b', seed)];
        const expected = slowMultipliers(network, x, b, readoutOf(seed));
        const multipliers = deepLiftMultipliers(network, x, b, readoutOf(seed));
        for (const [i, value] of multipliers.entries()) {
          expect(Math.abs(value - expected[i]!)).toBeLessThan(1e-10 * Math.max(1, Math.abs(expected[i]!)));
        }
      }),
      { seed: 9, numRuns: 25 },
    );
  });
  it('adds up to the difference of the outputs, which gradient times difference does not (broken twin)', () => {
    let largestTwinGap = 0;
    fc.assert(
      fc.property(seeds, fc.integer({ min: 0, max: 19 }), (seed, equal) => {
        const network = graph(seed);
        const [x, b] = [normals(19, 'x', seed), normals(19, 'b', seed)];
        // Some inputs alike: ratios of nothing by nothing.
        for (let i = 0; i < equal; i += 1) b[i] = x[i]!;
        const { values, residual, output, referenceOutput } = deepLift(model(network), x, {
          name: 'b',
          row: b,
        });
        expect(Math.abs(residual)).toBeLessThan(1e-10);
        for (let i = 0; i < equal; i += 1) expect(values[i]! === 0).toBe(true);
        const { gradient } = inputGradient(network, x, row(1, -0.5));
        const sum = gradient.reduce((total, slope, i) => total + slope * (x[i]! - b[i]!), 0);
        largestTwinGap = Math.max(largestTwinGap, Math.abs(output - referenceOutput - sum));
      }),
      { seed: 10, numRuns: 40 },
    );
    expect(largestTwinGap).toBeGreaterThan(0.1);
  });
  it('sees through saturation and does not jump at a threshold, as its paper shows', () => {
    const relu = (kernel: Float64Array, bias: number): DenseLayer => ({
      ...dense('relu', 0, kernel.length, 1, 'relu', 1),
      kernel,
      bias: row(bias),
    });
    const inputs = (length: number) => [{ name: 'input', shape: [length] }];
    const head: DenseLayer = { ...dense('head', 1, 1, 1, 'linear', 1), kernel: row(-1), bias: row(1) };
    const saturated = {
      members: [buildNetwork(inputs(2), [relu(row(-1, -1), 1), head])],
      readout: row(1),
      unit: 'x',
    };
    const { values } = deepLift(saturated, row(1, 1), { name: 'zeros', row: row(0, 0) });
    expect([...values]).toEqual([0.5, 0.5]);
    const threshold = { members: [buildNetwork(inputs(1), [relu(row(1), -10)])], readout: row(1), unit: 'x' };
    const above = deepLift(threshold, row(10.25), { name: 'zeros', row: row(0) });
    expect(above.values[0]!).toBeCloseTo(0.25, 12);
  });
  it('averages the members of an ensemble', () => {
    const [x, b] = [normals(19, 'x', 1), { name: 'b', row: normals(19, 'b', 1) }];
    const [one, two] = [deepLift(model(graph(1)), x, b), deepLift(model(graph(2)), x, b)];
    const both = deepLift(model(graph(1), graph(2)), x, b, { shape: [19, 1] });
    for (const [i, value] of both.values.entries()) {
      expect(value).toBeCloseTo((one.values[i]! + two.values[i]!) / 2, 12);
    }
    expect([both.shape, both.unit, both.method]).toEqual([[19, 1], 'logit', 'deep-lift']);
    expect(Math.abs(both.residual)).toBeLessThan(1e-10);
  });
});

describe('DeepSHAP', () => {
  const rows = [1, 2, 3].map((seed) => normals(19, 'background', seed));
  const background: Background = { name: 'three people', rows };
  it('is the mean of DeepLIFT over the background, against its mean output', () => {
    const x = normals(19, 'x', 4);
    const all = rows.map((each) => deepLift(model(graph(4)), x, { name: 'b', row: each }));
    const shap = deepShap(model(graph(4)), x, background);
    for (const [i, value] of shap.values.entries()) {
      expect(value).toBeCloseTo(
        all.reduce((sum, { values }) => sum + values[i]! / 3, 0),
        12,
      );
    }
    expect(shap.referenceOutput).toBeCloseTo(
      all.reduce((sum, each) => sum + each.referenceOutput / 3, 0),
      12,
    );
    expect(Math.abs(shap.residual)).toBeLessThan(1e-10);
    expect(shap.parameters).toEqual({ rule: 'rescale', backgroundRows: 3 });
  });
  it('refuses an empty background and rows that do not fit', () => {
    const x = normals(19, 'x', 4);
    expect(() => deepShap(model(graph(4)), x, { ...background, rows: [] })).toThrow(/needs a row/);
    expect(() => deepShap(model(graph(4)), x, { ...background, rows: [row(1)] })).toThrow(RangeError);
    expect(() => deepShap(model(graph(4)), x, { ...background, name: '' })).toThrow(/name/);
  });
});

describe('refusals', () => {
  const inputs = [{ name: 'trace', shape: [2, 1] }];
  const refusalOf = (...layers: NetworkLayer[]) => {
    const network = buildNetwork(inputs, layers);
    const readout = new Float64Array(network.outputCount).fill(1);
    try {
      deepLift({ members: [network], readout, unit: 'x' }, row(1, 2), { name: 'zeros', row: row(0, 0) });
    } catch (cause) {
      return cause;
    }
    return null;
  };
  const lstm: NetworkLayer = {
    kind: 'lstm',
    name: 'memory',
    sources: [0],
    outputShape: [1],
    steps: 2,
    units: 1,
    inputCount: 1,
    returnSequences: false,
    goBackwards: false,
    recurrentActivation: 'sigmoid',
    kernel: row(1, 1, 1, 1),
    recurrentKernel: row(1, 1, 1, 1),
    bias: row(0, 0, 0, 0),
  };
  const flat: NetworkLayer = { kind: 'reshape', name: 'flat', sources: [0], outputShape: [2] };
  it('name the layer', () => {
    const refused = refusalOf(lstm);
    expect(refused).toBeInstanceOf(DeepLiftRefusal);
    expect(refused).toMatchObject({ layer: 'memory', message: expect.stringContaining('LSTM') });
    expect(refusalOf(flat, dense('head', 1, 2, 3, 'softmax', 1))).toMatchObject({
      layer: 'head',
      message: expect.stringContaining('logits'),
    });
    const product: NetworkLayer = { kind: 'multiply', name: 'cube', sources: [1, 1, 1], outputShape: [2] };
    expect(refusalOf(flat, product)).toMatchObject({ layer: 'cube', name: 'DeepLiftRefusal' });
    expect(refusalOf(flat, { ...product, sources: [1, 1] })).toBeNull();
  });
  it('are RangeErrors for rows and readouts that do not fit', () => {
    const network = graph(1);
    const x = normals(19, 'x', 1);
    expect(() => deepLiftMultipliers(network, x.slice(1), x, row(1, 1))).toThrow(RangeError);
    expect(() => deepLiftMultipliers(network, x, x.with(2, Number.NaN), row(1, 1))).toThrow(/not finite/);
    expect(() => deepLiftMultipliers(network, x, x, row(1))).toThrow(/2 finite weights/);
    expect(() => deepLift(model(), x, { name: 'b', row: x })).toThrow(/needs a member/);
    expect(() => deepLift(model(network), x, { name: 'b', row: x }, { shape: [3] })).toThrow(/shape/);
  });
});
