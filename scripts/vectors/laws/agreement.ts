import assert from 'node:assert/strict';
import fc from 'fast-check';
import { chanceCorrected } from '../../../core/agreement/chance-corrected.ts';
import { gwetAgreement } from '../../../core/agreement/gwet-agreement.ts';
import { cohenKappa } from '../../../core/agreement/kappa.ts';
import { limitsOfAgreement } from '../../../core/agreement/limits-of-agreement.ts';
import { percentLimits } from '../../../core/agreement/relative-limits.ts';
import { defineLaw, type Law } from '../law.ts';

const SETTINGS = { seed: 20_260_417, numRuns: 300, endOnFailure: true };
const TOLERANCE = 1e-12;

type Table = readonly (readonly number[])[];

interface Coefficients {
  kappa: (table: Table) => number | null;
  largest: (table: Table) => number | null;
  ac1: (table: Table) => number | null;
}

const near = (actual: number | null, expected: number | null, what: string) => {
  if (actual === null || expected === null) return assert.equal(actual, expected, what);
  assert.ok(Math.abs(actual - expected) <= TOLERANCE, `${what}: ${actual}, not ${expected}`);
};

const tables = fc
  .integer({ min: 2, max: 5 })
  .chain((size) =>
    fc.array(fc.array(fc.nat(20), { minLength: size, maxLength: size }), {
      minLength: size,
      maxLength: size,
    }),
  )
  .filter((table) => table.flat().some((count) => count > 0));

function checkBounds({ kappa, largest, ac1 }: Coefficients): void {
  fc.assert(
    fc.property(tables, (table) => {
      const transposed = table[0]!.map((_, l) => table.map((row) => row[l]!));
      const [value, most] = [kappa(table), largest(table)];
      assert.equal(value === null, most === null, 'both or neither can be told');
      if (value !== null && most !== null) {
        assert.ok(value <= most + TOLERANCE, `kappa ${value} above its largest ${most}`);
        assert.ok(most <= 1 + TOLERANCE, `largest kappa ${most}`);
      }
      near(kappa(transposed), value, 'kappa of the transposed table');
      near(ac1(transposed), ac1(table), 'AC1 of the transposed table');
      // A rater beside itself.
      const own = table.map((row, k) => row.map((_, l) => (k === l ? row.reduce((a, b) => a + b, 0) : 0)));
      const used = own.filter((row) => row.some((count) => count > 0)).length;
      near(kappa(own), used > 1 ? 1 : null, 'kappa with itself');
      near(ac1(own), 1, 'AC1 with itself');
    }),
    SETTINGS,
  );
}

/** A defect in the values, not in which tables have one. */
const whereTold =
  (coefficient: Coefficients['kappa']): Coefficients['kappa'] =>
  (table) =>
    LIBRARY.kappa(table) === null ? null : coefficient(table);

const LIBRARY: Coefficients = {
  kappa: (table) => cohenKappa(table).value,
  largest: (table) => cohenKappa(table).largestByMargins,
  ac1: (table) => gwetAgreement(table).value,
};

/** (observed - expected) / (1 - expected), expected from the margins of the first rater alone. */
function oneSided(table: Table, termOf: (share: number) => number, scale: number): number | null {
  const count = table.flat().reduce((a, b) => a + b, 0);
  const observed = table.reduce((sum, row, k) => sum + row[k]!, 0) / count;
  const expected =
    scale * table.reduce((sum, row) => sum + termOf(row.reduce((a, b) => a + b, 0) / count), 0);
  return 1 - expected < TOLERANCE ? null : (observed - expected) / (1 - expected);
}

interface Limits {
  bias: number;
  lower: number;
  upper: number;
}
type LimitsOf = (first: readonly number[], second: readonly number[]) => Limits;

// Multiples of 1/64 up to 1000: adding a constant and taking differences is exact, so the law is not about rounding.
const measurement = fc.integer({ min: 64, max: 64_000 }).map((steps) => steps / 64);
const pairs = fc.array(fc.tuple(measurement, measurement), { minLength: 2, maxLength: 30 });

