import * as z from 'zod';
import type { Composite } from '../../../core/explain/relevance/composite.ts';
import { inputGradient } from '../../../core/networks/input-gradient.ts';
import { buildNetwork, type DenseLayer, type Network } from '../../../core/networks/network.ts';
import type { Comparison } from '../comparison.ts';
import { unknownCase, type VectorRunner } from '../runner.ts';
import type { VectorCase } from '../vector-file.ts';
import { flatNumbers, writtenNetwork } from '../written-network.ts';
import { onlyAt, relevanceOfLogit, writtenRule } from '../written-relevance.ts';

/** What the cases take for "epsilon rule" when no number is given. */
const EPSILON = { rule: 'epsilon', epsilon: 1e-9 } as const;

/** Chains, a skip connection, a sum of two inputs, and a convolution over two dimensions as its matrix. */
export const run: VectorRunner = (vector) => {
  if (vector.conv2d) return compareRows(vector, convolutionChain(vector), [flatNumbers(vector.input)]);
  if (vector.inputs) return summedInputs(vector);
  if (vector.dense && String(vector.graph).startsWith('y = dense(x) + x')) {
    const rows = rowsOf(vector.input);
    return compareRows(vector, skipConnection(vector, rows[0]!.length), rows);
  }
  if (vector.layers) {
    const layers = layersOf(vector);
    const isSequence = !['dense', 'flatten'].includes(String(layers[0]?.type));
    const { rows, shape } = batchOf(vector.input, isSequence ? 2 : 1);
    return compareRows(vector, writtenNetwork(layers, shape), rows);
  }
  return unknownCase(vector);
};

const Layers = z.array(z.looseObject({ type: z.string() }));

/** Layers with biases of zero and pools that do not overlap where nothing else is written. */
function layersOf(vector: VectorCase) {
  return Layers.parse(vector.layers).map((layer) => {
    if (layer.type.includes('pool')) {
      return { ...layer, strides: layer.strides ?? layer.poolSize };
    }
    if (!('kernel' in layer) || layer.bias) return layer;
    const outputs = z.array(z.unknown()).parse(
      z
        .array(z.unknown())
        .parse(layer.kernel)
        .flat(layer.type === 'conv1d' ? 1 : 0)[0],
    );
    return { ...layer, bias: outputs.map(() => 0) };
  });
}

const rowsOf = (input: unknown): Float64Array[] => z.array(z.unknown()).parse(input).map(flatNumbers);

/** Rows of nested lists of a known depth, with or without a batch around them. */
function batchOf(input: unknown, rank: number): { rows: Float64Array[]; shape: number[] } {
  const lengths: number[] = [];
  for (let at = input; Array.isArray(at); at = at[0]) lengths.push(at.length);
  const isBatch = lengths.length > rank;
  return { rows: isBatch ? rowsOf(input) : [flatNumbers(input)], shape: lengths.slice(isBatch ? 1 : 0) };
}

function compositeOf(vector: VectorCase, network: Network): Composite {
  const layers = network.layers.filter(({ kind }) => kind === 'dense' || kind === 'conv1d');
  const written = z.array(z.unknown()).optional().parse(vector.rules);
  // Layers without weights have no rule of their own.
  const rules = written?.filter((rule) => rule !== null).map(writtenRule) ?? layers.map(() => EPSILON);
  // A sum of inputs is written as a dense layer in front; the cases name no rule for it.
  const missing = Array.from({ length: layers.length - rules.length }, () => EPSILON);
  return { rules: [...missing, ...rules], usesBias: vector.biasUsedByRule !== false };
}

function compareRows(vector: VectorCase, network: Network, rows: readonly Float64Array[]): Comparison[] {
  const composite = compositeOf(vector, network);
  const targets = z.int().or(z.array(z.int())).default(0).parse(vector.target);
  const targetOf = (i: number) => (typeof targets === 'number' ? targets : targets[i]!);
  const found = rows.map((row, i) => relevanceOfLogit(network, row, targetOf(i), composite));
  const inputs = found.flatMap((each) => Array.from(each.inputs));
  const comparisons: Comparison[] = [
    { what: 'expected', expected: flatNumbers(vector.expected), actual: inputs },
  ];
  if (vector.expected_exact) {
    comparisons.push({
      what: 'expected_exact',
      expected: flatNumbers(vector.expected_exact),
      actual: inputs,
      // Rounding of an epsilon of 1e-9 on numbers of about .1.
      tolerance: { abs: 1e-8, rel: 0 },
    });
  }
  if (vector.output) {
    const actual = found.flatMap((each) => Array.from(each.output));
    comparisons.push({ what: 'output', expected: flatNumbers(vector.output), actual });
  }
  if (String(vector.invariant).includes('gradient x input')) {
    const products = rows.flatMap((row, i) => {
      const readout = onlyAt(network.outputCount, targetOf(i), 1);
      return Array.from(inputGradient(network, row, readout).gradient, (slope, j) => slope * row[j]!);
    });
    comparisons.push({ what: 'gradient x input', expected: products, actual: inputs });
  } else if (vector.invariant !== undefined) return unknownCase(vector);
  return comparisons;
}

