import { expect, it } from 'vitest';
import { clockQuestion, durationText } from './recording-words.ts';

const clock = (durationS: number, medianStepS: number) => ({
  durationS,
  medianStepS,
  isEven: true,
  gapCount: 0,
  longestStepS: medianStepS,
  repeatedCount: 0,
});

it('a duration has digits enough to show a wrong unit of time', () => {
  expect([600, 45.975, 1, 0.2, 0.02, 0.00002, 0].map(durationText)).toEqual([
    '600.0 s',
    '46.0 s',
    '1.00 s',
    '0.200 s',
    '0.0200 s',
    '0.0000200 s',
    '0.0 s',
  ]);
  expect(durationText(90_000)).toBe('90,000.0 s (25.0 h)');
});

it('asks about a clock that no gauge has, and about no usual one', () => {
  expect(clockQuestion(clock(0.02, 1 / 20_000), false)).toBe(
    'The whole lasts 0.0200 s at 20,000 Hz. Is the unit of time right?',
  );
  expect(clockQuestion(clock(90_000, 1), true)).toMatch(/25\.0 h.* Is the rate right\?$/);
  expect(clockQuestion(clock(10, 1 / 5001), false)).not.toBeNull();
  for (const [durationS, stepS] of [
    [1, 1 / 5000],
    [6 * 3600, 1],
    [20, 0.001],
  ] as const) {
    expect(clockQuestion(clock(durationS, stepS), false)).toBeNull();
  }
});
