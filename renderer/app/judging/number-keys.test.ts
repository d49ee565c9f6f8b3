import { expect, it } from 'vitest';
import { type LastNumberKey, numberKey } from './number-keys.ts';

/** Keys with the time since the one before, milliseconds; what each was taken for. */
function press(...keys: readonly (readonly [key: string, waitMs: number])[]): string[] {
  let last: LastNumberKey = null;
  let atMs = 1000;
  return keys.map(([key, waitMs]) => {
    atMs += waitMs;
    const taken = numberKey(last, { key, timeStamp: atMs });
    last = taken === 'other' ? null : { atMs };
    return taken;
  });
}

it('a number typed into no field chooses nothing after its first digit', () => {
  expect(press(['3', 0], ['.', 90], ['8', 90])).toEqual(['alone', 'in-a-number', 'in-a-number']);
  expect(press(['3', 0], [',', 5000], ['1', 90])).toEqual(['alone', 'in-a-number', 'in-a-number']);
  expect(press(['1', 0], ['2', 399])).toEqual(['alone', 'in-a-number']);
});

it('a digit alone, after a pause or after another key is an answer', () => {
  expect(press(['1', 0], ['2', 400])).toEqual(['alone', 'alone']);
  expect(press(['1', 0], ['Tab', 10], ['2', 10])).toEqual(['alone', 'other', 'alone']);
});
