import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { MuscleParametersCalibration } from '../../core/inference/muscle-parameters-calibration.ts';
import { startBackend } from '../../core/learning/backend.ts';
import { muscleParameterPeople } from '../dataset/muscle-parameters-data-set.ts';
import { answer, loadMuscleParameters } from '../evaluate/muscle-parameters-bundle.ts';
import { writeBundle } from '../publish/write-bundle.ts';
import { MUSCLE_PARAMETER_MODELS } from './train-muscle-parameters.ts';
import type { TrainingContext } from './trainable-model.ts';

const CONTEXT: TrainingContext = { backend: 'cpu', log: () => {}, member: (_key, train) => train() };

describe('training of muscle-parameters', () => {
  beforeAll(async () => {
    await startBackend(null);
  });

  it('gives the same bytes and the same calibration from the same seed, and members that differ', () => {
    const first = MUSCLE_PARAMETER_MODELS[1].smoke!(CONTEXT);
    const again = MUSCLE_PARAMETER_MODELS[1].smoke!(CONTEXT);
    expect(again.members).toEqual(first.members);
    expect(again.calibration).toEqual(first.calibration);
    expect(first.members[1]!.weightsBin).not.toEqual(first.members[0]!.weightsBin);
  });

  it('writes a bundle that is read back and answers as its members do', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'muscle-parameters-'));
    try {
      const parts = MUSCLE_PARAMETER_MODELS[3].smoke!(CONTEXT);
      writeBundle(folder, parts, {
        modelId: 'muscle-parameters-3',
        version: '0.0.0',
        dataHash: '0'.repeat(64),
      });
      const bundle = await loadMuscleParameters(folder);
      expect([...bundle.priors.keys()]).toEqual(['D', 'S', 'G', 'tier-2', 'peaks']);
      expect([...bundle.otherContact.keys()]).toEqual(['D', 'S', 'G', 'peaks', 'tier-3']);
      const [person] = muscleParameterPeople('test', 'A', 1);
      const { mean, intervals } = answer(bundle, person!.inputs);
      intervals.forEach((interval, j) => {
        expect(interval === 'unbounded' || (interval[0] < mean[j]! && interval[1] > mean[j]!)).toBe(true);
      });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('lets nothing of tier 1 reach the bedside', () => {
    const { calibration } = MUSCLE_PARAMETER_MODELS[1].smoke!(CONTEXT);
    expect(MuscleParametersCalibration.parse(calibration).bedside).toEqual([]);
  });
});
