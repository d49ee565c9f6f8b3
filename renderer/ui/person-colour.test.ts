import { describe, expect, it } from 'vitest';
import { initialsOf, personColour } from './person-colour.ts';

describe('the mark of a person', () => {
  it('takes two letters of a name or pseudonym', () => {
    const names = ['Kowalska, Anna', 'P-017', 'müller', 'Łaski Jan Maria', '李 小龙', '***', ''];
    expect(names.map(initialsOf)).toEqual(['KA', 'P0', 'MÜ', 'ŁJ', '李小', '', '']);
  });

  it('keeps one of eight colours by id and spreads people over all of them', () => {
    const ids = Array.from(
      { length: 800 },
      (_, i) => `${(i * 2_654_435_761).toString(16).padStart(12, '0')}-4000-8000-${i}`,
    );
    const counts = new Map<number, number>();
    for (const id of ids) counts.set(personColour(id), (counts.get(personColour(id)) ?? 0) + 1);
    expect([...counts.keys()].sort()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(Math.max(...counts.values())).toBeLessThan(200);
    expect(personColour(ids[3] as string)).toBe(personColour(ids[3] as string));
  });
});
