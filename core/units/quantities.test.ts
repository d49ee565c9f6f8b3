import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  FORCE_UNITS,
  fromNewtonMetres,
  fromNewtons,
  NEWTON_PER_UNIT,
  TORQUE_UNITS,
  toNewtonMetres,
  toNewtons,
} from './quantities.ts';

/** Two roundings of a double (multiply, divide) move a value by at most two units in the last place. */
const ROUND_TRIP_RELATIVE = 4 * Number.EPSILON;

type Convert = (value: number, unit: (typeof FORCE_UNITS)[number]) => number;

function roundTrips(to: Convert, from: Convert): boolean {
  let isExact = true;
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 20_000 }), fc.constantFrom(...FORCE_UNITS), (tenths, unit) => {
      const typed = tenths / 10;
      const back = from(to(typed, unit), unit);
      if (Math.abs(back - typed) > ROUND_TRIP_RELATIVE * Math.max(1, typed)) isExact = false;
      // What the screen prints must be what was typed, for all steps of 0.1.
      if (back.toFixed(1) !== typed.toFixed(1)) isExact = false;
    }),
    { numRuns: 2000 },
  );
  return isExact;
}

describe('force and torque units', () => {
  it('gives back what was typed for every step of 0.1', () => {
    expect(roundTrips(toNewtons, fromNewtons)).toBe(true);
  });

  it('catches a store that rounds to two decimals (broken twin, the 177 -> 177.01 defect)', () => {
    const rounded: Convert = (value, unit) => Math.round(toNewtons(value, unit) * 100) / 100;
    expect(roundTrips(rounded, fromNewtons)).toBe(false);
  });

  it('uses the exact defined factors', () => {
    expect(toNewtons(1, 'kg')).toBe(9.80665);
    // 0.45359237 kg by 9.80665 m/s2, both exact by definition.
    expect(NEWTON_PER_UNIT.lb).toBeCloseTo(0.45359237 * 9.80665, 12);
    expect(toNewtonMetres(1, 'lb.in')).toBeCloseTo(NEWTON_PER_UNIT.lb * 0.0254, 12);
    expect(toNewtonMetres(1, 'kg.cm')).toBeCloseTo(9.80665 / 100, 12);
  });

  it('is the inverse for torque', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 500, noNaN: true }), fc.constantFrom(...TORQUE_UNITS), (v, u) => {
        expect(Math.abs(fromNewtonMetres(toNewtonMetres(v, u), u) - v)).toBeLessThanOrEqual(
          ROUND_TRIP_RELATIVE * Math.max(1, v),
        );
      }),
    );
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])('refuses %s', (value) => {
    for (const convert of [toNewtons, fromNewtons] as const)
      expect(() => convert(value, 'kg')).toThrow(RangeError);
    for (const convert of [toNewtonMetres, fromNewtonMetres] as const) {
      expect(() => convert(value, 'N.m')).toThrow(RangeError);
    }
  });
});
