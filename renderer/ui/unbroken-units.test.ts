import { expect, test } from 'vitest';
import { unbrokenUnits } from './unbroken-units.ts';

test('a number stays with its unit, and with nothing else', () => {
  expect(unbrokenUnits('5.7 kg; 5.9 kg, 77 % of 7.5 N·m')).toBe(
    '5.7\u00a0kg; 5.9\u00a0kg, 77\u00a0% of 7.5\u00a0N·m',
  );
  expect(unbrokenUnits('3 nonimpaired on 24 Nov 2026; 2 sessions')).toBe(
    '3 nonimpaired on 24 Nov 2026; 2 sessions',
  );
});
