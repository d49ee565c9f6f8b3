import { type ClassScores, callOf } from './class-scores.ts';

/** Range in which a feature may be changed, both ends included. */
export interface FeatureLimits {
  /** Column of the input row. */
  column: number;
  low: number;
  high: number;
}

/** The first change of the call on the way from the row's own value. */
export interface Flip {
  /** Of the feature, on the far side of the change. */
  value: number;
  /** value minus the row's own one. */
  delta: number;
  newClass: number;
}

export interface FeatureFlip {
  column: number;
  /** Null: no larger value within the limits changes the call. */
  increase: Flip | null;
  /** Null: no smaller value within the limits changes the call. */
  decrease: Flip | null;
}

export interface FeatureFlips {
  /** Call at the row itself. */
  predictedClass: number;
  /** In the order of the limits. */
  perFeature: readonly FeatureFlip[];
  /** The flip with the smallest |delta|, of equal ones the first; null: no single change within the limits flips the call. */
  smallest: { column: number; flip: Flip } | null;
}

/** Width to which a flip is narrowed down, in units of the feature. */
const BISECTION_WIDTH = 1e-12;

/**
 * Smallest change of one feature alone that changes the call: a scan from the row's value to each limit, then bisection
 * of the first interval in which the call changes. A change that is undone between two points of the scan is not seen.
 * Says what the model would need to see, not what a treatment should aim at.
 * @param limits - plausible ranges, one a feature. A value outside of its range is not moved away from it further.
 * @param scanPoints - of each direction, the row's value included: 2 or more.
 * @throws RangeError when the row does not fit, a column is named twice or does not exist, limits are no range, there are
 *   none, or there are too few points.
 */
export function featureFlips(
  classes: ClassScores,
  row: Float64Array,
  limits: readonly FeatureLimits[],
  scanPoints: number,
): FeatureFlips {
  checkQuestion(classes, row, limits, scanPoints);
  const predictedClass = callOf(classes.scoresOf(row));
  const perFeature = limits.map(({ column, low, high }) => {
    const callAt = callAlong(classes, row, column);
    const start = row[column]!;
    return {
      column,
      increase: high > start ? firstFlip(callAt, start, high, scanPoints) : null,
      decrease: low < start ? firstFlip(callAt, start, low, scanPoints) : null,
    };
  });
  let smallest: FeatureFlips['smallest'] = null;
  for (const { column, increase, decrease } of perFeature) {
    for (const flip of [increase, decrease]) {
      if (flip && (!smallest || Math.abs(flip.delta) < Math.abs(smallest.flip.delta))) {
        smallest = { column, flip };
      }
    }
  }
  return { predictedClass, perFeature, smallest };
}

function callAlong({ scoresOf }: ClassScores, row: Float64Array, column: number): (value: number) => number {
  const changed = row.slice();
  return (value) => {
    changed[column] = value;
    return callOf(scoresOf(changed));
  };
}

function firstFlip(
  callAt: (value: number) => number,
  start: number,
  end: number,
  scanPoints: number,
): Flip | null {
  const own = callAt(start);
  let before = start;
  for (let point = 1; point < scanPoints; point += 1) {
    const share = point / (scanPoints - 1);
    const value = point === scanPoints - 1 ? end : start + share * (end - start);
    if (callAt(value) === own) {
      before = value;
      continue;
    }
    let after = value;
    while (Math.abs(after - before) > BISECTION_WIDTH) {
      const middle = (before + after) / 2;
      // Neighbouring floating-point numbers have none between them.
      if (middle === before || middle === after) break;
      if (callAt(middle) === own) before = middle;
      else after = middle;
    }
    return { value: after, delta: after - start, newClass: callAt(after) };
  }
  return null;
}

function checkQuestion(
  { inputCount }: ClassScores,
  row: Float64Array,
  limits: readonly FeatureLimits[],
  scanPoints: number,
): void {
  if (row.length !== inputCount || !row.every(Number.isFinite)) {
    throw new RangeError(`the model takes ${inputCount} finite numbers`);
  }
  if (limits.length === 0) throw new RangeError('there is no feature to change');
  if (new Set(limits.map(({ column }) => column)).size !== limits.length) {
    throw new RangeError('a feature has two limits');
  }
  for (const { column, low, high } of limits) {
    if (!Number.isInteger(column) || column < 0 || column >= inputCount) {
      throw new RangeError(`column ${column} is outside the ${inputCount} of the row`);
    }
    if (!(Number.isFinite(low) && Number.isFinite(high) && low <= high)) {
      throw new RangeError(`${low} to ${high} is no range`);
    }
  }
  if (!Number.isInteger(scanPoints) || scanPoints < 2)
    throw new RangeError('a scan needs two points or more');
}
