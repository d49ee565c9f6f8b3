import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { WRIST_CLASSES } from '../clinical/wrist-classes.ts';
import type { FeatureId, ModelInput } from '../contract/schemas/judgement.ts';
import { ensembleScores } from '../explain/class-scores.ts';
import { featureFlips } from '../explain/feature-flip.ts';
import { float64EnsembleForward } from '../networks/ensemble-forward.ts';
import { loadWristStateBundle, type WristStateBundle } from './bundle.ts';
import { callChanges } from './call-changes.ts';
import { explainedWristState } from './explained-wrist-state.ts';
import { movableMeasurements } from './moved-measurement.ts';
import { predictWristState } from './wrist-state.ts';

const INPUT: ModelInput = {
  sessionId: '00000000-0000-4000-8000-000000000000' as ModelInput['sessionId'],
  sex: 'female',
  ageYears: 58,
  heightM: 1.66,
  weightKg: 68,
  side: 'left',
  affectedSide: 'left',
  pinchTrialsN: [58, 60, 59],
  pinchPeakN: 60,
  otherHandPinchPeakN: 74,
  wristExtensionNm: 2.7,
  wristFlexionNm: 4.9,
  wristRadialNm: 5.9,
  wristUlnarNm: 3.8,
  typedUnits: ['kg'],
};

let bundle: WristStateBundle;
const predict = (input: ModelInput) =>
  predictWristState(bundle, input, float64EnsembleForward(bundle.members), () => 0);
beforeAll(async () => {
  const current = JSON.parse(readFileSync('models/current.json', 'utf8')) as Record<string, string>;
  const folder = join('models', 'wrist-state', current['wrist-state'] ?? '');
  bundle = await loadWristStateBundle(
    async (path) => new Uint8Array(readFileSync(join(folder, path))),
    async (bytes) => createHash('sha256').update(bytes).digest('hex'),
  );
});

/** A hold with a plain ramp, and key pinch in three postures. */
const EVERYTHING: ModelInput = {
  ...INPUT,
  pinchFlexion20N: 57,
  pinchExtension20N: 59,
  pinchUlnar10N: 60,
  pinchTraceN: Array.from({ length: 60 }, (_, step) => {
    const force = 57 * Math.min(1, Math.max(0, (step - 3) / 7)) * (1 + 0.01 * Math.sin(step));
    return [force, -0.48 * force, 0.24 * force];
  }),
};
/** Every fifth input of the sample clinic, and one with all that the model can read. */
const sampled = (): ModelInput[] => {
  const file = JSON.parse(readFileSync('resources/sample-clinic/clinic.json', 'utf8')) as {
    tables: { prediction: { model_input: string }[] };
  };
  const inputs = file.tables.prediction.map((row) => JSON.parse(row.model_input) as ModelInput);
  return [...inputs.filter((_, place) => place % 5 === 1), EVERYTHING];
};

type Name = 'pinchPeakN' | 'otherHandPinchPeakN' | 'pinchFlexion20N' | 'pinchExtension20N' | 'pinchUlnar10N';
type Strength = 'wristExtensionNm' | 'wristFlexionNm' | 'wristRadialNm' | 'wristUlnarNm';
/** What is read off a device for each feature. */
const MEASURED: Readonly<Record<FeatureId, Name | Strength>> = {
  'pinch-percent-expected': 'pinchPeakN',
  'pinch-ratio-other-hand': 'otherHandPinchPeakN',
  'pinch-flexion-20-ratio': 'pinchFlexion20N',
  'pinch-extension-20-ratio': 'pinchExtension20N',
  'pinch-ulnar-10-ratio': 'pinchUlnar10N',
  'wrist-extension-percent-expected': 'wristExtensionNm',
  'wrist-flexion-percent-expected': 'wristFlexionNm',
  'wrist-radial-percent-expected': 'wristRadialNm',
  'wrist-ulnar-percent-expected': 'wristUlnarNm',
};
/** The person measured again with one quantity `factor` times as large in its feature. */
function measuredWith(input: ModelInput, feature: FeatureId, factor: number): ModelInput {
  const field = MEASURED[feature];
  if (feature === 'pinch-ratio-other-hand') return { ...input, [field]: input[field]! / factor };
  const moved = { ...input, [field]: input[field]! * factor };
  if (field !== 'pinchPeakN') return moved;
  return {
    ...moved,
    pinchTrialsN: input.pinchTrialsN.map((trialN) => trialN * factor),
    ...(input.pinchTraceN && {
      pinchTraceN: input.pinchTraceN.map(([a, b, c]): [number, number, number] => [
        a * factor,
        b * factor,
        c * factor,
      ]),
    }),
  };
}
/** Where the range of the training people ends for a feature and, for key pinch, for the ratios that move along. */
function endOf(input: ModelInput, feature: FeatureId, delta: number): number {
  const { low, high, own } = movableMeasurements(bundle, input).find((one) => one.feature === feature)!;
  expect(low).toBeLessThanOrEqual(own);
  expect(high).toBeGreaterThanOrEqual(own);
  return delta > 0 ? high : low;
}
/** Most probable class of the whole model; null where it refuses. */
const answerTo = (input: ModelInput) => {
  const { probabilities } = predict(input);
  return probabilities && WRIST_CLASSES[probabilities.indexOf(Math.max(...probabilities))];
};

