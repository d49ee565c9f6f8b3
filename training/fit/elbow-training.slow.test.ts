import { beforeAll, describe, expect, it } from 'vitest';
import { ElbowCalibrationFile, elbowCalibration } from '../../core/inference/elbow-bundle.ts';
import { elbowEnsembleAnswer, forecastElbow } from '../../core/inference/elbow-forecast.ts';
import { ELBOW_TORQUE_TIMES_S, elbowInputRow } from '../../core/inference/elbow-input.ts';
import { startBackend } from '../../core/learning/backend.ts';
import { MAX_WEIGHTS } from '../../core/learning/dense-model.ts';
import { readLayersModel } from '../../core/networks/read-layers-model.ts';
import { elbowRecordings } from '../dataset/elbow-data-set.ts';
import { elbowQuestion } from './elbow-rows.ts';
import { type ElbowSize, trainElbow } from './train-elbow.ts';
import type { BundleParts } from './trainable-model.ts';

const SIZE: ElbowSize = {
  train: 120,
  validation: 200,
  calibration: 400,
  members: 2,
  stages: [{ learningRate: 0.004, maxEpochs: 1 }],
};

describe('training of the elbow model', () => {
  let parts: BundleParts;
  const train = () =>
    trainElbow({ backend: 'cpu', log: () => undefined, member: (_key, make) => make() }, SIZE);
  beforeAll(async () => {
    await startBackend(null);
    parts = train();
  }, 120_000);

  it('gives the same bytes from the same seed, and members that differ', { timeout: 120_000 }, () => {
    const again = train();
    parts.members.forEach(({ modelJson, weightsBin }, member) => {
      expect(Buffer.compare(weightsBin, again.members[member]!.weightsBin)).toBe(0);
      expect(Buffer.compare(modelJson, again.members[member]!.modelJson)).toBe(0);
    });
    expect(Buffer.compare(parts.members[0]!.weightsBin, parts.members[1]!.weightsBin)).not.toBe(0);
    expect(parts.facts.weightsPerMember).toBeLessThanOrEqual(MAX_WEIGHTS);
  });

  it('gives a calibration that the forecast reads, and modules whose product is the torque', () => {
    const file = ElbowCalibrationFile.parse(JSON.parse(JSON.stringify(parts.calibration)));
    const members = parts.members.map(({ modelJson, weightsBin }) =>
      readLayersModel(new TextDecoder().decode(modelJson), weightsBin),
    );
    const model = { members, calibration: elbowCalibration(file) };
    const questions = elbowRecordings('test', 20).map(elbowQuestion);
    const answers = questions.map((question) => forecastElbow(model, question));
    expect(answers.some(({ kind }) => kind === 'answer')).toBe(true);
    for (const question of questions) {
      const { means, heldShare, sharesLeft } = elbowEnsembleAnswer([members[0]!], elbowInputRow(question));
      ELBOW_TORQUE_TIMES_S.forEach((_, j) => {
        // Doubles throughout; the division by maximal torque costs a rounding.
        expect(Math.abs(means[j]! - heldShare * sharesLeft[j]!)).toBeLessThan(1e-12);
      });
    }
  });
});
