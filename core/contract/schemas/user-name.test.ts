import { describe, expect, it } from 'vitest';
import { looksLikeName, UserName, userNameProblem } from './user-name.ts';

describe('the name of a user', () => {
  it.each([
    ['two blanks', 'Jörg  Müller'],
    ['a blank that does not break', 'Jörg\u00a0Müller'],
    ['a wide blank', 'Jörg\u3000Müller'],
    ['decomposed umlauts', 'Jo\u0308rg Mu\u0308ller'],
    ['another case', 'jörg MÜLLER'],
    ['blanks around it', ' Jörg Müller '],
    ['Cyrillic letters', 'Jörg Müllеr'],
    ['the digit one for the letter l', 'Jörg Mü1ler'],
    ['a full-width letter', 'Ｊörg Müller'],
  ])('looks like another with %s', (_what, name) => {
    expect(looksLikeName(name, 'Jörg Müller')).toBe(true);
  });

  it.each([
    ['Anna Petrova', 'Аnnа Pеtrоvа'],
    ['ANNA', 'ΑΝΝΑ'],
    ['Ilse', 'llse'],
    ['ilse', 'ILSE'],
  ])('%s looks like %s', (a, b) => {
    expect(looksLikeName(a, b)).toBe(true);
  });

  it.each([
    ['Jörg Müller', 'Jorg Muller'],
    ['Dr Test', 'Dr Tost'],
    ['J. Müller', 'J. Möller'],
    ['Анна', 'Ольга'],
  ])('twin: %s does not look like %s', (a, b) => {
    expect(looksLikeName(a, b)).toBe(false);
  });

  it.each([
    ['Jörg Müllеr', 'mixed-scripts'],
    ['Αnna', 'mixed-scripts'],
    ['Jo\u200bhn', 'unseen'],
    ['Jo\nhn', 'unseen'],
    ['John\u3164', 'unseen'],
    ['\u3000', 'empty'],
    ['x'.repeat(81), 'too-long'],
    ['Анна Smith', null],
    ['田中 Hanako', null],
    ["Dr. M. O'Neil-Größe", null],
  ])('%j is refused as %s', (name, problem) => {
    expect(userNameProblem(name)).toBe(problem);
  });

  it('is kept in one spelling', () => {
    expect(UserName.parse('  Jo\u0308rg \u00a0 Mu\u0308ller ')).toBe('Jörg Müller');
  });
});
