import { type BandQuestion, bandShapley } from '../../core/explain/band-shapley.ts';
import { timeBands } from '../../core/explain/time-bands.ts';
import { buildNetwork, type Network } from '../../core/networks/network.ts';
import { sequenceWindow } from '../../core/networks/sequence-window.ts';
import { randomStream } from '../../core/numerics/random-stream.ts';

const STEPS = 200;
const CHANNELS = 2;
const CLASSES = 3;
const BANDS = 8;

const stream = randomStream('bench', 'weights', 0);
const weights = (count: number) => Float64Array.from({ length: count }, () => 0.3 * stream.normal());
const inputs = [{ name: 'trace', shape: [STEPS, CHANNELS] }];

function head(source: number, inputCount: number) {
  const place = { name: 'logits', sources: [source], outputShape: [CLASSES] };
  const sizes = { inputCount, outputCount: CLASSES };
  return {
    ...place,
    ...sizes,
    kind: 'dense' as const,
    activation: 'linear' as const,
    kernel: weights(inputCount * CLASSES),
    bias: weights(CLASSES),
  };
}

function recurrent(units: number): Network {
  return buildNetwork(inputs, [
    {
      kind: 'lstm',
      name: 'lstm',
      sources: [0],
      outputShape: [units],
      steps: STEPS,
      units,
      inputCount: CHANNELS,
      returnSequences: false,
      goBackwards: false,
      recurrentActivation: 'sigmoid',
      kernel: weights(CHANNELS * 4 * units),
      recurrentKernel: weights(units * 4 * units),
      bias: weights(4 * units),
    },
    head(1, units),
  ]);
}

/** Two convolutions of 5 steps with a maximum over 2 steps between them. */
function convolutional(first: number, second: number): Network {
  const wide = sequenceWindow(STEPS, 5, 1, 'same');
  const pool = sequenceWindow(STEPS, 2, 2, 'valid');
  const narrow = sequenceWindow(pool.outputSteps, 5, 1, 'valid');
  return buildNetwork(inputs, [
    {
      kind: 'conv1d',
      name: 'first',
      sources: [0],
      outputShape: [wide.outputSteps, first],
      activation: 'relu',
      window: wide,
      inputCount: CHANNELS,
      outputCount: first,
      kernel: weights(5 * CHANNELS * first),
      bias: weights(first),
    },
    {
      kind: 'max-pooling1d',
      name: 'pool',
      sources: [1],
      outputShape: [pool.outputSteps, first],
      window: pool,
      channels: first,
    },
    {
      kind: 'conv1d',
      name: 'second',
      sources: [2],
      outputShape: [narrow.outputSteps, second],
      activation: 'relu',
      window: narrow,
      inputCount: first,
      outputCount: second,
      kernel: weights(5 * first * second),
      bias: weights(second),
    },
    {
      kind: 'global-average-pooling1d',
      name: 'mean',
      sources: [3],
      outputShape: [second],
      steps: narrow.outputSteps,
      channels: second,
    },
    head(4, second),
  ]);
}

/** Milliseconds of exact Shapley values of 8 bands of a 200-step trace through one member of random weights. */
export function bandShapleyTimes(runs: number): Record<'LSTM 32' | 'convolutions 16-32', number[]> {
  const timed = (member: Network): number[] => {
    const question: BandQuestion = {
      members: [member],
      readout: Float64Array.of(1, -1, 0),
      unit: 'logit',
      row: weights(STEPS * CHANNELS),
      compared: { name: 'another trace', row: weights(STEPS * CHANNELS) },
      bands: timeBands({ steps: STEPS, channels: CHANNELS }, BANDS),
    };
    bandShapley(question);
    return Array.from({ length: runs }, () => {
      const started = performance.now();
      bandShapley(question);
      return performance.now() - started;
    });
  };
  return { 'LSTM 32': timed(recurrent(32)), 'convolutions 16-32': timed(convolutional(16, 32)) };
}
