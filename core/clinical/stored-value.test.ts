import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Unit } from '../contract/schemas/clinical.ts';
import { MEASURES, measureOf, UNITS_OF_QUANTITY } from './measures.ts';
import { fromStored, roundedText, storedUnitOf, toStored, valueText } from './stored-value.ts';

const ALL_UNITS = Object.values(UNITS_OF_QUANTITY).flat() as Unit[];
const measure = fc.constantFrom(...MEASURES);

describe('stored values', () => {
  it('law: what is typed comes back, in every unit of the measure; another quantity is refused', () => {
    const comesBack = (read: typeof fromStored) =>
      fc.assert(
        fc.property(
          measure,
          fc.constantFrom(...ALL_UNITS),
          fc.integer({ min: 0, max: 9999 }),
          (id, unit, tenths) => {
            const typed = tenths / 10;
            const stored = toStored(id, typed, unit);
            const units = UNITS_OF_QUANTITY[measureOf(id).quantity] as readonly string[];
            expect(stored === null).toBe(!units.includes(unit));
            if (stored !== null) expect(Math.abs(read(stored, unit) - typed)).toBeLessThan(1e-9);
          },
        ),
      );
    comesBack(fromStored);
    // Broken twin: everything is taken for the stored unit.
    expect(() => comesBack((value) => value)).toThrow();
  });

  it('stores the first unit of each quantity unchanged', () => {
    for (const id of MEASURES) expect(toStored(id, 12.5, storedUnitOf(id))).toBe(12.5);
  });

  it('law: half a last digit is rounded away from zero, in every unit, also after the way to newtons and back', () => {
    const roundsAway = (write: (value: number) => string) =>
      fc.check(
        fc.property(
          fc.integer({ min: 0, max: 99_999 }),
          fc.constantFrom('kg' as const, 'lb' as const),
          (hundredths, unit) => {
            const tenths = Math.floor(hundredths / 10) + (hundredths % 10 >= 5 ? 1 : 0);
            const wanted = `${Math.floor(tenths / 10)}.${tenths % 10}`;
            const back = fromStored(toStored('lateral-pinch', hundredths / 100, unit)!, unit);
            return write(back) === wanted;
          },
        ),
        { numRuns: 1000 },
      ).failed;
    expect(roundsAway((value) => roundedText(value, 1))).toBe(false);
    // Broken twin: the binary number is rounded.
    expect(roundsAway((value) => value.toFixed(1))).toBe(true);
    expect([roundedText(-7.55, 1), roundedText(-0.04, 1), roundedText(60.5, 0)]).toEqual([
      '-7.6',
      '0.0',
      '61',
    ]);
    expect(valueText(toStored('lateral-pinch', (7.5 + 7.6) / 2, 'kg')!, 'kg')).toBe('7.6 kg');
  });

  it('says the unit with the number', () => {
    expect(valueText(73.549875, 'kg')).toBe('7.5 kg');
    expect(valueText(5.25, 'N.m')).toBe('5.3 N·m');
    expect(valueText(60, 'deg')).toBe('60°');
    expect(valueText(34.1, 'points')).toBe('34.1 points');
  });

  it('refuses what is no number', () => {
    expect(() => toStored('lateral-pinch', Number.NaN, 'kg')).toThrow(RangeError);
    expect(() => fromStored(Number.POSITIVE_INFINITY, 'kg')).toThrow(RangeError);
  });
});