/** Adds blocks of equal length entry by entry. */
function addition(name: string, source: number, blocks: number, length: number): DenseLayer {
  const kernel = new Float64Array(blocks * length * length);
  for (let i = 0; i < blocks * length; i += 1) kernel[i * length + (i % length)] = 1;
  return {
    kind: 'dense',
    name,
    sources: [source],
    outputShape: [length],
    activation: 'linear',
    inputCount: blocks * length,
    outputCount: length,
    kernel,
    bias: new Float64Array(length),
  };
}

const Dense = z.object({ kernel: z.array(z.array(z.number())), bias: z.array(z.number()).nullish() });

/** y = dense(x) + x. */
function skipConnection(vector: VectorCase, length: number): Network {
  const { kernel, bias } = Dense.parse(vector.dense);
  const inner = writtenNetwork([{ type: 'dense', kernel, bias: bias ?? kernel[0]!.map(() => 0) }], [length]);
  return buildNetwork(inner.inputs, [
    ...inner.layers,
    {
      kind: 'concatenate',
      name: 'both',
      sources: [1, 0],
      outputShape: [2 * length],
      widths: [length, length],
    },
    addition('sum', 2, 2, length),
  ]);
}

/** x = a + b + ..., then layers. */
function summedInputs(vector: VectorCase): Comparison[] {
  const inputs = z.record(z.string(), z.unknown()).parse(vector.inputs);
  const names = Object.keys(inputs);
  const rows = names.map((name) => flatNumbers(inputs[name]));
  const length = rows[0]!.length;
  const sum = addition('sum', names.length, names.length, length);
  const after = writtenNetwork(layersOf(vector), [length]);
  const network = buildNetwork(
    names.map((name) => ({ name, shape: [length] })),
    [
      {
        kind: 'concatenate',
        name: 'all',
        sources: names.map((_, slot) => slot),
        outputShape: [names.length * length],
        widths: names.map(() => length),
      },
      sum,
      ...after.layers.map((layer) => ({
        ...layer,
        sources: layer.sources.map((source) => source + names.length + 1),
      })),
    ],
  );
  const row = Float64Array.from(rows.flatMap((each) => Array.from(each)));
  const target = z.int().default(0).parse(vector.target);
  const found = relevanceOfLogit(network, row, target, compositeOf(vector, network));
  const comparisons: Comparison[] = names.map((name, i) => ({
    what: `expected_${name}`,
    expected: flatNumbers(vector[`expected_${name}`]),
    actual: found.inputs.slice(i * length, (i + 1) * length),
  }));
  if (vector.output) {
    comparisons.push({ what: 'output', expected: flatNumbers(vector.output), actual: found.output });
  }
  if (vector.relevanceOfSum) {
    const expected = flatNumbers(vector.relevanceOfSum);
    comparisons.push({ what: 'relevanceOfSum', expected, actual: found.layers[1]!.values });
  }
  return comparisons;
}

const Convolution = z.object({
  /** [row][column][input][filter]. */
  kernel: z.array(z.array(z.array(z.array(z.number())))),
  bias: z.array(z.number()).nullish(),
});

/** Whole windows, stride 1, relu; the answers flattened channel by channel; a dense layer with relu behind. */
function convolutionChain(vector: VectorCase): Network {
  if (!String(vector.graph).includes('valid') || !String(vector.graph).includes('channel-major')) {
    return unknownCase(vector);
  }
  const { kernel, bias } = Convolution.parse(vector.conv2d);
  const image = z.array(z.array(z.unknown())).parse(vector.input);
  const [height, width] = [image.length, image[0]!.length];
  const channels = kernel[0]![0]!.length;
  const filters = kernel[0]![0]![0]!.length;
  const [rows, columns] = [height - kernel.length + 1, width - kernel[0]!.length + 1];
  const matrix = Array.from({ length: height * width * channels }, () =>
    new Array<number>(filters * rows * columns).fill(0),
  );
  for (let f = 0; f < filters; f += 1) {
    for (let y = 0; y < rows; y += 1) {
      for (let x = 0; x < columns; x += 1) {
        for (const [dy, line] of kernel.entries()) {
          for (const [dx, tap] of line.entries()) {
            for (const [c, weights] of tap.entries()) {
              const pixel = ((y + dy) * width + x + dx) * channels + c;
              matrix[pixel]![(f * rows + y) * columns + x] = weights[f]!;
            }
          }
        }
      }
    }
  }
  const biases = Array.from({ length: filters * rows * columns }, (_, at) =>
    bias ? bias[Math.floor(at / (rows * columns))]! : 0,
  );
  const dense = Dense.parse(vector.dense);
  return writtenNetwork(
    [
      { type: 'dense', kernel: matrix, bias: biases, activation: 'relu' },
      {
        type: 'dense',
        kernel: dense.kernel,
        bias: dense.bias ?? dense.kernel[0]!.map(() => 0),
        activation: 'relu',
      },
    ],
    [height * width * channels],
  );
}
