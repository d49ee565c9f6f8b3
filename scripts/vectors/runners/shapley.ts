import * as z from 'zod';
import type { InputGroup } from '../../../core/explain/attribution.ts';
import { bandShapley } from '../../../core/explain/band-shapley.ts';
import { type CoalitionGame, writtenGame } from '../../../core/explain/coalition-game.ts';
import { exactShapley, shapleyOfCoalitions } from '../../../core/explain/exact-shapley.ts';
import { ensembleOutput } from '../../../core/explain/explained-output.ts';
import { groupShapley } from '../../../core/explain/group-shapley.ts';
import { solveKernelRegression } from '../../../core/explain/kernel-regression.ts';
import {
  kernelGroupShapley,
  kernelShapley,
  kernelSizeWeight,
  kernelWeight,
} from '../../../core/explain/kernel-shapley.ts';
import { linearConditionalShapley, linearShapley } from '../../../core/explain/linear-shapley.ts';
import { antitheticContributions, contributionsAlong } from '../../../core/explain/sampled-shapley.ts';
import { shapleyInteraction } from '../../../core/explain/shapley-interaction.ts';
import type { Comparison } from '../comparison.ts';
import { withAllExpected } from '../expected-keys.ts';
import { namedAnswers } from '../named-answers.ts';
import { unknownCase, type VectorRunner } from '../runner.ts';
import type { VectorCase, VectorFile } from '../vector-file.ts';
import { writtenFunction } from '../written-function.ts';
import { flatNumbers, writtenNetwork } from '../written-network.ts';

const Vector = z.array(z.number());
const Matrix = z.array(Vector);

export const run: VectorRunner = (vector, file) => withAllExpected(vector, comparisonsOf(vector, file));

function comparisonsOf(vector: VectorCase, file: VectorFile): Comparison[] {
  switch (vector.kind) {
    case 'game':
    case 'formula':
      return game(vector);
    case 'game2':
      return gameOfSeveralOutputs(vector);
    case 'net':
      return network(vector, file);
    case 'model':
      return writtenModel(vector);
    case 'linear':
    case 'linear_conditional_gaussian':
      return linear(vector);
    case 'kernel_weights':
      return kernelWeights(vector);
    case 'kernelshap_fixed_masks':
      return fixedMasks(vector);
    default:
      // Estimates from listed orders come under several names; what they are made of tells them.
      if (vector.values !== undefined && vector.players !== undefined) return game(vector);
      if (ordersOf(vector) && vector.input !== undefined) return network(vector, file);
      return unknownCase(vector);
  }
}

/** Every reader of all coalitions must agree with the expected values. */
function game(vector: VectorCase): Comparison[] {
  const players = z.number().parse(vector.players);
  const written = vector.kind === 'formula' ? formulaGame(vector, players) : null;
  const { values, coalitions } = exactShapley(
    players,
    written ?? ((mask) => Vector.parse(vector.values)[mask]!),
  );
  const regressed = kernelShapley(writtenGame(players, coalitions), { pairs: 1, seed: 'unused' }).values;
  return [
    ...namedAnswers(vector, {
      expected: () => values,
      vEmpty: () => coalitions[0],
      vFull: () => coalitions.at(-1),
      shapleyInteraction: () => shapleyInteraction(coalitions),
      interaction: () => shapleyInteraction(coalitions),
      ...alongOrders(vector, () => writtenGame(players, coalitions)),
    }),
    { what: 'kernel regression on all coalitions', expected: Array.from(values), actual: regressed },
  ];
}

/** Listed orders of joining, whatever the case calls them; null where it has none. */
function ordersOf(vector: VectorCase): number[][] | null {
  const key = Object.keys(vector).find(
    (each) => /^(?!expected|values).*(permutation|order)/i.test(each) && Array.isArray(vector[each]),
  );
  if (key === undefined) return null;
  const listed = z.array(z.unknown()).parse(vector[key]);
  return Array.isArray(listed[0]) ? Matrix.parse(listed) : [Vector.parse(listed)];
}

