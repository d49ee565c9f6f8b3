import { describe, expect, it } from 'vitest';
import { calibrateRange, combinedRank, inRangeP } from './combined-range-score.ts';

const person = (score: number) => ({ featureScore: score, hiddenScore: score });
const people = (count: number) => Array.from({ length: count }, (_, i) => person(i));

describe('combined out-of-range score', () => {
  it('ranks a stranger last, also when few ranks are kept', () => {
    for (const kept of [undefined, 50]) {
      const calibration = calibrateRange(people(99), people(99), kept);
      expect(inRangeP(1e9, 1e9, calibration)).toBeLessThanOrEqual(2 / 100);
      expect(inRangeP(-1, -1, calibration)).toBe(1);
    }
  });
  it('refuses calibration people who are not there: 1 would call an absurd person ordinary', () => {
    const calibration = calibrateRange(people(9), people(9));
    for (const name of ['featureScores', 'hiddenScores', 'combinedScores'] as const) {
      expect(() => inRangeP(1e9, 1e9, { ...calibration, [name]: [] })).toThrow(RangeError);
    }
    expect(() => combinedRank(1, 1, { ...calibration, featureScores: [] })).toThrow(RangeError);
    expect(() => combinedRank(1, 1, { ...calibration, hiddenScores: [] })).toThrow(RangeError);
    expect(() => calibrateRange([], people(1))).toThrow(RangeError);
    expect(() => calibrateRange(people(1), [])).toThrow(RangeError);
  });
  it('refuses distances that are not numbers: sorted to the end, they would hide strangers', () => {
    const bad = [Number.NaN, Number.POSITIVE_INFINITY].flatMap((score) => [
      { featureScore: score, hiddenScore: 1 },
      { featureScore: 1, hiddenScore: score },
    ]);
    for (const each of bad) {
      expect(() => calibrateRange([...people(9), each], people(9))).toThrow(RangeError);
      expect(() => calibrateRange(people(9), [...people(9), each])).toThrow(RangeError);
    }
    const calibration = calibrateRange(people(9), people(9));
    const spoilt = Float64Array.of(1, 2, Number.NaN);
    for (const name of ['featureScores', 'hiddenScores', 'combinedScores'] as const) {
      expect(() => inRangeP(1, 1, { ...calibration, [name]: spoilt })).toThrow(RangeError);
    }
    expect(() => inRangeP(Number.NaN, 1, calibration)).toThrow(RangeError);
    expect(() => inRangeP(1, Number.NaN, calibration)).toThrow(RangeError);
  });
  it('refuses numbers of kept ranks that are no numbers of ranks', () => {
    for (const kept of [1, 0, -1, 2.5, Number.NaN]) {
      expect(() => calibrateRange(people(9), people(9), kept)).toThrow(RangeError);
    }
  });
});
