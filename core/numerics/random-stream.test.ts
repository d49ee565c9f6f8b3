import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inverseNormal, type RandomStream, randomStream } from './random-stream.ts';

type OpenStream = (seed: number, name: string, subject: number) => RandomStream;

/** Two people's heights, drawn after a varying number of draws for another quantity. */
function heightsAfter(open: OpenStream, extraDraws: number): number[] {
  const heights: number[] = [];
  for (const subject of [0, 1]) {
    const age = open(7, 'age', subject);
    for (let i = 0; i <= extraDraws; i += 1) age.normal();
    heights.push(open(7, 'height', subject).normal());
  }
  return heights;
}

const drawsOf = (stream: RandomStream, count: number): number[] =>
  Array.from({ length: count }, () => stream.uniform());

describe('random streams', () => {
  it('leave every other stream unchanged when one stream draws more', () => {
    expect(heightsAfter(randomStream, 25)).toEqual(heightsAfter(randomStream, 0));
  });

  it('catch one shared generator behind all names (broken twin)', () => {
    const shared = (): OpenStream => {
      const one = randomStream(7, 'everything', 0);
      return () => one;
    };
    expect(heightsAfter(shared(), 25)).not.toEqual(heightsAfter(shared(), 0));
  });

  it('repeat exactly for one key and differ for another', () => {
    fc.assert(
      fc.property(fc.integer(), fc.string(), fc.integer({ min: 0, max: 1e6 }), (seed, name, subject) => {
        const draws = drawsOf(randomStream(seed, name, subject), 4);
        expect(drawsOf(randomStream(seed, name, subject), 4)).toEqual(draws);
        for (const other of [
          randomStream(seed + 1, name, subject),
          randomStream(seed, `${name}x`, subject),
          randomStream(seed, name, subject + 1),
          randomStream(String(seed), name, subject),
        ]) {
          expect(drawsOf(other, 4)).not.toEqual(draws);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('do not confuse where the seed ends and the name begins', () => {
    expect(randomStream('a', 'bc', 1).uniform()).not.toBe(randomStream('ab', 'c', 1).uniform());
  });

  it('are uniform and normal, also across subjects', () => {
    const count = 20_000;
    const along = randomStream(3, 'moments', 0);
    const across = Array.from({ length: count }, (_, subject) => randomStream(3, 'moments', subject));
    for (const draw of [() => along.normal(), (i: number) => across[i]!.normal()]) {
      let sum = 0;
      let squares = 0;
      let beyondTwo = 0;
      for (let i = 0; i < count; i += 1) {
        const value = draw(i);
        sum += value;
        squares += value * value;
        if (Math.abs(value) > 2) beyondTwo += 1;
      }
      // Four standard errors of each figure.
      expect(Math.abs(sum / count)).toBeLessThan(4 / Math.sqrt(count));
      expect(Math.abs(squares / count - 1)).toBeLessThan(4 * Math.sqrt(2 / count));
      expect(Math.abs(beyondTwo / count - 0.0455)).toBeLessThan(4 * Math.sqrt((0.0455 * 0.9545) / count));
    }
  });

  it('fill the values of integer(n) evenly and never reach n', () => {
    const stream = randomStream('dice', 'throw', 1);
    const counts = new Array<number>(6).fill(0);
    for (let i = 0; i < 12_000; i += 1) counts[stream.integer(6)]! += 1;
    // Chi-squared with 5 degrees of freedom: 25.7 is its 99.99 % point.
    expect(counts.reduce((sum, n) => sum + (n - 2000) ** 2 / 2000, 0)).toBeLessThan(25.7);
    expect(() => stream.integer(0)).toThrow(RangeError);
    expect(() => stream.integer(2.5)).toThrow(RangeError);
  });

  it('refuse keys that are no whole numbers', () => {
    expect(() => randomStream(0.5, 'x', 0)).toThrow(RangeError);
    expect(() => randomStream(1, 'x', Number.NaN)).toThrow(RangeError);
  });
});

describe('inverse of the normal distribution', () => {
  it.each([
    // Values of the standard normal quantile to fifteen digits (any statistical table package).
    [0.975, 1.959963984540054],
    [0.5, 0],
    [0.001, -3.090232306167813],
    [1e-10, -6.361340902404056],
    [1e-20, -9.26234008979841],
  ])('of %d is %d', (probability, quantile) => {
    expect(inverseNormal(probability)).toBeCloseTo(quantile, 12);
  });

  it('refuses 0 and 1', () => {
    expect(() => inverseNormal(0)).toThrow(RangeError);
    expect(() => inverseNormal(1)).toThrow(RangeError);
  });
});
