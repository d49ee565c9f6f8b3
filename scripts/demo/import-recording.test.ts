import { afterEach, expect, it, vi } from 'vitest';
import type { ModelInput } from '../../core/contract/schemas/judgement.ts';
import { openLocalInference } from '../headless/local-inference.ts';
import { findRecording, importRecording } from './import-recording.ts';

const PERSON: ModelInput = {
  sessionId: '00000000-0000-4000-8000-000000000000' as ModelInput['sessionId'],
  sex: 'female',
  ageYears: 55,
  heightM: 1.68,
  weightKg: 70,
  side: 'left',
  affectedSide: 'left',
  pinchTrialsN: [58, 60, 59],
  pinchPeakN: 60,
  otherHandPinchPeakN: 74,
  wristExtensionNm: null,
  wristFlexionNm: null,
  wristRadialNm: null,
  wristUlnarNm: null,
  typedUnits: ['kg'],
};
afterEach(() => vi.unstubAllEnvs());

it('without the reference data reads the specimen of the project, says whose unit it is, and the model abstains', async () => {
  vi.stubEnv('PREHENSA_REFERENCE_DATA', 'nowhere');
  expect(findRecording().isReal).toBe(false);
  const imported = importRecording(await openLocalInference('float64'), PERSON);
  expect(imported.unitSource).toContain('stated by the person');
  expect(imported.peaksN).toHaveLength(1);
  expect(imported.prediction.refusals.length).toBeGreaterThan(0);
  expect(imported.prediction.probabilities).toBeNull();
});
