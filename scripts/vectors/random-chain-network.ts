import type { Network } from '../../core/networks/network.ts';
import { type RandomStream, randomStream } from '../../core/numerics/random-stream.ts';
import { writtenNetwork } from './written-network.ts';

/** Nested lists of normal numbers, scaled so that answers stay about 1. */
function weights(stream: RandomStream, inputs: number, ...shape: number[]): unknown {
  const [length, ...rest] = shape;
  if (length === undefined) return (1.2 * stream.normal()) / Math.sqrt(inputs);
  return Array.from({ length }, () => weights(stream, inputs, ...rest));
}

/** What a random chain is made of. */
export interface ChainOptions {
  kind: 'dense' | 'convolution';
  hasBias: boolean;
}

/**
 * A random relu network with two or three layers of weights and one or more linear outputs; a convolution chain has
 * either padding, a stride and a pool as well.
 */
export function randomChain(seed: number, { kind, hasBias }: ChainOptions): Network {
  const stream = randomStream('relevance', kind, seed);
  const bias = (length: number) => Array.from({ length }, () => (hasBias ? 0.3 * stream.normal() : 0));
  const dense = (inputs: number, units: number, activation: string) => ({
    type: 'dense',
    kernel: weights(stream, inputs, inputs, units),
    bias: bias(units),
    activation,
  });
  if (kind === 'dense') {
    const [inputs, hidden, outputs] = [2 + stream.integer(4), 3 + stream.integer(5), 2 + stream.integer(2)];
    const middle = stream.uniform() < 0.5 ? [dense(hidden, hidden, 'relu')] : [];
    return writtenNetwork(
      [dense(inputs, hidden, 'relu'), ...middle, dense(hidden, outputs, 'linear')],
      [inputs],
    );
  }
  const [steps, channels, filters, taps] = [
    6 + stream.integer(5),
    1 + stream.integer(2),
    2 + stream.integer(2),
    2 + stream.integer(2),
  ];
  const front = [
    {
      type: 'conv1d',
      kernel: weights(stream, taps * channels, taps, channels, filters),
      bias: bias(filters),
      strides: 1 + stream.integer(2),
      padding: stream.uniform() < 0.5 ? 'same' : 'valid',
      activation: 'relu',
    },
    {
      type: stream.uniform() < 0.5 ? 'maxpool1d' : 'averagepooling1d',
      poolSize: 2,
      strides: 1 + stream.integer(2),
      padding: 'same',
    },
    { type: stream.uniform() < 0.5 ? 'globalaveragepooling1d' : 'flatten' },
  ];
  const width = writtenNetwork(front, [steps, channels]).outputCount;
  return writtenNetwork([...front, dense(width, 2, 'linear')], [steps, channels]);
}

/** A row of normal numbers. */
export function randomRow(seed: number, length: number): Float64Array {
  const stream = randomStream('relevance', 'row', seed);
  return Float64Array.from({ length }, () => stream.normal());
}

/** A chain of one or two LSTMs and a dense layer. */
export function randomLstmChain(
  seed: number,
  options: { hasBias: boolean; layers: number; returnsSequence?: boolean; hasHead?: boolean },
): Network {
  const stream = randomStream('relevance', 'lstm', seed);
  const [steps, channels] = [2 + stream.integer(4), 1 + stream.integer(3)];
  const written: unknown[] = [];
  let inputs = channels;
  for (let index = 0; index < options.layers; index += 1) {
    const units = 1 + stream.integer(3);
    written.push({
      type: 'lstm',
      units,
      kernel: weights(stream, inputs, inputs, 4 * units),
      recurrentKernel: weights(stream, units, units, 4 * units),
      bias: Array.from({ length: 4 * units }, () => (options.hasBias ? 0.4 * stream.normal() : 0)),
      recurrentActivation: stream.uniform() < 0.5 ? 'sigmoid' : 'hardSigmoid',
      returnSequences: index < options.layers - 1 || options.returnsSequence === true,
      goBackwards: options.returnsSequence !== true && stream.uniform() < 0.3,
    });
    inputs = units;
  }
  if (options.hasHead !== false) {
    written.push({
      type: 'dense',
      kernel: weights(stream, inputs, inputs, 2),
      bias: options.hasBias ? [0.2, -0.3] : [0, 0],
      activation: 'linear',
    });
  }
  return writtenNetwork(written, [steps, channels]);
}
