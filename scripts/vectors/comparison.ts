import type { Tolerance } from './vector-file.ts';

/** One expected value of a case beside what our code answers. */
export interface Comparison {
  /** Key in the case, e.g. "expected". */
  what: string;
  expected: unknown;
  actual: unknown;
  /** When the case says so for this value alone; else that of the case or the file. */
  tolerance?: Tolerance;
}

export interface ComparisonResult {
  isWithin: boolean;
  /** Largest |actual - expected|; infinite when the two are not of one kind. */
  error: number;
  /** First place that is outside, in words; empty when none is. */
  problem: string;
}

/** Compares numbers within the tolerance and everything else exactly, through nested arrays and objects. */
export function compare(
  { what, expected, actual, tolerance }: Comparison,
  above: Tolerance,
): ComparisonResult {
  return compareAt(what, expected, actual, tolerance ?? above);
}

const FINE: ComparisonResult = { isWithin: true, error: 0, problem: '' };
const outside = (problem: string, error = Number.POSITIVE_INFINITY): ComparisonResult => ({
  isWithin: false,
  error,
  problem,
});

function compareAt(at: string, expected: unknown, actual: unknown, tolerance: Tolerance): ComparisonResult {
  if (typeof expected === 'number' && typeof actual === 'number') {
    if (Object.is(expected, actual) || expected === actual) return FINE;
    const error = Math.abs(actual - expected);
    if (error <= tolerance.abs + tolerance.rel * Math.abs(expected))
      return { isWithin: true, error, problem: '' };
    return outside(
      `${at}: ${actual}, not ${expected}`,
      Number.isNaN(error) ? Number.POSITIVE_INFINITY : error,
    );
  }
  if (isList(expected) && isList(actual)) {
    if (expected.length !== actual.length) {
      return outside(`${at}: ${actual.length} entries, not ${expected.length}`);
    }
    return worst(Array.from(expected, (value, i) => compareAt(`${at}[${i}]`, value, actual[i], tolerance)));
  }
  if (isRecord(expected) && isRecord(actual)) {
    return worst(
      Object.keys(expected).map((key) => compareAt(`${at}.${key}`, expected[key], actual[key], tolerance)),
    );
  }
  if (Object.is(expected, actual)) return FINE;
  return outside(`${at}: ${JSON.stringify(actual) ?? 'nothing'}, not ${JSON.stringify(expected)}`);
}

function worst(results: readonly ComparisonResult[]): ComparisonResult {
  return {
    isWithin: results.every(({ isWithin }) => isWithin),
    error: results.reduce((largest, { error }) => Math.max(largest, error), 0),
    problem: results.find(({ isWithin }) => !isWithin)?.problem ?? '',
  };
}

const isList = (value: unknown): value is ArrayLike<unknown> =>
  Array.isArray(value) || value instanceof Float64Array;
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !isList(value);
