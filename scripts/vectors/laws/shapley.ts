import fc from 'fast-check';
import type { InputGroup } from '../../../core/explain/attribution.ts';
import type { Background } from '../../../core/explain/coalition-background.ts';
import { writtenGame } from '../../../core/explain/coalition-game.ts';
import { bitCount, exactShapley } from '../../../core/explain/exact-shapley.ts';
import type { ExplainedOutput } from '../../../core/explain/explained-output.ts';
import { groupShapley } from '../../../core/explain/group-shapley.ts';
import { solveKernelRegression } from '../../../core/explain/kernel-regression.ts';
import { kernelShapley, kernelSizeWeight, kernelWeight } from '../../../core/explain/kernel-shapley.ts';
import { contributionsAlong } from '../../../core/explain/sampled-shapley.ts';
import { defineLaw, type Law } from '../law.ts';
import {
  assertAllClose,
  assertClose,
  curvedFunction,
  exactValues,
  type OfTable,
  playersOfTable,
  ROUNDING,
  runsOf,
  singleInputs,
  sumOf,
  tables,
} from '../shapley-questions.ts';

const games = (least: number, most: number) => fc.integer({ min: least, max: most }).chain(tables);
const perPlayer = (table: Float64Array, ofBit: (bit: number) => number) =>
  Float64Array.from({ length: playersOfTable(table) }, (_, player) => ofBit(1 << player));

const removalOnly: OfTable = (table) =>
  perPlayer(table, (bit) => table.at(-1)! - table[(table.length - 1) & ~bit]!);
const banzhaf: OfTable = (table) =>
  perPlayer(table, (bit) =>
    table.reduce((sum, output, mask) => sum + ((mask & bit ? 1 : -1) * output * 2) / table.length, 0),
  );
/** Efficient, symmetric and blind to dummies, but not linear. */
const banzhafScaled: OfTable = (table) => {
  const raw = banzhaf(table);
  return raw.map((value) => (value * (table.at(-1)! - table[0]!)) / sumOf(raw));
};
const fixedOrder: OfTable = (table) =>
  contributionsAlong(writtenGame(playersOfTable(table), table), [...perPlayer(table, Math.log2)]);
const evenSpread: OfTable = (table) =>
  perPlayer(table, () => (table.at(-1)! - table[0]!) / playersOfTable(table));

function checkAxioms(values: OfTable): void {
  // Of three players a, b, c: c is the dummy, a and b are alike.
  fc.assert(
    fc.property(
      fc
        .integer({ min: 3, max: 8 })
        .chain((players) =>
          fc.tuple(tables(players), tables(players), fc.double({ min: -3, max: 3, noNaN: true })),
        ),
      ([table, other, factor]) => {
        const dummy = table.map((_, mask) => table[mask & ~4]!);
        assertClose(values(dummy)[2]!, 0, ROUNDING, 'a dummy');
        const alike = table.map((_, mask) => table[(mask & ~3) | (2 ** bitCount(mask & 3) - 1)]!);
        const [a, b] = values(alike);
        assertClose(a!, b!, ROUNDING, 'players that are alike');
        const combined = values(table.map((output, mask) => output + factor * other[mask]!));
        const [ofTable, ofOther] = [values(table), values(other)];
        assertAllClose(
          combined,
          ofTable.map((value, i) => value + factor * ofOther[i]!),
          10 * ROUNDING,
          'a sum of games',
        );
      },
    ),
    runsOf(60),
  );
}

/** KernelSHAP on all coalitions with a defect in weights or targets. */
const brokenKernel =
  (
    weightOf: (players: number, size: number) => number,
    emptyOf = (table: Float64Array) => table[0]!,
  ): OfTable =>
  (table) => {
    const players = playersOfTable(table);
    const masks = Array.from({ length: table.length - 2 }, (_, i) => i + 1);
    return solveKernelRegression({
      masks: masks.map((mask) => Uint8Array.from({ length: players }, (_, player) => (mask >> player) & 1)),
      weights: masks.map((mask) => weightOf(players, bitCount(mask))),
      outputs: masks.map((mask) => table[mask]!),
      emptyOutput: emptyOf(table),
      fullOutput: table.at(-1)!,
    });
  };

