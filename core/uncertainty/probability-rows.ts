/**
 * How far a row of probabilities may be from a sum of 1. Rows printed with three decimals are off by up to 0.0005 a
 * class; a row of scores that are no probabilities is off by more.
 */
const LARGEST_SUM_ERROR = 0.01;

/**
 * Checks forecasts of a yes-or-no event beside what came true.
 * @param probabilities - of the event, 0..1. @param outcomes - as many.
 * @throws RangeError without forecasts, when lengths differ, or when a probability is outside 0 to 1.
 */
export function checkForecasts(probabilities: ArrayLike<number>, outcomes: ArrayLike<boolean>): void {
  if (probabilities.length === 0) throw new RangeError('there is no forecast');
  if (outcomes.length !== probabilities.length) throw new RangeError('every forecast needs an outcome');
  for (let i = 0; i < probabilities.length; i += 1) {
    if (!(probabilities[i]! >= 0 && probabilities[i]! <= 1)) {
      throw new RangeError('a probability lies between 0 and 1');
    }
  }
}

/**
 * Checks rows of class probabilities.
 * @param rows - n >= 1 rows of K >= 2 probabilities, each row with a sum of 1 to within 0.01.
 * @param labels - class of each row, 0..K-1, when there are labels. @returns K. @throws RangeError otherwise.
 */
export function checkProbabilityRows(rows: readonly ArrayLike<number>[], labels?: ArrayLike<number>): number {
  const classes = rows[0]?.length ?? 0;
  if (rows.length === 0) throw new RangeError('there is no row of probabilities');
  if (classes < 2) throw new RangeError('a row needs the probabilities of at least two classes');
  for (const row of rows) {
    if (row.length !== classes) throw new RangeError('rows of probabilities must have the same length');
    let sum = 0;
    for (let k = 0; k < classes; k += 1) {
      if (!(row[k]! >= 0 && row[k]! <= 1)) throw new RangeError('a probability lies between 0 and 1');
      sum += row[k]!;
    }
    if (Math.abs(sum - 1) > LARGEST_SUM_ERROR) throw new RangeError('a row of probabilities has the sum 1');
  }
  if (labels) checkLabels(labels, rows.length, classes);
  return classes;
}

/** Checks that each of `count` rows has a class. @throws RangeError unless every label is a whole number 0..classes-1. */
export function checkLabels(labels: ArrayLike<number>, count: number, classes: number): void {
  if (labels.length !== count) throw new RangeError('every row needs a label');
  for (let i = 0; i < count; i += 1) {
    if (!(Number.isInteger(labels[i]) && labels[i]! >= 0 && labels[i]! < classes)) {
      throw new RangeError(`a label is a whole number from 0 to ${classes - 1}`);
    }
  }
}

/** Index of the largest entry; the first of equal ones. @throws RangeError without entries or when one is NaN. */
export function mostProbableClass(probabilities: ArrayLike<number>): number {
  if (probabilities.length === 0) throw new RangeError('there is no class to choose');
  let top = 0;
  for (let k = 0; k < probabilities.length; k += 1) {
    if (Number.isNaN(probabilities[k])) throw new RangeError('an entry of a class is a number');
    if (probabilities[k]! > probabilities[top]!) top = k;
  }
  return top;
}
