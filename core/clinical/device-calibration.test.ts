import { describe, expect, it } from 'vitest';
import { calibrationAge } from './device-calibration.ts';

describe('age of a calibration', () => {
  it.each([
    [null, '2026-11-26', 'unknown'],
    ['2025-11-26', '2026-11-26', 'current'],
    ['2025-11-25', '2026-11-26', 'old'],
    ['2024-02-29', '2025-02-28', 'current'],
    ['2024-02-29', '2025-03-01', 'old'],
    ['2026-12-01', '2026-11-26', 'current'],
  ] as const)('%s on %s is %s', (calibratedOn, today, age) => {
    expect(calibrationAge(calibratedOn, today)).toBe(age);
  });
});
