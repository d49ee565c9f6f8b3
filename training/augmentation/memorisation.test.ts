import { describe, expect, it } from 'vitest';
import { randomStream } from '../../core/numerics/random-stream.ts';
import type { LabelledRows } from './labelled-rows.ts';
import { checkMemorisation, nearestDistances } from './memorisation.ts';
import { copySamples, migrateSamples } from './migration.ts';

function people(count: number, name: string): LabelledRows {
  const rows = Array.from({ length: count }, (_, i) => {
    const stream = randomStream('memorisation', name, i);
    return Float64Array.from({ length: 4 }, () => stream.normal());
  });
  return { rows, labels: rows.map((_, i) => i % 2) };
}
const train = people(120, 'train');
const unseen = people(1_000, 'unseen');
/** Law: a generator that invents people is not nearer to training people than unseen people are. */
const looksNew = (synthetic: LabelledRows) => checkMemorisation(synthetic, train, unseen).low <= 0.05;

describe('memorisation check', () => {
  it('passes new people of the same population: 5 % of them are that near', () => {
    const check = checkMemorisation(people(1_000, 'new'), train, unseen);
    // Both the share and the quantile come from 1,000 people: four standard errors are 4 sqrt(2 x 0.05 x 0.95 / 1,000).
    expect(Math.abs(check.nearShare - 0.05)).toBeLessThan(0.039);
    expect(check.low).toBeLessThan(check.nearShare);
    expect(check.high).toBeGreaterThan(check.nearShare);
    expect(check.medianRatio).toBeCloseTo(1, 1);
    expect(check.n).toBe(1_000);
  });
  it('broken twins are caught: copies, and copies with a little noise', () => {
    const copies = copySamples(train, [200, 200], randomStream(1, 'copies', 0));
    expect(looksNew(people(400, 'honest'))).toBe(true);
    expect(looksNew(copies)).toBe(false);
    expect(checkMemorisation(copies, train, unseen)).toMatchObject({ nearShare: 1, medianRatio: 0 });
    const noise = randomStream(1, 'noise', 0);
    const noisy = { ...copies, rows: copies.rows.map((row) => row.map((v) => v + 0.02 * noise.normal())) };
    expect(looksNew(noisy)).toBe(false);
  });
  it('sees that migrated people stay near those they come from', () => {
    expect(looksNew(migrateSamples(train, [200, 200], randomStream(1, 'migration', 0)))).toBe(false);
  });
  it('compares within a class only', () => {
    const near = { rows: [Float64Array.of(0)], labels: [1] };
    const reference = { rows: [Float64Array.of(0), Float64Array.of(3)], labels: [0, 1] };
    expect([...nearestDistances(near, reference)]).toEqual([3]);
    expect(() => nearestDistances({ ...near, labels: [2] }, reference)).toThrow(/nobody of class 2/);
  });
  it('refuses too few unseen people', () => {
    expect(() => checkMemorisation(train, train, people(19, 'few'))).toThrow(RangeError);
  });
});
