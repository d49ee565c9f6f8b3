import { ok } from 'node:assert/strict';
import { attributionSensitivity, noisePerturbations } from '../../../core/explain/max-sensitivity.ts';
import { randomisationCascade, redrawnWeights } from '../../../core/explain/weight-randomisation.ts';
import { inputGradient } from '../../../core/networks/input-gradient.ts';
import { buildNetwork, type Network } from '../../../core/networks/network.ts';
import { randomStream } from '../../../core/numerics/random-stream.ts';
import { spearmanCorrelation } from '../../../core/numerics/rank-correlation.ts';
import { defineLaw, type Law } from '../law.ts';
import {
  bandSums,
  bandsFrom,
  gradientsFrom,
  LEARNT,
  MEAN_TRACE,
  meanOf,
  PERMUTED,
  stepMagnitudes,
  unseenDips,
} from '../planted-signal/planted-model.ts';
import { PLANTED_BLOCK } from '../planted-signal/planted-traces.ts';

/** Values of networks at a row, one a step and channel. */
type Explain = (networks: readonly Network[], row: Float64Array) => Float64Array;
/** Every method that is shown, by name. */
type Methods = Readonly<Record<string, Explain>>;

const DIPS = unseenDips(LEARNT, 30);
const { steps: STEPS, channels: CHANNELS } = PLANTED_BLOCK;
const gradients = gradientsFrom(MEAN_TRACE);
const METHODS: Methods = { gradients, bands: bandsFrom(MEAN_TRACE) };
const checkAll =
  (check: (explain: Explain, name: string) => void) =>
  (methods: Methods): void => {
    for (const [name, explain] of Object.entries(methods)) check(explain, name);
  };

/** A correlation that cannot be told is no low correlation. */
function told(correlation: number | null, what: string): number {
  ok(correlation !== null, `${what}: a map is the same everywhere, or zero`);
  return correlation;
}

const networkIgnored: Explain = (_networks, row) => row.map((value, i) => value - MEAN_TRACE.row[i]!);
const zeros: Explain = (_networks, row) => new Float64Array(row.length);
/** Sees the first layer, and nothing of what the network makes of it: new weights at the output change nothing. */
const firstLayerOnly: Explain = (networks, row) => {
  const { inputs, layers } = networks[0]!;
  const first = buildNetwork(inputs, layers.slice(0, 1));
  const stream = randomStream('law', 'readout', 0);
  const readout = Float64Array.from({ length: first.outputCount }, () => stream.normal());
  const { gradient } = inputGradient(first, row, readout);
  return networkIgnored(networks, row).map((value, i) => gradient[i]! * value);
};
/** Another one for every network and row. */
const randomMap: Explain = ([network], row) => {
  const layer = network!.layers[0]!;
  const stream = randomStream(String('kernel' in layer && layer.kernel[0]), String(row[0]), 0);
  return row.map(() => stream.normal());
};

/** Means over 30 draws of new weights, each at another trace. */
function checkRandomisation(explain: Explain, name: string): void {
  const last: number[] = [];
  const all: number[] = [];
  for (const [draw, { row }] of DIPS.entries()) {
    const network = LEARNT[draw % LEARNT.length]!;
    const { steps } = randomisationCascade(
      network,
      (each) => explain([each], row),
      (layer) => redrawnWeights(network, layer, 'law', draw),
    );
    last.push(told(steps[0]!.similarity.cosine, `${name}, last layer`));
    all.push(Math.abs(told(steps.at(-1)!.similarity.spearman, `${name}, all layers`)));
  }
  ok(meanOf(all) < 0.5, `${name}, all layers: |rank correlation| ${meanOf(all)}`);
  ok(meanOf(last) < 0.95, `${name}, last layer: cosine ${meanOf(last)}`);
}

