import fc from 'fast-check';
import { expect, it } from 'vitest';
import { chanceCorrected } from './chance-corrected.ts';
import { coefficientValue } from './coefficient-value.ts';

const table = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 9, maxLength: 9 });

it('is the value that chanceCorrected gives, for every table, model and weight', () => {
  fc.assert(
    fc.property(
      table,
      fc.constantFrom('cohen' as const, 'gwet' as const),
      fc.constantFrom('none' as const, 'linear' as const, 'quadratic' as const),
      (counts, model, weights) => {
        const value = coefficientValue(3, model, weights)(counts);
        if (counts.every((count) => count === 0)) {
          expect(value).toBeNull();
          return;
        }
        const rows = [counts.slice(0, 3), counts.slice(3, 6), counts.slice(6)];
        const known = chanceCorrected(rows, model, weights).value;
        if (known === null || value === null) expect(value).toBe(known);
        // Sums in another order.
        else expect(value).toBeCloseTo(known, 10);
      },
    ),
    { seed: 17, numRuns: 300 },
  );
});
