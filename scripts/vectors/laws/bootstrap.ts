import { deepStrictEqual, ok } from 'node:assert/strict';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { type BootstrapInterval, intervalOfResamples } from '../../../core/agreement/bootstrap-interval.ts';
import { MAX_ENUMERATED_ROWS, resamplesOf } from '../../../core/agreement/bootstrap-resamples.ts';
import { compare } from '../comparison.ts';
import { defineLaw, type Law } from '../law.ts';
import { run } from '../runners/bootstrap_ci.ts';
import { readVectorFile, toleranceOf } from '../vector-file.ts';

type OfResamples = typeof intervalOfResamples;

const TRANSFORMATIONS: Readonly<Record<string, (value: number) => number>> = {
  logarithm: Math.log,
  cube: (value) => value ** 3,
  'square root': Math.sqrt,
  'upside down': (value) => -1 / value,
};

/**
 * The resampled statistics are shares of whole numbers with many repetitions: read where neighbours are equal, an end
 * is one of them and no interpolation on either scale comes between.
 */
const ratios = fc
  .array(fc.record({ top: fc.integer({ min: 1, max: 9 }), bottom: fc.integer({ min: 4, max: 6 }) }), {
    minLength: 200,
    maxLength: 400,
  })
  .map((rows) => rows.map(({ top, bottom }) => top / bottom));

/** The order statistic at a level, or null where two that differ lie around it. */
function readAt(level: number, ascending: readonly number[]): number | null {
  const at = level * (ascending.length - 1);
  const [below, above] = [ascending[Math.floor(at)]!, ascending[Math.ceil(at)]!];
  return below === above ? below : null;
}

function checkEquivariance(interval: OfResamples): void {
  for (const method of ['percentile', 'bca'] as const) {
    let compared = 0;
    const options = { alpha: 0.1, method, ties: 'half' } as const;
    fc.assert(
      fc.property(
        ratios,
        fc.constantFrom(...Object.keys(TRANSFORMATIONS)),
        fc.double({ min: -0.1, max: 0.1, noNaN: true }),
        (resampled, name, acceleration) => {
          const transform = TRANSFORMATIONS[name]!;
          const estimate = resampled[0]!;
          const own = interval({ estimate, resampled, acceleration }, options);
          const moved = interval(
            { estimate: transform(estimate), resampled: resampled.map(transform), acceleration },
            options,
          );
          deepStrictEqual(moved.method, own.method);
          deepStrictEqual(moved.levels, own.levels);
          const ascending = resampled.toSorted((a, b) => a - b);
          for (const [side, end] of own.interval!.entries()) {
            const read = readAt(own.levels![side]!, ascending);
            if (read === null) continue;
            const expected = transform(end);
            const error = Math.abs(moved.interval![side]! - expected);
            ok(error <= 1e-9 * Math.max(1, Math.abs(expected)), `${name}: end ${side} is off by ${error}`);
            // The smallest value for both ends would be equivariant too.
            ok(Math.abs(end - read) <= 1e-12, `${method}: end ${side} is ${end}, not ${read}`);
            compared += 1;
          }
        },
      ),
      { seed: 2201, numRuns: 80, endOnFailure: true },
    );
    ok(compared > 100, `only ${compared} ends were compared`);
  }
}

const asBca = (found: BootstrapInterval, interval: [number, number]): BootstrapInterval => ({
  ...found,
  interval,
});

const equivariance = defineLaw<OfResamples>({
  id: 'bca.equivariance',
  subject: intervalOfResamples,
  check: checkEquivariance,
  twins: {
    'the basic interval': (parts, options) => {
      const found = intervalOfResamples(parts, options);
      const [low, high] = found.interval!;
      return asBca(found, [2 * parts.estimate! - high, 2 * parts.estimate! - low]);
    },
    'bias correction from the mean of the resamples instead of their ranks': (parts, options) => {
      const found = intervalOfResamples(parts, options);
      const { bias, standardError } = found;
      const shifted = parts.resampled.map((value) => value! - (bias! / standardError!) * 0.1);
      return intervalOfResamples({ ...parts, resampled: shifted }, options);
    },
    'the smallest resample at both ends': (parts, options) => {
      const smallest = parts.resampled.reduce((low, value) => (value! < low! ? value : low))!;
      return asBca(intervalOfResamples(parts, options), [smallest, smallest]);
    },
    'normal approximation': (parts, options) => {
      const found = intervalOfResamples(parts, options);
      const half = 1.6448536269514722 * found.standardError!;
      return asBca(found, [parts.estimate! - half, parts.estimate! + half]);
    },
  },
});

const FILE = join(dirname(fileURLToPath(import.meta.url)), '../cases/bootstrap_ci.json');
type Resamples = (rowCount: number) => number[][];

/** All resamples built up one place after the other. */
function slowly(rowCount: number): number[][] {
  let lists: number[][] = [[]];
  for (let place = 0; place < rowCount; place += 1) {
    lists = lists.flatMap((list) => Array.from({ length: rowCount }, (_, row) => [...list, row]));
  }
  return lists;
}

const enumeration = defineLaw<Resamples>({
  id: 'bca.enumeration',
  subject: (rowCount) => Array.from(resamplesOf({ kind: 'enumerated' }, rowCount), (rows) => [...rows]),
  check: (all) => {
    for (let rowCount = 1; rowCount <= MAX_ENUMERATED_ROWS; rowCount += 1) {
      deepStrictEqual(
        all(rowCount)
          .map((rows) => rows.join())
          .sort(),
        slowly(rowCount)
          .map((rows) => rows.join())
          .sort(),
      );
    }
    const file = readVectorFile(FILE);
    const cases = file.cases.filter(({ name }) => name.startsWith('exact_enumeration'));
    ok(cases.length > 0, 'no case of an enumerated bootstrap');
    for (const vector of cases) {
      // With the resamples written out, the case is worked out from them.
      const resampleIndices = all((vector.data as unknown[]).length);
      const comparisons = run({ ...vector, resampleIndices }, file);
      ok(comparisons.length > 10, `${vector.name}: only ${comparisons.length} values were compared`);
      for (const comparison of comparisons) {
        const { isWithin, problem } = compare(comparison, toleranceOf(vector, file.tolerance));
        ok(isWithin, `${vector.name}: ${problem}`);
      }
    }
  },
  twins: {
    'each multiset once, whatever the number of its orders': (rowCount) =>
      slowly(rowCount).filter((rows) => rows.every((row, place) => place === 0 || rows[place - 1]! <= row)),
    'only resamples that differ from the sample': (rowCount) =>
      slowly(rowCount).filter((rows) => new Set(rows).size < rows.length),
    'the last resample twice': (rowCount) => {
      const rows = slowly(rowCount);
      return [...rows.slice(1), rows.at(-1)!];
    },
  },
});

export const LAWS: readonly Law[] = [equivariance, enumeration];
