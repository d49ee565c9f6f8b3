import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomStream } from '../numerics/random-stream.ts';
import { chanceDistribution } from './chance-distribution.ts';
import { equalAreaIndependentStepsP } from './independent-steps-p.ts';
import { COMPARED_MEASURES, markOverlap } from './mark-overlap.ts';
import { chanceOfRandomMarks, randomMarks } from './random-marks.ts';
import { relevanceMass } from './relevance-mass.ts';
import { eventsOfMask, markedCount, maskOfEvents, type TraceMask, traceMask } from './trace-marks.ts';

const RANDOM = { seed: 'test', draws: 200 };

describe('marks put elsewhere', () => {
  type Place = typeof randomMarks;
  const draws = 6000;
  /** Every arrangement of marks of 1 and 2 steps on 6 steps that keeps them apart, by brute force. */
  const arrangements = Array.from({ length: 64 }, (_, bits) =>
    traceMask(Array.from({ length: 6 }, (_, step) => (bits >> step) & 1)),
  ).filter((mask) => {
    const lengths = eventsOfMask(mask).map(({ start, end }) => end - start);
    return lengths.sort().join() === '1,2';
  });
  const isUniform = (place: Place) => {
    const counts = new Map<string, number>();
    for (let draw = 0; draw < draws; draw += 1) {
      const key = place([2, 1], 6, randomStream('uniform', 'law', draw)).join('');
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    expect([...counts.keys()].sort()).toEqual(arrangements.map((mask) => mask.join('')).sort());
    const expected = draws / arrangements.length;
    const chiSquared = [...counts.values()].reduce(
      (sum, count) => sum + (count - expected) ** 2 / expected,
      0,
    );
    // 12 arrangements: 99.99 % point of chi-squared with 11 degrees of freedom is 37.4.
    expect(arrangements.length).toBe(12);
    expect(chiSquared).toBeLessThan(37.4);
  };
  it('law: every arrangement that keeps the marks apart is equally likely', () => {
    isUniform(randomMarks);
    // One after the other where there is room: favours the ends.
    const greedy: Place = (lengths, stepCount, stream) => {
      const first = stream.integer(stepCount - 3);
      const second = first + 3 + stream.integer(stepCount - 3 - first);
      const mask = maskOfEvents([{ start: first, end: first + lengths[0]! }], stepCount);
      mask[second] = 1;
      return stream.uniform() < 0.5 ? mask : mask.toReversed();
    };
    expect(() => isUniform(greedy)).toThrow();
    const inOrder: Place = (lengths, stepCount, stream) => {
      for (;;) {
        const mask = randomMarks(lengths, stepCount, stream);
        if (eventsOfMask(mask)[0]!.end - eventsOfMask(mask)[0]!.start === lengths[0]) return mask;
      }
    };
    expect(() => isUniform(inOrder)).toThrow();
  });
  it('law: keeps the number and the lengths of the marks', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(0, 1), { minLength: 1, maxLength: 25 }),
        fc.nat(),
        (steps, seed) => {
          const mask = traceMask(steps);
          const lengthsOf = (each: TraceMask) => eventsOfMask(each).map(({ start, end }) => end - start);
          const placed = randomMarks(lengthsOf(mask), mask.length, randomStream(seed, 'lengths', 0));
          expect(lengthsOf(placed).sort()).toEqual(lengthsOf(mask).sort());
        },
      ),
      { seed: 41, numRuns: 200 },
    );
  });
  it('a single mark takes every place: exact', () => {
    const mask = maskOfEvents([{ start: 1, end: 3 }], 6);
    const relevance = [0, 4, 4, 2, 0, 0];
    const mass = (marks: TraceMask) => relevanceMass(relevance, marks, 'absolute').value;
    // Places 0..4 hold 4, 8, 6, 2, 0 of 10.
    expect(chanceOfRandomMarks(mask, mass, RANDOM)).toMatchObject({
      kind: 'exact',
      count: 5,
      mean: 0.4,
      p: 1 / 5,
    });
  });
  it('of several marks it draws: the same for a seed, p never 0', () => {
    const mask = maskOfEvents(
      [
        { start: 0, end: 2 },
        { start: 30, end: 33 },
      ],
      40,
    );
    const relevance = Float64Array.from(mask);
    const mass = (marks: TraceMask) => relevanceMass(relevance, marks, 'absolute').value;
    const found = chanceOfRandomMarks(mask, mass, RANDOM)!;
    expect(found).toEqual(chanceOfRandomMarks(mask, mass, RANDOM));
    expect(found).not.toEqual(chanceOfRandomMarks(mask, mass, { ...RANDOM, seed: 'other' }));
    expect(found.kind).toBe('permutation');
    expect(found.p).toBeGreaterThanOrEqual(1 / 201);
    expect(found.p).toBeLessThan(0.05);
  });
  it('says nothing for empty and full marks and where there is no value', () => {
    expect(chanceOfRandomMarks(traceMask([0, 0]), () => 1, RANDOM)).toBeNull();
    expect(chanceOfRandomMarks(traceMask([1, 1]), () => 1, RANDOM)).toBeNull();
    expect(chanceOfRandomMarks(traceMask([0, 1]), () => null, RANDOM)).toBeNull();
    expect(chanceOfRandomMarks(traceMask([0, 1]), (mask) => (mask[0] ? null : 1), RANDOM)).toBeNull();
  });
  it('refuses misuse', () => {
    const mask = traceMask([0, 1]);
    for (const draws of [0, 99, 1e6, 100.5]) {
      expect(() => chanceOfRandomMarks(mask, () => 1, { seed: 1, draws })).toThrow(RangeError);
    }
    for (const alpha of [0, 1, Number.NaN]) {
      expect(() => chanceOfRandomMarks(mask, () => 1, { ...RANDOM, alpha })).toThrow(RangeError);
      expect(() => chanceDistribution('exact', 1, [1], alpha)).toThrow(RangeError);
    }
    expect(() => randomMarks([2, 2], 4, randomStream(1, 'x', 0))).toThrow(RangeError);
    expect(() => chanceDistribution('exact', 1, [])).toThrow(RangeError);
    expect(() => chanceDistribution('permutation', Number.NaN, [1])).toThrow(RangeError);
    expect(() => chanceDistribution('permutation', 1, [Number.NaN])).toThrow(RangeError);
  });
});

