/** An explanation is what a clinician reads as "the model weighed": the host computes it too, and stores nothing else. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { reasonOverlap } from '../../../core/agreement/reason-overlap.ts';
import { MUSCLE_GROUPS } from '../../../core/clinical/muscle-groups.ts';
import type {
  AnalysisExplanation,
  ElbowInput,
  ExplainedNumber,
} from '../../../core/contract/schemas/analysis.ts';
import type { Explanation, JudgementFields } from '../../../core/contract/schemas/judgement.ts';
import { ELBOW_ENVELOPE_COUNT } from '../../../core/inference/elbow-input.ts';
import { currentModelFolder, openLocalInference } from '../../../scripts/headless/local-inference.ts';
import {
  codeOf,
  expectOk,
  pinchTrial,
  savedSession,
  sixTrials,
  startTestClinic,
  type TestClinic,
  wristTrial,
} from '../app/test-clinic.ts';
import { analysisCheckersOf } from './analysis-bundles.ts';

let clinic: TestClinic;
beforeEach(async () => {
  clinic = await startTestClinic();
});
afterEach(() => clinic.remove());

const WRIST = [
  wristTrial('wrist-extension', 'left', '6.0'),
  wristTrial('wrist-flexion', 'left', '8.0'),
  wristTrial('wrist-radial', 'left', '7.0'),
  wristTrial('wrist-ulnar', 'left', '7.0'),
];
const JUDGEMENT: JudgementFields = {
  answer: 'proximal-row-carpectomy',
  confidencePercent: 60,
  drivers: [
    { feature: 'wrist-extension-percent-expected', direction: 'for' },
    { feature: 'pinch-ratio-other-hand', direction: 'for' },
  ],
  isBlinded: false,
  durationMs: 9_000,
};

it('of a session: contributions, sums, class, gate, repeats and sentence are the host’s own, and so is the overlap', async () => {
  const { api } = clinic;
  const { session } = await savedSession(clinic, {
    trials: [...sixTrials(['7.2', '7.6', '7.4'], ['6.4', '6.6', '6.5']), ...WRIST],
  });
  const sessionId = session.id;
  const { receipt, inputHash } = expectOk(
    await api['sessions.lockJudgement']({ sessionId, judgedSide: 'left', judgement: JUDGEMENT }),
  );
  const { modelInput } = expectOk(await api['predictions.takeInput']({ sessionId, receipt }));
  const { predict, explain } = await openLocalInference('tfjs');
  const prediction = predict(modelInput);
  expectOk(await api['predictions.store']({ sessionId, receipt, inputHash, prediction }));
  const real = explain(modelInput, prediction);
  const overlap = real.isShown ? reasonOverlap(JUDGEMENT.drivers, real, JUDGEMENT.answer) : null;
  const [first, second, ...rest] = real.contributions;
  const store = (change: Partial<Explanation>, told: typeof overlap = overlap) =>
    api['predictions.storeExplanation']({
      sessionId,
      inputHash,
      explanation: { ...real, ...change },
      overlap: told,
    });
  const forgeries: Partial<Explanation>[] = [
    { sentence: 'The operation went wrong.' },
    { output: real.output + 1 },
    // Adds up all the same: what one gains the other loses.
    {
      contributions: [
        { ...first!, value: first!.value + 0.5 },
        { ...second!, value: second!.value - 0.5 },
        ...rest,
      ],
    },
    // Adds up, to another number.
    { contributions: [{ ...first!, value: first!.value + 1 }, second!, ...rest], output: real.output + 1 },
    { contributions: real.contributions.map((c) => ({ ...c, memberLow: c.value, memberHigh: c.value })) },
    { predictedClass: real.againstClass, againstClass: real.predictedClass },
    { isShown: !real.isShown },
    { gate: [] },
    { repeated: { ...real.repeated!, sameDriver: real.repeated!.sameDriver === 20 ? 19 : 20 } },
  ];
  for (const forged of forgeries) {
    expect(codeOf(await store(forged)), Object.keys(forged).join()).toBe('prediction.mismatch');
  }
  expect(codeOf(await store({}, { named: 2, overlap: 2, chance: 0.1, sameSign: 2 }))).toBe(
    'prediction.mismatch',
  );
  expect(expectOk(await api['sessions.get']({ sessionId })).explanation).toBeNull();
  // How long it took is the page's own, and nothing that could be forged to any end.
  expect(codeOf(await store({ durationMs: real.durationMs + 1 }))).toBe('ok');
  expect(expectOk(await api['sessions.get']({ sessionId })).overlap).toEqual(overlap);
}, 30_000);

/** Changes of one number of an explanation, each of which is a lie. */
const liesOf = (real: ExplainedNumber): [string, Partial<ExplainedNumber>][] => {
  const [first, ...rest] = real.contributions;
  return [
    ['output', { output: real.output + 1, contributions: [{ ...first!, value: first!.value + 1 }, ...rest] }],
    ['name', { contributions: [{ ...first!, name: 'made up' }, ...rest] }],
    ['range', { contributions: [{ ...first!, memberLow: first!.value, memberHigh: first!.value }, ...rest] }],
    ['value', { contributions: real.contributions.map((c) => ({ ...c, value: -c.value })) }],
    ['isShown', { isShown: !real.isShown }],
    ['gate', { gate: [] }],
  ];
};

