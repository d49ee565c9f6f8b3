/**
 * Units and conversions. One module converts; everything else carries SI with the unit in the name.
 * Factors are exact by definition: 1 kgf = 9.80665 N (CGPM 1901), 1 lbf = 4.4482216152605 N.
 */
export const FORCE_UNITS = ['kg', 'lb', 'N'] as const;
export type ForceUnit = (typeof FORCE_UNITS)[number];
export const TORQUE_UNITS = ['N.m', 'kg.cm', 'lb.in'] as const;
export type TorqueUnit = (typeof TORQUE_UNITS)[number];

/** Newtons of one unit; clinic gauges say "kg" and "lb" and mean kilogram-force and pound-force. */
export const NEWTON_PER_UNIT: Readonly<Record<ForceUnit, number>> = {
  kg: 9.80665,
  lb: 4.4482216152605,
  N: 1,
};
/** Newton metres of one unit. */
export const NEWTON_METRE_PER_UNIT: Readonly<Record<TorqueUnit, number>> = {
  'N.m': 1,
  'kg.cm': 0.0980665,
  'lb.in': 0.1129848290276167,
};

/**
 * Force in newtons. @param value finite, in `unit`. @throws RangeError when not finite.
 */
export function toNewtons(value: number, unit: ForceUnit): number {
  if (!Number.isFinite(value)) throw new RangeError('force must be finite');
  return value * NEWTON_PER_UNIT[unit];
}

/** Inverse of {@link toNewtons}: a force in newtons expressed in `unit`. */
export function fromNewtons(forceN: number, unit: ForceUnit): number {
  if (!Number.isFinite(forceN)) throw new RangeError('force must be finite');
  return forceN / NEWTON_PER_UNIT[unit];
}

/** Torque in newton metres. @throws RangeError when not finite. */
export function toNewtonMetres(value: number, unit: TorqueUnit): number {
  if (!Number.isFinite(value)) throw new RangeError('torque must be finite');
  return value * NEWTON_METRE_PER_UNIT[unit];
}

/** Inverse of {@link toNewtonMetres}. */
export function fromNewtonMetres(torqueNm: number, unit: TorqueUnit): number {
  if (!Number.isFinite(torqueNm)) throw new RangeError('torque must be finite');
  return torqueNm / NEWTON_METRE_PER_UNIT[unit];
}
