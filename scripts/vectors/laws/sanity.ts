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
  gradientsFrom,
  LEARNT,
  MEAN_TRACE,
  marginOf,
  meanOf,
  PERMUTED,
  stepMagnitudes,
  unseenDips,
} from '../planted-signal/planted-model.ts';
import { PLANTED_BLOCK } from '../planted-signal/planted-traces.ts';

/** Values of networks at a row, one a step and channel. */
type Explain = (networks: readonly Network[], row: Float64Array) => Float64Array;

const DIPS = unseenDips(LEARNT, 30);
const gradients = gradientsFrom(MEAN_TRACE);

const networkIgnored: Explain = (_networks, row) => row.map((value, i) => value - MEAN_TRACE.row[i]!);
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
function checkRandomisation(explain: Explain): void {
  const last: number[] = [];
  const all: number[] = [];
  for (const [draw, { row }] of DIPS.entries()) {
    const network = LEARNT[draw % LEARNT.length]!;
    const { steps } = randomisationCascade(
      network,
      (each) => explain([each], row),
      (name) => redrawnWeights(network, name, 'law', draw),
    );
    last.push(steps[0]!.similarity.cosine ?? 0);
    all.push(Math.abs(steps.at(-1)!.similarity.spearman ?? 0));
  }
  ok(meanOf(all) < 0.5, `all layers: |rank correlation| ${meanOf(all)}`);
  ok(meanOf(last) < 0.95, `last layer: cosine ${meanOf(last)}`);
}

/** Rank correlation of the maps of two lists of networks at each trace. */
const correlations = (
  explain: Explain,
  a: Network,
  b: Network,
  shape: (values: Float64Array) => Float64Array,
) => DIPS.map(({ row }) => spearmanCorrelation(shape(explain([a], row)), shape(explain([b], row))) ?? 0);

function checkPermutedLabels(explain: Explain): void {
  for (const learnt of LEARNT) {
    for (const permuted of PERMUTED) {
      const rho = meanOf(correlations(explain, learnt, permuted, (values) => values).map(Math.abs));
      ok(rho < 0.3, `|rank correlation| ${rho} with a network of permuted labels`);
    }
  }
  // Maps of noise pass the above: two networks that learnt the same must agree, by bands.
  const [first, second] = LEARNT;
  const agreement = meanOf(correlations(explain, first!, second!, bandSums));
  ok(agreement > 0.3, `rank correlation ${agreement} of two networks that learnt the same`);
}

function checkPlantedSignal(explain: Explain): void {
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
    chances.push((end - start) / PLANTED_BLOCK.steps);
    const top = magnitudes.indexOf(Math.max(...magnitudes));
    hits.push(top >= start && top < end ? 1 : 0);
  }
  ok(meanOf(shares) > 3 * meanOf(chances), `mass ${meanOf(shares)}, chance ${meanOf(chances)}`);
  ok(meanOf(hits) > 0.9, `pointing game ${meanOf(hits)}`);
}

/** Noise of the generator's own devices: 2 % of the plateau, a tenth of the wave. */
const DEVIATIONS = Float64Array.from({ length: MEAN_TRACE.row.length }, (_, i) => (i % 2 === 0 ? 0.02 : 0.1));

/** By bands, as they are shown: their change beside the change of the logit that they explain. */
function checkRepeat(explain: Explain): void {
  const { row } = DIPS[0]!;
  const margin = marginOf(LEARNT);
  const explained = Math.abs(margin.valueOf(row) - margin.valueOf(MEAN_TRACE.row));
  const bands = (input: Float64Array) => bandSums(explain(LEARNT, input));
  const size = Math.hypot(...bands(row));
  const { maxSensitivity } = attributionSensitivity(bands, row, noisePerturbations(DEVIATIONS, 100, 'law'));
  ok(
    maxSensitivity * size < explained,
    `values change by up to ${maxSensitivity * size}, the logit explained is ${explained}`,
  );
}

export const LAWS: Law[] = [
  defineLaw<Explain>({
    id: 'sanity.mprt',
    subject: gradients,
    check: checkRandomisation,
    twins: { 'the network is ignored': networkIgnored, 'only the first layer is seen': firstLayerOnly },
  }),
  defineLaw<Explain>({
    id: 'sanity.label',
    subject: gradients,
    check: checkPermutedLabels,
    twins: { 'the network is ignored': networkIgnored, 'a random map': randomMap },
  }),
  defineLaw<Explain>({
    id: 'sanity.planted_signal',
    subject: gradients,
    check: checkPlantedSignal,
    twins: {
      'a reference of zero force': gradientsFrom({
        name: 'zero',
        row: new Float64Array(MEAN_TRACE.row.length),
      }),
      'a random map': randomMap,
    },
  }),
  defineLaw<Explain>({
    id: 'stability.repeat',
    subject: gradients,
    check: checkRepeat,
    twins: {
      'signs drawn anew at every input': (networks, row) => {
        const stream = randomStream(String(row[0]), 'signs', 0);
        const signs = Array.from({ length: PLANTED_BLOCK.steps }, () => (stream.uniform() < 0.5 ? -3 : 3));
        return gradients(networks, row).map(
          (value, i) => signs[Math.floor(i / PLANTED_BLOCK.channels)]! * value,
        );
      },
      'over the noise of the first sample': (networks, row) => {
        const noise = row[0]! - DIPS[0]!.row[0]!;
        return gradients(networks, row).map((value) => (noise === 0 ? value : value * (1 + 0.05 / noise)));
      },
    },
  }),
];
