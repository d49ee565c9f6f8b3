import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { completedYears, readTypedDate, shortDate, spokenDate } from './calendar-date.ts';

type YearsBetween = (from: string, to: string) => number;

/** On the birthday a person is exactly that many years old, and the day before one less. */
function keepsBirthdays(years: YearsBetween): boolean {
  const birthday = fc.record({
    year: fc.integer({ min: 1900, max: 2000 }),
    month: fc.integer({ min: 1, max: 12 }),
    day: fc.integer({ min: 2, max: 28 }),
    age: fc.integer({ min: 1, max: 100 }),
  });
  const written = (year: number, month: number, day: number) =>
    [String(year), String(month).padStart(2, '0'), String(day).padStart(2, '0')].join('-');
  const law = fc.property(birthday, ({ year, month, day, age }) => {
    const born = written(year, month, day);
    return (
      years(born, written(year + age, month, day)) === age &&
      years(born, written(year + age, month, day - 1)) === age - 1
    );
  });
  return !fc.check(law, { seed: 7, numRuns: 500 }).failed;
}

describe('dates as people type them', () => {
  it.each([
    ['1968-03-04', '1968-03-04'],
    [' 1968/3/4 ', '1968-03-04'],
    ['1968.03.04', '1968-03-04'],
    ['19680304', '1968-03-04'],
    ['2024-02-29', '2024-02-29'],
  ])('reads %s', (typed, date) => {
    expect(readTypedDate(typed)).toBe(date);
  });

  it.each([
    ['day-month-year', '4.3.1968', '1968-03-04'],
    ['day-month-year', '4. 3. 1968', '1968-03-04'],
    ['month-day-year', '3/4/1968', '1968-03-04'],
    ['month-day-year', '1968-03-04', '1968-03-04'],
    ['day-month-year', '3/14/1968', null],
    ['month-day-year', '14/3/1968', null],
    ['day-month-year', '4.3.68', null],
  ] as const)('reads in the order of the user, %s: %s', (order, typed, date) => {
    expect(readTypedDate(typed, order)).toBe(date);
  });

  it.each(['', '4.3.1968', '03/04/1968', '1968-02-30', '2023-02-29', '1968-13-01', '1e3-01-01', '68-03-04'])(
    'does not guess %s',
    (typed) => {
      expect(readTypedDate(typed)).toBeNull();
    },
  );

  it('names the month in letters', () => {
    expect(spokenDate('1968-03-04')).toBe('4 March 1968');
    expect(shortDate('1968-12-31')).toBe('31 Dec 1968');
  });
});

describe('time between dates', () => {
  it('counts completed years', () => {
    expect(keepsBirthdays(completedYears)).toBe(true);
  });

  it('the broken twin divides days by the mean year and fails on birthdays', () => {
    const twin: YearsBetween = (from, to) =>
      Math.floor((Date.parse(to) - Date.parse(from)) / (365.25 * 86_400_000));
    expect(keepsBirthdays(twin)).toBe(false);
  });
});
