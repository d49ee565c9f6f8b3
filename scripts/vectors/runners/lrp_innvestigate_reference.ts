import * as z from 'zod';
import { propagateRelevance } from '../../../core/explain/relevance/propagate-relevance.ts';
import { inputGradient } from '../../../core/networks/input-gradient.ts';
import type { Network } from '../../../core/networks/network.ts';
import { recordNetwork } from '../../../core/networks/network-tape.ts';
import type { Comparison } from '../comparison.ts';
import { unknownCase, type VectorRunner } from '../runner.ts';
import type { VectorCase } from '../vector-file.ts';
import { flatNumbers, writtenNetwork } from '../written-network.ts';
import { onlyAt, present, writtenComposite } from '../written-relevance.ts';

/** Single-precision references of numbers about 1. */
const SINGLE_PRECISION = 1e-5;

/** One layer, one explained unit; everything outside the layer's inputs has no relevance. */
export const run: VectorRunner = (vector) => {
  const { input, kernel, bias, activation } = vector;
  if (!input || !kernel) return unknownCase(vector);
  const row = flatNumbers(input);
  const network = writtenNetwork([{ type: 'dense', kernel, bias, activation }], [row.length]);
  const unit = z.int().parse(vector.explainedUnit);
  const output = recordNetwork(network, row).slots.at(-1)!;
  const values = vector.rule ? relevance(vector, network, row, output) : slopes(vector, network, row, unit);
  const plain = vector.independentNumpy === undefined ? null : flatNumbers(vector.independentNumpy);
  const agrees = plain?.every((value, j) => Math.abs(value - values[j]!) < SINGLE_PRECISION);
  const comparisons: Comparison[] = present(vector, {
    output: output[unit],
    expected: values,
    independentNumpy: values,
    relevanceElsewhere: 0,
    agreesWithPlainFormula: agrees,
  });
  return comparisons;
};

function relevance(
  vector: VectorCase,
  network: Network,
  row: Float64Array,
  output: Float64Array,
): Float64Array {
  const unit = z.int().parse(vector.explainedUnit);
  const start = startOf(vector.relevanceStart, output[unit]!);
  return propagateRelevance(network, row, onlyAt(output.length, unit, start), {
    composite: writtenComposite([vector.rule], vector.biasUsedByRule),
    reference: new Float64Array(row.length),
  }).inputs;
}

/** Said in words or as a number. */
function startOf(written: unknown, output: number): number {
  if (typeof written === 'number') return written;
  if (written === undefined || String(written).includes('own output')) return output;
  throw new Error(`a start of ${JSON.stringify(written)} is not known`);
}

/** The references take the mean over these equally spaced nodes, both ends included; at 0 a relu has no slope. */
const NODES = 64;

function slopes(vector: VectorCase, network: Network, row: Float64Array, unit: number): Float64Array {
  const readout = onlyAt(network.outputCount, unit, 1);
  const slopeAt = (at: Float64Array) => inputGradient(network, at, readout).gradient;
  switch (vector.method) {
    case 'gradient':
      return slopeAt(row);
    // Both start with the unit's own answer and change the way back only where a relu stands before another layer:
    // here is one layer, and a unit that the relu holds at zero starts with zero.
    case 'guided_backprop':
    case 'deconvnet': {
      const answer = recordNetwork(network, row).slots.at(-1)![unit]!;
      return slopeAt(row).map((slope) => slope * answer);
    }
    case 'input_x_gradient':
      return slopeAt(row).map((slope, j) => slope * row[j]!);
    case 'integrated_gradients': {
      const mean = new Float64Array(row.length);
      for (let node = 0; node < NODES; node += 1) {
        const slope = slopeAt(row.map((value) => (value * node) / (NODES - 1)));
        for (let j = 0; j < mean.length; j += 1) mean[j]! += slope[j]! / NODES;
      }
      return mean.map((slope, j) => slope * row[j]!);
    }
    default:
      return unknownCase(vector);
  }
}
