import { readFileSync } from 'node:fs';
import * as z from 'zod';
import type { InputGroup, Reference } from '../../../core/explain/attribution.ts';
import { bandShapley } from '../../../core/explain/band-shapley.ts';
import { type ExplainedOutput, ensembleOutput } from '../../../core/explain/explained-output.ts';
import { integratedGradients } from '../../../core/explain/integrated-gradients.ts';
import { timeBands } from '../../../core/explain/time-bands.ts';
import type { Network } from '../../../core/networks/network.ts';
import { writtenNetwork } from '../written-network.ts';
import { meanFitTrace, PLANTED_BLOCK, type PlantedTrace, plantedTraces } from './planted-traces.ts';

const text = z
  .object({ learnt: z.array(z.unknown()).min(2), permuted: z.array(z.unknown()).min(2) })
  .parse(JSON.parse(readFileSync(new URL('networks.json', import.meta.url), 'utf8')));

/** Networks that learnt to see the dip, and networks fitted on permuted labels. */
export const LEARNT: readonly Network[] = text.learnt.map((each) => writtenNetwork(each));
export const PERMUTED: readonly Network[] = text.permuted.map((each) => writtenNetwork(each));

const MARGIN = Float64Array.of(-1, 1);

/** Logit of "a dip" less that of "no dip", mean over the networks. */
export const marginOf = (networks: readonly Network[]): ExplainedOutput =>
  ensembleOutput(networks, MARGIN, 'logit');

export const MEAN_TRACE: Reference = { name: 'the mean of the traces fitted on', row: meanFitTrace() };

/** Ten equal bands of time. */
export const BANDS: readonly InputGroup[] = timeBands(PLANTED_BLOCK, 10);

/** Traces with a dip that no network was fitted on and that the networks see. */
export function unseenDips(networks: readonly Network[], count: number): PlantedTrace[] {
  const margin = marginOf(networks);
  const seen = plantedTraces('planted-signal-unseen', 2.5 * count).filter(
    ({ row, label }) => label === 1 && margin.valueOf(row) > 0,
  );
  if (seen.length < count) throw new Error(`the networks see ${seen.length} of ${1.25 * count} dips`);
  return seen.slice(0, count);
}

/** The relu networks leave a gap of a few percent at this many nodes; the laws ask for far more than that. */
const NODES = 8;

/** Integrated gradients of the margin, one value a step and channel. */
export const gradientsFrom =
  (reference: Reference) =>
  (networks: readonly Network[], row: Float64Array): Float64Array =>
    integratedGradients(marginOf(networks), row, reference, {
      rule: { quadrature: 'gauss-legendre', count: NODES },
    }).values;

/** As many as are shown. */
const SHAPLEY_BANDS: readonly InputGroup[] = timeBands(PLANTED_BLOCK, 8);

/** Shapley values of time bands for the margin, each shared out evenly to its steps and channels. */
export const bandsFrom =
  (compared: Reference) =>
  (networks: readonly Network[], row: Float64Array): Float64Array => {
    const { attribution } = bandShapley({
      members: networks,
      readout: MARGIN,
      unit: 'logit',
      row,
      compared,
      bands: SHAPLEY_BANDS,
    });
    const values = new Float64Array(row.length);
    for (const [band, { columns }] of SHAPLEY_BANDS.entries()) {
      for (const column of columns) values[column] = attribution.values[band]! / columns.length;
    }
    return values;
  };

/** Sum of the values of each band. */
export const bandSums = (values: Float64Array): Float64Array =>
  Float64Array.from(BANDS, ({ columns }) => columns.reduce((sum, column) => sum + values[column]!, 0));

/** |value| of each step, over its channels. */
export const stepMagnitudes = (values: Float64Array): Float64Array =>
  Float64Array.from({ length: PLANTED_BLOCK.steps }, (_, step) => {
    const { channels } = PLANTED_BLOCK;
    return values
      .subarray(step * channels, (step + 1) * channels)
      .reduce((sum, value) => sum + Math.abs(value), 0);
  });

export const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
