import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseMeasurement } from './parse-measurement.ts';

/** Broken twin: what a form does that trusts the language's own number reader. */
const trustingTwin = (text: string): number => Number(text.replace(',', '.'));

describe('parseMeasurement', () => {
  it.each([
    ['7.2', 7.2],
    ['7,2', 7.2],
    [' 7,25 ', 7.25],
    ['0', 0],
    ['.5', 0.5],
    ['1234.567', 1234.567],
    ['007', 7],
  ])('reads %j as %d', (text, value) => {
    expect(parseMeasurement(text)).toEqual({ ok: true, value });
  });

  it.each([
    ['', 'empty'],
    ['   ', 'empty'],
    ['abc', 'letters'],
    ['7.2 kg', 'letters'],
    ['1e999', 'exponent'],
    ['1E2', 'exponent'],
    ['2e', 'exponent'],
    ['Infinity', 'letters'],
    ['NaN', 'letters'],
    ['0x10', 'letters'],
    ['-7', 'negative'],
    ['\u22127', 'negative'],
    ['7.2.1', 'two-separators'],
    ['1,234.5', 'two-separators'],
    [',', 'unfinished'],
    ['7.', 'unfinished'],
    ['14,', 'unfinished'],
    ['12345', 'too-large'],
    ['7.2345', 'too-many-digits'],
    ['٧', 'letters'],
    ['7 2', 'letters'],
  ])('refuses %j as %s with a sentence', (text, problem) => {
    const parsed = parseMeasurement(text);
    expect(parsed).toMatchObject({ ok: false, problem });
    expect(!parsed.ok && parsed.sentence).toMatch(/^[A-Z].*[.]$/);
  });

  it('law: every gauge reading comes back exactly, with comma and with point', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 9_999_999 }),
        fc.integer({ min: 0, max: 3 }),
        (digits, decimals) => {
          const value = Math.min(digits / 10 ** decimals, 9999);
          const text = value.toFixed(decimals);
          for (const typed of [text, text.replace('.', ',')]) {
            expect(parseMeasurement(typed)).toEqual({ ok: true, value: Number(text) });
          }
        },
      ),
    );
  });

  it('law: whatever is typed, the answer is a finite number from 0 to 9999.999 or a reason', () => {
    const law = (read: (text: string) => number | null) => (text: string) => {
      const value = read(text);
      return value === null || (Number.isFinite(value) && value >= 0 && value < 10_000);
    };
    const typed = fc.oneof(
      fc.string({ maxLength: 12 }),
      fc.stringMatching(/^-?[0-9.,e+]{0,10}$/),
      fc.constantFrom('1e999', '-3', '', 'Infinity', '1e5'),
    );
    fc.assert(
      fc.property(
        typed,
        law((text) => {
          const parsed = parseMeasurement(text);
          return parsed.ok ? parsed.value : null;
        }),
      ),
      { numRuns: 2000 },
    );
    const twinSurvives = fc.check(fc.property(typed, law(trustingTwin)), { numRuns: 2000 });
    expect(twinSurvives.failed).toBe(true);
  });
});
