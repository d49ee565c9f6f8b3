/**
 * node scripts/bench-explainers.ts: what explanations cost on tensors and on the Float64 engine, on this machine. All ways
 * take turns on the same network and the same 256 coalitions of 8 time bands; printed are medians in ms. ADR 23 quotes it.
 */
import { grad, mul, setBackend, sum, type Tensor, tensor } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { bandShapley } from '../core/explain/band-shapley.ts';
import { ensembleOutput } from '../core/explain/explained-output.ts';
import { groupShapley } from '../core/explain/group-shapley.ts';
import { timeBands } from '../core/explain/time-bands.ts';
import { tfjsForward } from '../core/learning/ensemble-forward.ts';
import { buildGraphModel, type GraphLayer } from '../core/learning/graph-model.ts';
import { serialiseModel } from '../core/learning/serialise-model.ts';
import { readLayersModel } from '../core/networks/read-layers-model.ts';
import { randomStream } from '../core/numerics/random-stream.ts';
import { quantiles } from './bench/statistics.ts';
import { startWasm } from './processes/start-wasm.ts';

const STEPS = 200;
const CHANNELS = 2;
const BANDS = 8;
const TURNS = 5;

const BODIES: Readonly<Record<string, readonly GraphLayer[]>> = {
  'LSTM 32': [{ kind: 'lstm', name: 'lstm', from: 'trace', units: 32, returnSequences: false }],
  'convolutions 16 and 32': [
    { kind: 'conv1d', name: 'first', from: 'trace', filters: 16, size: 5, activation: 'relu' },
    { kind: 'max-pooling1d', name: 'pool', from: 'first', size: 2 },
    { kind: 'conv1d', name: 'second', from: 'pool', filters: 32, size: 5, activation: 'relu' },
    { kind: 'global-average-pooling1d', name: 'mean', from: 'second' },
  ],
};

function modelOf(body: readonly GraphLayer[]): LayersModel {
  const head: GraphLayer = {
    kind: 'dense',
    name: 'head',
    from: body.at(-1)!.name,
    units: 2,
    activation: 'linear',
  };
  const inputs = [{ name: 'trace', shape: [STEPS, CHANNELS] as const, scaling: null }];
  return buildGraphModel({ name: 'bench', inputs, layers: [...body, head] }, 'bench', 0);
}

const stream = randomStream('bench', 'explainers', 0);
const row = Float64Array.from({ length: STEPS * CHANNELS }, () => stream.normal());
const reference = { name: 'zero', row: new Float64Array(row.length) };
const bands = timeBands({ steps: STEPS, channels: CHANNELS }, BANDS);
const coalitionRows = Array.from({ length: 2 ** BANDS }, (_, mask) => {
  const mixed = reference.row.slice();
  bands.forEach(({ columns }, band) => {
    if (mask & (1 << band)) for (const column of columns) mixed[column] = row[column]!;
  });
  return mixed;
});

/** Medians of all ways, taking turns; the first turn warms up. */
function compare(ways: Readonly<Record<string, () => unknown>>): void {
  const samples = new Map(Object.keys(ways).map((name) => [name, [] as number[]]));
  for (let turn = 0; turn <= TURNS; turn += 1) {
    for (const [name, run] of Object.entries(ways)) {
      const from = performance.now();
      run();
      if (turn > 0) samples.get(name)!.push(performance.now() - from);
    }
  }
  for (const [name, each] of samples)
    console.log(`  ${name.padEnd(58)} ${quantiles(each).p50.toFixed(1).padStart(9)} ms`);
}

console.log(`backend ${await startWasm()}, Node ${process.versions.node}; medians of ${TURNS}`);
for (const [name, body] of Object.entries(BODIES)) {
  const model = modelOf(body);
  const files = serialiseModel(model);
  const network = readLayersModel(new TextDecoder().decode(files.modelJson), files.weightsBin);
  const readout = Float64Array.of(1, -1);
  const explained = ensembleOutput([network], readout, 'logit');
  console.log(`${name}, ${STEPS} x ${CHANNELS}: the ${coalitionRows.length} coalitions of ${BANDS} bands`);
  compare({
    'Float64, only what a coalition changes': () =>
      bandShapley({ members: [network], readout, unit: 'logit', row, compared: reference, bands }),
    'Float64, every coalition whole': () => groupShapley(explained, row, reference, bands),
    'tfjs wasm, one batch': () => tfjsForward(model, coalitionRows),
    'tfjs wasm, one after another': () => coalitionRows.map((each) => tfjsForward(model, [each])),
  });
  console.log(`${name}: slope by the input`);
  // The wasm backend lacks gradient kernels of convolutions: tfjs differentiates on its cpu backend.
  await setBackend('cpu');
  const twin = modelOf(body);
  const slope = grad((x: Tensor) => sum(mul(twin.apply(x) as Tensor, tensor([1, -1]))));
  const input = tensor(Float32Array.from(row), [1, STEPS, CHANNELS]);
  compare({
    Float64: () => explained.gradientOf(row),
    'tfjs cpu': () => slope(input).dataSync(),
  });
  await setBackend('wasm');
}
