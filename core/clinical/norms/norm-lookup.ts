import type { Patient, Side } from '../../contract/schemas/clinical.ts';
import type { NormCell, NormTable } from './norm-table.ts';

export type NormPerson = Pick<Patient, 'birthDate' | 'sex' | 'dominantHand' | 'heightM'>;

/** What a table says of people of one sex and age, newtons; or why it says nothing. Never extrapolated. */
export type NormRange =
  | {
      lowN: number;
      middleN: number;
      highN: number;
      /** What the ends are, e.g. "mean ± 1 SD". */
      meaning: string;
      ageBand: string;
      why: null;
    }
  | { why: string };

/** Completed years on a day. @param day, birthDate calendar dates or instants, of which the date counts. */
export function ageOn(birthDate: string, day: string): number {
  const years = Number(day.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return day.slice(5, 10) < birthDate.slice(5, 10) ? years - 1 : years;
}

const isOfHand = (cell: NormCell, side: Side, dominant: Side): boolean => {
  switch (cell.hand) {
    case 'right':
    case 'left':
      return cell.hand === side;
    case 'dominant':
      return side === dominant;
    case 'nondominant':
      return side !== dominant;
    default:
      return true;
  }
};

/**
 * The row of a table for a person's hand on a day.
 * @returns the range with its age band, or the reason in words: outside the table's ages or heights, or a row that is
 * not there.
 */
export function normRangeOf(table: NormTable, person: NormPerson, side: Side, day: string): NormRange {
  const age = ageOn(person.birthDate, day);
  const own = table.cells.filter(
    (cell) => cell.sex === person.sex && isOfHand(cell, side, person.dominantHand),
  );
  const ofAge = own.filter((cell) => age >= cell.age.low && age <= cell.age.high);
  if (ofAge.length === 0) return { why: agesText(own, age) };
  const heightCm = Math.round(100 * person.heightM);
  const cell = ofAge.find(
    ({ heightCm: band }) => band === null || (heightCm >= band.low && heightCm <= band.high),
  );
  if (cell === undefined) return { why: `the table has no row for ${heightCm} cm at this age` };
  return rangeOf(cell);
}

function agesText(own: readonly NormCell[], age: number): string {
  if (own.length === 0) return 'the table has no row for this hand';
  const low = Math.min(...own.map((cell) => cell.age.low));
  const high = Math.max(...own.map((cell) => cell.age.high));
  if (age >= low && age <= high) return `the table has no row for ${age} years`;
  const to = high === Number.POSITIVE_INFINITY ? 'and over' : `to ${high}`;
  return `outside the table’s ages (${low} ${to} years; this patient was ${age}): nothing is extrapolated`;
}

function rangeOf(cell: NormCell): NormRange {
  const ageBand = cell.age.text;
  if (cell.meanN !== null && cell.sdN !== null) {
    const { meanN, sdN } = cell;
    const ends = { lowN: Math.max(0, meanN - sdN), highN: meanN + sdN };
    return { ...ends, middleN: meanN, meaning: 'mean ± 1 SD', ageBand, why: null };
  }
  if (cell.p10N !== null && cell.p90N !== null && cell.p50N !== null) {
    const ends = { lowN: cell.p10N, highN: cell.p90N };
    return { ...ends, middleN: cell.p50N, meaning: '10th to 90th percentile', ageBand, why: null };
  }
  const middleN = (cell.meanN ?? cell.p50N) as number;
  const meaning =
    cell.meanN === null ? 'median alone, no spread given' : 'mean alone, no standard deviation given';
  return { lowN: middleN, middleN, highN: middleN, meaning, ageBand, why: null };
}

/** A stretch of time in which one row of a table holds. */
export interface NormStretch {
  side: Side;
  /** Calendar dates. */
  from: string;
  to: string;
  range: NormRange;
}

/** The birthdays between two days, neither of them included. */
function birthdaysBetween(birthDate: string, from: string, to: string): string[] {
  const days: string[] = [];
  for (let year = Number(from.slice(0, 4)); year <= Number(to.slice(0, 4)); year += 1) {
    const day = `${year}-${birthDate.slice(5, 10)}`;
    if (day > from && day < to) days.push(day);
  }
  return days;
}

/** What a table says of a hand over a course: a stretch for each row that applies, split at the birthday that changes it. */
export function normStretches(
  table: NormTable,
  person: NormPerson,
  side: Side,
  from: string,
  to: string,
): NormStretch[] {
  const [first, last] = [from.slice(0, 10), to.slice(0, 10)];
  const starts = [first, ...birthdaysBetween(person.birthDate, first, last)];
  const stretches: NormStretch[] = [];
  starts.forEach((start, index) => {
    const range = normRangeOf(table, person, side, start);
    const end = starts[index + 1] ?? last;
    const before = stretches.at(-1);
    if (before && isSame(before.range, range)) before.to = end;
    else stretches.push({ side, from: start, to: end, range });
  });
  return stretches;
}

const isSame = (a: NormRange, b: NormRange): boolean =>
  a.why === null && b.why === null ? a.ageBand === b.ageBand : a.why !== null && b.why !== null;