/** Answers along listed orders instead of all of them; none without orders. */
function alongOrders(
  vector: VectorCase,
  played: () => CoalitionGame,
): Readonly<Record<string, () => unknown>> {
  const orders = ordersOf(vector);
  if (!orders) return {};
  const meanOf = (contributions: typeof contributionsAlong) => {
    const mean = new Float64Array(played().playerCount);
    for (const order of orders) {
      for (const [player, value] of contributions(played(), order).entries())
        mean[player]! += value / orders.length;
    }
    return mean;
  };
  // Said by a key or in words; orders that already come with their reverses have the same mean either way.
  const words = [vector.name, vector.kind, vector.provenance, vector.note, vector.invariant].join(' ');
  const isPaired = vector.antithetic ?? /antithetic|revers|forward and backward/i.test(words);
  return {
    expected: () => meanOf(isPaired === true ? antitheticContributions : contributionsAlong),
    expectedAntithetic: () => meanOf(antitheticContributions),
    exactShapley: () => exactOf(played()),
  };
}

const exactOf = ({ playerCount, outputOf }: CoalitionGame): Float64Array =>
  exactShapley(playerCount, (mask) =>
    outputOf(Uint8Array.from({ length: playerCount }, (_, player) => (mask >> player) & 1)),
  ).values;

/** "v(x)=tanh(sum w_i x_i)+0.5 x0 x5-0.3 x2 x3 x11, x in {0,1}^12" with the weights beside it. */
function formulaGame(vector: VectorCase, players: number): (mask: number) => number {
  const weights = Vector.default([]).parse(vector.weights);
  const sum = weights.map((weight, i) => `${weight} * x${i}`).join(' + ');
  const text = z
    .string()
    .parse(vector.formula)
    .replace(/\bsum\s+w_i\s*\*?\s*x_i\b/, `(${sum})`);
  const written = writtenFunction(text, players);
  return (mask) =>
    written.valueOf(Float64Array.from({ length: players }, (_, player) => (mask >> player) & 1));
}

function gameOfSeveralOutputs(vector: VectorCase): Comparison[] {
  const table = Matrix.parse(vector.values_bitmask_order);
  const perOutput = table[0]!.map((_, k) => Float64Array.from(table, (outputs) => outputs[k]!));
  return namedAnswers(vector, {
    expectedInteractionOffDiagonal: () => perOutput.map((outputs) => shapleyInteraction(outputs)[0]![1]),
    expectedInteraction: () => perOutput.map((outputs) => shapleyInteraction(outputs)),
    expected: () => perOutput.map((outputs) => shapleyOfCoalitions(outputs).values),
  });
}

function network(vector: VectorCase, file: VectorFile): Comparison[] {
  const row = flatNumbers(vector.input);
  const shape =
    Array.isArray(vector.input) && Array.isArray(vector.input[0]) ? shapeOf(vector.input) : [row.length];
  const member = writtenNetwork(vector.layers ?? file.nets[z.string().parse(vector.net)], shape);
  const readout = new Float64Array(member.outputCount);
  readout[z.number().default(0).parse(vector.target)] = 1;
  const written = vector.background ?? [vector.baseline];
  const background = {
    name: 'background of the case',
    rows: z.array(z.unknown()).parse(written).map(flatNumbers),
  };
  const groups = groupsOf(Vector.parse(vector.groups));
  const explained = ensembleOutput([member], readout, 'logit');
  const { attribution, coalitions } = groupShapley(explained, row, background, groups);
  const { values } = attribution;
  const perColumn = () => {
    const repeated = new Float64Array(row.length);
    for (const [g, { columns }] of groups.entries())
      for (const column of columns) repeated[column] = values[g]!;
    return repeated;
  };
  const exact = { abs: file.tolerance.abs, rel: file.tolerance.rel };
  const regressed = kernelGroupShapley(explained, row, background, groups, { pairs: 1, seed: 'unused' });
  const asBands = { members: [member], readout, unit: 'logit', row, compared: background, bands: groups };
  const own = Array.from(values);
  return [
    ...namedAnswers(vector, {
      expected: perColumn,
      expectedPerGroup: () => values,
      base: () => attribution.referenceOutput,
      full: () => attribution.output,
      coalitionValues: () => coalitions,
      interaction: () => shapleyInteraction(coalitions),
      ...alongOrders(vector, () => writtenGame(groups.length, coalitions)),
    }),
    ...namedAnswers(vector, { expectedExact: perColumn }, exact),
    { what: 'residual', expected: 0, actual: attribution.residual, tolerance: exact },
    { what: 'kernel regression', expected: own, actual: regressed.attribution.values, tolerance: exact },
    { what: 'bands', expected: own, actual: bandShapley(asBands).attribution.values, tolerance: exact },
  ];
}

