import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ChanceModel, chanceCorrected } from './chance-corrected.ts';
import { congerKappa } from './conger-kappa.ts';
import { gwetAgreement } from './gwet-agreement.ts';
import { cohenKappa } from './kappa.ts';
import { manyRatersAgreement } from './many-raters.ts';
import { binaryAgreement } from './paired-binary.ts';
import { ratedSubjects, subjectTerms } from './rater-counts.ts';
import { agreementWeights, ratingTable } from './rating-table.ts';
import { subjectCoefficient } from './subject-coefficient.ts';

const settings = { seed: 1_969, numRuns: 80 };
/** Every category is used by both raters, so that no edge case is met. */
const tables = fc.integer({ min: 2, max: 4 }).chain((size) =>
  fc.array(fc.array(fc.integer({ min: 1, max: 25 }), { minLength: size, maxLength: size }), {
    minLength: size,
    maxLength: size,
  }),
);
type Table = readonly (readonly number[])[];

function shares(table: Table) {
  const n = table.flat().reduce((a, b) => a + b, 0);
  const p = table.map((row) => row.map((count) => count / n));
  const row = p.map((each) => each.reduce((a, b) => a + b, 0));
  const column = p[0]!.map((_, l) => p.reduce((sum, each) => sum + each[l]!, 0));
  return { n, q: table.length, p, row, column };
}

function overCells(size: number, of: (i: number, j: number) => number): number {
  let sum = 0;
  for (let i = 0; i < size; i += 1) for (let j = 0; j < size; j += 1) sum += of(i, j);
  return sum;
}

describe('kappa', () => {
  it('has the unweighted variances as Fleiss, Cohen & Everitt print them', () => {
    fc.assert(
      fc.property(tables, (table) => {
        const { n, q, p, row, column } = shares(table);
        const po = p.reduce((sum, each, i) => sum + each[i]!, 0);
        const pe = row.reduce((sum, share, i) => sum + share * column[i]!, 0);
        let [diagonal, rest] = [0, 0];
        for (let i = 0; i < q; i += 1) {
          diagonal += p[i]![i]! * (1 - pe - (column[i]! + row[i]!) * (1 - po)) ** 2;
          for (let j = 0; j < q; j += 1) if (i !== j) rest += p[i]![j]! * (column[i]! + row[j]!) ** 2;
        }
        const variance =
          (diagonal + (1 - po) ** 2 * rest - (po * pe - 2 * pe + po) ** 2) / (n * (1 - pe) ** 4);
        const both = row.reduce((sum, share, i) => sum + share * column[i]! * (share + column[i]!), 0);
        const varianceAtZero = (pe + pe ** 2 - both) / (n * (1 - pe) ** 2);
        const kappa = cohenKappa(table);
        expect(kappa.value).toBeCloseTo((po - pe) / (1 - pe), 12);
        expect(kappa.standardError).toBeCloseTo(Math.sqrt(variance), 10);
        expect(kappa.standardErrorAtZero).toBeCloseTo(Math.sqrt(varianceAtZero), 10);
      }),
      settings,
    );
  });

  it('has the weighted variances of the same paper', () => {
    fc.assert(
      fc.property(tables, fc.constantFrom('linear', 'quadratic'), (table, kind) => {
        const { n, q, p, row, column } = shares(table);
        const w = (i: number, j: number) => 1 - (Math.abs(i - j) / (q - 1)) ** (kind === 'linear' ? 1 : 2);
        const po = overCells(q, (i, j) => w(i, j) * p[i]![j]!);
        const pe = overCells(q, (i, j) => w(i, j) * row[i]! * column[j]!);
        const value = (po - pe) / (1 - pe);
        const ofRow = row.map((_, i) => column.reduce((sum, share, j) => sum + share * w(i, j), 0));
        const ofColumn = column.map((_, j) => row.reduce((sum, share, i) => sum + share * w(i, j), 0));
        const spread = overCells(
          q,
          (i, j) => p[i]![j]! * (w(i, j) - (ofRow[i]! + ofColumn[j]!) * (1 - value)) ** 2,
        );
        const variance = (spread - (value - pe * (1 - value)) ** 2) / (n * (1 - pe) ** 2);
        const kappa = cohenKappa(table, kind);
        expect(kappa.value).toBeCloseTo(value, 12);
        expect(kappa.standardError).toBeCloseTo(Math.sqrt(Math.max(0, variance)), 7);
      }),
      settings,
    );
  });

  it('cannot be told for one category, and keeps an interval of the agreement', () => {
    const kappa = cohenKappa([
      [30, 0],
      [0, 0],
    ]);
    expect(kappa).toMatchObject({ value: null, standardError: null, interval: null, z: null, observed: 1 });
    expect(kappa.largestByMargins).toBeNull();
    expect(kappa.reason).toMatch(/no variation/);
    expect(kappa.agreementInterval[0]).toBeCloseTo(0.8865, 4);
  });

  it('has no standard error when one rater used one category, and none worth showing at full agreement', () => {
    const oneSided = cohenKappa([
      [60, 29],
      [0, 0],
    ]);
    expect(oneSided).toMatchObject({ value: 0, standardError: null, interval: null, z: null });
    expect(oneSided.reason).toMatch(/bootstrap/);
    const perfect = cohenKappa([
      [12, 0],
      [0, 9],
    ]);
    expect(perfect).toMatchObject({ value: 1, standardError: 0, interval: null, largestByMargins: 1 });
    expect(
      cohenKappa([
        [1, 0],
        [0, 0],
      ]).value,
    ).toBeNull();
  });
});

