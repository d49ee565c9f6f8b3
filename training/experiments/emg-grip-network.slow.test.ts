import { beforeAll, describe, expect, it } from 'vitest';
import { startBackend } from '../../core/learning/backend.ts';
import { type GripRecording, gripWindows } from '../dataset/emg-grip-recordings.ts';
import { simulateGripRecording } from '../simulation/forearm/forearm-grip.ts';
import {
  type ArmBudget,
  pretrain,
  rmsePercent,
  runArm,
  runPlain,
  straightLineRmse,
} from './emg-grip-network.ts';

const BUDGET: ArmBudget = {
  mostWindows: 160,
  epochs: 4,
  learningRates: [0.003, 0.01],
  starts: 2,
  batchSize: 32,
};
const SIZE = { recordings: 12, durationS: 20, strideSteps: 5, epochs: 4 };
const silent = () => {};
const [unseen, ...training] = [0, 1, 2].map((subject) =>
  simulateGripRecording('unseen-forearm', subject, 15),
);

/** Error of "always the mean force of the recording", percent of its maximum. */
function errorOfMean(recording: GripRecording): number {
  const { targets } = gripWindows([recording], 1);
  const mean = targets.reduce((sum, value) => sum + value, 0) / targets.length;
  return rmsePercent(
    targets.map(() => 100 * mean),
    targets,
  );
}

describe('both arms on simulated forearms', () => {
  beforeAll(async () => {
    await startBackend(null);
  });

  it('repeat exactly, and transfer leaves the recurrent layer as it was pre-trained', () => {
    const pretrained = pretrain('slow-test', SIZE);
    const weights = () => pretrained.getWeights().map((weight) => Array.from(weight.dataSync()));
    const before = weights();
    const run = () => runArm('transfer', 'slow-test', training, unseen!, pretrained, silent, BUDGET);
    const transfer = run();
    expect(run()).toEqual(transfer);
    expect(weights()).toEqual(before);
    // The unseen forearm comes from the domain of the pre-training: here transfer has something to transfer.
    expect(runPlain(pretrained, unseen!).rmsePercent).toBeLessThan(errorOfMean(unseen!));
    expect(transfer.rmsePercent).toBeLessThan(errorOfMean(unseen!));
    expect(transfer.rmseOfStarts.length).toBe(BUDGET.starts);
  });

  it('give direct learning the same budget from other starts', () => {
    const direct = runArm('direct', 'slow-test', training, unseen!, null, silent, BUDGET);
    expect(direct.rmseOfStarts.length).toBe(BUDGET.starts);
    expect(direct.rmseOfStarts[0]).not.toBe(direct.rmseOfStarts[1]);
    expect(BUDGET.learningRates).toContain(direct.learningRate);
    expect(direct.epochs).toBeLessThanOrEqual(BUDGET.epochs);
  });

  it('refuse a search in one recording, and transfer from nothing', () => {
    expect(() => runArm('direct', 'x', training.slice(1), unseen!, null, silent)).toThrow(RangeError);
    expect(() => runArm('transfer', 'x', training, unseen!, null, silent)).toThrow(RangeError);
  });

  it('compare with a straight line that fits what it has learned from', () => {
    expect(straightLineRmse([unseen!], unseen!)).toBeLessThan(errorOfMean(unseen!));
  });
});
