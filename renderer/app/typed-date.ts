import { readTypedDate, type TypedDateOrder } from '../ui/calendar-date.ts';
import { usePreferences } from './preferences.tsx';

export interface DateReader {
  /** @returns YYYY-MM-DD, or null when it is not a day of the calendar in the user's order. */
  read: (typed: string) => string | null;
  placeholder: string;
  /** What to type instead, for an error at the field. */
  hint: string;
}

const PLACEHOLDERS: Record<TypedDateOrder, string> = {
  'year-month-day': 'YYYY-MM-DD',
  'day-month-year': 'DD.MM.YYYY',
  'month-day-year': 'MM/DD/YYYY',
};
const HINTS: Record<TypedDateOrder, string> = {
  'year-month-day': 'Type it as year-month-day, for example 1968-03-04.',
  'day-month-year': 'Type it as day.month.year, for example 4.3.1968, or with the year first.',
  'month-day-year': 'Type it as month/day/year, for example 3/4/1968, or with the year first.',
};

export const dateReaderOf = (order: TypedDateOrder): DateReader => ({
  read: (typed) => readTypedDate(typed, order),
  placeholder: PLACEHOLDERS[order],
  hint: HINTS[order],
});

/** Reads dates in the order that the user has chosen in the settings; year first always works. */
export const useDateReader = (): DateReader => dateReaderOf(usePreferences().dateOrder);