describe('AC1 and AC2', () => {
  it('have the variance as Gwet prints it', () => {
    fc.assert(
      fc.property(tables, (table) => {
        const { n, q, p, row, column } = shares(table);
        const pi = row.map((share, i) => (share + column[i]!) / 2);
        const pa = p.reduce((sum, each, i) => sum + each[i]!, 0);
        const pe = pi.reduce((sum, share) => sum + share * (1 - share), 0) / (q - 1);
        const value = (pa - pe) / (1 - pe);
        const diagonal = p.reduce((sum, each, i) => sum + each[i]! * (1 - pi[i]!), 0) / (q - 1);
        const pairs = overCells(q, (i, j) => p[i]![j]! * (1 - (pi[i]! + pi[j]!) / 2) ** 2) / (q - 1) ** 2;
        const variance =
          (pa * (1 - pa) -
            4 * (1 - value) * (diagonal - pa * pe) +
            4 * (1 - value) ** 2 * (pairs - pe ** 2)) /
          (n * (1 - pe) ** 2);
        const gwet = gwetAgreement(table);
        expect(gwet.value).toBeCloseTo(value, 12);
        expect(gwet.standardError).toBeCloseTo(Math.sqrt(variance), 9);
      }),
      settings,
    );
  });

  it('are 1 for one category, and their interval is cut at 1', () => {
    const one = gwetAgreement([
      [30, 0],
      [0, 0],
    ]);
    expect(one).toMatchObject({ value: 1, expected: 0, interval: null });
    const high = gwetAgreement([
      [9, 1],
      [0, 0],
    ]);
    expect(high.interval?.[1]).toBe(1);
    expect(high.interval?.[0]).toBeLessThan(high.value!);
  });
});

describe('coefficients of several raters', () => {
  const ratings = fc.array(fc.tuple(fc.nat(2), fc.nat(2)), { minLength: 6, maxLength: 40 });
  const tableOf = (pairs: readonly (readonly [number, number])[]) =>
    [0, 1, 2].map((k) => [0, 1, 2].map((l) => pairs.filter(([a, b]) => a === k && b === l).length));
  const countsOf = (pairs: readonly (readonly [number, number])[]) =>
    pairs.map((pair) => [0, 1, 2].map((k) => pair.filter((rating) => rating === k).length));

  it('are those of the table for two raters, with divisor n (n - 1) of the variance', () => {
    const models: [ChanceModel, 'gwet' | 'fleiss' | 'brennan-prediger' | 'none'][] = [
      ['gwet', 'gwet'],
      ['scott', 'fleiss'],
      ['brennan-prediger', 'brennan-prediger'],
      ['none', 'none'],
    ];
    fc.assert(
      fc.property(ratings, fc.constantFrom('none', 'linear', 'quadratic'), (pairs, weights) => {
        const n = pairs.length;
        for (const [two, many] of models) {
          const table = chanceCorrected(tableOf(pairs), two, weights);
          const counted = manyRatersAgreement(countsOf(pairs), many, weights);
          if (table.value === null) expect(counted.value).toBeNull();
          else expect(counted.value).toBeCloseTo(table.value, 11);
          if (table.interval && counted.standardError) {
            expect(counted.standardError).toBeCloseTo(table.standardError! * Math.sqrt(n / (n - 1)), 9);
          }
        }
        const cohen = cohenKappa(tableOf(pairs), weights);
        const conger = congerKappa(pairs, 3, weights);
        if (cohen.value === null) expect(conger.value).toBeNull();
        else expect(conger.value).toBeCloseTo(cohen.value, 11);
        if (cohen.interval && conger.standardError) {
          expect(conger.standardError).toBeCloseTo(cohen.standardError! * Math.sqrt(n / (n - 1)), 9);
        }
      }),
      settings,
    );
  });

  it('alpha is 1 - observed / expected disagreement of the coincidences', () => {
    const counts = [
      [3, 0, 0],
      [1, 2, 0],
      [0, 1, 1],
      [0, 0, 4],
      [0, 1, 0],
    ];
    // Krippendorff's coincidence matrix; subjects with one rating pair with nobody.
    const pairable = counts.filter((row) => row.reduce((a, b) => a + b, 0) > 1);
    const total = pairable.flat().reduce((a, b) => a + b, 0);
    const margins = [0, 1, 2].map((k) => pairable.reduce((sum, row) => sum + row[k]!, 0));
    let [observed, expected] = [0, 0];
    for (const [k, l] of [
      [0, 1],
      [0, 2],
      [1, 2],
    ] as const) {
      for (const row of pairable) observed += (2 * row[k]! * row[l]!) / (row.reduce((a, b) => a + b, 0) - 1);
      expected += (2 * margins[k]! * margins[l]!) / (total - 1);
    }
    const alpha = manyRatersAgreement(counts, 'krippendorff');
    expect(alpha.value).toBeCloseTo(1 - observed / expected, 12);
    expect(alpha.interval![1]).toBeLessThanOrEqual(1);
  });

  it('cannot be told for one category, and have no interval at full agreement', () => {
    const one = [
      [3, 0],
      [2, 0],
    ];
    expect(manyRatersAgreement(one, 'fleiss')).toMatchObject({ value: null, interval: null });
    expect(manyRatersAgreement(one, 'gwet')).toMatchObject({ value: 1, interval: null });
    const full = [
      [3, 0],
      [0, 3],
    ];
    expect(manyRatersAgreement(full, 'fleiss')).toMatchObject({ value: 1, standardError: 0, interval: null });
    expect(manyRatersAgreement([[2, 1]], 'gwet')).toMatchObject({ standardError: null, interval: null });
    expect(
      congerKappa(
        [
          [0, 0],
          [0, null],
        ],
        2,
      ).value,
    ).toBeNull();
  });
});

