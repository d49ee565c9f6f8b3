import * as z from 'zod';
import type { Attribution, Reference } from '../../../core/explain/attribution.ts';
import { type ExplainedOutput, ensembleOutput } from '../../../core/explain/explained-output.ts';
import { gradientTimesInput } from '../../../core/explain/gradient-times-input.ts';
import { integratedGradients } from '../../../core/explain/integrated-gradients.ts';
import { windowOcclusion } from '../../../core/explain/occlusion.ts';
import { type Quadrature, quadratureRule } from '../../../core/explain/quadrature.ts';
import { saliency } from '../../../core/explain/saliency.ts';
import { type SlopeStatistic, smoothGradient } from '../../../core/explain/smooth-gradient.ts';
import { forwardNetwork } from '../../../core/networks/forward-network.ts';
import type { Network, Shape } from '../../../core/networks/network.ts';
import { caseRows, filledRow, layersInputShape } from '../case-rows.ts';
import type { Comparison } from '../comparison.ts';
import { unknownCase, type VectorRunner } from '../runner.ts';
import type { VectorCase, VectorFile } from '../vector-file.ts';
import { writtenFunction } from '../written-function.ts';
import { flatNumbers, writtenNetwork } from '../written-network.ts';

const QUADRATURE_NAMES: Readonly<Record<string, Quadrature>> = {
  gausslegendre: 'gauss-legendre',
  gauss_legendre: 'gauss-legendre',
  trapezoid: 'trapezoid',
  riemann_trapezoid: 'trapezoid',
  riemann_left: 'riemann-left',
  riemann_right: 'riemann-right',
  riemann_middle: 'riemann-middle',
};

/** The rule behind `highResolution`, found by trying: it agrees to 1e-13, its neighbours to 1e-4 only. */
const HIGH_RESOLUTION = { quadrature: 'riemann-middle', count: 20_000 } as const;

const Case = z.looseObject({
  method: z.string(),
  net: z.string().optional(),
  layers: z.array(z.unknown()).optional(),
  function: z.string().optional(),
  target: z.int().default(0),
  input: z.array(z.unknown()),
});

/** What a case explains: one number of a network or of a function, and the rows it is explained at. */
interface Subject {
  explained: ExplainedOutput;
  network: Network | null;
  /** Of one row. */
  shape: Shape;
  rows: readonly Float64Array[];
}

export const run: VectorRunner = (vector, file) => {
  if (vector.method === 'quadrature') return quadratureCase(vector);
  const subject = subjectOf(vector, file);
  switch (vector.method) {
    case 'saliency':
    case 'gradient':
    case 'gradient_x_input':
    case 'input_x_gradient':
      return saliencyCase(vector, subject);
    case 'integrated_gradients':
      return integratedCase(vector, subject, file);
    case 'smoothgrad':
      return smoothCase(vector, subject);
    case 'occlusion':
      return occlusionCase(vector, subject);
    default:
      return unknownCase(vector);
  }
};

function subjectOf(vector: VectorCase, file: VectorFile): Subject {
  const read = Case.parse(vector);
  if (read.function !== undefined) {
    const row = Array.isArray(read.input[0]) ? read.input[0] : read.input;
    const explained = writtenFunction(read.function, row.length);
    const shape = [explained.inputCount];
    return { explained, network: null, shape, rows: caseRows(read.input, shape) };
  }
  const network =
    read.layers !== undefined
      ? writtenNetwork(read.layers, layersInputShape(read.layers, read.input))
      : writtenNetwork(file.nets[read.net ?? unknownCase(vector)]);
  const readout = new Float64Array(network.outputCount);
  readout[read.target] = 1;
  const { shape } = network.inputs[0]!;
  return {
    explained: ensembleOutput([network], readout, 'value'),
    network,
    shape,
    rows: caseRows(read.input, shape),
  };
}

const zeros = (length: number): Reference => ({ name: 'zeros', row: new Float64Array(length) });
const only = (rows: readonly Float64Array[]): Float64Array => {
  const [row] = rows;
  if (!row || rows.length > 1) throw new Error('one row is expected');
  return row;
};
const given = (vector: VectorCase, key: string, actual: () => number | Float64Array): Comparison[] => {
  if (vector[key] === undefined) return [];
  const expected = typeof vector[key] === 'number' ? vector[key] : flatNumbers(vector[key]);
  return [{ what: key, expected, actual: actual() }];
};

