import { describe, expect, it } from 'vitest';
import { denseNetwork, forwardNetwork } from './dense-network.ts';
import { averageLogits, float64EnsembleForward, softmax } from './ensemble-forward.ts';
import { readLayersModel, UnsupportedLayerError } from './read-layers-model.ts';

const layer = (kernel: number[], bias: number[], activation: 'linear' | 'relu' | 'tanh') => ({
  name: activation,
  activation,
  inputCount: kernel.length / bias.length,
  outputCount: bias.length,
  kernel: Float64Array.from(kernel),
  bias: Float64Array.from(bias),
});
/** Worked by hand: relu([1*1-2*3+0.5, 1*2+2*1-1]) = [0, 3]; tanh(3*0.1) in the head. */
const network = denseNetwork([layer([1, 2, -3, 1], [0.5, -1], 'relu'), layer([5, 0.1], [0], 'tanh')]);

function modelText(className: string, activation = 'relu') {
  const config = { name: 'suspect', activation, units: 1, batch_input_shape: [null, 2] };
  return JSON.stringify({
    format: 'layers-model',
    modelTopology: { class_name: 'Sequential', config: { layers: [{ class_name: className, config }] } },
    weightsManifest: [
      {
        paths: ['weights.bin'],
        weights: [
          { name: 'suspect/kernel', shape: [2, 1], dtype: 'float32' },
          { name: 'suspect/bias', shape: [1], dtype: 'float32' },
        ],
      },
    ],
  });
}
const threeFloats = () => new Uint8Array(Float32Array.from([2, -1, 0.25]).buffer);

describe('the Float64 engine', () => {
  it('equals a pass worked by hand, and shows its last hidden layer', () => {
    const { output, lastHidden } = forwardNetwork(network, Float64Array.from([1, 2]));
    expect([...lastHidden]).toEqual([0, 3]);
    expect(output[0]).toBeCloseTo(Math.tanh(0.3), 14);
    expect(network.weightCount).toBe(9);
  });
  it('refuses a wrong length, a value that is not finite, and layers that do not fit', () => {
    expect(() => forwardNetwork(network, new Float64Array(3))).toThrow(/takes 2 numbers/);
    expect(() => forwardNetwork(network, Float64Array.from([1, Number.NaN]))).toThrow(RangeError);
    expect(() => denseNetwork([network.layers[1]!, network.layers[0]!])).toThrow(RangeError);
  });
  it('averages members before the softmax', () => {
    const forward = float64EnsembleForward([network, network]);
    const logits = forward([Float64Array.from([1, 2])]).map((rows) => rows[0]!);
    expect(averageLogits(logits)[0]).toBeCloseTo(Math.tanh(0.3), 14);
  });
  it('gives probabilities that sum to 1 for huge logits; a twin without the shift is caught', () => {
    const sumsToOne = (soft: (logits: number[]) => ArrayLike<number>) => {
      const values = Array.from(soft([900, 880, -5]));
      return Math.abs(values.reduce((sum, value) => sum + value, 0) - 1) < 1e-12;
    };
    expect(sumsToOne((logits) => softmax(logits, 2))).toBe(true);
    const brokenTwin = (logits: number[]) => {
      const raised = logits.map(Math.exp);
      const sum = raised.reduce((total, value) => total + value, 0);
      return raised.map((value) => value / sum);
    };
    expect(sumsToOne(brokenTwin)).toBe(false);
  });
});

describe('reading a tfjs layers model', () => {
  it('reads kernel and bias in the order of the manifest', () => {
    const read = readLayersModel(modelText('Dense'), threeFloats());
    expect(read.layers[0]).toMatchObject({ kind: 'dense', kernel: Float64Array.from([2, -1]) });
    expect([...forwardNetwork(read, Float64Array.from([1, 1])).output]).toEqual([1.25]);
  });
  it('refuses an unknown layer or activation by name', () => {
    expect(() => readLayersModel(modelText('GRU'), threeFloats())).toThrow(UnsupportedLayerError);
    expect(() => readLayersModel(modelText('GRU'), threeFloats())).toThrow(/"suspect": GRU/);
    expect(() => readLayersModel(modelText('Dropout'), threeFloats())).toThrow(/Dropout/);
    expect(() => readLayersModel(modelText('Dense', 'selu'), threeFloats())).toThrow(/activation selu/);
  });
  it('refuses weights that are too short or too long', () => {
    expect(() => readLayersModel(modelText('Dense'), threeFloats().subarray(0, 8))).toThrow(/too short/);
    expect(() => readLayersModel(modelText('Dense'), new Uint8Array(16))).toThrow(/longer/);
  });
});
