/**
 * node scripts/bench-kernels.ts: what the gradient kernels of core/learning gain over tfjs itself, on this machine.
 * Both ways take turns on the same batch; printed are medians in ms and their ratio. Under a minute. ADR 11 quotes it.
 */
import {
  setBackend,
  square,
  sum,
  type Tensor,
  tensor,
  tidy,
  type Variable,
  variableGrads,
} from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { tfjsForward } from '../core/learning/ensemble-forward.ts';
import { executeGraph } from '../core/learning/execute-graph.ts';
import { buildGraphModel, type GraphLayer } from '../core/learning/graph-model.ts';
import { serialiseModel } from '../core/learning/serialise-model.ts';
import { forwardNetwork } from '../core/networks/forward-network.ts';
import { readLayersModel } from '../core/networks/read-layers-model.ts';
import { randomStream } from '../core/numerics/random-stream.ts';
import { quantiles } from './bench/statistics.ts';
import { startWasm } from './processes/start-wasm.ts';

function sequenceModel(steps: number, channels: number, body: readonly GraphLayer[]): LayersModel {
  const last = body.at(-1)!.name;
  const head: GraphLayer = { kind: 'dense', name: 'head', from: last, units: 2, activation: 'linear' };
  const inputs = [{ name: 'trace', shape: [steps, channels] as const, scaling: null }];
  return buildGraphModel({ name: 'bench', inputs, layers: [...body, head] }, 'bench', 0);
}

const lstmModel = (steps: number, channels: number, units: number) =>
  sequenceModel(steps, channels, [
    { kind: 'lstm', name: 'lstm', from: 'trace', units, returnSequences: false },
  ]);

const convolutionModel = (steps: number, channels: number, filters: number) =>
  sequenceModel(steps, channels, [
    { kind: 'conv1d', name: 'first', from: 'trace', filters, size: 5, activation: 'relu' },
    { kind: 'max-pooling1d', name: 'pool', from: 'first', size: 2 },
    { kind: 'conv1d', name: 'second', from: 'pool', filters, size: 5, activation: 'relu' },
    { kind: 'global-average-pooling1d', name: 'mean', from: 'second' },
  ]);

function batchOf(model: LayersModel, rows: number): Float32Array {
  const stream = randomStream('bench', 'batch', 0);
  const size = (model.inputs[0]!.shape as number[]).slice(1).reduce((product, each) => product * each, rows);
  return Float32Array.from({ length: size }, () => stream.normal());
}

/** Forward and backward pass of one batch. */
function gradientStep(model: LayersModel, batch: Float32Array, rows: number, isOwn: boolean): () => void {
  const shape = [rows, ...(model.inputs[0]!.shape.slice(1) as number[])];
  const variables = model.trainableWeights.map((weight) => weight.read() as Variable);
  return () =>
    tidy(() => {
      const x = tensor(batch, shape);
      const output = () =>
        isOwn
          ? executeGraph(model, [x], { isTraining: true }).get('head')!
          : (model.apply(x, { training: true }) as Tensor);
      const { grads } = variableGrads(() => sum(square(output())), variables);
      for (const gradient of Object.values(grads)) gradient.dataSync();
    });
}

/** Takes turns, so that both ways meet the same load of the machine. */
async function compare(name: string, own: () => unknown, other: () => unknown, times: number): Promise<void> {
  const samples: [number[], number[]] = [[], []];
  for (let turn = 0; turn <= times; turn += 1) {
    for (const [side, run] of [own, other].entries()) {
      const from = performance.now();
      await run();
      // The first turn warms up.
      if (turn > 0) samples[side as 0 | 1].push(performance.now() - from);
    }
  }
  const [ownMs, otherMs] = samples.map((each) => quantiles(each).p50) as [number, number];
  console.log(
    `${name.padEnd(62)} ${ownMs.toFixed(2).padStart(9)} ms  ${otherMs.toFixed(2).padStart(9)} ms  ${(otherMs / ownMs).toFixed(1).padStart(6)} x  n = ${times}`,
  );
}

console.log(`backend ${await startWasm()}, Node ${process.versions.node}; medians: own, tfjs, ratio`);

for (const [steps, channels, units, rows, times] of [
  [150, 3, 32, 64, 5],
  [60, 4, 24, 32, 15],
] as const) {
  const model = lstmModel(steps, channels, units);
  const batch = batchOf(model, rows);
  await compare(
    `training step, LSTM(${units}), ${rows} x ${steps} x ${channels}, tfjs wasm`,
    gradientStep(model, batch, rows, true),
    gradientStep(model, batch, rows, false),
    times,
  );
  const files = serialiseModel(model);
  const network = readLayersModel(new TextDecoder().decode(files.modelJson), files.weightsBin);
  const row = Float64Array.from(batch.subarray(0, steps * channels));
  await compare(
    `one prediction, LSTM(${units}), ${steps} x ${channels}, Float64 engine, tfjs wasm`,
    () => forwardNetwork(network, row),
    () => tfjsForward(model, [row]),
    20,
  );
}

for (const [steps, channels, filters, rows, times] of [
  [60, 3, 8, 128, 7],
  [60, 3, 16, 32, 5],
] as const) {
  const model = convolutionModel(steps, channels, filters);
  const batch = batchOf(model, rows);
  const onWasm = gradientStep(model, batch, rows, true);
  await setBackend('cpu');
  const twin = convolutionModel(steps, channels, filters);
  const onCpu = gradientStep(twin, batch, rows, false);
  await compare(
    `training step, Conv1D(${filters}) twice, ${rows} x ${steps} x ${channels}, tfjs cpu`,
    async () => {
      await setBackend('wasm');
      onWasm();
    },
    async () => {
      await setBackend('cpu');
      onCpu();
    },
    times,
  );
  await setBackend('wasm');
}