/** As {@link given}, flat even when the case writes one number. */
const listed = (vector: VectorCase, key: string, actual: () => Float64Array): Comparison[] =>
  vector[key] === undefined ? [] : [{ what: key, expected: flatNumbers(vector[key]), actual: actual() }];

function quadratureCase(vector: VectorCase): Comparison[] {
  const said = String(vector.quadrature ?? vector.name);
  const name = Object.keys(QUADRATURE_NAMES).find((each) => said.includes(each));
  if (name === undefined) return unknownCase(vector);
  const nodes = flatNumbers(vector.nodes);
  const quadrature = QUADRATURE_NAMES[name]!;
  const rule = quadratureRule(quadrature, quadrature === 'trapezoid' ? nodes.length - 1 : nodes.length);
  return [
    { what: 'nodes', expected: nodes, actual: rule.nodes },
    { what: 'weights', expected: flatNumbers(vector.weights), actual: rule.weights },
  ];
}

function saliencyCase(vector: VectorCase, { explained, network, rows }: Subject): Comparison[] {
  const joined = (answer: (row: Float64Array) => Float64Array | number) => () =>
    Float64Array.from(
      rows.flatMap((row) => {
        const found = answer(row);
        return typeof found === 'number' ? found : [...found];
      }),
    );
  const slopes = joined((row) => saliency(explained, row, zeros(row.length)).values);
  const sizes = joined((row) => saliency(explained, row, zeros(row.length), { isAbsolute: true }).values);
  const products = joined((row) => gradientTimesInput(explained, row, zeros(row.length)).values);
  // Without a name of the quantity it is what the method is called; saliency alone means the size of the slope.
  const named = String(vector.method);
  const expected = named.includes('input') ? products : named === 'saliency' ? sizes : slopes;
  return [
    ...listed(
      vector,
      'output',
      joined((row) => (network ? forwardNetwork(network, row).output : explained.valueOf(row))),
    ),
    ...listed(vector, 'gradient', slopes),
    ...listed(vector, 'saliencyAbs', sizes),
    ...listed(vector, 'gradientXinput', products),
    ...listed(vector, 'expected', expected),
  ];
}

function integratedCase(vector: VectorCase, subject: Subject, file: VectorFile): Comparison[] {
  const { explained, rows } = subject;
  const options = vector.quadrature === undefined ? {} : { rule: ruleOf(vector) };
  const along = (row: Float64Array, rule: Parameters<typeof integratedGradients>[3]) =>
    integratedGradients(explained, row, referenceOf(vector, row.length), rule);
  const all = rows.map((row) => along(row, options));
  const highResolution = () => along(only(rows), { rule: HIGH_RESOLUTION });
  const numbers = (key: string, of: (each: Attribution) => number) =>
    // One number beside a batch is that of its first row.
    listed(vector, key, () => Float64Array.from(Array.isArray(vector[key]) ? all : all.slice(0, 1), of));
  return [
    ...listed(vector, 'expected', () => Float64Array.from(all.flatMap(({ values }) => [...values]))),
    ...numbers('fInput', ({ output }) => output),
    ...numbers('fBaseline', ({ referenceOutput }) => referenceOutput),
    ...numbers('completenessGap', ({ residual }) => residual),
    ...highResolutionOf(vector, highResolution),
    ...(vector.invariant === undefined ? [] : invariantOf(vector, subject, along(only(rows), options), file)),
  ];
}

const referenceOf = (vector: VectorCase, length: number): Reference => ({
  name: 'baseline',
  row: filledRow(vector.baseline ?? 0, length),
});

function ruleOf(vector: VectorCase): { quadrature: Quadrature; count: number } {
  const quadrature = QUADRATURE_NAMES[String(vector.quadrature)];
  if (!quadrature) throw new Error(`the quadrature "${vector.quadrature}" is not known`);
  return { quadrature, count: z.int().parse(vector.steps) };
}

function highResolutionOf(vector: VectorCase, attribution: () => Attribution): Comparison[] {
  if (vector.highResolution === undefined) return [];
  const { values, residual } = attribution();
  return [
    ...given(vector, 'highResolution', () => values),
    ...given(vector, 'highResolutionGap', () => residual),
  ];
}

