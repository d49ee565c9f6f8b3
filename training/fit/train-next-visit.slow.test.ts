import { describe, expect, it } from 'vitest';
import { startBackend } from '../../core/learning/backend.ts';
import { NEXT_VISIT_MODEL } from './train-next-visit.ts';
import type { TrainingContext } from './trainable-model.ts';

const CONTEXT: TrainingContext = { backend: 'cpu', log: () => {}, member: (_key, train) => train() };

describe('training of next-visit', () => {
  it('gives the same bytes and the same calibration from the same seed, and members that differ', async () => {
    await startBackend(null);
    const first = NEXT_VISIT_MODEL.smoke!(CONTEXT);
    const again = NEXT_VISIT_MODEL.smoke!(CONTEXT);
    expect(again.members).toEqual(first.members);
    expect(again.calibration).toEqual(first.calibration);
    expect(first.members[1]!.weightsBin).not.toEqual(first.members[0]!.weightsBin);
  });
});
