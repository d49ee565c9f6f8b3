import { Matrix, QrDecomposition } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import { KEY_PINCH_CURVE_N } from '../../core/signals/expected-strength.ts';
import { NEWTON_PER_UNIT } from '../../core/units/quantities.ts';
import massyWestropp from '../../resources/norms/massy-westropp-2011-grip.json' with { type: 'json' };
import steiberByHeight from '../../resources/norms/steiber-2016-grip-by-height.json' with { type: 'json' };
import { normCellOf, parseNormTable } from './norm-table-schema.ts';
import * as tables from './norm-tables.ts';
import { pooledNorm } from './pooled-norm.ts';
import { KEY_PINCH_CV } from './strength-factors.ts';

/** Quadratic of a hand's means by age, newtons; a band in its middle, 75+ at 79 years. */
function fittedCurve(table: typeof tables.MATHIOWETZ_KEY_PINCH, sex: string, hand: string): number[] {
  const cells = table.cells.filter((cell) => cell.sex === sex && cell.hand === hand);
  const rows = cells.map(({ ageBand }) => {
    const x = ((ageBand.low === 75 ? 79 : ageBand.low + 2.5) - 45) / 10;
    return [1, x, x * x];
  });
  const newtons = cells.map((cell) => cell.mean! * NEWTON_PER_UNIT[table.unit]);
  return new QrDecomposition(new Matrix(rows)).solve(Matrix.columnVector(newtons)).to1DArray();
}

