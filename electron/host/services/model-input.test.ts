import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TrialEntry } from '../../../core/contract/schemas/clinical.ts';
import { pinchTrial, savedSession, sixTrials, startTestClinic, type TestClinic } from '../app/test-clinic.ts';
import { buildModelInput, hashModelInput } from './model-input.ts';

let clinic: TestClinic;
beforeEach(async () => {
  clinic = await startTestClinic();
});
afterEach(() => clinic.remove());

const inPosture = (measure: TrialEntry['measure'], side: 'right' | 'left', n: number, kg: string) => ({
  ...pinchTrial(side, n, kg),
  measure,
});
const inputOf = async (trials: TrialEntry[]) => {
  const { session } = await savedSession(clinic, { trials });
  return buildModelInput(clinic.host.clinic.opened!.db, session.id, 'left');
};

describe('what a model may see of a session', () => {
  it('has the best pinch of each posture of the judged hand', async () => {
    const input = await inputOf([
      ...sixTrials(),
      inPosture('lateral-pinch-flexion-20', 'left', 1, '3.1'),
      inPosture('lateral-pinch-flexion-20', 'left', 2, '3.5'),
      inPosture('lateral-pinch-ulnar-10', 'left', 1, '3.9'),
      inPosture('lateral-pinch-extension-20', 'right', 1, '7'),
      inPosture('grip-2', 'left', 1, '30'),
    ]);
    expect(input.pinchFlexion20N).toBeCloseTo(3.5 * 9.80665, 9);
    expect(input.pinchUlnar10N).toBeCloseTo(3.9 * 9.80665, 9);
    expect('pinchExtension20N' in input, 'measured on the other hand only').toBe(false);
    // Grip is no pinch, and a posture is no trial of the neutral wrist.
    expect(input.pinchTrialsN).toHaveLength(3);
    expect(input.typedUnits).toEqual(['kg']);
  });

  it('names no posture that was not measured, so that the hash of earlier sessions stays', async () => {
    const input = await inputOf(sixTrials());
    expect(Object.keys(input).filter((key) => /20N|10N/.test(key))).toEqual([]);
    // The broken twin writes nulls, which is another hash.
    const withNulls = { ...input, pinchFlexion20N: null };
    expect(hashModelInput(withNulls)).not.toBe(hashModelInput(input));
  });
});