describe('indices of a table of yes and no', () => {
  it('count by hand', () => {
    const indices = binaryAgreement({ bothYes: 40, firstOnly: 9, secondOnly: 6, bothNo: 45 });
    expect(indices.prevalenceBiasAdjustedKappa).toBeCloseTo(0.7, 14);
    expect(indices.prevalenceIndex).toBeCloseTo(-0.05, 14);
    expect(indices.biasIndex).toBeCloseTo(0.03, 14);
    expect(indices.positiveAgreement).toBeCloseTo(80 / 95, 14);
    expect(indices.negativeAgreement).toBeCloseTo(90 / 105, 14);
    // 2 P(X <= 6), X of 15 fair coins: (1 + 15 + 105 + 455 + 1365 + 3003 + 5005) / 2^14.
    expect(indices.equalYesProbability).toBeCloseTo(9949 / 2 ** 14, 14);
    expect(binaryAgreement({ bothYes: 3, firstOnly: 0, secondOnly: 0, bothNo: 0 })).toMatchObject({
      negativeAgreement: null,
      equalYesProbability: 1,
    });
    expect(binaryAgreement({ bothYes: 0, firstOnly: 2, secondOnly: 2, bothNo: 0 }).equalYesProbability).toBe(
      1,
    );
  });
});

describe('misuse', () => {
  const fine = [
    [2, 1],
    [1, 2],
  ];
  it('is refused by every function', () => {
    const bad: Table[] = [
      [[1]],
      [[1, 2]],
      [[1, 2], [3]],
      [
        [0, 0],
        [0, 0],
      ],
      [
        [1, -1],
        [0, 1],
      ],
      [
        [Number.NaN, 1],
        [0, 1],
      ],
    ];
    for (const table of bad) {
      expect(() => ratingTable(table)).toThrow(RangeError);
      expect(() => cohenKappa(table)).toThrow(RangeError);
      expect(() => gwetAgreement(table)).toThrow(RangeError);
      expect(() => chanceCorrected(table, 'scott')).toThrow(RangeError);
    }
    for (const alpha of [0, 1, Number.NaN]) {
      expect(() => cohenKappa(fine, 'none', alpha)).toThrow(RangeError);
      expect(() => gwetAgreement(fine, 'none', alpha)).toThrow(RangeError);
      expect(() => manyRatersAgreement(fine, 'fleiss', 'none', alpha)).toThrow(RangeError);
      expect(() => congerKappa([[0, 1]], 2, 'none', alpha)).toThrow(RangeError);
      const terms = subjectTerms(ratedSubjects(fine), 'gwet');
      expect(() => subjectCoefficient(terms, alpha)).toThrow(RangeError);
    }
    expect(() => agreementWeights(1, 'none')).toThrow(RangeError);
    for (const counts of [[], [[3]], [[1, 0]], [[2, 1], [1]], [[2, -1]]]) {
      expect(() => manyRatersAgreement(counts, 'gwet')).toThrow(RangeError);
      expect(() => ratedSubjects(counts)).toThrow(RangeError);
    }
    for (const ratings of [[], [[0]], [[0, 2]], [[0, 0.5]], [[0, 1], [0]], [[0, 1, null]]]) {
      expect(() => congerKappa(ratings, 2)).toThrow(RangeError);
    }
    expect(() => binaryAgreement({ bothYes: 0, firstOnly: 0, secondOnly: 0, bothNo: 0 })).toThrow(RangeError);
    expect(() => binaryAgreement({ bothYes: 1, firstOnly: -1, secondOnly: 0, bothNo: 0 })).toThrow(
      RangeError,
    );
  });
});
