import * as z from 'zod';
import { deepLift, deepShap, type NetworkReadout } from '../../../core/explain/deep-lift.ts';
import { deepLiftMultipliers } from '../../../core/explain/deep-lift-multipliers.ts';
import type { Network } from '../../../core/networks/network.ts';
import { caseRows, filledRow, layersInputShape } from '../case-rows.ts';
import type { Comparison } from '../comparison.ts';
import { unknownCase, type VectorRunner } from '../runner.ts';
import type { VectorCase, VectorFile } from '../vector-file.ts';
import { writtenFunctionNetwork } from '../written-function-network.ts';
import { flatNumbers, writtenNetwork } from '../written-network.ts';

const Case = z.looseObject({
  method: z.string(),
  net: z.string().optional(),
  layers: z.array(z.unknown()).optional(),
  function: z.string().optional(),
  target: z.int().default(0),
  input: z.array(z.unknown()),
  expected: z.unknown(),
});
type Case = z.infer<typeof Case>;

export const run: VectorRunner = (vector, file) => {
  const read = Case.parse(vector);
  const network = networkOf(read, vector, file);
  const shape = network.inputs.length === 1 ? network.inputs[0]!.shape : [network.inputCount];
  const readout = new Float64Array(network.outputCount);
  readout[read.target] = 1;
  const model = { members: [network], readout, unit: 'value' };
  const rows = caseRows(read.input, shape);
  switch (read.method) {
    case 'deeplift_rescale':
      return rescaleCase(vector, read, model, rows, shape.length);
    case 'deeplift_multipliers': {
      const references = referencesOf(vector, rows, shape.length);
      const multipliers = rows.map((row, r) => deepLiftMultipliers(network, row, references[r]!, readout));
      return [{ what: 'expected', expected: flatNumbers(read.expected), actual: joined(multipliers) }];
    }
    case 'deepshap':
      return shapCase(vector, read, model, rows, shape.length);
    default:
      return unknownCase(vector);
  }
};

function networkOf(read: Case, vector: VectorCase, file: VectorFile): Network {
  if (read.net !== undefined) return writtenNetwork(file.nets[read.net]);
  if (read.layers !== undefined)
    return writtenNetwork(read.layers, layersInputShape(read.layers, read.input));
  if (read.function !== undefined) {
    const row = Array.isArray(read.input[0]) ? read.input[0] : read.input;
    return writtenFunctionNetwork(read.function, row.length);
  }
  return unknownCase(vector);
}

function rescaleCase(
  vector: VectorCase,
  read: Case,
  model: NetworkReadout,
  rows: readonly Float64Array[],
  rank: number,
): Comparison[] {
  const references = referencesOf(vector, rows, rank);
  const all = rows.map((row, r) => deepLift(model, row, { name: 'baseline', row: references[r]! }));
  const [first] = all;
  return [
    {
      what: 'expected',
      expected: flatNumbers(read.expected),
      actual: joined(all.map(({ values }) => values)),
    },
    // The text "sum(expected) == fInput - fBaseline" holds for every case, said or not.
    ...all.map(({ residual }) => ({ what: 'residual', expected: 0, actual: residual })),
    ...given(vector, 'fInput', first!.output),
    ...given(vector, 'fBaseline', first!.referenceOutput),
    ...given(vector, 'completenessGap', first!.residual),
  ];
}

function shapCase(
  vector: VectorCase,
  read: Case,
  model: NetworkReadout,
  rows: readonly Float64Array[],
  rank: number,
): Comparison[] {
  const background = caseRows(vector.background ?? vector.baseline, new Array(rank).fill(0));
  const all = rows.map((row) => deepShap(model, row, { name: 'background', rows: background }));
  const [first] = all;
  return [
    {
      what: 'expected',
      expected: flatNumbers(read.expected),
      actual: joined(all.map(({ values }) => values)),
    },
    ...all.map(({ residual }) => ({ what: 'residual', expected: 0, actual: residual })),
    ...given(vector, 'fInput', first!.output),
    ...given(vector, 'meanBackground', first!.referenceOutput),
  ];
}

/** One reference a row: as many as there are rows, or one for all. */
function referencesOf(vector: VectorCase, rows: readonly Float64Array[], rank: number): Float64Array[] {
  const written = caseRows(vector.baseline, new Array(rank).fill(0));
  return rows.map((row, r) => filledRow([...(written.length === 1 ? written[0]! : written[r]!)], row.length));
}

const joined = (rows: readonly Float64Array[]): Float64Array =>
  Float64Array.from(rows.flatMap((row) => [...row]));

const given = (vector: VectorCase, key: string, actual: number): Comparison[] =>
  typeof vector[key] === 'number' ? [{ what: key, expected: vector[key], actual }] : [];