describe('what would change the call', () => {
  it('names changes that the model itself confirms, all of them: measured anew with that value, it gives the promised class', () => {
    const confirmed: Partial<Record<FeatureId, number>> = {};
    const alone = { told: 0, refuted: 0 };
    let toLimit = 0;
    for (const input of sampled()) {
      const prediction = predict(input);
      if (prediction.probabilities === null) continue;
      const { call, changes, steady } = callChanges(bundle, input, prediction);
      expect(answerTo(input)).toBe(call);
      for (const { feature, value, delta, newClass, isToLimit } of changes) {
        const own = value - delta;
        const at = (value: number) => answerTo(measuredWith(input, feature, value / own));
        expect(at(value + 1e-6 * delta), feature).toBe(newClass);
        expect(at(value - 1e-6 * delta), feature).toBe(call);
        // As a screen rounds it, away from what was measured: to 0.01 kg, 0.01 N.m or 0.1 % of the other hand.
        const step = feature.startsWith('wrist-')
          ? (0.01 / input[MEASURED[feature]]!) * own
          : feature === 'pinch-percent-expected'
            ? (0.0980665 / input.pinchPeakN!) * own
            : 0.001;
        const shown = (delta > 0 ? Math.ceil(value / step) : Math.floor(value / step)) * step;
        expect(at(shown), `${feature} as shown`).toBe(newClass);
        if (isToLimit) {
          const end = endOf(input, feature, delta);
          for (let point = 1; point <= 20; point += 1) {
            expect(at(value + (point / 20) * (end - value) * (1 - 1e-9)), `${feature}, further`).toBe(
              newClass,
            );
          }
          toLimit += 1;
        }
        confirmed[feature] = (confirmed[feature] ?? 0) + 1;
      }
      const shares = changes.map(({ value, delta }) => Math.abs(delta / (value - delta)));
      expect(shares).toEqual([...shares].sort((a, b) => a - b));
      expect(changes.some(({ feature }) => steady.includes(feature))).toBe(false);
      // Broken twin: the column of percent of expected alone is moved, and the ratio to the other hand stays.
      const explained = explainedWristState(bundle, input, 0, 1);
      const flips = featureFlips(ensembleScores(explained.members), explained.row, explained.limits!, 64);
      for (const flip of [flips.perFeature[0]?.increase, flips.perFeature[0]?.decrease]) {
        if (!flip) continue;
        const own = flip.value - flip.delta;
        const answer = answerTo(
          measuredWith(input, 'pinch-percent-expected', (flip.value + 1e-6 * flip.delta) / own),
        );
        alone.told += 1;
        if (answer !== WRIST_CLASSES[flip.newClass]) alone.refuted += 1;
      }
    }
    // Each kind of measurement was tried.
    expect(Object.keys(confirmed).length).toBeGreaterThanOrEqual(6);
    expect(confirmed['pinch-percent-expected']).toBeGreaterThan(0);
    expect(toLimit).toBeGreaterThan(0);
    expect(alone.refuted).toBeGreaterThan(0);
  });
  it('refuses a refusal and another bundle', () => {
    const prediction = predict(INPUT);
    expect(() => callChanges(bundle, INPUT, { ...prediction, probabilities: null })).toThrow(RangeError);
    expect(() => callChanges(bundle, INPUT, { ...prediction, bundleHash: '0'.repeat(64) })).toThrow(
      RangeError,
    );
  });
});
