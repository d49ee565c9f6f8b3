import { expect, it } from 'vitest';
import { quantiles } from './statistics.ts';

it('takes the nearest rank, so that a figure is one that was measured', () => {
  const hundred = Array.from({ length: 100 }, (_, i) => 100 - i);
  expect(quantiles(hundred)).toEqual({ p50: 50, p95: 95 });
  expect(quantiles([7])).toEqual({ p50: 7, p95: 7 });
  expect(() => quantiles([])).toThrow(RangeError);
});
