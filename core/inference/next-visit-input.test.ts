import { describe, expect, it } from 'vitest';
import { expectedStrength } from '../signals/expected-strength.ts';
import {
  isOutOfPersonRange,
  NEXT_VISIT_GROUPS,
  NEXT_VISIT_INPUTS,
  type NextVisitQuestion,
  nextVisitInput,
  nextVisitPattern,
  nextVisitRangeVector,
} from './next-visit-input.ts';

const QUESTION: NextVisitQuestion = {
  sex: 'female',
  ageYears: 58,
  heightM: 1.64,
  weightKg: 70,
  side: 'left',
  visits: [
    { weeks: 6, pinchPeakN: 24 },
    { weeks: 10, pinchPeakN: 35 },
    { weeks: 16, pinchPeakN: 44 },
  ],
  otherHandPinchPeakN: 70,
  weeksToNextVisit: 8,
};
const column = (name: (typeof NEXT_VISIT_INPUTS)[number]['name'], question = QUESTION): number =>
  nextVisitInput(question).values[NEXT_VISIT_INPUTS.findIndex((input) => input.name === name)]!;
const percent = (forceN: number, side: 'right' | 'left') =>
  Math.log((100 * forceN) / expectedStrength(QUESTION, side).pinchN);

describe('input of a forecast', () => {
  it('holds each hand in percent of its own norm, the latest visit first', () => {
    expect(column('last-pinch')).toBeCloseTo(percent(44, 'left'), 12);
    expect(column('earlier-1-pinch')).toBeCloseTo(percent(35, 'left'), 12);
    expect(column('earlier-2-pinch')).toBeCloseTo(percent(24, 'left'), 12);
    expect(column('other-hand-pinch')).toBeCloseTo(percent(70, 'right'), 12);
    expect([column('earlier-1-gap'), column('earlier-2-gap')]).toEqual([6, 4]);
    expect([column('weeks-since-surgery'), column('visits-so-far')]).toEqual([16, 3]);
    expect(nextVisitInput(QUESTION).lastN).toBeCloseTo(44, 9);
  });

  it('works from one visit without the other hand: what is absent is 0 beside a mask of 0', () => {
    const { values } = nextVisitInput({
      ...QUESTION,
      visits: QUESTION.visits.slice(-1),
      otherHandPinchPeakN: null,
    });
    for (const { featureColumns, maskColumn } of NEXT_VISIT_GROUPS) {
      for (const absent of [...featureColumns, maskColumn]) expect(values[absent]).toBe(0);
    }
    expect(nextVisitPattern(values)).toBe('visits-1-one-hand');
    expect(nextVisitRangeVector(values).length).toBe(4);
    expect(nextVisitPattern(nextVisitInput(QUESTION).values)).toBe('visits-3');
    expect(nextVisitRangeVector(nextVisitInput(QUESTION).values).length).toBe(9);
  });

  it('reads four visits at most and counts all', () => {
    const many = {
      ...QUESTION,
      visits: [
        { weeks: 4, pinchPeakN: 3 },
        { weeks: 5, pinchPeakN: 9 },
      ],
    };
    const older = { ...QUESTION, visits: [...many.visits, ...QUESTION.visits] };
    const oldest = { ...older, visits: older.visits.with(0, { weeks: 4, pinchPeakN: 90 }) };
    expect(nextVisitInput(older).values).toEqual(nextVisitInput(oldest).values);
    expect(column('visits-so-far', older)).toBe(5);
  });

  it('takes a hand that cannot pinch at all for 1 % of expected', () => {
    expect(column('last-pinch', { ...QUESTION, visits: [{ weeks: 5, pinchPeakN: 0 }] })).toBe(0);
  });

  it('knows the range of the training people, ends included, and NaN for no person at all', () => {
    expect(isOutOfPersonRange(QUESTION)).toBe(false);
    for (const end of [{ ageYears: 18 }, { ageYears: 85 }, { heightM: 1.35 }, { weightKg: 190 }]) {
      expect(isOutOfPersonRange({ ...QUESTION, ...end })).toBe(false);
    }
    for (const beyond of [{ ageYears: 17.9 }, { ageYears: 0 }, { heightM: 166 }, { weightKg: 37 }]) {
      expect(isOutOfPersonRange({ ...QUESTION, ...beyond })).toBe(true);
    }
    expect(() => isOutOfPersonRange({ ...QUESTION, weightKg: Number.NaN })).toThrow(RangeError);
  });

  it.each([
    ['no visit', { visits: [] }],
    ['visits out of order', { visits: [...QUESTION.visits].reverse() }],
    ['a force that is no number', { visits: [{ weeks: 6, pinchPeakN: Number.NaN }] }],
    ['a negative force', { otherHandPinchPeakN: -1 }],
    ['a next visit in the past', { weeksToNextVisit: 0 }],
    ['a person without age', { ageYears: Number.NaN }],
  ])('refuses %s', (_, wrong) => {
    expect(() => nextVisitInput({ ...QUESTION, ...wrong })).toThrow(RangeError);
  });
});
