import { readdirSync, readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MEASURES } from '../measures.ts';
import { defaultTable, tablesOf } from './norm-choice.ts';
import { NORM_FACTS } from './norm-facts.ts';
import { normLabel, RECALLED_WORDS, shortNormLabel } from './norm-label.ts';
import { ageOn, type NormPerson, normRangeOf, normStretches } from './norm-lookup.ts';
import { type NormTable, NormTableFile, readNormTable } from './norm-table.ts';

const FOLDER = 'resources/norms';
const TABLES: NormTable[] = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.json') && name !== 'published-checks.json')
  .map((name) => readNormTable(NormTableFile.parse(JSON.parse(readFileSync(`${FOLDER}/${name}`, 'utf8')))));
const tableOf = (id: string): NormTable => {
  const table = TABLES.find((one) => one.id === id);
  if (!table) throw new Error(`no table ${id}`);
  return table;
};
const WOMAN: NormPerson = { birthDate: '1968-03-04', sex: 'female', dominantHand: 'left', heightM: 1.66 };

describe('norm tables', () => {
  it('each names device, population and year, and how it came to us', () => {
    expect(TABLES.length).toBeGreaterThanOrEqual(10);
    for (const table of TABLES) {
      expect(NORM_FACTS[table.id], table.id).toBeDefined();
      expect(normLabel(table)).toMatch(/device: .+; .+/);
    }
  });

  it('law: a recalled table is never the one drawn by default, and says what it is wherever it is named', () => {
    const recalled = TABLES.filter(({ reading }) => reading === 'recalled');
    expect(recalled.map(({ id }) => id)).toContain('mathiowetz-1985-key-pinch');
    for (const measure of MEASURES) expect(defaultTable(TABLES, measure)?.reading ?? 'read').toBe('read');
    expect(defaultTable(TABLES, 'lateral-pinch')).toBeNull();
    expect(defaultTable(TABLES, 'grip-2')?.id).toBe('massy-westropp-2011-grip');
    // Broken twin: the first table of a measure, in whatever order the files come.
    const first = TABLES.find(({ measure }) => measure === 'lateral-pinch');
    expect(first?.reading).toBe('recalled');
    for (const table of TABLES) {
      const isSaid = table.reading === 'recalled';
      expect(normLabel(table).includes(RECALLED_WORDS)).toBe(isSaid);
      expect(shortNormLabel(table).includes(RECALLED_WORDS)).toBe(isSaid);
    }
  });

  it('tables that were read come first in the choice', () => {
    const readings = tablesOf(TABLES, 'grip-2').map(({ reading }) => reading);
    expect(readings.at(0)).toBe('read');
    expect(readings.at(-1)).toBe('recalled');
  });
});

describe('looking up a norm', () => {
  it('gives the row of sex, age and hand in newtons', () => {
    const range = normRangeOf(tableOf('mathiowetz-1985-tip-pinch'), WOMAN, 'right', '2026-11-25');
    // Women of 55-59, right: 11.7 (1.7) lb.
    expect(range).toMatchObject({ ageBand: '55-59', meaning: 'mean ± 1 SD', why: null });
    expect(range.why === null && range.middleN).toBeCloseTo(11.7 * 4.4482216152605, 6);
    expect(range.why === null && range.lowN).toBeCloseTo(10 * 4.4482216152605, 6);
  });

  it('a table of dominant hands is read by dominance, not by side', () => {
    const table = tableOf('massy-westropp-2011-grip');
    const of = (side: 'right' | 'left') => {
      const range = normRangeOf(table, WOMAN, side, '2026-11-25');
      return range.why === null ? range.middleN : Number.NaN;
    };
    // Left-handed: women of 50-59, dominant 28 kg, non-dominant 26 kg.
    expect(of('left')).toBeCloseTo(28 * 9.80665, 6);
    expect(of('right')).toBeCloseTo(26 * 9.80665, 6);
  });

  it('percentiles stand as what they are, a mean without spread too', () => {
    expect(normRangeOf(tableOf('international-2025-grip'), WOMAN, 'left', '2026-11-25')).toMatchObject({
      meaning: '10th to 90th percentile',
    });
    const mean = normRangeOf(tableOf('stegink-jansen-2003-key-pinch'), WOMAN, 'left', '2026-11-25');
    expect(mean).toMatchObject({ meaning: 'mean alone, no standard deviation given' });
  });

  it('a height outside the table has no row', () => {
    const tiny = { ...WOMAN, heightM: 1.2 };
    expect(normRangeOf(tableOf('steiber-2016-grip-by-height'), tiny, 'left', '2026-11-25').why).toMatch(
      /no row for 120 cm/,
    );
  });

  it('counts completed years, the birthday included', () => {
    expect(ageOn('1968-03-04', '2026-03-03')).toBe(57);
    expect(ageOn('1968-03-04', '2026-03-04T08:00:00.000Z')).toBe(58);
  });

  it('law: outside the ages of a table nothing is extrapolated, and it says the ages', () => {
    const age = fc.integer({ min: 0, max: 110 });
    fc.assert(
      fc.property(age, fc.constantFrom(...TABLES), fc.constantFrom('female', 'male'), (years, table, sex) => {
        const person = { ...WOMAN, sex, birthDate: `${2026 - years}-01-01` } as const;
        const range = normRangeOf(table, person, 'right', '2026-11-25');
        const own = table.cells.filter((cell) => cell.sex === sex);
        const isInside = own.some(({ age: band }) => years >= band.low && years <= band.high);
        if (!isInside) expect(range.why).toMatch(new RegExp(`years; this patient was ${years}`));
        else if (table.id !== 'steiber-2016-grip-by-height') expect(range.why).toBeNull();
      }),
    );
    // Broken twin: the nearest row. It would say something of a child of five.
    const child = { ...WOMAN, birthDate: '2021-01-01' };
    const table = tableOf('mathiowetz-1985-grip');
    const nearest = [...table.cells].sort((a, b) => Math.abs(a.age.low - 5) - Math.abs(b.age.low - 5))[0];
    expect(nearest?.meanN).toBeGreaterThan(0);
    expect(normRangeOf(table, child, 'right', '2026-11-25').why).toMatch(/outside the table’s ages/);
  });

  it('law: a course is covered without a gap, and changes its row on the birthday that changes it', () => {
    const year = fc.integer({ min: 1940, max: 2005 });
    fc.assert(
      fc.property(year, fc.integer({ min: 1, max: 6 }), fc.constantFrom(...TABLES), (born, years, table) => {
        const person = { ...WOMAN, birthDate: `${born}-06-15` };
        const [from, to] = ['2020-02-01', `${2020 + years}-02-01`];
        const stretches = normStretches(table, person, 'left', from, to);
        expect(stretches[0]?.from).toBe(from);
        expect(stretches.at(-1)?.to).toBe(to);
        for (const [i, stretch] of stretches.entries()) {
          const next = stretches[i + 1];
          if (next) expect(next.from).toBe(stretch.to);
          expect(normRangeOf(table, person, 'left', stretch.from)).toEqual(stretch.range);
        }
      }),
    );
  });
});
