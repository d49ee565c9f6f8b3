import type { Measure, Unit } from '../contract/schemas/clinical.ts';
import {
  FORCE_UNITS,
  type ForceUnit,
  fromNewtonMetres,
  fromNewtons,
  TORQUE_UNITS,
  type TorqueUnit,
  toNewtonMetres,
  toNewtons,
} from '../units/quantities.ts';
import { measureOf, type Quantity, UNITS_OF_QUANTITY } from './measures.ts';

const isForceUnit = (unit: Unit): unit is ForceUnit => (FORCE_UNITS as readonly string[]).includes(unit);
const isTorqueUnit = (unit: Unit): unit is TorqueUnit => (TORQUE_UNITS as readonly string[]).includes(unit);

/** Unit in which values of a measure are stored: N, N.m, deg, s or points. */
export const storedUnitOf = (measure: Measure): Unit => UNITS_OF_QUANTITY[measureOf(measure).quantity][0];

/** True when a value of this quantity may be typed in `unit`. */
export const isUnitOf = (quantity: Quantity, unit: Unit): boolean =>
  (UNITS_OF_QUANTITY[quantity] as readonly string[]).includes(unit);

/**
 * A typed value in the stored unit of its measure.
 * @param value finite, in `unit`.
 * @returns null when the unit is none of the measure's: a torque is never taken for a force.
 * @throws RangeError when the value is not finite.
 */
export function toStored(measure: Measure, value: number, unit: Unit): number | null {
  if (!Number.isFinite(value)) throw new RangeError('a measured value must be finite');
  if (!isUnitOf(measureOf(measure).quantity, unit)) return null;
  if (isForceUnit(unit)) return toNewtons(value, unit);
  if (isTorqueUnit(unit)) return toNewtonMetres(value, unit);
  return value;
}

/** A stored value in the unit it was typed in; the inverse of {@link toStored}. @throws RangeError when not finite. */
export function fromStored(valueSi: number, unit: Unit): number {
  if (!Number.isFinite(valueSi)) throw new RangeError('a measured value must be finite');
  if (isForceUnit(unit)) return fromNewtons(valueSi, unit);
  if (isTorqueUnit(unit)) return fromNewtonMetres(valueSi, unit);
  return valueSi;
}

const UNIT_TEXTS: Readonly<Partial<Record<Unit, string>>> = {
  'N.m': 'N·m',
  'kg.cm': 'kg·cm',
  'lb.in': 'lb·in',
  deg: '°',
};
/** A unit as it is read: "N·m", "°". */
export const unitText = (unit: Unit): string => UNIT_TEXTS[unit] ?? unit;

/** Characters as typed with their unit: "7,2 kg", "60°". */
export const typedWithUnit = (typedText: string, unit: Unit): string =>
  unit === 'deg' ? `${typedText}°` : `${typedText} ${unitText(unit)}`;

/** Digits that a conversion to the stored unit and back leaves as they were typed. */
const TRUE_DIGITS = 12;

/**
 * A number with so many decimals, half rounded away from zero as on paper: 7.55 reads 7.6, however the binary number
 * behind it lies. @param value finite, below 1e12 in size. @param decimals 0..6.
 */
export function roundedText(value: number, decimals: number): string {
  const shifted = Number((Math.abs(value) * 10 ** decimals).toPrecision(TRUE_DIGITS));
  const size = (Math.floor(shifted + 0.5) / 10 ** decimals).toFixed(decimals);
  return value < 0 && Number(size) !== 0 ? `-${size}` : size;
}

/**
 * A stored value as text in a typed unit: newtons, degrees and seconds without decimals, the rest with one. The one rule
 * by which a value or a summary is written, at the bedside as in trends and reports.
 */
export function valueText(valueSi: number, unit: Unit): string {
  const isWhole = unit === 'N' || unit === 'deg' || unit === 's';
  const text = roundedText(fromStored(valueSi, unit), isWhole ? 0 : 1);
  return unit === 'deg' ? `${text}°` : `${text} ${unitText(unit)}`;
}