const shapeOf = (value: readonly unknown[]): number[] => [
  value.length,
  ...(Array.isArray(value[0]) ? shapeOf(value[0]) : []),
];

/** Groups by their number for each column; columns of one number join and leave together. */
function groupsOf(numbers: readonly number[]): InputGroup[] {
  return [...new Set(numbers)]
    .sort((a, b) => a - b)
    .map((group) => ({
      name: `group ${group}`,
      columns: numbers.flatMap((each, column) => (each === group ? [column] : [])),
    }));
}

function writtenModel(vector: VectorCase): Comparison[] {
  const background = {
    name: 'background of the case',
    rows: Matrix.parse(vector.background).map(flatNumbers),
  };
  const inputs = Matrix.parse(vector.inputs).map(flatNumbers);
  const columns = background.rows[0]!.length;
  const explained = writtenFunction(z.string().parse(vector.function), columns);
  const groups = groupsOf(Array.from({ length: columns }, (_, column) => column));
  const all = inputs.map((row) => groupShapley(explained, row, background, groups).attribution);
  const options = { pairs: 1, seed: 'unused' };
  const regressed = inputs.map(
    (row) => kernelGroupShapley(explained, row, background, groups, options).attribution.values,
  );
  return [
    ...namedAnswers(vector, {
      expected: () => all.map(({ values }) => values),
      expectedValue: () => all[0]!.referenceOutput,
      base: () => all[0]!.referenceOutput,
    }),
    { what: 'expected, by kernel regression', expected: vector.expected, actual: regressed },
  ];
}

function linear(vector: VectorCase): Comparison[] {
  const model = { weights: flatNumbers(vector.beta), mean: flatNumbers(vector.mean) };
  const input = flatNumbers(vector.input);
  return namedAnswers(vector, {
    expected: () =>
      vector.kind === 'linear'
        ? linearShapley(model, input)
        : linearConditionalShapley(model, Matrix.parse(vector.cov), input),
    expectedValue: () =>
      model.weights.reduce(
        (sum, weight, i) => sum + weight * model.mean[i]!,
        z
          .number()
          .default(0)
          .parse(vector.intercept ?? vector.bias),
      ),
  });
}

function kernelWeights(vector: VectorCase): Comparison[] {
  const players = z.number().parse(vector.M);
  const sizes = Vector.parse(vector.size);
  return namedAnswers(vector, {
    weightPerCoalition: () => sizes.map((size) => kernelWeight(players, size)),
    totalPerSize: () => sizes.map((size) => kernelSizeWeight(players, size)),
  });
}

function fixedMasks(vector: VectorCase): Comparison[] {
  const players = z.number().parse(vector.players);
  const coalitions = flatNumbers(vector.values);
  const played = writtenGame(players, coalitions);
  const masks = Matrix.parse(vector.masks).map((mask) => Uint8Array.from(mask));
  const sizes = masks.map((mask) => mask.reduce((sum, isIn) => sum + isIn, 0));
  const emptyOutput = coalitions[0]!;
  const fullOutput = coalitions.at(-1)!;
  const solved = solveKernelRegression({
    masks,
    outputs: masks.map((mask) => played.outputOf(mask)),
    weights:
      'weights' in vector ? Vector.parse(vector.weights) : sizes.map((size) => kernelWeight(players, size)),
    emptyOutput,
    fullOutput,
  });
  // Whole numbers say how often a mask was drawn; others are the kernel's.
  const areCounts = 'weights' in vector && Vector.parse(vector.weights).every(Number.isInteger);
  const exact = shapleyOfCoalitions(coalitions).values;
  const enumerated = kernelShapley(played, { pairs: 1, seed: 'unused' }).values;
  return [
    ...namedAnswers(vector, {
      expected: () => solved,
      exactShapley: () => exact,
      vEmpty: () => emptyOutput,
      vFull: () => fullOutput,
      ...(!areCounts && { weights: () => sizes.map((size) => kernelWeight(players, size)) }),
    }),
    {
      what: 'sum',
      expected: fullOutput - emptyOutput,
      actual: solved.reduce((sum, value) => sum + value, 0),
    },
    { what: 'with all masks', expected: Array.from(exact), actual: enumerated },
  ];
}
