import { randomStream } from '../../../core/numerics/random-stream.ts';
import { type ForceUnit, fromNewtons, toNewtons } from '../../../core/units/quantities.ts';

/** What may go wrong between a gauge and a form. */
export const OPERATOR_SLIPS = ['none', 'wrong-unit', 'one-trial-in-another-unit', 'decimal-lost'] as const;
export type OperatorSlip = (typeof OPERATOR_SLIPS)[number];

/** How often: assumptions, a percent or less each; no count of such slips was found. */
export const SLIP_SHARES: Readonly<Record<Exclude<OperatorSlip, 'none'>, number>> = {
  'wrong-unit': 0.01,
  'one-trial-in-another-unit': 0.005,
  'decimal-lost': 0.005,
};

/** Trials as they stand in the form. */
export interface TypedTrials {
  /** Numbers as typed, said to be in `unit`. */
  values: number[];
  unit: ForceUnit;
  slip: OperatorSlip;
  /** Which trial was hit, for slips that hit one. */
  trial: number | null;
  /** The unit that was meant, for slips of unit. */
  meantUnit: ForceUnit | null;
}

/** Decimals of a typed number: gauges are read to a tenth. */
const typed = (value: number): number => Math.round(value * 10) / 10;

/**
 * Types trials into a form, with a given slip. "wrong-unit": all numbers are of another unit than the form's.
 * "one-trial-in-another-unit": one of them is. "decimal-lost": the point of one number is left out (8.4 -> 84).
 * @param trialsN - newtons, at least one. @param unit - the unit that the form says.
 * @param otherUnit - the unit that is really on the dial in a slip of unit.
 * @throws RangeError when there is no trial, a trial is not finite, or both units are the same in a slip of unit.
 */
export function typeTrials(
  trialsN: readonly number[],
  unit: ForceUnit,
  slip: OperatorSlip,
  otherUnit: ForceUnit,
  trial = 0,
): TypedTrials {
  if (trialsN.length === 0) throw new RangeError('An operator needs a trial to type.');
  if (!Number.isInteger(trial) || trial < 0 || trial >= trialsN.length) {
    throw new RangeError('The slip must hit one of the trials.');
  }
  const isUnitSlip = slip === 'wrong-unit' || slip === 'one-trial-in-another-unit';
  if (isUnitSlip && otherUnit === unit) throw new RangeError('A slip of unit needs two units.');
  const values = trialsN.map((forceN, index) => {
    const isHit = slip === 'wrong-unit' || (slip === 'one-trial-in-another-unit' && index === trial);
    const value = typed(fromNewtons(forceN, isHit ? otherUnit : unit));
    return slip === 'decimal-lost' && index === trial ? Math.round(value * 10) : value;
  });
  return {
    values,
    unit,
    slip,
    trial: slip === 'one-trial-in-another-unit' || slip === 'decimal-lost' ? trial : null,
    meantUnit: isUnitSlip ? otherUnit : null,
  };
}

/** An operator who slips now and then; a stream a quantity. */
export function operateForm(
  seed: number | string,
  subject: number,
  trialsN: readonly number[],
  unit: ForceUnit,
  shares: Readonly<Record<Exclude<OperatorSlip, 'none'>, number>> = SLIP_SHARES,
): TypedTrials {
  let left = randomStream(seed, 'operator-slip', subject).uniform();
  const slip =
    OPERATOR_SLIPS.find((candidate) => {
      if (candidate === 'none') return false;
      left -= shares[candidate];
      return left < 0;
    }) ?? 'none';
  const others = (['kg', 'lb', 'N'] as const).filter((candidate) => candidate !== unit);
  const otherUnit = others[randomStream(seed, 'operator-other-unit', subject).integer(others.length)]!;
  const trial =
    trialsN.length === 0 ? 0 : randomStream(seed, 'operator-trial', subject).integer(trialsN.length);
  return typeTrials(trialsN, unit, slip, otherUnit, trial);
}

/** What a program takes typed trials for, newtons: the form's unit is believed. */
export const believedNewtons = ({ values, unit }: TypedTrials): number[] =>
  values.map((value) => toNewtons(value, unit));