function checkAntisymmetry(limitsOf: LimitsOf): void {
  fc.assert(
    fc.property(pairs, measurement, (measured, constant) => {
      const first = measured.map(([value]) => value);
      const second = measured.map(([, value]) => value);
      const { bias, lower, upper } = limitsOf(first, second);
      // Relative to the size of what was measured.
      const size = Math.max(...first, ...second);
      const same = (actual: number, expected: number, what: string) =>
        assert.ok(Math.abs(actual - expected) <= TOLERANCE * size, `${what}: ${actual}, not ${expected}`);
      const swapped = limitsOf(second, first);
      same(swapped.bias, -bias, 'bias of the swapped methods');
      same(swapped.lower, -upper, 'lower limit of the swapped methods');
      same(swapped.upper, -lower, 'upper limit of the swapped methods');
      const moved = limitsOf(
        first.map((value) => value + constant),
        second.map((value) => value + constant),
      );
      same(moved.bias, bias, 'bias with a constant added');
      same(moved.lower, lower, 'lower limit with a constant added');
      same(moved.upper, upper, 'upper limit with a constant added');
      // Zeros would keep all of this.
      const differences = first.map((value, i) => value - second[i]!);
      same(bias, differences.reduce((sum, value) => sum + value, 0) / differences.length, 'bias');
      const isSpread = differences.some((value) => value !== differences[0]);
      assert.ok(
        isSpread ? lower < bias && bias < upper : lower <= bias && bias <= upper,
        'order of the limits',
      );
    }),
    { ...SETTINGS, numRuns: 60 },
  );
}

const absolute = (first: readonly number[], second: readonly number[]) =>
  first.map((value, i) => Math.abs(value - second[i]!));

export const LAWS: Law[] = [
  defineLaw<Coefficients>({
    id: 'kappa.bounds',
    subject: LIBRARY,
    check: checkBounds,
    twins: {
      'kappa with the margins of one rater': {
        ...LIBRARY,
        kappa: whereTold((table) => oneSided(table, (share) => share ** 2, 1) ?? 0),
      },
      'AC1 with the margins of one rater': {
        ...LIBRARY,
        ac1: (table) => oneSided(table, (share) => share * (1 - share), 1 / (table.length - 1)),
      },
      'raw agreement as kappa': {
        ...LIBRARY,
        kappa: whereTold((table) => chanceCorrected(table, 'none').value),
      },
      'Scott as the largest kappa': {
        ...LIBRARY,
        largest: whereTold((table) => chanceCorrected(table, 'scott').value),
      },
      'a largest kappa without a bound': { ...LIBRARY, largest: whereTold(() => Number.POSITIVE_INFINITY) },
      'a kappa that is always 0': { ...LIBRARY, kappa: whereTold(() => 0) },
      'an AC1 that is always 0': { ...LIBRARY, ac1: () => 0 },
    },
  }),
  defineLaw<LimitsOf>({
    id: 'ba.antisymmetry',
    subject: limitsOfAgreement,
    check: checkAntisymmetry,
    twins: {
      'distances instead of differences': (first, second) =>
        limitsOfAgreement(
          absolute(first, second),
          first.map(() => 0),
        ),
      'percent of the mean': (first, second) => {
        const { biasPercent, limitsPercent } = percentLimits(first, second);
        return { bias: biasPercent, lower: limitsPercent[0], upper: limitsPercent[1] };
      },
      'always zero': () => ({ bias: 0, lower: 0, upper: 0 }),
      'limits without a width': (first, second) => {
        const { bias } = limitsOfAgreement(first, second);
        return { bias, lower: bias, upper: bias };
      },
      'two multipliers': (first, second) => ({
        ...limitsOfAgreement(first, second),
        upper: limitsOfAgreement(first, second, { multiplier: 2 }).upper,
      }),
    },
  }),
];