it('of the muscle groups: every number is the host’s own', async () => {
  const { api } = clinic;
  const { session } = await savedSession(clinic, {
    trials: [
      ...['6.4', '6.6', '6.5'].map((kg, index) => pinchTrial('left', index + 1, kg)),
      { ...pinchTrial('left', 1, '6.1'), measure: 'lateral-pinch-flexion-20' },
      { ...pinchTrial('left', 1, '6.3'), measure: 'lateral-pinch-extension-20' },
      { ...pinchTrial('left', 1, '24'), measure: 'grip-2' },
    ],
  });
  const sessionId = session.id;
  const analysis = 'muscle-parameters';
  const { receipt, inputHash } = expectOk(
    await api['analyses.lockJudgement']({
      sessionId,
      judgement: {
        analysis,
        side: 'left',
        groups: MUSCLE_GROUPS.map((group) => ({ group, answer: 'cannot-tell', confidencePercent: null })),
        durationMs: 9_000,
      },
    }),
  );
  expectOk(await api['sessions.close']({ sessionId }));
  const { input } = expectOk(await api['analyses.takeInput']({ sessionId, analysis, receipt }));
  const { analyse, explainAnalysis } = await openLocalInference('float64');
  const prediction = await analyse(input);
  expectOk(await api['analyses.store']({ sessionId, receipt, inputHash, prediction }));
  const real = await explainAnalysis(input, prediction);
  const [number, ...others] = real.numbers;
  expect(number).toBeDefined();
  const store = (numbers: AnalysisExplanation['numbers']) =>
    api['analyses.storeExplanation']({ sessionId, analysis, inputHash, explanation: { ...real, numbers } });
  for (const [name, lie] of liesOf(number!)) {
    expect(codeOf(await store([{ ...number!, ...lie }, ...others])), name).toBe('prediction.mismatch');
  }
  expect(codeOf(await store(others))).toBe('prediction.mismatch');
  expect(codeOf(await store(real.numbers))).toBe('ok');
  expect(codeOf(await store(real.numbers))).toBe('prediction.mismatch');
}, 30_000);

it('of the elbow: every number but the share of repeats is the bundle’s own, and other calls go on meanwhile', async () => {
  const folder = currentModelFolder('elbow-torque-fatigue');
  const golden = JSON.parse(readFileSync(join(folder, 'golden.json'), 'utf8')) as { inputs: number[][] };
  const row = golden.inputs[0]!;
  const [sex, ageYears, heightM, weightKg, level, maximalTorqueNm] = row.slice(ELBOW_ENVELOPE_COUNT);
  const input: ElbowInput = {
    analysis: 'elbow-torque-fatigue',
    sessionId: '00000000-0000-4000-8000-000000000001' as ElbowInput['sessionId'],
    sex: sex === 1 ? 'male' : 'female',
    ageYears: ageYears!,
    heightM: heightM!,
    weightKg: weightKg!,
    side: 'right',
    holdLevelPercent: 100 * level!,
    maximalTorqueNm: maximalTorqueNm!,
    envelopes: row.slice(0, ELBOW_ENVELOPE_COUNT),
  };
  const { analyse, explainAnalysis } = await openLocalInference('float64');
  const prediction = await analyse(input);
  const real = await explainAnalysis(input, prediction);
  const isExplanationOf = await analysisCheckersOf('elbow-torque-fatigue', folder)!.openExplanationChecker();
  const check = (numbers: AnalysisExplanation['numbers']) =>
    isExplanationOf(input, prediction, { ...real, numbers });
  const [byMuscle, byBand] = real.numbers as [ExplainedNumber, ExplainedNumber];
  for (const [name, lie] of liesOf(byMuscle)) {
    expect(await check([{ ...byMuscle, ...lie }, byBand]), name).toBe(false);
  }
  const [first, second, ...rest] = byBand.contributions;
  const swapped = [{ ...first!, value: second!.value }, { ...second!, value: first!.value }, ...rest];
  expect(await check([byMuscle, { ...byBand, contributions: swapped }])).toBe(false);
  let turns = 0;
  const counting = setInterval(() => {
    turns += 1;
  }, 1);
  expect(await check(real.numbers)).toBe(true);
  clearInterval(counting);
  expect(turns).toBeGreaterThan(2);
}, 60_000);
