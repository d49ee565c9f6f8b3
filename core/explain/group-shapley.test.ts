import { describe, expect, it } from 'vitest';
import { attributionAgainst, backgroundOf, checkBackground } from './coalition-background.ts';
import { everyCoalition, finiteOutput, inputGame, writtenGame } from './coalition-game.ts';
import { controlledRun, finishRun } from './coalition-run.ts';
import type { ExplainedOutput } from './explained-output.ts';
import { groupShapley, groupShapleyRun, shapleyAttribution } from './group-shapley.ts';

/** x0 x1 + x1 x2 x3, plus x3: interactions of two and three inputs. */
const product: ExplainedOutput = {
  inputCount: 4,
  unit: 'N',
  valueOf: ([a = 0, b = 0, c = 0, d = 0]) => a * b + b * c * d + d,
  gradientOf: () => new Float64Array(4),
};
const row = Float64Array.of(1, 2, 3, -1);
const zero = { name: 'nothing', row: new Float64Array(4) };
const background = { name: 'two rows', rows: [Float64Array.of(0, 1, 0, 1), Float64Array.of(2, 0, -1, 0.5)] };
const groups = [
  { name: 'first', columns: [0, 2] },
  { name: 'second', columns: [1] },
  { name: 'third', columns: [3] },
];

/** Mean over all orders of joining and over the background, straight from the definition. */
function overAllOrders(absentRows: readonly Float64Array[]): number[] {
  const orders = [
    [0, 1, 2],
    [0, 2, 1],
    [1, 0, 2],
    [1, 2, 0],
    [2, 0, 1],
    [2, 1, 0],
  ];
  const means = [0, 0, 0];
  for (const absent of absentRows) {
    for (const order of orders) {
      const mixed = absent.slice();
      for (const g of order) {
        const before = product.valueOf(mixed);
        for (const column of groups[g]!.columns) mixed[column] = row[column]!;
        means[g]! += (product.valueOf(mixed) - before) / orders.length / absentRows.length;
      }
    }
  }
  return means;
}

describe('Shapley values of groups', () => {
  it.each([
    ['one reference row', zero, [zero.row]],
    ['a background', background, background.rows],
  ])('are the mean over all orders of joining: %s', (_name, compared, absentRows) => {
    const { attribution, coalitions } = groupShapley(product, row, compared, groups);
    overAllOrders(absentRows).forEach((value, g) => {
      expect(attribution.values[g]).toBeCloseTo(value, 12);
    });
    expect(attribution.output).toBe(product.valueOf(row));
    expect(coalitions[7]).toBe(attribution.output);
    expect(coalitions[0]).toBeCloseTo(attribution.referenceOutput, 12);
    expect(Math.abs(attribution.residual)).toBeLessThan(1e-12);
    expect(attribution).toMatchObject({
      method: 'exact-shapley',
      unit: 'N',
      shape: [3],
      seed: null,
      ledger: null,
    });
  });
  it('keeps for display the mean row of a background and the mean of its outputs', () => {
    const { attribution } = groupShapley(product, row, background, groups);
    expect(Array.from(attribution.reference.row)).toEqual([1, 0.5, -0.5, 0.75]);
    // 1 and 0.5, not the output of the mean row.
    expect(attribution.referenceOutput).toBe(0.75);
    expect(attribution.parameters).toEqual({ groups: 3, coalitions: 8, backgroundRows: 2 });
  });
  it('leaves columns outside of the groups as they are and says in the residual what they add', () => {
    const { attribution } = groupShapley(product, row, zero, groups.slice(0, 2));
    // Without the third group d stays -1: the empty coalition answers -1.
    expect(attribution.values[0]! + attribution.values[1]!).toBeCloseTo(product.valueOf(row) + 1, 12);
    expect(attribution.residual).toBeCloseTo(-1, 12);
  });
  it('is the same in pieces, one step a coalition', async () => {
    const steps: number[] = [];
    const pieces = await controlledRun(groupShapleyRun(product, row, background, groups), {
      onProgress: ({ done, total }) => steps.push(done / total),
    });
    expect(pieces).toEqual(groupShapley(product, row, background, groups));
    expect(steps).toEqual([1, 2, 3, 4, 5, 6, 7, 8].map((done) => done / 8));
  });
  it('is not moved by later changes of the row', () => {
    const own = row.slice();
    const run = groupShapleyRun(product, own, zero, groups);
    own.fill(9);
    expect(finishRun(run).attribution.output).toBe(product.valueOf(row));
  });
});

describe('misuse', () => {
  const many = Array.from({ length: 13 }, (_, i) => ({ name: `${i}`, columns: [i] }));
  const wide: ExplainedOutput = { ...product, inputCount: 13, valueOf: () => 0 };
  const wideZero = { name: 'nothing', row: new Float64Array(13) };
  it.each<[string, () => unknown]>([
    ['a short row', () => groupShapley(product, row.slice(1), zero, groups)],
    [
      'an entry that is not finite',
      () => groupShapley(product, Float64Array.of(1, Number.NaN, 0, 0), zero, groups),
    ],
    ['no group', () => groupShapley(product, row, zero, [])],
    [
      'a column in two groups',
      () => groupShapley(product, row, zero, [...groups, { name: 'x', columns: [0] }]),
    ],
    ['13 groups', () => groupShapley(wide, new Float64Array(13), wideZero, many)],
    ['no background row', () => groupShapley(product, row, { name: 'none', rows: [] }, groups)],
    ['a short background row', () => checkBackground(product, row, { name: 'x', rows: [row, row.slice(1)] })],
    ['a background without a name', () => groupShapley(product, row, { name: ' ', rows: [row] }, groups)],
    [
      'an output that is not finite',
      () => groupShapley({ ...product, valueOf: () => Number.NaN }, row, zero, groups),
    ],
    ['three coalitions', () => shapleyAttribution(product, row, backgroundOf(zero), new Float64Array(3))],
    ['a game of no player', () => finishRun(everyCoalition({ playerCount: 0, outputOf: () => 0 }))],
    ['a written game of another size', () => writtenGame(2, [0, 1, 2])],
    ['a game for other columns', () => inputGame(product, row, background, [{ name: 'x', columns: [4] }])],
    [
      'an infinite output',
      () => finiteOutput({ playerCount: 1, outputOf: () => Infinity }, new Uint8Array(1)),
    ],
    [
      'more values than the shape says',
      () =>
        attributionAgainst(product, row, backgroundOf(zero), {
          method: 'exact-shapley',
          parameters: {},
          values: new Float64Array(2),
          shape: [3],
        }),
    ],
    [
      'an attribution against no row',
      () =>
        attributionAgainst(
          product,
          row,
          { name: 'none', rows: [] },
          {
            method: 'exact-shapley',
            parameters: {},
            values: new Float64Array(1),
            shape: [1],
          },
        ),
    ],
  ])('%s is refused', (_name, misuse) => {
    expect(misuse).toThrow(RangeError);
  });
  it('is refused before the first step', () => {
    expect(() => groupShapleyRun(product, row, zero, [])).toThrow(RangeError);
    expect(() => groupShapleyRun(wide, new Float64Array(13), wideZero, many)).toThrow(RangeError);
  });
});
