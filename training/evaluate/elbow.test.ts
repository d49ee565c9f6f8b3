import { describe, expect, it } from 'vitest';
import { ELBOW_CHANNEL_COUNT, ELBOW_ENVELOPE_COUNT } from '../../core/inference/elbow-input.ts';
import { elbowRecordings } from '../dataset/elbow-data-set.ts';
import { elbowQuestion } from '../fit/elbow-rows.ts';
import { simulationRun } from '../simulation/elbow/simulation-runs.ts';
import { ELBOW_MISUSES } from './elbow-misuse.ts';
import { averageCourse, baselineErrorsNm, bootstrapPeople, rmsNm, within2Nm } from './elbow-scores.ts';

const people = elbowRecordings('validation', 60);

describe('misuses', () => {
  const question = elbowQuestion(people[0]!);
  it.each(ELBOW_MISUSES.map((misuse) => [misuse.name, misuse] as const))(
    '"%s" changes the question and leaves the original as it was',
    (_, misuse) => {
      const before = JSON.stringify({ ...question, envelopes: [...Array.from(question.envelopes)] });
      const wrong = misuse.apply(question, 3);
      expect(wrong).not.toEqual(question);
      expect(wrong.envelopes.length).toBe(ELBOW_ENVELOPE_COUNT);
      expect(JSON.stringify({ ...question, envelopes: [...Array.from(question.envelopes)] })).toBe(before);
    },
  );

  const misuseOf = (name: string) => ELBOW_MISUSES.find((misuse) => misuse.name === name)!;
  /** A shuffle moves whole samples: the set of steps stays, channel beside channel. */
  const keepsSamples = (apply: (envelopes: ArrayLike<number>) => ArrayLike<number>): boolean => {
    const samples = (envelopes: ArrayLike<number>) =>
      Array.from({ length: ELBOW_ENVELOPE_COUNT / ELBOW_CHANNEL_COUNT }, (_, step) =>
        Array.from(
          { length: ELBOW_CHANNEL_COUNT },
          (_, c) => envelopes[step * ELBOW_CHANNEL_COUNT + c],
        ).join(),
      ).sort();
    return samples(apply(question.envelopes)).join(';') === samples(question.envelopes).join(';');
  };
  it('shuffle whole samples; a twin that also mixes channels is caught', () => {
    const shuffle = misuseOf('samples shuffled in time');
    expect(keepsSamples((envelopes) => shuffle.apply({ ...question, envelopes }, 1).envelopes)).toBe(true);
    expect(keepsSamples((envelopes) => Array.from(envelopes).reverse())).toBe(false);
  });

  it('swap what they say', () => {
    const swapped = misuseOf('columns swapped: biceps and triceps').apply(question, 0);
    expect(swapped.envelopes[4 * 20]).toBe(question.envelopes[4 * 20 + 3]);
    const transposed = misuseOf('columns swapped: channels read as time').apply(question, 0);
    expect(transposed.envelopes[1]).toBe(question.envelopes[ELBOW_CHANNEL_COUNT]);
    const units = misuseOf('columns swapped: weight and maximal torque').apply(question, 0);
    expect([units.weightKg, units.maximalTorqueNm]).toEqual([question.maximalTorqueNm, question.weightKg]);
  });
});

describe('the average course', () => {
  it('holds the target and fails at the time of the fatigue model', () => {
    const { shares, timeToFailureS } = averageCourse('male', 0.5);
    expect(Math.abs(shares[3]! / 0.5 - 1)).toBeLessThan(0.01);
    // 84 s from rest, and up to two seconds of ramp, during which less is held.
    expect(Math.abs(timeToFailureS - 85)).toBeLessThan(2.5);
  });

  it('is a fair baseline: its bias over people is small beside its error', () => {
    const errors = people.map((person) => baselineErrorsNm(person));
    const bias = errors.flatMap((each) => [...each]).reduce((sum, value) => sum + value, 0) / (60 * 30);
    const error = errors.reduce((sum, each) => sum + rmsNm(each), 0) / 60;
    // 60 people: the standard error of the bias is about an eighth of the error; four of them.
    expect(Math.abs(bias)).toBeLessThan(error / 2);
    expect(() => baselineErrorsNm(simulationRun(0, 'baseline'))).toThrow(/needs a sex/);
  });
});

describe('scores', () => {
  it('are root mean square and share within 2 N.m', () => {
    expect(rmsNm([3, -4])).toBeCloseTo(Math.sqrt(12.5), 12);
    expect(within2Nm([0, 2, -2, 2.01])).toBe(0.75);
  });

  /** A paired ratio of errors that differ much between people and little within one is told from 1. */
  const tellsAPairedRatio = (rows: number[][]): boolean =>
    bootstrapPeople(rows, ([own, base]) => own! / base!, 'ratio').high < 1;
  it('bootstrap people whole; a twin that resamples strangers is caught', () => {
    const own = Array.from({ length: 40 }, (_, i) => 1 + i);
    expect(tellsAPairedRatio(own.map((value) => [0.95 * value, value]))).toBe(true);
    expect(tellsAPairedRatio(own.map((value, i) => [0.95 * value, own.at(-1 - i)!]))).toBe(false);
    expect(() => bootstrapPeople([[1]], ([value]) => value!, 'one')).toThrow(RangeError);
  });
});