function checkPermutedLabels(explain: Explain, name: string): void {
  const mapsOf = (network: Network) => DIPS.map(({ row }) => explain([network], row));
  const [learnt, permuted] = [LEARNT.map(mapsOf), PERMUTED.map(mapsOf)];
  /** Mean over the traces; signed, since |rank correlation| of 8 unrelated bands is 0.3 on average. */
  const correlation = (a: Float64Array[], b: Float64Array[]) =>
    meanOf(a.map((values, i) => told(spearmanCorrelation(values, b[i]!), name)));
  for (const own of learnt) {
    for (const other of permuted) {
      const rho = correlation(own, other);
      ok(Math.abs(rho) < 0.3, `${name}: rank correlation ${rho} with a network of permuted labels`);
    }
  }
  // Maps of noise pass the above: two networks that learnt the same must agree, by bands.
  const [first, second] = learnt.map((maps) => maps.map(bandSums));
  const agreement = correlation(first!, second!);
  ok(agreement > 0.3, `${name}: rank correlation ${agreement} of two networks that learnt the same`);
}

/** The steps of the largest magnitude: one, or all of a band, whose equal shares differ by rounding. */
function strongestSteps(magnitudes: Float64Array): number[] {
  const top = Math.max(...magnitudes);
  return Array.from(magnitudes.keys()).filter((step) => magnitudes[step]! >= top * (1 - 1e-12));
}

function checkPlantedSignal(explain: Explain, name: string): void {
  const shares: number[] = [];
  const chances: number[] = [];
  const hits: number[] = [];
  for (const {
    row,
    band: [start, end],
  } of DIPS) {
    const magnitudes = stepMagnitudes(explain(LEARNT, row));
    const inside = magnitudes.subarray(start, end).reduce((sum, each) => sum + each, 0);
    shares.push(inside / magnitudes.reduce((sum, each) => sum + each, 0));
    chances.push((end - start) / STEPS);
    const top = strongestSteps(magnitudes);
    const held = top.filter((step) => step >= start && step < end);
    hits.push(2 * held.length >= top.length && held.length > 0 ? 1 : 0);
  }
  ok(meanOf(shares) > 3 * meanOf(chances), `${name}: mass ${meanOf(shares)}, chance ${meanOf(chances)}`);
  ok(meanOf(hits) > 0.9, `${name}: pointing game ${meanOf(hits)}`);
}

/** Noise of the generator's own devices: 2 % of the plateau, a tenth of the wave. */
const DEVIATIONS = Float64Array.from({ length: MEAN_TRACE.row.length }, (_, i) => (i % 2 === 0 ? 0.02 : 0.1));
/** Of each of the 30 traces: 150 in all. */
const NOISE_DRAWS = 5;
/** Changes relative to the size of the map. Maps that have nothing to do with each other are the square root of 2 apart. */
const LARGEST_CHANGE = { mean: 0.5, worst: 1 };

/** By bands, as they are shown; a network at a time, which is less steady than the mean of several. */
function checkRepeat(explain: Explain, name: string): void {
  const sensitivities: number[] = [];
  const maps: Float64Array[] = [];
  for (const [i, { row }] of DIPS.entries()) {
    const network = LEARNT[i % LEARNT.length]!;
    const bands = (input: Float64Array) => bandSums(explain([network], input));
    const noise = noisePerturbations(DEVIATIONS, NOISE_DRAWS, `law ${i}`);
    const { maxSensitivity } = attributionSensitivity(bands, row, noise);
    ok(maxSensitivity < LARGEST_CHANGE.worst, `${name}: noise on trace ${i} changes ${maxSensitivity} of it`);
    sensitivities.push(maxSensitivity);
    maps.push(bands(row));
  }
  const mean = meanOf(sensitivities);
  ok(mean < LARGEST_CHANGE.mean, `${name}: noise changes up to ${mean} of a map, mean over traces`);
  // A map that is always the same is stable too. Another trace must change it more than noise may.
  const others = maps.map((map, i) => {
    const other = maps[(i + LEARNT.length) % maps.length]!;
    return Math.hypot(...map.map((value, band) => value - other[band]!)) / Math.hypot(...map);
  });
  ok(meanOf(others) > LARGEST_CHANGE.mean, `${name}: another trace changes ${meanOf(others)} of a map`);
}

