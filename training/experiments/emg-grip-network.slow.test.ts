import { describe, expect, it } from 'vitest';
import { startBackend } from '../../core/learning/backend.ts';
import { simulateGripRecording } from '../simulation/forearm/forearm-grip.ts';
import { pretrain, runArm, runPlain, straightLineRmse } from './emg-grip-network.ts';

describe('both arms on simulated forearms', () => {
  it('learn, repeat exactly, and leave the recurrent layer as it was pre-trained', async () => {
    await startBackend(null);
    const recordings = [0, 1, 2].map((subject) => simulateGripRecording('unseen-forearm', subject, 30));
    const [unseen, ...training] = recordings;
    const pretrained = pretrain('slow-test');
    const weights = () => pretrained.getWeights().map((weight) => Array.from(weight.dataSync()));
    const before = weights();
    const run = () => runArm('transfer', 'slow-test', training, unseen!, pretrained, () => {});
    const transfer = run();
    expect(run()).toEqual(transfer);
    expect(weights()).toEqual(before);
    // The unseen forearm comes from the pre-training domain: here the simulation alone must do well.
    expect(runPlain(pretrained, unseen!).rmsePercent).toBeLessThan(15);
    expect(transfer.rmsePercent).toBeLessThan(15);
    const direct = runArm('direct', 'slow-test', training, unseen!, null, () => {});
    expect(direct.rmseOfStarts.length).toBe(transfer.rmseOfStarts.length);
    expect(straightLineRmse(training, unseen!)).toBeGreaterThan(0);
    expect(() => runArm('direct', 'x', training.slice(1), unseen!, null, () => {})).toThrow(RangeError);
    expect(() => runArm('transfer', 'x', training, unseen!, null, () => {})).toThrow(RangeError);
  }, 240_000);
});
