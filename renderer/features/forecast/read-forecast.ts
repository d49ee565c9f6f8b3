import { parseMeasurement } from '../../../core/clinical/parse-measurement.ts';
import { plausibilityQuestion, plausibilitySentence } from '../../../core/clinical/plausibility.ts';
import { typedWithUnit } from '../../../core/clinical/stored-value.ts';
import type { Side } from '../../../core/contract/schemas/clinical.ts';
import type { ForecastFields } from '../../../core/contract/schemas/forecast.ts';
import { type ForceUnit, toNewtons } from '../../../core/units/quantities.ts';
import { todayDate } from '../../ui/calendar-date.ts';

export interface ForecastForm {
  low: string;
  high: string;
  unit: ForceUnit;
  plannedOn: string;
}

/** An unusual end of the range that waits for "yes, it is right", as an unusual trial does at the bedside. */
export interface ForecastQuestion {
  name: 'low' | 'high';
  sentence: string;
}

export type ForecastProblems = Partial<Record<'low' | 'high' | 'plannedOn', string>>;

/** A range so far from the last value that the unit is more likely wrong than the course. */
const FAR_FACTOR = 3;
/** An end so far from today's value is asked about: "60.0" for 6.0, or "0.58" for 5.8. */
const ASK_TIMES_TODAY = 3;
/** No clinic plans further ahead than this, weeks. */
const MOST_WEEKS = 104;

/**
 * Reads the form; nothing is guessed, turned around or filled in.
 * @param lastN - best trial of this visit, newtons. @param readDate - as the user types dates.
 * @param visitOn - calendar day of this visit. @param isConfirmed - an unusual end was asked about and is right.
 */
export function readForecast(
  form: ForecastForm,
  context: {
    side: Side;
    lastN: number;
    visitOn: string;
    readDate: (typed: string) => string | null;
    isConfirmed?: boolean;
  },
):
  | { fields: ForecastFields; problems: null; question: null }
  | { fields: null; problems: ForecastProblems; question: ForecastQuestion | null } {
  const problems: ForecastProblems = {};
  const low = parseMeasurement(form.low);
  const high = parseMeasurement(form.high);
  if (!low.ok) problems.low = form.low.trim() === '' ? 'Type the lower end of your range.' : low.sentence;
  if (!high.ok) problems.high = form.high.trim() === '' ? 'Type the upper end of your range.' : high.sentence;
  if (low.ok && high.ok && low.value > high.value) {
    problems.high = 'The upper end lies below the lower one. Type the larger number here.';
  }
  const plannedOn = context.readDate(form.plannedOn);
  if (plannedOn === null) problems.plannedOn = 'Type the day on which the next visit is planned.';
  else if (plannedOn <= context.visitOn) problems.plannedOn = 'The next visit lies after this one.';
  else if (daysBetween(context.visitOn, plannedOn) > 7 * MOST_WEEKS) {
    problems.plannedOn = 'That is more than two years ahead. Please check the year.';
  }
  if (low.ok && high.ok && problems.high === undefined) {
    const [lowN, highN] = [toNewtons(low.value, form.unit), toNewtons(high.value, form.unit)];
    if (context.lastN > 0 && (lowN > FAR_FACTOR * context.lastN || FAR_FACTOR * highN < context.lastN)) {
      problems.high = `This range lies ${FAR_FACTOR} times or more from today’s value. Is the unit right?`;
    } else if (plannedOn !== null && Object.keys(problems).length === 0) {
      const question = context.isConfirmed
        ? null
        : (unusualEnd('high', highN, form, context.lastN) ?? unusualEnd('low', lowN, form, context.lastN));
      if (question !== null) return { fields: null, problems, question };
      return {
        fields: {
          side: context.side,
          lowN,
          highN,
          typedLow: form.low.trim(),
          typedHigh: form.high.trim(),
          unit: form.unit,
          plannedOn,
        },
        problems: null,
        question: null,
      };
    }
  }
  return { fields: null, problems, question: null };
}

function unusualEnd(
  name: ForecastQuestion['name'],
  endN: number,
  form: ForecastForm,
  lastN: number,
): ForecastQuestion | null {
  const shown = typedWithUnit(form[name].trim(), form.unit);
  // Alone, as a trial without others: what is far from today has its own words below.
  const usual = plausibilityQuestion('lateral-pinch', endN, []);
  if (usual !== null) return { name, sentence: plausibilitySentence(usual, shown) };
  if (lastN > 0 && endN > ASK_TIMES_TODAY * lastN) {
    return { name, sentence: `${shown} is more than ${ASK_TIMES_TODAY} times today’s value. Is it right?` };
  }
  if (ASK_TIMES_TODAY * endN < lastN) {
    return {
      name,
      sentence: `${shown} is less than one part in ${ASK_TIMES_TODAY} of today’s value. Is it right?`,
    };
  }
  return null;
}

const daysBetween = (from: string, to: string) =>
  (Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000;

/** Calendar day of an instant on this computer. */
export const dayOf = (instant: string): string => todayDate(new Date(instant));
