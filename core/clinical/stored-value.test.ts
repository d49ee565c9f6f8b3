import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Unit } from '../contract/schemas/clinical.ts';
import { MEASURES, measureOf, UNITS_OF_QUANTITY } from './measures.ts';
import { fromStored, storedUnitOf, toStored, valueText } from './stored-value.ts';

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
