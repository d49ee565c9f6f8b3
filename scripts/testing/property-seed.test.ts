import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EVERYDAY_SEED } from './property-seed.ts';

const drawn = (seed?: number): number[] => {
  const numbers: number[] = [];
  fc.assert(
    fc.property(fc.integer(), (number) => {
      numbers.push(number);
    }),
    { numRuns: 5, ...(seed === undefined ? {} : { seed }) },
  );
  return numbers;
};

describe('seed of property tests', () => {
  it.skipIf(process.env.PREHENSA_RANDOM_SEEDS !== undefined)('is one and the same in an everyday run', () => {
    expect(drawn()).toEqual(drawn(EVERYDAY_SEED));
  });

  it('leaves a test its own seed, which draws otherwise (broken twin)', () => {
    expect(drawn(EVERYDAY_SEED + 1)).not.toEqual(drawn(EVERYDAY_SEED));
  });
});
