import { describe, expect, it } from 'vitest';
import { ELBOW_OUTPUT_COUNT, LOG_TIME_OUTPUT } from '../../core/inference/elbow-bundle.ts';
import { ELBOW_CHANNELS, ELBOW_INPUT_COUNT, ELBOW_TORQUE_TIMES_S } from '../../core/inference/elbow-input.ts';
import { ELBOW_PARTS, elbowRecordings } from '../dataset/elbow-data-set.ts';
import { EMG_CHANNELS } from '../simulation/elbow/elbow-person.ts';
import { TORQUE_TIMES_S } from '../simulation/elbow/elbow-recording.ts';
import { simulationRun } from '../simulation/elbow/simulation-runs.ts';
import {
  elbowQuestion,
  elbowScalings,
  elbowTrainingRows,
  elbowTruths,
  logTimeTarget,
  standardScaling,
} from './elbow-rows.ts';

const people = elbowRecordings('validation', 40);

describe('rows of the elbow model', () => {
  it('hold what the model reads and is asked for', () => {
    const rows = elbowTrainingRows(people);
    expect(rows.inputs.length).toBe(40 * ELBOW_INPUT_COUNT);
    expect(rows.targets.length).toBe(40 * ELBOW_OUTPUT_COUNT);
    expect(EMG_CHANNELS).toBe(ELBOW_CHANNELS);
    expect(TORQUE_TIMES_S).toBe(ELBOW_TORQUE_TIMES_S);
  });

  it('weigh torque errors as shares of the maximum: the same share off costs the same in everybody', () => {
    const rows = elbowTrainingRows(people);
    people.forEach(({ maximalTorqueNm }, row) => {
      const mask = rows.targetMask![row * ELBOW_OUTPUT_COUNT]!;
      // Float32 keeps seven digits.
      expect(mask * (0.1 * maximalTorqueNm) ** 2).toBeCloseTo(0.01, 7);
    });
  });

  it('censor the time to failure at 150 s', () => {
    expect(logTimeTarget(Number.POSITIVE_INFINITY)).toBe(Math.log(150 / 60));
    expect(logTimeTarget(60)).toBe(0);
    const still = people.find(({ timeToFailureS }) => timeToFailureS === Number.POSITIVE_INFINITY)!;
    expect(elbowTruths(still)[LOG_TIME_OUTPUT]).toBe(Math.log(150 / 60));
  });

  it('refuse a factorial run, which is nobody', () => {
    expect(() => elbowQuestion(simulationRun(0, 'rows'))).toThrow(/not about factorial runs/);
  });

  it('are scaled to mean 0 and spread 1 inside the graph', () => {
    const { kernel, bias } = standardScaling([
      [1, 3, 5],
      [10, 10, 40],
    ]);
    const scaled = [1, 3, 5].map((value) => value * kernel[0]! + bias[0]!);
    expect(scaled[1]).toBeCloseTo(0, 12);
    expect(scaled[2]! ** 2 + scaled[0]! ** 2).toBeCloseTo(3, 12);
    expect([kernel[1], kernel[2]]).toEqual([0, 0]);
    expect(() => standardScaling([[2, 2, 2]])).toThrow(/without spread/);
    expect(() => standardScaling([[2]])).toThrow(/at least two/);
    expect(elbowScalings(elbowTrainingRows(people)).statics.bias.length).toBe(5);
  });
});

describe('people of the elbow model', () => {
  it('serve one part and no other', () => {
    const ranges = Object.values(ELBOW_PARTS).map(({ firstSubject, count }) => [
      firstSubject,
      firstSubject + count,
    ]);
    ranges.sort((a, b) => a[0]! - b[0]!);
    for (let i = 1; i < ranges.length; i += 1) expect(ranges[i - 1]![1]!).toBeLessThanOrEqual(ranges[i]![0]!);
    const [first] = elbowRecordings('test', 1);
    expect(first!.subject).toBe(ELBOW_PARTS.test.firstSubject);
  });
});
