import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { fitNetworks } from './fit-networks.ts';

/** Sums in another order on another processor may differ in the last bits of single precision, and grow in the fit. */
const TOLERANCE = 1e-3;

const flat = (value: unknown): number[] =>
  typeof value === 'number'
    ? [value]
    : typeof value === 'object' && value
      ? Object.values(value).flatMap(flat)
      : [];

it('the networks of the sanity laws are those that their fit gives', { timeout: 300_000 }, async () => {
  const written: unknown = JSON.parse(readFileSync(new URL('networks.json', import.meta.url), 'utf8'));
  const again = flat(await fitNetworks());
  const before = flat(written);
  expect(again.length).toBe(before.length);
  expect(Math.max(...again.map((value, i) => Math.abs(value - before[i]!)))).toBeLessThan(TOLERANCE);
});