describe('norm tables', () => {
  it('carry source, status and how they came to us; the fitted one is recalled and says so', () => {
    for (const table of Object.values(tables)) {
      expect(table.source).toMatch(/\d{4}|Fitness/);
      expect(table.cells.length).toBeGreaterThanOrEqual(4);
    }
    expect(tables.MATHIOWETZ_KEY_PINCH.reading).toBe('recalled');
    expect(tables.MATHIOWETZ_KEY_PINCH.status).toContain('Recalled, not read');
    expect(tables.MATHIOWETZ_GRIP.reading).toBe('recalled');
    expect(tables.INTERNATIONAL_GRIP.reading).toBe('read-second-hand');
    expect(tables.STEIBER_GRIP.reading).toBe('read');
  });

  it.each(['female', 'male'] as const)(
    '%s: the key pinch curves and spread in use are fits of the table',
    (sex) => {
      for (const hand of ['right', 'left'] as const) {
        fittedCurve(tables.MATHIOWETZ_KEY_PINCH, sex, hand).forEach((coefficient, i) => {
          // Written with three decimals; the pound of the table was taken as 4.448 N.
          expect(Math.abs(coefficient - KEY_PINCH_CURVE_N[sex][hand][i]!)).toBeLessThan(0.011);
        });
      }
      const squares = tables.MATHIOWETZ_KEY_PINCH.cells
        .filter((cell) => cell.sex === sex)
        .map((cell) => (cell.sd! / cell.mean!) ** 2);
      const spread = Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / squares.length);
      expect(Math.abs(spread - KEY_PINCH_CV[sex])).toBeLessThan(0.0005);
    },
  );

  it('give the cell of a person, and refuse a missing band with a sentence', () => {
    expect(normCellOf(tables.MATHIOWETZ_KEY_PINCH, 'male', 33, 'right').mean).toBe(26.4);
    expect(normCellOf(tables.MATHIOWETZ_KEY_PINCH, 'female', 91, 'left').mean).toBe(11.4);
    expect(normCellOf(tables.STEIBER_GRIP_BY_HEIGHT, 'male', 31, 'best', 177.4).mean).toBe(53.5);
    expect(() => normCellOf(tables.MATHIOWETZ_KEY_PINCH, 'male', 19, 'right')).toThrow(
      'mathiowetz-1985-key-pinch has no right hand of a male person of 19 years',
    );
    expect(() => normCellOf(tables.MASSY_WESTROPP_GRIP, 'male', 30, 'right')).toThrow(RangeError);
    expect(() => normCellOf(tables.STEIBER_GRIP_BY_HEIGHT, 'male', 31, 'best')).toThrow('no best hand');
    expect(() => normCellOf(tables.STEIBER_GRIP_BY_HEIGHT, 'female', 31, 'best', 149)).toThrow('149 cm');
  });

  it('are pooled over whole bands only, in newtons', () => {
    const table = tables.MATHIOWETZ_KEY_PINCH;
    const own = table.cells.filter(({ sex, hand }) => sex === 'male' && hand === 'right');
    const old = own.filter(({ ageBand }) => ageBand.low >= 70);
    const open = Number.POSITIVE_INFINITY;
    const means = old.map((cell) => cell.mean!);
    expect(pooledNorm(table, 'male', 'right', 70, open).mean).toBeCloseTo(
      ((means[0]! + means[1]!) / 2) * NEWTON_PER_UNIT.lb,
      9,
    );
    const without = (text: string) => ({
      ...table,
      cells: table.cells.filter(({ ageBand }) => ageBand.text !== text),
    });
    const name = 'mathiowetz-1985-key-pinch cannot be pooled: right hand of male people';
    // Each of these was averaged over what was left, silently.
    for (const [text, low, high] of [
      ['20-24', 20, 39],
      ['30-34', 20, 39],
      ['35-39', 20, 39],
      ['75+', 70, open],
    ] as const) {
      expect(() => pooledNorm(without(text), 'male', 'right', low, high)).toThrow(
        `${name}: no band begins at`,
      );
    }
    expect(() => pooledNorm(table, 'male', 'right', 20, 37)).toThrow('the band 35-39 reaches beyond');
    expect(() => pooledNorm(table, 'male', 'best', 20, 39)).toThrow('no band begins at 20');
    const withoutSd = {
      ...table,
      cells: table.cells.map(({ sd, ...cell }) =>
        cell.ageBand.text === '25-29' ? cell : { ...cell, sd: sd! },
      ),
    };
    expect(() => pooledNorm(withoutSd, 'male', 'right', 20, 39)).toThrow(
      'the band 25-29 needs a mean and an SD',
    );
  });

  const first = ['male', '20-29', 'dominant', 47, 9.5];
  const withoutBand = (band: string) =>
    massyWestropp.rows.filter(
      ([sex, age, hand]) => sex !== 'female' || hand !== 'nondominant' || age !== band,
    );
  it.each<[string, unknown, string]>([
    ['no reading', { ...massyWestropp, reading: 'certain' }, 'reading'],
    ['an unknown column', { ...massyWestropp, columns: ['sex', 'ageBand', 'mean_kg'] }, 'columns'],
    ['no rows', { ...massyWestropp, rows: [] }, 'rows'],
    [
      'a short row',
      { ...massyWestropp, rows: [first.slice(0, 4)] },
      'Row 1 of the norm table massy-westropp',
    ],
    ['a band that is none', { ...massyWestropp, rows: [['male', '29-20', 'dominant', 47, 9.5]] }, 'no band'],
    ['newtons under kilograms', { ...massyWestropp, rows: [['male', '20-29', 'dominant', 461, 93]] }, 'mean'],
    [
      'a mean of NaN',
      { ...massyWestropp, rows: [['male', '20-29', 'dominant', Number.NaN, 9.5]] },
      'rows[0][3]',
    ],
    ['the same people twice', { ...massyWestropp, rows: [first, first] }, 'second row for male 20-29'],
    [
      'a lost band',
      { ...massyWestropp, rows: withoutBand('40-49') },
      'massy-westropp-2011-grip cannot be used: nondominant hand of female people: no band lies between 30-39 and 50-59',
    ],
    [
      'a lost last band',
      { ...massyWestropp, rows: withoutBand('70+') },
      'nondominant hand of female people: there is no band 70+',
    ],
    [
      'bands that overlap',
      { ...massyWestropp, rows: [first, ['male', '25-39', 'dominant', 47, 9.7]] },
      'dominant hand of male people: the bands 20-29 and 25-39 overlap',
    ],
    [
      'a lost band of height',
      {
        ...steiberByHeight,
        rows: steiberByHeight.rows.filter((row) => row[1] !== '30-34' || row[2] !== '170-174'),
      },
      'no band lies between 165-169 and 175-179 cm at 30-34 years',
    ],
    ['another unit', { ...massyWestropp, unit: 'lb' }, 'must hold grip in kg, not grip in lb'],
    ['another measure', { ...massyWestropp, measure: 'key-pinch' }, 'not key-pinch in kg'],
    [
      'neither mean nor median',
      { ...massyWestropp, columns: ['sex', 'ageBand', 'hand'], rows: [['male', '20+', 'right']] },
      'mean or a median',
    ],
  ])('refuse %s', (_, written, sentence) => {
    const kind = { measure: 'grip', unit: 'kg' } as const;
    expect(() => parseNormTable(written, kind)).toThrow(RangeError);
    expect(() => parseNormTable(written, kind)).toThrow(sentence);
  });
});
