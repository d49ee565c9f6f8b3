import type { ElbowAgreement, ShownValue } from './analyses-agreement.ts';
import { type LimitsOfAgreement, limitsOfAgreement } from './limits-of-agreement.ts';
import { linConcordance } from './lin-concordance.ts';
import { patientCount, patientJackknife } from './patient-jackknife.ts';
import { isEnough, isWideFor, type ShownFigure, shownStatistic } from './shown-figure.ts';

/** Middles of one hold, seconds. */
export interface ElbowTimes {
  patientId: string;
  ownS: number;
  modelS: number;
}

type ElbowValues = Pick<ElbowAgreement, 'method' | 'bias' | 'lower' | 'upper' | 'lin'>;

/** Standard deviations from the bias to a limit, as in limitsOfAgreement. */
const MULTIPLIER = 1.96;

/**
 * Bland-Altman limits and Lin's coefficient. Their own intervals take holds as independent: they stand where each patient
 * gives one hold, and one patient at a time is left out where one gives several (ADR 26).
 */
export function elbowValues(pairs: readonly ElbowTimes[]): ElbowValues {
  const count = { n: pairs.length, patients: patientCount(pairs) };
  const isOneEach = count.n === count.patients;
  const method = isOneEach ? 'exact' : 'jackknife over patients';
  if (!isEnough(count)) {
    return { method, bias: null, lower: null, upper: null, lin: { kind: 'too-few', ...count } };
  }
  const [own, model] = [pairs.map(({ ownS }) => ownS), pairs.map(({ modelS }) => modelS)];
  const limits = limitsOfAgreement(own, model, { multiplier: MULTIPLIER });
  return isOneEach ? valuesOfOneEach(own, model, limits) : valuesOfPatients(pairs, limits);
}

const valuesOfOneEach = (
  own: readonly number[],
  model: readonly number[],
  limits: LimitsOfAgreement,
): ElbowValues => ({
  method: 'exact',
  bias: { value: limits.bias, interval: limits.biasInterval },
  lower: { value: limits.lower, interval: limits.exact.lower },
  upper: { value: limits.upper, interval: limits.exact.upper },
  lin: linOfOneEach(own, model),
});

function linOfOneEach(first: readonly number[], second: readonly number[]): ShownFigure {
  const count = { n: first.length, patients: first.length };
  const { value, interval, reason } = linConcordance(first, second);
  if (value === null) return { kind: 'undefined', ...count, reason };
  return {
    kind: 'figure',
    ...count,
    value,
    interval,
    noInterval: reason,
    method: 'exact',
    chance: 0,
    isWide: isWideFor(count),
  };
}

type Sums = ArrayLike<number>;

function valuesOfPatients(pairs: readonly ElbowTimes[], limits: LimitsOfAgreement): ElbowValues {
  // Of times from their common middle: 1, x, y, x^2, y^2, xy. All four statistics follow from their sums.
  const centreS = pairs.reduce((sum, { ownS, modelS }) => sum + ownS + modelS, 0) / (2 * pairs.length);
  const partsOf = ({ ownS, modelS }: ElbowTimes) => {
    const [x, y] = [ownS - centreS, modelS - centreS];
    return [1, x, y, x * x, y * y, x * y];
  };
  const found = (statistic: (sums: Sums) => number | null, scale: 'coefficient' | 'unbounded') =>
    patientJackknife(pairs, partsOf, statistic, scale)!;
  const shown = (value: number, statistic: (sums: Sums) => number | null): ShownValue => ({
    value,
    interval: found(statistic, 'unbounded').interval,
  });
  const count = { n: pairs.length, patients: patientCount(pairs) };
  return {
    method: 'jackknife over patients',
    bias: shown(limits.bias, biasOf),
    lower: shown(limits.lower, (sums) => biasOf(sums) - MULTIPLIER * deviationOf(sums)),
    upper: shown(limits.upper, (sums) => biasOf(sums) + MULTIPLIER * deviationOf(sums)),
    lin: shownStatistic(count, found(linOf, 'coefficient'), {
      chance: 0,
      reason: 'all measurements are one number',
    }),
  };
}

const biasOf = (sums: Sums): number => (sums[1]! - sums[2]!) / sums[0]!;

/** Standard deviation of the differences, divisor n - 1. */
function deviationOf(sums: Sums): number {
  const squares = sums[3]! + sums[4]! - 2 * sums[5]! - sums[0]! * biasOf(sums) ** 2;
  return Math.sqrt(Math.max(0, squares) / (sums[0]! - 1));
}

/** Lin's coefficient with moments of divisor n; null where all measurements are one number. */
function linOf(sums: Sums): number | null {
  const n = sums[0]!;
  const [x, y] = [sums[1]! / n, sums[2]! / n];
  const whole = sums[3]! / n - x ** 2 + sums[4]! / n - y ** 2 + (x - y) ** 2;
  return whole > 1e-12 ? (2 * (sums[5]! / n - x * y)) / whole : null;
}