describe('chance distribution', () => {
  type Subject = typeof chanceDistribution;
  /** Under chance itself a p of at most x comes up with a share of at most x. */
  const isValid = (distribution: Subject) => {
    const ps = Array.from({ length: 2000 }, (_, run) => {
      const stream = randomStream('chance', 'uniform', run);
      const values = Array.from({ length: 19 }, () => stream.uniform());
      return distribution('permutation', stream.uniform(), values).p;
    });
    for (const level of [0.01, 0.05, 0.25, 0.5]) {
      const share = ps.filter((p) => p <= level + 1e-12).length / ps.length;
      // Four standard deviations of a share of 2000.
      expect(share).toBeLessThan(level + 4 * Math.sqrt((level * (1 - level)) / 2000));
    }
  };
  it('law: p keeps its level under chance; k / n does not', () => {
    isValid(chanceDistribution);
    expect(() =>
      isValid((kind, observed, values, alpha) => ({
        ...chanceDistribution(kind, observed, values, alpha),
        p: Array.from(values).filter((value) => value >= observed).length / values.length,
      })),
    ).toThrow();
  });
  it('counts values that differ by rounding as equal', () => {
    expect(chanceDistribution('exact', 0.1 + 0.2, [0.3, 0.1]).p).toBe(0.5);
    expect(chanceDistribution('exact', 2, [1, 2, 3, 4], 0.5)).toMatchObject({
      interval: [1.75, 3.25],
      mean: 2.5,
    });
  });
});

describe('all measures of one recording', () => {
  const mask = maskOfEvents(
    [
      { start: 8, end: 14 },
      { start: 40, end: 46 },
    ],
    60,
  );
  it('an explanation inside the marks beats marks elsewhere, one of noise does not', () => {
    const noise = randomStream('noise', 'overlap', 4);
    const inside = Float64Array.from(mask, (marked) => marked + 0.05 * noise.normal());
    const found = markOverlap(inside, mask, { random: RANDOM });
    expect(found.rankAccuracy.value).toBe(1);
    expect(found.events).toMatchObject({ precision: 1, recall: 1, f1: 1, cannotSay: null });
    // Of marks elsewhere, of which 200 were drawn; steps drawn one by one would say less than 1e-9.
    expect(found.equalArea.p).toBe(found.random.intersectionOverUnionEqualArea!.p);
    expect(found.halfMaximum.p).toBe(found.random.intersectionOverUnionHalfMaximum!.p);
    expect(found.equalArea.intersectionOverUnion.chance).toBeCloseTo(
      found.random.intersectionOverUnionEqualArea!.mean,
      12,
    );
    expect(equalAreaIndependentStepsP(inside, mask)).toBeLessThan(1e-9);
    for (const name of COMPARED_MEASURES) expect(found.random[name]!.p).toBeLessThan(0.3);
    expect(found.random.massAbsolute!.p).toBeLessThan(0.02);
    const without = markOverlap(
      Float64Array.from(mask, () => noise.normal()),
      mask,
      { random: RANDOM },
    );
    expect(without.random.massAbsolute!.p).toBeGreaterThan(0.05);
    expect(without.random.massAbsolute!.mean).toBeCloseTo(markedCount(mask) / mask.length, 1);
  });
  it('says nothing for empty and full marks, and compares nothing', () => {
    for (const [marks, reason] of [
      [new Uint8Array(60), 'empty-mark'],
      [new Uint8Array(60).fill(1), 'full-mark'],
    ] as const) {
      const found = markOverlap(Float64Array.from(mask), marks, { random: RANDOM, toleranceSteps: 2 });
      expect(found.pointingGame).toEqual({ value: null, chance: null, cannotSay: reason });
      expect(found.mass.absolute.cannotSay).toBe(reason);
      expect(found.equalArea.kappa).toMatchObject({ cannotSay: reason, chance: null });
      expect([found.equalArea.p, found.halfMaximum.p]).toEqual([null, null]);
      expect(found.events.cannotSay).toBe(reason);
      expect(Object.values(found.random).every((each) => each === null)).toBe(true);
    }
  });
  it('refuses misuse', () => {
    expect(() => markOverlap([1, 2], mask, { random: RANDOM })).toThrow(RangeError);
    expect(() => markOverlap(Float64Array.from(mask), mask, { random: { seed: 1, draws: 1 } })).toThrow(
      RangeError,
    );
    expect(() => markOverlap(Float64Array.from(mask), mask, { random: RANDOM, minimumIou: 0 })).toThrow(
      RangeError,
    );
  });
});
