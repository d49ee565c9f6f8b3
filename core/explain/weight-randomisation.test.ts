import { describe, expect, it } from 'vitest';
import { forwardNetwork } from '../networks/forward-network.ts';
import { inputGradient } from '../networks/input-gradient.ts';
import { buildNetwork, type Network, type NetworkLayer } from '../networks/network.ts';
import {
  randomisationCascade,
  redrawnWeights,
  weightedLayers,
  withLayerWeights,
} from './weight-randomisation.ts';

const dense = (
  name: string,
  source: number,
  inputs: number,
  kernel: number[],
  bias: number[],
): NetworkLayer => ({
  kind: 'dense',
  name,
  sources: [source],
  outputShape: [bias.length],
  activation: name === 'head' ? 'linear' : 'tanh',
  inputCount: inputs,
  outputCount: bias.length,
  kernel: Float64Array.from(kernel),
  bias: Float64Array.from(bias),
});
const network = buildNetwork(
  [{ name: 'input', shape: [3] }],
  [
    dense('first', 0, 3, [1, -2, 0.5, 1, 2, -1], [0.1, 0]),
    dense('second', 1, 2, [1, 0.5, -1, 2], [0, 0.3]),
    dense('head', 2, 2, [1, -1], [0.2]),
  ],
);
const row = Float64Array.of(0.3, -0.2, 0.9);
const slopes = (each: Network) => inputGradient(each, row, Float64Array.of(1)).gradient;
const redraw = (name: string) => redrawnWeights(network, name, 'seed', 3);

describe('weight randomisation', () => {
  it('goes from the output to the input and keeps what was drawn before', () => {
    const { original, steps } = randomisationCascade(network, slopes, redraw);
    expect(original).toEqual(slopes(network));
    expect(steps.map(({ randomised }) => randomised)).toEqual([
      ['head'],
      ['second', 'head'],
      ['first', 'second', 'head'],
    ]);
    const headOnly = withLayerWeights(network, 'head', redraw('head'));
    expect(steps[0]!.values).toEqual(slopes(headOnly));
    expect(steps[1]!.values).toEqual(slopes(withLayerWeights(headOnly, 'second', redraw('second'))));
  });
  it('leaves the given network as it is', () => {
    const before = forwardNetwork(network, row).output[0];
    randomisationCascade(network, slopes, redraw);
    expect(forwardNetwork(network, row).output[0]).toBe(before);
  });
  it('an explanation that ignores the network stays the same: that is how it is found out', () => {
    const { steps } = randomisationCascade(network, () => row, redraw);
    for (const { similarity } of steps) expect(similarity.cosine).toBeCloseTo(1, 12);
    const real = randomisationCascade(network, slopes, redraw).steps.at(-1)!;
    expect(real.similarity.cosine).toBeLessThan(0.95);
  });
  it('takes only the layers named', () => {
    const { steps } = randomisationCascade(network, slopes, redraw, ['head', 'first']);
    expect(steps.map(({ randomised }) => randomised)).toEqual([['head'], ['first', 'head']]);
  });
  it('draws weights of the old size, the same each time, others for another draw, zero biases as zero', () => {
    const wide = buildNetwork(
      [{ name: 'input', shape: [60] }],
      [dense('head', 0, 60, new Array(2_400).fill(0.5), new Array(40).fill(0))],
    );
    const { kernel, bias } = redrawnWeights(wide, 'head', 's');
    const size = Math.sqrt(kernel.reduce((sum, w) => sum + w * w, 0) / kernel.length);
    // Five standard errors of the deviation of 2,400 normals.
    expect(Math.abs(size - 0.5)).toBeLessThan((5 * 0.5) / Math.sqrt(4_800));
    expect([...bias].every((b) => b === 0)).toBe(true);
    expect(redrawnWeights(wide, 'head', 's').kernel).toEqual(kernel);
    expect(redrawnWeights(wide, 'head', 's', 1).kernel).not.toEqual(kernel);
  });
  it('draws all three arrays of an LSTM', () => {
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
      kernel: Float64Array.of(1, 2, 3, 4),
      recurrentKernel: Float64Array.of(1, 1, 1, 1),
      bias: Float64Array.of(0, 1, 0, 0),
    };
    const memory = buildNetwork([{ name: 'input', shape: [2, 1] }], [lstm]);
    const drawn = redrawnWeights(memory, 'memory', 's');
    expect(drawn.recurrentKernel?.length).toBe(4);
    const changed = withLayerWeights(memory, 'memory', drawn);
    expect(forwardNetwork(changed, Float64Array.of(1, 1)).output).not.toEqual(
      forwardNetwork(memory, Float64Array.of(1, 1)).output,
    );
    const { recurrentKernel: _left, ...without } = drawn;
    expect(() => withLayerWeights(memory, 'memory', without)).toThrow(RangeError);
  });
  it('refuses unknown layers, weights that do not fit, and names used twice', () => {
    expect(weightedLayers(network)).toEqual(['first', 'second', 'head']);
    expect(() => redrawnWeights(network, 'none', 's')).toThrow(RangeError);
    const short = { kernel: Float64Array.of(1), bias: Float64Array.of(0) };
    expect(() => withLayerWeights(network, 'head', short)).toThrow(RangeError);
    const none = { kernel: Float64Array.of(1, Number.NaN), bias: Float64Array.of(0) };
    expect(() => withLayerWeights(network, 'head', none)).toThrow(RangeError);
    const recurrent = { ...redraw('head'), recurrentKernel: Float64Array.of(1) };
    expect(() => withLayerWeights(network, 'head', recurrent)).toThrow(RangeError);
    for (const names of [[], ['head', 'head'], ['none']]) {
      expect(() => randomisationCascade(network, slopes, redraw, names)).toThrow(RangeError);
    }
  });
});
