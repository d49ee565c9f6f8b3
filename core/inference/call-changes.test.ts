import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ModelInput } from '../contract/schemas/judgement.ts';
import { float64EnsembleForward } from '../networks/ensemble-forward.ts';
import { loadWristStateBundle, type WristStateBundle } from './bundle.ts';
import { callChanges } from './call-changes.ts';
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

describe('what would change the call', () => {
  it('names changes that the model itself confirms: measured anew with that value, the class is the promised one', () => {
    const { call, changes, steady } = callChanges(bundle, INPUT, predict(INPUT));
    const mostProbable = (input: ModelInput) => {
      const { probabilities } = predict(input);
      if (!probabilities) throw new Error('refused');
      return (['nonimpaired', 'four-corner-fusion', 'proximal-row-carpectomy'] as const)[
        probabilities.indexOf(Math.max(...probabilities))
      ];
    };
    expect(mostProbable(INPUT)).toBe(call);
    const strengths = {
      'wrist-extension-percent-expected': 'wristExtensionNm',
      'wrist-flexion-percent-expected': 'wristFlexionNm',
      'wrist-radial-percent-expected': 'wristRadialNm',
      'wrist-ulnar-percent-expected': 'wristUlnarNm',
    } as const;
    let tried = 0;
    for (const { feature, value, delta, newClass } of changes) {
      const field = strengths[feature as keyof typeof strengths];
      if (field === undefined) continue;
      // Percent of expected is proportional to the newton metres. Just beyond and just before the border:
      const at = (share: number) => ({
        ...INPUT,
        [field]: (INPUT[field] as number) * ((value - delta + share * delta) / (value - delta)),
      });
      expect(mostProbable(at(1 + 1e-6))).toBe(newClass);
      expect(mostProbable(at(1 - 1e-6))).toBe(call);
      tried += 1;
    }
    expect(tried).toBeGreaterThan(0);
    const shares = changes.map(({ value, delta }) => Math.abs(delta / (value - delta)));
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(changes.some(({ feature }) => steady.includes(feature))).toBe(false);
  });
  it('refuses a refusal and another bundle', () => {
    const prediction = predict(INPUT);
    expect(() => callChanges(bundle, INPUT, { ...prediction, probabilities: null })).toThrow(RangeError);
    expect(() => callChanges(bundle, INPUT, { ...prediction, bundleHash: '0'.repeat(64) })).toThrow(
      RangeError,
    );
  });
});
