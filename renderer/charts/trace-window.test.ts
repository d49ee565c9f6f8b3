import fc from 'fast-check';
import { expect, it } from 'vitest';
import { insideOf, panned, wholeWindow, zoomed } from './trace-window.ts';

const whole = { fromS: 0, toS: 600 };
it('never leaves the trace, and keeps its length while it can (property)', () => {
  const step = fc.oneof(
    fc.tuple(
      fc.constant('zoom' as const),
      fc.double({ min: 0.2, max: 5, noNaN: true }),
      fc.double({ min: 0, max: 600, noNaN: true }),
    ),
    fc.tuple(fc.constant('pan' as const), fc.double({ min: -3, max: 3, noNaN: true }), fc.constant(0)),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      let window = whole;
      for (const [kind, amount, around] of steps) {
        const before = window.toS - window.fromS;
        window = insideOf(
          whole,
          kind === 'zoom' ? zoomed(window, amount, around) : panned(window, amount),
          0.1,
        );
        expect(window.fromS).toBeGreaterThanOrEqual(0);
        expect(window.toS).toBeLessThanOrEqual(600 + 1e-9);
        expect(window.toS - window.fromS).toBeGreaterThanOrEqual(0.1 - 1e-9);
        if (kind === 'pan') expect(window.toS - window.fromS).toBeCloseTo(before, 6);
      }
    }),
  );
});

it('a zoom keeps the time under the pointer where it is', () => {
  const window = zoomed({ fromS: 10, toS: 20 }, 0.5, 12);
  expect((12 - window.fromS) / (window.toS - window.fromS)).toBeCloseTo(0.2, 12);
  expect(wholeWindow(Float64Array.of(5))).toEqual({ fromS: 4.5, toS: 5.5 });
});
