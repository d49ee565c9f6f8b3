import { expect, test } from 'vitest';
import { labelLines } from './interval-rows.tsx';

test('a long name breaks between words, and only its end is cut', () => {
  expect(labelLines('Dr Sample')).toEqual(['Dr Sample']);
  expect(labelLines('Dr Sample and T. Sample, therapist')).toEqual(['Dr Sample and T. Sample,', 'therapist']);
  const [first = '', second = ''] = labelLines(`${'a'.repeat(40)} ${'b'.repeat(40)}`);
  expect([first.length, second.length]).toEqual([28, 28]);
  expect(second.endsWith('…')).toBe(true);
});
