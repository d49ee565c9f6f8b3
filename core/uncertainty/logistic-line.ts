import { sigmoid } from '../networks/activation.ts';

/** P(yes) = sigmoid(intercept + slope x). */
export interface LogisticLine {
  intercept: number;
  slope: number;
}

/** Newton's steps are quadratic near the optimum; a hundred are never used up by data that have one. */
const LARGEST_STEP_COUNT = 100;
/** A step below this share of a coefficient no longer changes it beyond rounding of the sums. */
const STEP_TOLERANCE = 1e-13;

/**
 * Logistic line with the largest likelihood, by Newton's method with halved steps; the likelihood is concave.
 * @param x - n finite numbers, not all equal. @param targets - n numbers 0..1, e.g. 0 and 1.
 * @param fixedSlope - when given, only the intercept is fitted.
 * @returns null when no finite line is the best: all targets 0 or all 1, or x separates those at 0 from those at 1, or
 *   x is constant. @throws RangeError without rows, when lengths differ, or when a number is outside its range.
 */
export function fitLogisticLine(
  x: ArrayLike<number>,
  targets: ArrayLike<number>,
  fixedSlope?: number,
): LogisticLine | null {
  checkRows(x, targets);
  if (fixedSlope !== undefined && !Number.isFinite(fixedSlope)) {
    throw new RangeError('a fixed slope is a finite number');
  }
  if (!hasFiniteOptimum(x, targets, fixedSlope !== undefined)) return null;
  let line: LogisticLine = { intercept: 0, slope: fixedSlope ?? 0 };
  let loss = lossOf(x, targets, line);
  for (let step = 0; step < LARGEST_STEP_COUNT; step += 1) {
    const change = newtonStep(x, targets, line, fixedSlope !== undefined);
    let share = 1;
    let next = moved(line, change, share);
    let nextLoss = lossOf(x, targets, next);
    while (nextLoss > loss && share > 1e-10) {
      share /= 2;
      next = moved(line, change, share);
      nextLoss = lossOf(x, targets, next);
    }
    const size = Math.hypot(next.intercept - line.intercept, next.slope - line.slope);
    const isDone = size <= STEP_TOLERANCE * (1 + Math.hypot(line.intercept, line.slope));
    if (nextLoss > loss) break;
    line = next;
    loss = nextLoss;
    if (isDone) break;
  }
  return line;
}

function checkRows(x: ArrayLike<number>, targets: ArrayLike<number>): void {
  if (x.length === 0 || targets.length !== x.length) throw new RangeError('every row needs an outcome');
  for (let i = 0; i < x.length; i += 1) {
    if (!Number.isFinite(x[i])) throw new RangeError('a score of a logistic line is a finite number');
    if (!(targets[i]! >= 0 && targets[i]! <= 1)) throw new RangeError('a target lies between 0 and 1');
  }
}

/** With one x, the best line is finite exactly if those who lean to yes and those who lean to no overlap in x. */
function hasFiniteOptimum(x: ArrayLike<number>, targets: ArrayLike<number>, isSlopeFixed: boolean): boolean {
  let [lowestYes, highestYes] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  let [lowestNo, highestNo] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = 0; i < x.length; i += 1) {
    if (targets[i]! > 0) [lowestYes, highestYes] = [Math.min(lowestYes, x[i]!), Math.max(highestYes, x[i]!)];
    if (targets[i]! < 1) [lowestNo, highestNo] = [Math.min(lowestNo, x[i]!), Math.max(highestNo, x[i]!)];
  }
  if (lowestYes > highestYes || lowestNo > highestNo) return false;
  return isSlopeFixed || (lowestYes < highestNo && lowestNo < highestYes);
}

function lossOf(x: ArrayLike<number>, targets: ArrayLike<number>, line: LogisticLine): number {
  let loss = 0;
  for (let i = 0; i < x.length; i += 1) {
    const z = line.intercept + line.slope * x[i]!;
    // ln(1 + e^z) - t z, without overflow.
    loss += Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))) - targets[i]! * z;
  }
  return loss;
}

function newtonStep(
  x: ArrayLike<number>,
  targets: ArrayLike<number>,
  line: LogisticLine,
  isSlopeFixed: boolean,
): LogisticLine {
  let [g0, g1, h00, h01, h11] = [0, 0, 0, 0, 0];
  for (let i = 0; i < x.length; i += 1) {
    const p = sigmoid(line.intercept + line.slope * x[i]!);
    const curvature = p * (1 - p);
    g0 += targets[i]! - p;
    g1 += (targets[i]! - p) * x[i]!;
    h00 += curvature;
    h01 += curvature * x[i]!;
    h11 += curvature * x[i]! ** 2;
  }
  if (isSlopeFixed) return { intercept: g0 / h00, slope: 0 };
  const determinant = h00 * h11 - h01 * h01;
  return { intercept: (h11 * g0 - h01 * g1) / determinant, slope: (h00 * g1 - h01 * g0) / determinant };
}

const moved = (line: LogisticLine, change: LogisticLine, share: number): LogisticLine => ({
  intercept: line.intercept + share * change.intercept,
  slope: line.slope + share * change.slope,
});