type ByGroups = (
  explained: ExplainedOutput,
  row: Float64Array,
  background: Background,
  groups: readonly InputGroup[],
) => Float64Array;
const byGroups: ByGroups = (...question) => groupShapley(...question).attribution.values;

const rows = fc
  .array(fc.double({ min: -2, max: 2, noNaN: true }), { minLength: 6, maxLength: 6 })
  .map((values) => Float64Array.from(values));
const partitions = fc.array(fc.nat({ max: 3 }), { minLength: 6, maxLength: 6 }).map((numbers) =>
  [...new Set(numbers)].map((group) => ({
    name: `group ${group}`,
    columns: numbers.flatMap((each, column) => (each === group ? [column] : [])),
  })),
);

function checkGroupLaw(values: ByGroups): void {
  fc.assert(
    fc.property(rows, fc.array(rows, { minLength: 1, maxLength: 3 }), partitions, (row, absent, groups) => {
      const background = { name: 'background', rows: absent };
      // The quotient game, straight from its definition.
      const outputOf = (columns: ReadonlySet<number>) =>
        sumOf(
          absent.map((each) =>
            curvedFunction.valueOf(each.map((value, i) => (columns.has(i) ? row[i]! : value))),
          ),
        ) / absent.length;
      const quotient = exactShapley(groups.length, (mask) =>
        outputOf(new Set(groups.flatMap(({ columns }, g) => (mask & (1 << g) ? columns : [])))),
      );
      assertAllClose(values(curvedFunction, row, background, groups), quotient.values, ROUNDING, 'group');
      const plain = exactShapley(6, (mask) =>
        outputOf(new Set(singleInputs.flatMap(({ columns }, i) => (mask & (1 << i) ? columns : [])))),
      );
      assertAllClose(values(curvedFunction, row, background, singleInputs), plain.values, ROUNDING, 'input');
    }),
    runsOf(40),
  );
}

const groupSums: ByGroups = (explained, row, background, groups) => {
  const plain = byGroups(explained, row, background, singleInputs);
  return Float64Array.from(groups, ({ columns }) => sumOf(columns.map((column) => plain[column]!)));
};
const meanBackground: ByGroups = (explained, row, { name, rows: absent }, groups) => {
  const mean = row.map((_, i) => sumOf(absent.map((each) => each[i]!)) / absent.length);
  return byGroups(explained, row, { name, rows: [mean] }, groups);
};

export const LAWS: Law[] = [
  defineLaw<OfTable>({
    id: 'shapley.efficiency',
    subject: exactValues,
    check: (values) =>
      fc.assert(
        fc.property(games(1, 8), (table) =>
          assertClose(sumOf(values(table)), table.at(-1)! - table[0]!, ROUNDING, 'sum'),
        ),
        runsOf(100),
      ),
    twins: { 'removal from the whole only': removalOnly, 'all coalitions weigh alike': banzhaf },
  }),
  defineLaw<OfTable>({
    id: 'shapley.dummy_symmetry_linearity',
    subject: exactValues,
    check: checkAxioms,
    twins: {
      'one fixed order': fixedOrder,
      'an even spread': evenSpread,
      'scaled to the sum afterwards': banzhafScaled,
    },
  }),
  defineLaw<OfTable>({
    id: 'shapley.kernel_full_equals_exact',
    subject: (table) =>
      kernelShapley(writtenGame(playersOfTable(table), table), { pairs: 1, seed: 'unused' }).values,
    check: (values) =>
      fc.assert(
        fc.property(games(1, 10), (table) =>
          assertAllClose(values(table), exactValues(table), 1e-8, 'player'),
        ),
        runsOf(25),
      ),
    twins: {
      'all coalitions weigh alike': brokenKernel(() => 1),
      'the weight of a size for each of its coalitions': brokenKernel(kernelSizeWeight),
      'no output of the empty coalition': brokenKernel(kernelWeight, () => 0),
    },
  }),
  defineLaw<ByGroups>({
    id: 'shapley.groups',
    subject: byGroups,
    check: checkGroupLaw,
    twins: { 'the values of the members added up': groupSums, 'one mean row as background': meanBackground },
  }),
];
