import * as z from 'zod';
import type { Composite } from '../../core/explain/relevance/composite.ts';
import { propagateRelevance } from '../../core/explain/relevance/propagate-relevance.ts';
import type { WeightedSumRule } from '../../core/explain/relevance/relevance-rule.ts';
import { inputGradient } from '../../core/networks/input-gradient.ts';
import type { Network } from '../../core/networks/network.ts';
import { recordNetwork } from '../../core/networks/network-tape.ts';
import { layersInputShape } from './case-rows.ts';
import type { Comparison } from './comparison.ts';
import { unknownCase } from './runner.ts';
import type { Tolerance, VectorCase, VectorFile } from './vector-file.ts';
import { flatNumbers, writtenNetwork } from './written-network.ts';

const Bound = z.number().or(z.array(z.unknown()));
const Rule = z.discriminatedUnion('rule', [
  z.object({ rule: z.literal('epsilon'), epsilon: z.number() }),
  z.object({ rule: z.literal('gamma'), gamma: z.number() }),
  z.object({ rule: z.literal('alphabeta'), alpha: z.number(), beta: z.number() }),
  z.object({ rule: z.literal('zplus') }),
  z.object({ rule: z.literal('zbox'), low: Bound, high: Bound }),
  z.object({ rule: z.literal('wsquare') }),
  z.object({ rule: z.literal('flat') }),
  z.object({ rule: z.literal('identity') }),
]);

/** A rule as the reference cases write it. @throws Error when it is none of the known ones. */
export function writtenRule(written: unknown): WeightedSumRule {
  const text = Rule.parse(written);
  switch (text.rule) {
    case 'alphabeta':
      return { ...text, rule: 'alpha-beta' };
    case 'zplus':
      return { rule: 'z-plus' };
    case 'wsquare':
      return { rule: 'w-square' };
    case 'zbox': {
      const bound = (value: z.infer<typeof Bound>) =>
        typeof value === 'number' ? value : flatNumbers(value);
      return { rule: 'z-box', low: bound(text.low), high: bound(text.high) };
    }
    default:
      return text;
  }
}

/** Rules of a chain, layer by layer from the input. */
export function writtenComposite(written: unknown, usesBias: unknown): Composite {
  return { rules: z.array(z.unknown()).parse(written).map(writtenRule), usesBias: usesBias !== false };
}

export const sumOf = (values: Iterable<number>): number =>
  Array.from(values).reduce((total, value) => total + value, 0);

/** One number at one of the outputs, zero at all others. */
export function onlyAt(length: number, target: number, value: number): Float64Array {
  if (!Number.isInteger(target) || target < 0 || target >= length) throw new Error(`no output ${target}`);
  const values = new Float64Array(length);
  values[target] = value;
  return values;
}

/** Relevance of the logit of one output with a reference of zeros: the textbook rules. */
export function relevanceOfLogit(network: Network, row: Float64Array, target: number, rules: Composite) {
  const output = recordNetwork(network, row).slots.at(-1)!;
  const start = onlyAt(output.length, target, output[target]!);
  const reference = new Float64Array(row.length);
  return { output, start, ...propagateRelevance(network, row, start, { composite: rules, reference }) };
}

/** Pairs of an expected key and our flat answer, for the keys that a case has. */
export function present(vector: VectorCase, answers: Readonly<Record<string, unknown>>): Comparison[] {
  return Object.entries(answers).flatMap(([what, actual]) => {
    const expected = vector[what];
    if (expected === undefined || expected === null) return [];
    const isNumbers = Array.isArray(expected) && actual instanceof Float64Array;
    return [{ what, expected: isNumbers ? flatNumbers(expected) : expected, actual }];
  });
}

/** An epsilon of 1e-6 takes about 1e-6 / |z| of a relevance, and |z| is above .05 in these cases. */
const SMALL_EPSILON: Tolerance = { abs: 1e-5, rel: 1e-5 };

/** A chain that the file names, one composite, every layer compared: the cases of lrp_mlp and lrp_conv1d. */
export function runComposite(vector: VectorCase, file: VectorFile): Comparison[] {
  if (!vector.composite) return unknownCase(vector);
  const network = Array.isArray(vector.layers)
    ? writtenNetwork(vector.layers, layersInputShape(vector.layers, z.array(z.unknown()).parse(vector.input)))
    : writtenNetwork(file.nets[z.string().parse(vector.net)]);
  const row = flatNumbers(vector.input);
  const target = z.int().parse(vector.target);
  const composite = writtenComposite(vector.composite, vector.biasUsedByRule);
  const found = relevanceOfLogit(network, row, target, composite);
  const absorbed = sumOf(found.layers.map(({ bias, stabiliser }) => bias + stabiliser));
  return [
    ...present(vector, {
      output: found.output,
      expected: found.inputs,
      layerSums: [sumOf(found.inputs), ...found.layers.map(({ sum }) => sum)],
      absorbedTotal: absorbed,
    }),
    ...z
      .array(z.unknown())
      .default([])
      .parse(vector.relevancePerLayer)
      .map((expected, i) => ({
        what: `relevancePerLayer[${i}]`,
        expected: flatNumbers(expected),
        actual: found.layers[i]?.values,
      })),
    ...z
      .array(z.string())
      .default([])
      .parse(vector.invariants)
      .map((text) => invariant(text, vector, network, row, found)),
  ];
}

/** A property that a case states in words, as a comparison of numbers. */
function invariant(
  text: string,
  vector: VectorCase,
  network: Network,
  row: Float64Array,
  { output, start, inputs }: { output: Float64Array; start: Float64Array; inputs: Float64Array },
): Comparison {
  if (text.startsWith('sum(expected) == output[target]')) {
    return { what: text, expected: sumOf(start), actual: sumOf(inputs), tolerance: SMALL_EPSILON };
  }
  if (text === 'expected == gradient x input') {
    const readout = onlyAt(output.length, z.int().parse(vector.target), 1);
    const { gradient } = inputGradient(network, row, readout);
    const product = gradient.map((slope, j) => slope * row[j]!);
    return { what: text, expected: product, actual: inputs, tolerance: SMALL_EPSILON };
  }
  return unknownCase(vector);
}