/**
 * "f1 == f2 everywhere, so are the attributions; riemann_right with 50 steps is within 0.05": the other functions of
 * the file with the same answer have the same values on a grid and the same attribution.
 */
function invariantOf(
  vector: VectorCase,
  { explained, rows }: Subject,
  attribution: Attribution,
  file: VectorFile,
): Comparison[] {
  if (typeof vector.invariant !== 'string') return [];
  const row = only(rows);
  const comparisons: Comparison[] = [];
  const named = /(\w+) with (\d+) steps is within ([\d.]+)/.exec(vector.invariant);
  if (named) {
    const rule = { quadrature: QUADRATURE_NAMES[named[1]!] ?? unknownCase(vector), count: Number(named[2]) };
    comparisons.push({
      what: named[0],
      expected: flatNumbers(vector.expected),
      actual: integratedGradients(explained, row, attribution.reference, { rule }).values,
      tolerance: { abs: Number(named[3]), rel: 0 },
    });
  }
  if (vector.invariant.includes('implementation invariance')) {
    for (const other of file.cases.filter((each) => isTwin(each, vector))) {
      const twin = subjectOf(other, file);
      for (const point of grid(row.length)) {
        comparisons.push({
          what: `value of ${other.name} at ${point.join(' ')}`,
          expected: explained.valueOf(point),
          actual: twin.explained.valueOf(point),
          tolerance: { abs: 1e-12, rel: 0 },
        });
      }
      comparisons.push({
        what: `attribution of ${other.name}`,
        expected: attribution.values,
        actual: integratedGradients(twin.explained, row, attribution.reference).values,
      });
    }
  }
  return comparisons;
}

const isTwin = (each: VectorCase, vector: VectorCase): boolean =>
  each !== vector &&
  each.function !== undefined &&
  ['method', 'invariant', 'input', 'baseline'].every(
    (key) => JSON.stringify(each[key]) === JSON.stringify(vector[key]),
  );

/** Points from -2 to 4 in every direction. */
function grid(dimensions: number): Float64Array[] {
  const steps = [-2, -0.5, 0, 0.5, 1, 1.5, 2.5, 4];
  let points: number[][] = [[]];
  for (let d = 0; d < dimensions; d += 1) points = points.flatMap((point) => steps.map((x) => [...point, x]));
  return points.map((point) => Float64Array.from(point));
}

function smoothCase(vector: VectorCase, { explained, rows, shape }: Subject): Comparison[] {
  const row = only(rows);
  const noise = { draws: caseRows(vector.noise, shape) };
  const valuesOf = (statistic: SlopeStatistic, isTimesInput = false) =>
    smoothGradient(explained, row, zeros(row.length), { noise, statistic, isTimesInput }).values;
  return [
    ...given(vector, 'smoothgrad', () => valuesOf('mean')),
    ...given(vector, 'smoothgradSquared', () => valuesOf('mean-square')),
    ...given(vector, 'smoothgradXinput', () => valuesOf('mean', true)),
    ...given(vector, 'vargrad', () => valuesOf('variance')),
    ...given(vector, 'vargradUnbiased', () => valuesOf('unbiased-variance')),
  ];
}

function occlusionCase(vector: VectorCase, { explained, rows, shape }: Subject): Comparison[] {
  const [steps, channels = 1] = shape as [number, number?];
  const size = z.int().parse(vector.window);
  const stride = z.int().parse(vector.stride);
  const all = rows.map((row) => {
    const reference = { name: 'baseline', row: filledRow(vector.baselineRow ?? vector.baseline, row.length) };
    return windowOcclusion(explained, row, reference, { steps, channels }, { size, stride });
  });
  const first = all[0]!;
  return [
    ...given(vector, 'fInput', () => first.output),
    ...given(vector, 'starts', () => Float64Array.from(first.starts)),
    ...given(vector, 'drops', () => first.drops),
    ...given(vector, 'perStepMean', () => first.values),
    ...given(vector, 'windowCount', () => first.windowCounts),
    ...given(vector, 'expected', () => Float64Array.from(all.flatMap(({ values }) => [...values]))),
  ];
}
