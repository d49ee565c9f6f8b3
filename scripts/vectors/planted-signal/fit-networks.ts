import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { startBackend } from '../../../core/learning/backend.ts';
import { buildGraphModel, type GraphModelSpec } from '../../../core/learning/graph-model.ts';
import { type TrainingRows, trainModel } from '../../../core/learning/training-loop.ts';
import { randomStream } from '../../../core/numerics/random-stream.ts';
import { FIT_COUNT, FIT_SEED, PLANTED_BLOCK, type PlantedTrace, plantedTraces } from './planted-traces.ts';

const SPEC: GraphModelSpec = {
  name: 'planted-signal',
  inputs: [{ name: 'trace', shape: [PLANTED_BLOCK.steps, PLANTED_BLOCK.channels], scaling: null }],
  layers: [
    {
      kind: 'conv1d',
      name: 'conv-0',
      from: 'trace',
      filters: 8,
      size: 7,
      padding: 'same',
      activation: 'relu',
    },
    { kind: 'max-pooling1d', name: 'pool', from: 'conv-0', size: 2 },
    {
      kind: 'conv1d',
      name: 'conv-1',
      from: 'pool',
      filters: 8,
      size: 5,
      padding: 'same',
      activation: 'relu',
    },
    { kind: 'global-average-pooling1d', name: 'mean', from: 'conv-1' },
    { kind: 'dense', name: 'head', from: 'mean', units: 2, activation: 'linear' },
  ],
};
/** Folder of tfjs's own wasm files: plain JavaScript would take minutes. */
const wasmFolder = (): string =>
  `${join(dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm/package.json')), 'dist')}/`;
/** Decimals that are kept: far finer than anything that the laws measure. */
const DECIMALS = 5;
/** Fits of each kind. */
const FITS = 2;

/** A network as the reference cases write it, so that writtenNetwork reads it. */
interface WrittenFit {
  input: [number, number];
  layers: readonly object[];
}

export interface PlantedSignalNetworks {
  /** Fitted on the true labels, from different start weights. */
  learnt: WrittenFit[];
  /** On permuted labels, each permutation another. */
  permuted: WrittenFit[];
}

/** Fits the networks of the fixture; the same numbers each time on one machine. @throws Error when wasm cannot start. */
export async function fitNetworks(): Promise<PlantedSignalNetworks> {
  const backend = await startBackend(wasmFolder());
  if (backend !== 'wasm') throw new Error('the networks are fitted on the wasm backend');
  const traces = plantedTraces(FIT_SEED, FIT_COUNT);
  const labels = traces.map(({ label }) => label);
  const members = Array.from({ length: FITS }, (_, member) => member);
  return {
    learnt: members.map((member) => fitted(traces, labels, member)),
    permuted: members.map((member) => fitted(traces, permutation(labels, member), FITS + member)),
  };
}

function permutation<T>(list: readonly T[], subject: number): T[] {
  const stream = randomStream(FIT_SEED, 'permuted-labels', subject);
  return list
    .map((value) => ({ value, at: stream.uniform() }))
    .sort((a, b) => a.at - b.at)
    .map(({ value }) => value);
}

function fitted(traces: readonly PlantedTrace[], labels: readonly number[], member: number): WrittenFit {
  const rows: TrainingRows = {
    count: traces.length,
    inputs: Float32Array.from(traces.flatMap(({ row }) => [...row])),
    targets: Float32Array.from(labels.flatMap((label) => (label === 1 ? [0, 1] : [1, 0]))),
    rowWeights: new Float32Array(traces.length).fill(1),
  };
  const model = buildGraphModel(SPEC, FIT_SEED, member);
  trainModel(model, rows, null, {
    loss: 'softmax-cross-entropy',
    batchSize: 40,
    maxEpochs: 40,
    learningRate: 0.006,
    dropoutRate: 0,
    patienceEpochs: Number.POSITIVE_INFINITY,
    groups: [],
    seed: FIT_SEED,
    member,
  });
  const weightsOf = (name: string) => {
    const [kernel, bias] = model.getLayer(name).getWeights();
    return { kernel: rounded(kernel!.arraySync()), bias: rounded(bias!.arraySync()) };
  };
  const layers = [
    { type: 'conv1d', ...weightsOf('conv-0'), strides: 1, padding: 'same', activation: 'relu' },
    { type: 'maxpool1d', poolSize: 2, strides: 2, padding: 'valid' },
    { type: 'conv1d', ...weightsOf('conv-1'), strides: 1, padding: 'same', activation: 'relu' },
    { type: 'globalaveragepooling1d' },
    { type: 'dense', ...weightsOf('head'), activation: 'linear' },
  ];
  model.dispose();
  return { input: [PLANTED_BLOCK.steps, PLANTED_BLOCK.channels], layers };
}

/** Nested numbers with DECIMALS decimals. */
function rounded(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(rounded);
  return Number(Number(value).toFixed(DECIMALS));
}