const ONE_MAP = gradients(LEARNT, DIPS[0]!.row);
/** Steps of the values, each over all its channels. */
const byStep = (values: Float64Array, change: (step: number) => number): Float64Array =>
  values.map((value, i) => change(Math.floor(i / CHANNELS)) * value);

/** Noise of the size of some values, another at every input. */
function noiseLike(values: Float64Array, row: Float64Array): Float64Array {
  const stream = randomStream(String(row[0]), 'random map', 0);
  const size = Math.hypot(...values) / Math.sqrt(values.length);
  return values.map(() => size * stream.normal());
}

export const LAWS: Law[] = [
  defineLaw<Methods>({
    id: 'sanity.mprt',
    subject: METHODS,
    check: checkAll(checkRandomisation),
    twins: {
      'the network is ignored': { networkIgnored },
      'only the first layer is seen': { firstLayerOnly },
      'a map of zeros': { zeros },
      'the same everywhere': { flat: (_networks, row) => new Float64Array(row.length).fill(1) },
    },
  }),
  defineLaw<Methods>({
    id: 'sanity.label',
    subject: METHODS,
    check: checkAll(checkPermutedLabels),
    twins: {
      'the network is ignored': { networkIgnored },
      'a random map': { randomMap },
      'a map of zeros': { zeros },
    },
  }),
  defineLaw<Methods>({
    id: 'sanity.planted_signal',
    subject: METHODS,
    check: checkAll(checkPlantedSignal),
    twins: {
      'a reference of zero force': {
        fromZero: gradientsFrom({ name: 'zero', row: new Float64Array(MEAN_TRACE.row.length) }),
      },
      'a random map': { randomMap },
      'a map of zeros': { zeros },
      'force that is unlike the mean, without a network': {
        force: (networks, row) =>
          networkIgnored(networks, row).map((value, i) => (i % CHANNELS === 0 ? value : 0)),
      },
      'a spike at the first step': {
        spike: (networks, row) => {
          const values = gradients(networks, row);
          return values.with(0, 1.5 * values.reduce((top, value) => Math.max(top, Math.abs(value)), 0));
        },
      },
    },
  }),
  defineLaw<Methods>({
    id: 'stability.repeat',
    subject: METHODS,
    check: checkAll(checkRepeat),
    twins: {
      'signs drawn anew at every input': {
        signs: (networks, row) => {
          const stream = randomStream(String(row[0]), 'signs', 0);
          const signs = Array.from({ length: STEPS }, () => (stream.uniform() < 0.5 ? -1 : 1));
          return byStep(gradients(networks, row), (step) => signs[step]!);
        },
      },
      'a random map of the right size': {
        random: (networks, row) => noiseLike(gradients(networks, row), row),
      },
      'half the size of noise on the map': {
        noisy: (networks, row) => {
          const values = gradients(networks, row);
          const noise = noiseLike(values, row);
          return values.map((value, i) => value + 0.5 * noise[i]!);
        },
      },
      'moved by up to a tenth of the trace': {
        moved: (networks, row) => {
          const values = gradients(networks, row);
          const steps = randomStream(String(row[0]), 'moved', 0).integer(STEPS / 10);
          return values.map((_, i) => values[(i + steps * CHANNELS) % values.length]!);
        },
      },
      'a size drawn anew at every input': {
        sized: (networks, row) => {
          const size = 0.25 + 1.5 * randomStream(String(row[0]), 'size', 0).uniform();
          return gradients(networks, row).map((value) => size * value);
        },
      },
      // Which is noise about zero.
      'over the first sample': {
        overNoise: (networks, row) => gradients(networks, row).map((value) => value / row[0]!),
      },
      'the same map at every trace': { same: () => ONE_MAP },
      'a map of zeros': { zeros },
    },
  }),
];
