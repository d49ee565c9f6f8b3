import { describe, expect, it } from 'vitest';
import type { FigureTable } from '../evaluate/figures.ts';
import { robustnessTable } from './robustness-table.ts';

const table = (columns: string[], rows: FigureTable['rows'], title = 'Robustness of one'): FigureTable => ({
  title,
  columns,
  rows,
  caption: '',
});

describe('the robustness table over all models', () => {
  it('puts columns of other names and order under one heading', () => {
    const joined = robustnessTable([
      {
        model: 'a',
        tables: [
          table(['world', 'refused, %', 'coverage, %', 'error, SD', 'n'], [['w', '4', '90', '0.6', 9]]),
        ],
      },
      {
        model: 'b',
        tables: [
          table(
            ['world', 'pattern', 'n', 'refused, %', 'right, %', 'sets that hold, %'],
            [['w', 'C', 8, '5', '82', '89']],
          ),
          table(['x'], [['not this one']], 'Confusion'),
        ],
      },
    ]);
    expect(joined?.rows).toEqual([
      ['a', 'w', '-', '4', '90', '0.6 error, SD', 9],
      ['b', 'w', 'C', '5', '89', '82 right, %', 8],
    ]);
  });
  it('refuses a table that would lose its coverage without a word', () => {
    const tables = [table(['world', 'refused, %'], [['w', '4']])];
    expect(() => robustnessTable([{ model: 'a', tables }])).toThrow(/no column for coverage/);
    expect(robustnessTable([{ model: 'a', tables: [] }])).toBeNull();
  });
});
