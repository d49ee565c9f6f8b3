import { Matrix, QrDecomposition } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import { KEY_PINCH_CURVE_N } from '../../core/signals/expected-strength.ts';
import { NEWTON_PER_UNIT } from '../../core/units/quantities.ts';
import massyWestropp from '../../resources/norms/massy-westropp-2011-grip.json' with { type: 'json' };
import { normCellOf, parseNormTable } from './norm-table-schema.ts';
import * as tables from './norm-tables.ts';
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

  const first = ['male', '20-29', 'dominant', 47, 9.5];
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
      'neither mean nor median',
      { ...massyWestropp, columns: ['sex', 'ageBand', 'hand'], rows: [['male', '20+', 'right']] },
      'mean or a median',
    ],
  ])('refuse %s', (_, written, sentence) => {
    expect(() => parseNormTable(written)).toThrow(RangeError);
    expect(() => parseNormTable(written)).toThrow(sentence);
  });
});
