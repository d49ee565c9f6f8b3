import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { WRIST_CLASSES } from '../clinical/wrist-classes.ts';
import type { WristClass } from '../contract/schemas/clinical.ts';
import type { ModelInput } from '../contract/schemas/judgement.ts';
import { startBackend } from '../learning/backend.ts';
import { loadTfjsEnsemble } from '../learning/ensemble-forward.ts';
import { float64EnsembleForward } from '../networks/ensemble-forward.ts';
import {
  BundleError,
  ENGINE_TOLERANCE,
  goldenGap,
  loadWristStateBundle,
  verifyBundle,
  type WristStateBundle,
} from './bundle.ts';
import { explainWristState } from './explain-wrist-state.ts';
import { explainedOutput } from './explained-prediction.ts';
import { explainedWristState } from './explained-wrist-state.ts';
import { predictWristState } from './wrist-state.ts';

const CURRENT = JSON.parse(readFileSync('models/current.json', 'utf8')) as Record<string, string>;
const folderOf = (id: string) => join('models', id, CURRENT[id] ?? '');
const sha256 = async (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const reader =
  (folder: string, change: (path: string, bytes: Uint8Array) => Uint8Array = (_p, b) => b) =>
  async (path: string) =>
    change(path, new Uint8Array(readFileSync(join(folder, path))));

const PERSON: ModelInput = {
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
  wristFlexionNm: 5.1,
  wristRadialNm: 5.6,
  wristUlnarNm: 4,
  typedUnits: ['kg'],
};
/** Somebody whose answer stays the same when measured again: 96 % for one class. */
const CLEAR: ModelInput = {
  ...PERSON,
  wristExtensionNm: 3.4,
  wristFlexionNm: 4.4,
  wristRadialNm: 6.2,
  wristUlnarNm: 3.4,
};
/** A hold with a plain ramp: 95 % of the best reading, 40 % of it along the thumb, 20 % across. */
const TRACE: [number, number, number][] = Array.from({ length: 60 }, (_, step) => {
  const share = step < 4 ? 0 : step < 10 ? (step - 3) / 7 : step < 56 ? 1 - 0.0008 * step : 0.5;
  const force = 0.95 * 60 * share * (1 + 0.01 * Math.sin(step));
  return [force, -0.48 * force, 0.24 * force];
});
const EVERYTHING: ModelInput = {
  ...PERSON,
  pinchFlexion20N: 57,
  pinchExtension20N: 59,
  pinchUlnar10N: 60,
  pinchTraceN: TRACE,
};
/** Whether the current version reads postures and a trace. */
const READS_TRACE = (
  JSON.parse(readFileSync(join(folderOf('wrist-state'), 'manifest.json'), 'utf8')) as {
    inputs: { name: string }[];
  }
).inputs.some(({ name }) => name === 'trace-60x3');
const PINCH_ONLY: ModelInput = {
  ...PERSON,
  wristExtensionNm: null,
  wristFlexionNm: null,
  wristRadialNm: null,
  wristUlnarNm: null,
};

describe.each(['wrist-state', 'muscle-parameters-1'])('the shipped bundle %s', (id) => {
  it('is verified file by file and gives its golden output in both engines', async () => {
    const bundle = await verifyBundle(reader(folderOf(id)), sha256);
    expect(bundle.manifest.modelId).toBe(id);
    expect(goldenGap(bundle.golden, float64EnsembleForward(bundle.members))).toBe(0);
    await startBackend(null);
    const ensemble = await loadTfjsEnsemble(bundle.memberFiles);
    expect(goldenGap(bundle.golden, ensemble.forward)).toBeLessThanOrEqual(ENGINE_TOLERANCE);
    ensemble.dispose();
    // Twin: members in another order are noticed.
    expect(goldenGap(bundle.golden, float64EnsembleForward([...bundle.members].reverse()))).toBeGreaterThan(
      ENGINE_TOLERANCE,
    );
  });

  it('is refused when one byte of any file changed, and the file is named', async () => {
    const { manifest } = await verifyBundle(reader(folderOf(id)), sha256);
    for (const { path } of manifest.files) {
      const changed = reader(folderOf(id), (name, bytes) => {
        if (name !== path) return bytes;
        const copy = bytes.slice();
        const at = copy.length >> 1;
        copy[at] = (copy[at] ?? 0) ^ 1;
        return copy;
      });
      const failure = await verifyBundle(changed, sha256).catch((cause: unknown) => cause);
      expect(failure).toBeInstanceOf(BundleError);
      expect((failure as BundleError).code).toBe('hash-mismatch');
      expect((failure as BundleError).path).toBe(path);
    }
  });

  it('says which file is missing, and refuses a manifest that is none', async () => {
    const without = (missing: string) => async (path: string) => {
      if (path === missing) throw new Error('404');
      return reader(folderOf(id))(path);
    };
    await expect(verifyBundle(without('member-3/weights.bin'), sha256)).rejects.toMatchObject({
      code: 'missing-file',
      path: 'member-3/weights.bin',
    });
    const garbled = reader(folderOf(id), (path, bytes) =>
      path === 'manifest.json' ? new Uint8Array([123]) : bytes,
    );
    await expect(verifyBundle(garbled, sha256)).rejects.toMatchObject({ code: 'not-understood' });
  });
});

describe('wrist-state', () => {
  let bundle: WristStateBundle;
  const predict = (input: ModelInput) =>
    predictWristState(bundle, input, float64EnsembleForward(bundle.members), () => 0);
  beforeAll(async () => {
    bundle = await loadWristStateBundle(reader(folderOf('wrist-state')), sha256);
  });

  it('answers with probabilities that sum to one, a set, and the band of its members', () => {
    const answer = predict(PERSON);
    expect(answer.inputPattern).toBe('B');
    const probabilities = answer.probabilities ?? [0, 0, 0];
    expect(probabilities.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
    const [low, high] = answer.nonimpairedBand ?? [1, 0];
    expect(low).toBeLessThanOrEqual(high);
    expect(answer.predictionSet.length).toBeGreaterThan(0);
    expect(answer.refusals).toEqual([]);
  });

  it('without wrist strength answers pattern A, imputes nothing, and says what would help', () => {
    const answer = predict(PINCH_ONLY);
    expect(answer.inputPattern).toBe('A');
    expect(answer.features.filter((f) => f.value !== null).map((f) => f.id)).toEqual([
      'pinch-percent-expected',
      'pinch-ratio-other-hand',
    ]);
    expect(answer.widthReasons).toContain('missing-wrist-strength');
  });

  it('gives a strong hand a wider set without wrist strength than with it', () => {
    const strong: ModelInput = {
      ...PERSON,
      pinchTrialsN: [73, 74, 75],
      pinchPeakN: 75,
      otherHandPinchPeakN: 74,
      wristExtensionNm: 4.4,
      wristFlexionNm: 7.4,
      wristRadialNm: 6.7,
      wristUlnarNm: 5.9,
    };
    const withStrength = predict(strong);
    const without = predict({ ...PINCH_ONLY, pinchTrialsN: [73, 74, 75], pinchPeakN: 75 });
    expect(withStrength.predictionSet).toEqual(['nonimpaired']);
    expect(without.predictionSet.length).toBeGreaterThan(1);
  });

  it.each<[string, Partial<ModelInput>, string]>([
    ['no pinch', { pinchPeakN: null, pinchTrialsN: [] }, 'missing-required-input'],
    ['one trial', { pinchTrialsN: [60] }, 'too-few-trials'],
    ['one trial in another unit', { pinchTrialsN: [58, 60 * 9.80665, 59], pinchPeakN: 588 }, 'mixed-units'],
    ['a trial that is no number', { pinchTrialsN: [58, Number.NaN, 60] }, 'missing-required-input'],
    ['a peak that is no number', { pinchPeakN: Number.NaN }, 'missing-required-input'],
    ['a negative peak', { pinchPeakN: -60 }, 'missing-required-input'],
    ['a peak that is none of its trials', { pinchPeakN: 66 }, 'mixed-units'],
    ['a person of age 0', { ageYears: 0 }, 'out-of-range'],
    ['a person without a height', { heightM: Number.NaN }, 'out-of-range'],
    ['two typed units', { typedUnits: ['kg', 'lb'] }, 'mixed-units'],
    [
      'newtons typed as kilograms',
      { pinchTrialsN: [580, 600, 590], pinchPeakN: 600, otherHandPinchPeakN: 740 },
      'out-of-range',
    ],
    [
      'kilograms typed as newtons',
      { pinchTrialsN: [5.8, 6, 5.9], pinchPeakN: 6, otherHandPinchPeakN: 7.4 },
      'out-of-range',
    ],
  ])('refuses %s before predicting', (_name, change, reason) => {
    const answer = predict({ ...PERSON, ...change });
    expect(answer.refusals).toContain(reason);
    expect(answer.probabilities).toBeNull();
    expect(answer.predictionSet).toEqual([]);
  });

  it('does not use the other hand when both are affected', () => {
    const both = predict({ ...PERSON, affectedSide: 'both' });
    expect(both.features.find((f) => f.id === 'pinch-ratio-other-hand')?.value).toBeNull();
    expect(both.probabilities).not.toEqual(predict(PERSON).probabilities);
  });

  it('explains with contributions that add up, members around them, and a named reference', () => {
    const prediction = predict(CLEAR);
    const explanation = explainWristState(bundle, CLEAR, prediction, () => 0);
    const sum = explanation.contributions.reduce((total, c) => total + c.value, 0);
    expect(explanation.referenceOutput + sum + explanation.residual).toBeCloseTo(explanation.output, 12);
    for (const c of explanation.contributions) {
      expect(c.memberLow).toBeLessThanOrEqual(c.value);
      expect(c.memberHigh).toBeGreaterThanOrEqual(c.value);
    }
    expect(explanation.contributions).toHaveLength(6);
    expect(explanation.sentence).toContain('Compared with nonimpaired people of her sex, age and size');
    expect(explanation.sentence).not.toMatch(/because/i);
    expect(explainWristState(bundle, CLEAR, prediction, () => 0)).toEqual(explanation);
  });

  it('names nothing that was not measured', () => {
    const explanation = explainWristState(bundle, PINCH_ONLY, predict(PINCH_ONLY), () => 0);
    expect(explanation.contributions.map((c) => c.feature).sort()).toEqual([
      'pinch-percent-expected',
      'pinch-ratio-other-hand',
    ]);
  });

  it('shows an explanation by one measurement, which has no order to compare with', () => {
    const alone: ModelInput = {
      ...PINCH_ONLY,
      affectedSide: 'both',
      pinchTrialsN: [58, 60, 59],
      pinchPeakN: 60,
    };
    const explanation = explainWristState(bundle, alone, predict(alone), () => 0);
    expect(explanation.contributions).toHaveLength(1);
    expect(explanation.gate.find((check) => check.name === 'deletion-gain')).toMatchObject({
      value: 0,
      ok: true,
    });
    expect(explanation.isShown).toBe(true);
  });

  it('withholds an explanation where the next measurement would give another answer', () => {
    const explanation = explainWristState(bundle, PERSON, predict(PERSON), () => 0);
    const failed = explanation.gate.filter(({ ok }) => !ok).map(({ name }) => name);
    expect(failed).toEqual(['noise-stability']);
    expect(explanation.isShown).toBe(false);
    const { draws, sameAnswer, sameDriver, otherAnswers } = explanation.repeated!;
    expect(sameDriver / draws).toBe(explanation.gate.find(({ name }) => name === 'noise-stability')?.value);
    expect(sameDriver).toBeLessThanOrEqual(sameAnswer);
    expect(sameAnswer).toBeLessThan(0.8 * draws);
    expect(otherAnswers.length).toBeGreaterThan(0);
    expect(otherAnswers).not.toContain(explanation.predictedClass);
  });

  it('withholds an explanation when members disagree about its strongest measurement (broken twin)', () => {
    const prediction = predict(CLEAR);
    expect(explainWristState(bundle, CLEAR, prediction, () => 0).isShown).toBe(true);
    // Two members of five answer the opposite: the mean keeps its sign, the members do not share it.
    const twisted = bundle.members.map((member, index) => {
      if (index > 1) return member;
      const head = member.layers.at(-1)!;
      if (head.kind !== 'dense') throw new TypeError('the head of this bundle is dense');
      const opposite = { ...head, kernel: head.kernel.map((weight) => -weight) };
      return { ...member, layers: [...member.layers.slice(0, -1), opposite] };
    });
    const explanation = explainWristState({ ...bundle, members: twisted }, CLEAR, prediction, () => 0);
    expect(explanation.gate.find((check) => check.name === 'sign-agreement')?.ok).toBe(false);
    expect(explanation.isShown).toBe(false);
    expect(explanation.sentence).toBe('There is no reliable explanation for these measurements.');
  });

  it.runIf(READS_TRACE)(
    'answers pattern C with postures and a trace, and explains the trace as one part',
    () => {
      const answer = predict(EVERYTHING);
      expect(answer.inputPattern).toBe('C');
      expect(answer.features.every((feature) => feature.value !== null)).toBe(true);
      const explanation = explainWristState(bundle, EVERYTHING, answer, () => 0);
      expect(explanation.contributions).toHaveLength(9);
      const sum = explanation.contributions.reduce((total, c) => total + c.value, 0);
      const ofTrace = explanation.traceContribution?.value ?? Number.NaN;
      expect(explanation.referenceOutput + sum + ofTrace + explanation.residual).toBeCloseTo(
        explanation.output,
        12,
      );
    },
  );

  it.runIf(READS_TRACE)('shares the trace out among its stretches, which add up to what it changes', () => {
    const prediction = predict(EVERYTHING);
    const {
      traceBands = [],
      predictedClass,
      againstClass,
    } = explainWristState(bundle, EVERYTHING, prediction, () => 0);
    expect(traceBands.map(({ fromStep, endStep }) => [fromStep, endStep])).toEqual(
      Array.from({ length: 8 }, (_, band) => [Math.floor(7.5 * band), Math.floor(7.5 * (band + 1))]),
    );
    // The same person with the reference trace: what the whole trace changes, all measurements as measured.
    const of = (name: WristClass) => WRIST_CLASSES.indexOf(name);
    const explained = explainedWristState(bundle, EVERYTHING, of(predictedClass), of(againstClass));
    const withoutTrace = explained.row.slice();
    for (const { columns } of explained.bands ?? []) {
      for (const column of columns) withoutTrace[column] = explained.reference.row[column]!;
    }
    const output = explainedOutput(explained);
    const change = output.valueOf(explained.row) - output.valueOf(withoutTrace);
    expect(traceBands.reduce((sum, { value }) => sum + value, 0)).toBeCloseTo(change, 9);
    // The broken twin counts the trace among the measurements: another number.
    const ofTrace = explainWristState(bundle, EVERYTHING, prediction, () => 0).traceContribution!.value;
    expect(Math.abs(ofTrace - change)).toBeGreaterThan(1e-6);
    for (const { value, memberLow, memberHigh, probabilityWithout } of traceBands) {
      expect(memberLow).toBeLessThanOrEqual(value);
      expect(memberHigh).toBeGreaterThanOrEqual(value);
      expect(probabilityWithout).toBeGreaterThan(0);
    }
    // A stretch that is as in the reference has no share, and is not missed.
    const reference = bundle.calibration.referenceTrace!;
    const asReference = (step: number): [number, number, number] => [
      60 * reference[3 * step]!,
      60 * reference[3 * step + 1]!,
      60 * reference[3 * step + 2]!,
    ];
    const begun = {
      ...EVERYTHING,
      pinchTraceN: TRACE.map((row, step) => (step < 7 ? asReference(step) : row)),
    };
    const answered = predict(begun);
    const [first, second] = explainWristState(bundle, begun, answered, () => 0).traceBands ?? [];
    expect(first?.value).toBeCloseTo(0, 9);
    expect(first?.probabilityWithout).toBeCloseTo(Math.max(...(answered.probabilities ?? [])), 6);
    expect(Math.abs(second?.value ?? 0)).toBeGreaterThan(1e-6);
  });

  it.runIf(READS_TRACE)(
    'answers half of pattern C as pattern B, exactly as if nothing of it had been there',
    () => {
      const whole = predict(PERSON);
      const { pinchTraceN: _trace, ...posturesOnly } = EVERYTHING;
      for (const half of [posturesOnly, { ...EVERYTHING, pinchUlnar10N: null }]) {
        const answer = predict(half);
        expect(answer.inputPattern).toBe('B');
        expect(answer.probabilities).toEqual(whole.probabilities);
      }
    },
  );

  it.runIf(READS_TRACE).each<[string, (trace: typeof TRACE) => typeof TRACE]>([
    ['three times too large', (trace) => trace.map(([a, b, c]) => [3 * a, 3 * b, 3 * c])],
    ['in reverse', (trace) => trace.toReversed()],
    ['with two directions mixed up', (trace) => trace.map(([a, b, c]) => [a, c, b])],
    ['with the thumb’s direction taken for the palmar one', (trace) => trace.map(([a, b, c]) => [b, a, c])],
    ['of a single direction', (trace) => trace.map(([a]) => [a, 0, 0])],
    ['of time for force', (trace) => trace.map(([, b, c], step) => [0.08 * step, b, c])],
  ])('refuses a trace %s', (_name, change) => {
    const answer = predict({ ...EVERYTHING, pinchTraceN: change(TRACE) });
    expect(answer.refusals).toEqual(['out-of-range']);
    expect(answer.probabilities).toBeNull();
  });

  it('will not explain a refusal or another bundle’s prediction', () => {
    const refused = predict({ ...PERSON, pinchTrialsN: [60] });
    expect(() => explainWristState(bundle, PERSON, refused, () => 0)).toThrow(RangeError);
    const foreign = { ...predict(PERSON), bundleHash: 'f'.repeat(64) };
    expect(() => explainWristState(bundle, PERSON, foreign, () => 0)).toThrow(RangeError);
  });
});
