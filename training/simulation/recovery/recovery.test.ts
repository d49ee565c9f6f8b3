import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  drawRecoveryCourse,
  FIRST_WEEKS,
  RECOVERY_SHAPES,
  type RecoveryCourse,
  recoveredShare,
} from './recovery-course.ts';
import { drawVisitWeeks, VISIT_SCHEDULE } from './visit-schedule.ts';

const courses = (shape: (typeof RECOVERY_SHAPES)[number], count: number): RecoveryCourse[] =>
  Array.from({ length: count }, (_, subject) => drawRecoveryCourse('recovery-test', subject, shape));
const mean = (values: readonly number[]): number => values.reduce((sum, v) => sum + v, 0) / values.length;

type ShareOf = (course: RecoveryCourse, weeks: number) => number;
/** Law: without a setback strength never falls, starts at start * plateau and stays at or below the plateau. */
const isRecovery = (shareOf: ShareOf): boolean =>
  RECOVERY_SHAPES.every((shape) =>
    courses(shape, 200).every((drawn) => {
      const course = { ...drawn, setback: null };
      const path = Array.from({ length: 130 }, (_, i) => shareOf(course, FIRST_WEEKS + i));
      return (
        Math.abs(path[0]! - course.start * course.plateau) < 1e-12 &&
        path.every((level, i) => level <= course.plateau + 1e-12 && (i === 0 || level >= path[i - 1]!))
      );
    }),
  );

describe('recovery courses', () => {
  it('rise from the level at four weeks to the plateau', () => {
    expect(isRecovery(recoveredShare)).toBe(true);
  });

  it('catch a course that counts from surgery instead of from four weeks (broken twin)', () => {
    expect(isRecovery((course, weeks) => recoveredShare(course, weeks + FIRST_WEEKS))).toBe(false);
  });

  it('lose their depth at the setback and win it back', () => {
    const course: RecoveryCourse = {
      shape: 'exponential-approach',
      operation: 'other',
      plateau: 0.9,
      start: 0.5,
      timeScaleWeeks: 8,
      setback: { weeks: 20, depth: 0.2, recoveryWeeks: 4 },
    };
    const without = { ...course, setback: null };
    expect(recoveredShare(course, 19.9)).toBe(recoveredShare(without, 19.9));
    expect(recoveredShare(course, 20)).toBeCloseTo(0.8 * recoveredShare(without, 20), 12);
    expect(recoveredShare(course, 60) / recoveredShare(without, 60)).toBeGreaterThan(0.9999);
  });

  it('share their patients and differ in shape: the alternatives are slower in the first months', () => {
    const at = (shape: (typeof RECOVERY_SHAPES)[number], weeks: number) =>
      mean(courses(shape, 1000).map((course) => recoveredShare(course, weeks)));
    expect(at('exponential-approach', 12)).toBeGreaterThan(at('slow-sigmoid', 12) + 0.1);
    expect(at('exponential-approach', 12)).toBeGreaterThan(at('linear-then-plateau', 12) + 0.05);
    for (const shape of RECOVERY_SHAPES) {
      expect(courses(shape, 50).map(({ plateau }) => plateau)).toEqual(
        courses('exponential-approach', 50).map(({ plateau }) => plateau),
      );
      expect(at(shape, FIRST_WEEKS)).toBeGreaterThan(0.2);
      expect(at(shape, 120)).toBeGreaterThan(0.8);
    }
  });

  it('refuse weeks before the first visit', () => {
    const [course] = courses('slow-sigmoid', 1);
    expect(() => recoveredShare(course!, 3)).toThrow(RangeError);
    expect(() => recoveredShare(course!, Number.NaN)).toThrow(RangeError);
  });
});

describe('visits', () => {
  it('lie 2 to 12 weeks apart, from the cast to 15 months, at least two of them', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000_000 }), (subject) => {
        const weeks = drawVisitWeeks('visits', subject);
        const gaps = weeks.slice(1).map((week, i) => week - weeks[i]!);
        return (
          weeks.length >= 2 &&
          weeks[0]! >= FIRST_WEEKS &&
          weeks.at(-1)! <= VISIT_SCHEDULE.lastWeeks &&
          gaps.every((gap) => gap > 1.95 && gap < 12.05)
        );
      }),
      { numRuns: 300 },
    );
  });
});
