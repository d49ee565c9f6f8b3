import { expectedStrength, type PersonSize } from '../signals/expected-strength.ts';
import { isBeyondPersonRange } from './person-range.ts';

/** One measured visit: best trial of the operated hand. */
export interface PinchVisit {
  /** Weeks since surgery, 0 or more. */
  weeks: number;
  /** Newtons, 0 or more. */
  pinchPeakN: number;
}

/** What a forecast is asked for: who, the visits so far, and when the next visit is. */
export interface NextVisitQuestion extends PersonSize {
  /** The operated hand. */
  side: 'right' | 'left';
  /** At least one, each later than the one before. */
  visits: readonly PinchVisit[];
  /** Best trial of the other hand at the last visit, newtons; null when it was not measured or is affected too. */
  otherHandPinchPeakN: number | null;
  /** Weeks from the last visit to the next one, above 0. */
  weeksToNextVisit: number;
}

/** The forecast reads the last visit and this many before it; older ones only count. */
export const EARLIER_VISITS = 3;

/** Columns of the network's input, in order. A part that is absent is 0 beside a mask of 0. */
export const NEXT_VISIT_INPUTS = [
  { name: 'sex-male', unit: '0 or 1' },
  { name: 'age', unit: 'years' },
  { name: 'last-pinch', unit: 'ln(% of expected)' },
  { name: 'weeks-since-surgery', unit: 'weeks' },
  { name: 'visits-so-far', unit: 'visits' },
  { name: 'weeks-to-next-visit', unit: 'weeks' },
  { name: 'other-hand-pinch', unit: 'ln(% of expected)' },
  { name: 'other-hand-measured', unit: '0 or 1' },
  { name: 'earlier-1-pinch', unit: 'ln(% of expected)' },
  { name: 'earlier-1-gap', unit: 'weeks' },
  { name: 'earlier-1-there', unit: '0 or 1' },
  { name: 'earlier-2-pinch', unit: 'ln(% of expected)' },
  { name: 'earlier-2-gap', unit: 'weeks' },
  { name: 'earlier-2-there', unit: '0 or 1' },
  { name: 'earlier-3-pinch', unit: 'ln(% of expected)' },
  { name: 'earlier-3-gap', unit: 'weeks' },
  { name: 'earlier-3-there', unit: '0 or 1' },
] as const satisfies readonly { name: string; unit: string }[];
export const NEXT_VISIT_INPUT_COUNT = NEXT_VISIT_INPUTS.length;

/** Features that are there together or not at all, and the mask that says so. */
export const NEXT_VISIT_GROUPS = [
  { featureColumns: [6], maskColumn: 7 },
  { featureColumns: [8, 9], maskColumn: 10 },
  { featureColumns: [11, 12], maskColumn: 13 },
  { featureColumns: [14, 15], maskColumn: 16 },
] as const;
const MASK_COLUMNS: readonly number[] = NEXT_VISIT_GROUPS.map(({ maskColumn }) => maskColumn);
const SEX_COLUMN = 0;
export const LAST_PINCH_COLUMN = 2;
const VISIT_COUNT_COLUMN = 4;

/** Below this share of expected, percent, a hand is taken as this weak: the logarithm has to end somewhere. */
const FLOOR_PERCENT = 1;

/** A question as numbers. */
export interface NextVisitInput {
  /** In the order of NEXT_VISIT_INPUTS. */
  values: Float64Array;
  /** Pinch expected of a nonimpaired person of this sex, age and size, newtons. */
  expectedN: number;
  /** Last visit as the network reads it, newtons: the floor is inside. A forecast is a multiple of it. */
  lastN: number;
}

/**
 * The network's input of a question.
 * @throws RangeError without a visit, when visits are not in order, or when a number is negative or not finite.
 */
