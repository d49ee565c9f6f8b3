import assert from 'node:assert/strict';
import fc from 'fast-check';
import { shapleyOfCoalitions } from '../../core/explain/exact-shapley.ts';
import type { ExplainedOutput } from '../../core/explain/explained-output.ts';

/** Rounding that the Shapley laws allow, as the reference states it; outputs are at most 10. */
export const ROUNDING = 1e-10;

/** A game written out by bit mask, and values of it. */
export type OfTable = (table: Float64Array) => Float64Array;
export const exactValues: OfTable = (table) => shapleyOfCoalitions(table).values;
export const playersOfTable = (table: Float64Array): number => Math.log2(table.length);

/** Any game of that many players. */
export const tables = (players: number): fc.Arbitrary<Float64Array> => {
  const outputs = fc.double({ min: -10, max: 10, noNaN: true });
  return fc
    .array(outputs, { minLength: 2 ** players, maxLength: 2 ** players })
    .map((values) => Float64Array.from(values));
};

/** A function of six inputs: not additive, with interactions of three. */
export const curvedFunction: ExplainedOutput = {
  inputCount: 6,
  unit: 'one',
  valueOf: ([a = 0, b = 0, c = 0, d = 0, e = 0, f = 0]) => a * b * c + Math.tanh(d - e * a) + f * f - b * f,
  gradientOf: () => {
    throw new Error('no Shapley value needs a slope');
  },
};
/** Its inputs one by one. */
export const singleInputs = Array.from({ length: 6 }, (_, column) => ({
  name: `input ${column}`,
  columns: [column],
}));

export const sumOf = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((sum, value) => sum + value, 0);

/** @throws AssertionError when two numbers differ by more than the tolerance. */
export function assertClose(actual: number, expected: number, tolerance: number, what: string): void {
  assert.ok(Math.abs(actual - expected) <= tolerance, `${what}: ${actual}, not ${expected}`);
}

/** @throws AssertionError when lengths differ, or two entries by more than the tolerance. */
export function assertAllClose(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  tolerance: number,
  what: string,
): void {
  assert.equal(actual.length, expected.length, what);
  for (let i = 0; i < expected.length; i += 1)
    assertClose(actual[i]!, expected[i]!, tolerance, `${what} ${i}`);
}

/** Runs with a fixed seed. A broken twin is caught once; a smaller example of it is not looked for. */
export const runsOf = (numRuns: number) => ({ seed: 7, numRuns, endOnFailure: true });
