/**
 * Calendar dates as people read and type them. Dates are "YYYY-MM-DD" texts without a time zone; "today" is the
 * computer's own calendar day.
 */
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;
/** Of their own: not every language shortens to the first three letters. */
const SHORT_MONTHS = [
  'Jan',
  'Feb',
  'Mar',
  'Apr',
  'May',
  'Jun',
  'Jul',
  'Aug',
  'Sep',
  'Oct',
  'Nov',
  'Dec',
] as const;

interface DateParts {
  year: number;
  month: number;
  day: number;
}

/** Today as YYYY-MM-DD, in the computer's time zone. */
export function todayDate(now: Date = new Date()): string {
  return joined({ year: now.getFullYear(), month: now.getMonth() + 1, day: now.getDate() });
}

/** Orders in which a date may be typed; a shown date has its month in letters. */
export type TypedDateOrder = 'year-month-day' | 'day-month-year' | 'month-day-year';

/**
 * Reads "1968-03-04", "1968 3 4", "1968/3/4" or "19680304".
 * Orders with the day or month first are not guessed: 3/4/1968 is two different days in two countries. They are read
 * when the user has chosen one.
 * @returns YYYY-MM-DD, or null when it is not a day of the calendar.
 */
export function readTypedDate(typed: string, order: TypedDateOrder = 'year-month-day'): string | null {
  const parts = typedParts(typed.trim(), order);
  if (parts === null) return null;
  const check = new Date(Date.UTC(parts.year, parts.month - 1, parts.day));
  const isReal =
    parts.year >= 1850 && check.getUTCMonth() === parts.month - 1 && check.getUTCDate() === parts.day;
  return isReal ? joined(parts) : null;
}

/** "4 March 1968": the month in letters, so that day and month cannot be mixed up. */
export function spokenDate(date: string): string {
  const { year, month, day } = partsOf(date);
  return `${day} ${MONTHS[month - 1]} ${year}`;
}

/** "4 Mar 2026" of an instant or a date, in the computer's time zone. */
export function shortDate(instantOrDate: string): string {
  const date = instantOrDate.length > 10 ? todayDate(new Date(instantOrDate)) : instantOrDate;
  const { year, month, day } = partsOf(date);
  return `${day} ${SHORT_MONTHS[month - 1] ?? ''} ${year}`;
}

/** "14:05" of an instant, in the computer's time zone; twelve-hour clocks are not mixed in. */
export const clockTime = (instant: string): string =>
  new Date(instant).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });

/** "4 Mar 2026, 14:05" of an instant. */
export const shortMoment = (instant: string): string => `${shortDate(instant)}, ${clockTime(instant)}`;

/** Completed years between two dates. */
export function completedYears(from: string, to: string): number {
  const a = partsOf(from);
  const b = partsOf(to);
  const isBeforeAnniversary = b.month < a.month || (b.month === a.month && b.day < a.day);
  return b.year - a.year - (isBeforeAnniversary ? 1 : 0);
}

function typedParts(text: string, order: TypedDateOrder): DateParts | null {
  const yearFirst =
    /^(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})$/.exec(text) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(text);
  const numbersOf = (match: RegExpExecArray) => match.slice(1).map(Number) as [number, number, number];
  if (yearFirst !== null) {
    const [year, month, day] = numbersOf(yearFirst);
    return { year, month, day };
  }
  const yearLast = /^(\d{1,2})[-/. ] ?(\d{1,2})[-/. ] ?(\d{4})$/.exec(text);
  if (yearLast === null || order === 'year-month-day') return null;
  const [first, second, year] = numbersOf(yearLast);
  return order === 'day-month-year'
    ? { year, month: second, day: first }
    : { year, month: first, day: second };
}

function partsOf(date: string): DateParts {
  return { year: Number(date.slice(0, 4)), month: Number(date.slice(5, 7)), day: Number(date.slice(8, 10)) };
}

function joined({ year, month, day }: DateParts): string {
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}