export function nextVisitInput(question: NextVisitQuestion): NextVisitInput {
  checkQuestion(question);
  const { visits, side, otherHandPinchPeakN } = question;
  const expectedN = expectedStrength(question, side).pinchN;
  const logPercent = (forceN: number, ofN: number) => Math.log(Math.max(FLOOR_PERCENT, (100 * forceN) / ofN));
  const last = visits.at(-1)!;
  const lastLogPercent = logPercent(last.pinchPeakN, expectedN);
  const values = new Float64Array(NEXT_VISIT_INPUT_COUNT);
  values.set([
    question.sex === 'male' ? 1 : 0,
    question.ageYears,
    lastLogPercent,
    last.weeks,
    visits.length,
    question.weeksToNextVisit,
  ]);
  if (otherHandPinchPeakN !== null) {
    const otherExpectedN = expectedStrength(question, side === 'right' ? 'left' : 'right').pinchN;
    values.set([logPercent(otherHandPinchPeakN, otherExpectedN), 1], 6);
  }
  for (let back = 1; back <= Math.min(EARLIER_VISITS, visits.length - 1); back += 1) {
    const visit = visits.at(-1 - back)!;
    const gapWeeks = visits.at(-back)!.weeks - visit.weeks;
    values.set([logPercent(visit.pinchPeakN, expectedN), gapWeeks, 1], 8 + 3 * (back - 1));
  }
  return { values, expectedN, lastN: (Math.exp(lastLogPercent) / 100) * expectedN };
}

function checkQuestion({ visits, otherHandPinchPeakN, weeksToNextVisit }: NextVisitQuestion): void {
  if (visits.length === 0) throw new RangeError('a forecast needs at least one visit');
  visits.forEach(({ weeks, pinchPeakN }, i) => {
    if (!(pinchPeakN >= 0 && Number.isFinite(pinchPeakN))) {
      throw new RangeError(`the pinch of visit ${i + 1} must be a number of newtons, 0 or more`);
    }
    const isLater = i === 0 ? weeks >= 0 : weeks > visits[i - 1]!.weeks;
    if (!(isLater && Number.isFinite(weeks))) {
      throw new RangeError(`visit ${i + 1} must come after surgery and after the visit before it`);
    }
  });
  if (otherHandPinchPeakN !== null && !(otherHandPinchPeakN >= 0 && Number.isFinite(otherHandPinchPeakN))) {
    throw new RangeError('the pinch of the other hand must be a number of newtons, 0 or more');
  }
  if (!(weeksToNextVisit > 0 && Number.isFinite(weeksToNextVisit))) {
    throw new RangeError('the next visit must lie after the last one');
  }
}

/**
 * Whether a person lies outside the range of the training people. The distance from them does not say so: height and
 * weight enter it only through what is expected, which is clamped.
 * @throws RangeError when age, height or weight is no number: such a question is malformed, not out of range.
 */
export function isOutOfPersonRange(person: PersonSize): boolean {
  if (![person.ageYears, person.heightM, person.weightKg].every(Number.isFinite)) {
    throw new RangeError('age, height and weight must be numbers');
  }
  return isBeyondPersonRange(person);
}

/** Which parts are there: visits read (1 to 4), with or without the other hand. Each has its own distance cloud. */
export const NEXT_VISIT_PATTERNS = [1, 2, 3, 4].flatMap((count) => [
  `visits-${count}`,
  `visits-${count}-one-hand`,
]);

export function nextVisitPattern(values: Float64Array): string {
  const [hasOther, ...earlier] = MASK_COLUMNS.map((column) => values[column] === 1);
  return `visits-${1 + earlier.filter(Boolean).length}${hasOther ? '' : '-one-hand'}`;
}

/** Columns for which "ten times too much" and "a tenth" must lie equally far out: already logarithms. */
const isLogarithm = (column: number): boolean => NEXT_VISIT_INPUTS[column]!.unit.startsWith('ln');

/**
 * What the distance from the training people is measured on: logarithms of every present quantity, sex and the count
 * of visits apart (a count is counted, not typed).
 */
export function nextVisitRangeVector(values: Float64Array): Float64Array {
  const absent = new Set(
    NEXT_VISIT_GROUPS.filter(({ maskColumn }) => values[maskColumn] !== 1).flatMap(
      ({ featureColumns }): readonly number[] => featureColumns,
    ),
  );
  const present: number[] = [];
  values.forEach((value, column) => {
    if (column === SEX_COLUMN || column === VISIT_COUNT_COLUMN) return;
    if (MASK_COLUMNS.includes(column) || absent.has(column)) return;
    present.push(isLogarithm(column) ? value : Math.log(Math.max(1e-3, value)));
  });
  return Float64Array.from(present);
}
