import { describe, expect, it } from 'vitest';
import { readLayersModel } from './read-layers-model.ts';

type Json = Record<string, unknown>;
const input = (name: string, shape: (number | null)[]): Json => ({
  class_name: 'InputLayer',
  config: { name, batch_input_shape: [null, ...shape] },
  inbound_nodes: [],
});
const layer = (className: string, name: string, from: string[], config: Json = {}): Json => ({
  class_name: className,
  config: { name, ...config },
  inbound_nodes: [from.map((source) => [source, 0, 0, {}])],
});
function graph(
  layers: Json[],
  inputs: string[],
  outputs: string[],
  weights: { name: string; shape: number[] }[] = [],
) {
  const size = weights.reduce(
    (sum, { shape }) => sum + shape.reduce((product, each) => product * each, 1),
    0,
  );
  const text = JSON.stringify({
    format: 'layers-model',
    modelTopology: {
      class_name: 'Model',
      config: {
        layers,
        input_layers: inputs.map((name) => [name, 0, 0]),
        output_layers: outputs.map((name) => [name, 0, 0]),
      },
    },
    weightsManifest: [
      { paths: ['weights.bin'], weights: weights.map((each) => ({ ...each, dtype: 'float32' })) },
    ],
  });
  return () => readLayersModel(text, new Uint8Array(4 * size));
}
const trace = input('trace', [4, 2]);
const flat = layer('Flatten', 'flat', ['trace']);

describe('a graph that is read', () => {
  it('may list its layers in any order', () => {
    const half = layer('Activation', 'half', ['flat'], { activation: 'tanh' });
    const network = graph([half, flat, trace], ['trace'], ['half'])();
    expect(network.layers.map(({ name }) => name)).toEqual(['flat', 'half']);
    expect([network.inputCount, network.outputCount]).toEqual([8, 8]);
  });
  it('is refused by name when the engine does not compute it', () => {
    const weights = [
      { name: 'l/kernel', shape: [2, 4] },
      { name: 'l/recurrent_kernel', shape: [1, 4] },
      { name: 'l/bias', shape: [4] },
    ];
    const lstm = (config: Json) =>
      graph(
        [
          trace,
          layer('LSTM', 'l', ['trace'], {
            units: 1,
            activation: 'tanh',
            recurrent_activation: 'sigmoid',
            ...config,
          }),
        ],
        ['trace'],
        ['l'],
        weights,
      );
    expect(lstm({})).not.toThrow();
    // The default of tfjs: a twin of the sigmoid in three straight lines.
    expect(lstm({ recurrent_activation: 'hardSigmoid', go_backwards: true })).not.toThrow();
    expect(lstm({ recurrent_activation: 'softsign' })).toThrow(/"l": an LSTM with tanh and softsign/);
    expect(lstm({ stateful: true })).toThrow(/"l": an LSTM that is stateful/);
    expect(graph([trace, layer('Dropout', 'd', ['trace'])], ['trace'], ['d'])).toThrow(/"d": Dropout/);
    expect(
      graph([trace, layer('Concatenate', 'c', ['trace', 'trace'], { axis: 1 })], ['trace'], ['c']),
    ).toThrow(/"c": axis 1/);
    expect(graph([trace, flat], ['trace'], ['flat', 'trace'])).toThrow(/several outputs/);
    const shared = { ...flat, inbound_nodes: [[['trace', 0, 0, {}]], [['trace', 0, 0, {}]]] };
    expect(graph([trace, shared], ['trace'], ['flat'])).toThrow(/"flat": a layer that is shared/);
    const convolution = layer('Conv1D', 'v', ['trace'], {
      kernel_size: [2],
      dilation_rate: [2],
      activation: 'relu',
    });
    expect(graph([trace, convolution], ['trace'], ['v'])).toThrow(/"v": a dilated Conv1D/);
  });
  it('is refused when its parts do not fit', () => {
    expect(graph([trace, layer('Flatten', 'f', ['nowhere'])], ['trace'], ['f'])).toThrow(/"f" reads a layer/);
    expect(graph([trace, layer('Flatten', 'f', ['f'])], ['trace'], ['f'])).toThrow(/or itself/);
    expect(graph([trace, flat], ['flat'], ['flat'])).toThrow(/"flat" is no input/);
    expect(graph([trace, flat, layer('LSTM', 'l', ['flat'], {})], ['trace'], ['l'])).toThrow(
      /needs a sequence/,
    );
    expect(
      graph([trace, layer('Reshape', 'r', ['trace'], { target_shape: [3, 3] })], ['trace'], ['r']),
    ).toThrow(/"r" changes the number of values/);
    const dense = layer('Dense', 'd', ['flat'], { activation: 'linear' });
    const weights = [
      { name: 'd/kernel', shape: [3, 2] },
      { name: 'd/bias', shape: [2] },
    ];
    expect(graph([trace, flat, dense], ['trace'], ['d'], weights)).toThrow(/kernel is 3x2, not 8x2/);
    expect(graph([trace, flat, dense], ['trace'], ['d'])).toThrow(/"d" has no bias/);
    expect(graph([input('trace', [null, 2]), flat], ['trace'], ['flat'])).toThrow(/expected/);
  });
});
