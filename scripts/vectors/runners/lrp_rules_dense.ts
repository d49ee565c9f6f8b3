import { propagateRelevance } from '../../../core/explain/relevance/propagate-relevance.ts';
import { recordNetwork } from '../../../core/networks/network-tape.ts';
import type { Comparison } from '../comparison.ts';
import { unknownCase, type VectorRunner } from '../runner.ts';
import { flatNumbers, writtenNetwork } from '../written-network.ts';
import { present, sumOf, writtenComposite } from '../written-relevance.ts';

/** One rule on one dense layer with any relevance of its outputs. */
export const run: VectorRunner = (vector) => {
  const { input, kernel, bias, rule, relevanceOut } = vector;
  if (!input || !kernel || !rule || !relevanceOut) return unknownCase(vector);
  const row = flatNumbers(input);
  const start = flatNumbers(relevanceOut);
  const zeros = Array.from(start, () => 0);
  const network = writtenNetwork([{ type: 'dense', kernel, bias: bias ?? zeros }], [row.length]);
  const { inputs, layers } = propagateRelevance(network, row, start, {
    composite: writtenComposite([rule], vector.biasUsedByRule),
    reference: new Float64Array(row.length),
  });
  const [dense] = layers;
  const comparisons: Comparison[] = present(vector, {
    output: recordNetwork(network, row).slots.at(-1)!,
    expected: inputs,
    sumIn: sumOf(start),
    sumOut: sumOf(inputs),
    absorbed: dense!.bias + dense!.stabiliser,
  });
  return [...comparisons, { what: 'a finite answer', expected: true, actual: inputs.every(Number.isFinite) }];
};
