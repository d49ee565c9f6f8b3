/** Invented sessions, predictions and explanations for the tests of the result screen. */
import { draftToEntries } from '../../../../core/clinical/session-entries.ts';
import type { SessionView } from '../../../../core/contract/channels/sessions.ts';
import {
  type Explanation,
  FEATURE_IDS,
  type ModelInput,
  type WristStatePrediction,
} from '../../../../core/contract/schemas/judgement.ts';
import type { CallChanges } from '../../../../core/inference/call-changes.ts';
import { EMPTY_DRAFT, testId, testPatient, testSession } from '../../../app/testing/memory-host.ts';

export const PINCH = { 'lateral-pinch/right/1': '7.2', 'lateral-pinch/left/1': '4.1' };
export const WRIST = {
  'wrist-extension/left/1': '2.1',
  'wrist-flexion/left/1': '4',
  'wrist-radial/left/1': '3.1',
  'wrist-ulnar/left/1': '3.4',
};

export const trialsOf = (cells: Record<string, string>): SessionView['trials'] =>
  draftToEntries({ ...EMPTY_DRAFT, cells }).entries.map((entry, index) => ({
    ...entry,
    id: testId<string>(600 + index),
    version: 1,
    createdAt: '2026-11-25T08:01:00.000Z',
    correctionReason: null,
  }));

export function lockedSession(change: Partial<SessionView['session']> = {}): SessionView {
  const view = testSession(testPatient(1));
  return {
    ...view,
    session: { ...view.session, state: 'locked', judgedSide: 'left', ...change },
    draft: null,
    trials: trialsOf({ ...PINCH, ...WRIST }),
    judgements: [
      {
        id: testId(801),
        sessionId: view.session.id,
        userId: testId(901),
        userName: 'Dr A. Lindgren',
        answer: 'four-corner-fusion',
        confidencePercent: 60,
        drivers: [
          { feature: 'wrist-extension-percent-expected', direction: 'for' },
          { feature: 'wrist-ulnar-percent-expected', direction: 'for' },
        ],
        isBlinded: false,
        durationMs: 12_000,
        lockedAt: '2026-11-25T08:02:00.000Z',
        isAfterReveal: false,
      },
    ],
  };
}

export const INPUT: Omit<ModelInput, 'sessionId'> = {
  sex: 'female',
  ageYears: 58.7,
  heightM: 1.66,
  weightKg: 68,
  side: 'left',
  affectedSide: 'left',
  pinchTrialsN: [40],
  pinchPeakN: 40,
  otherHandPinchPeakN: 70,
  wristExtensionNm: 2.1,
  wristFlexionNm: 4,
  wristRadialNm: 3.1,
  wristUlnarNm: 3.4,
  typedUnits: ['kg'],
};

export function predictionOf(change: Partial<WristStatePrediction> = {}): WristStatePrediction {
  const isPinchOnly = change.inputPattern === 'A';
  return {
    modelId: 'wrist-state',
    modelVersion: '0.1.0',
    bundleHash: 'c0ffee12'.repeat(8),
    inputPattern: 'B',
    probabilities: [0.03, 0.64, 0.33],
    nonimpairedBand: [0.01, 0.08],
    predictionSet: ['four-corner-fusion', 'proximal-row-carpectomy'],
    coverage: 0.9,
    refusals: [],
    widthReasons: ['between-classes'],
    inRangeP: 0.5,
    features: FEATURE_IDS.map((id) => {
      const isMeasured = id.startsWith('wrist-') ? !isPinchOnly : !id.includes('0-ratio');
      return {
        id,
        value: isMeasured ? 40 : null,
        unit: '%',
        referenceValue: isMeasured ? 100 : null,
        measured: isMeasured ? 2.1 : null,
        measuredReference: isMeasured ? 5.8 : null,
        measuredUnit: id.startsWith('wrist-') ? 'N.m' : 'N',
      };
    }),
    durationMs: 20,
    ...change,
  };
}

export const REFUSED: Partial<WristStatePrediction> = {
  probabilities: null,
  nonimpairedBand: null,
  predictionSet: [],
  refusals: ['out-of-range'],
  widthReasons: [],
};

export function explanationOf(change: Partial<Explanation> = {}): Explanation {
  const share = (feature: Explanation['contributions'][number]['feature'], value: number) => ({
    feature,
    value,
    memberLow: value - 0.1,
    memberHigh: value + 0.1,
  });
  return {
    method: 'exact-shapley',
    predictedClass: 'four-corner-fusion',
    againstClass: 'proximal-row-carpectomy',
    referenceName: 'nonimpaired people of her sex, age and size (simulated)',
    referenceOutput: 0,
    output: 1,
    residual: 0,
    contributions: [
      share('wrist-radial-percent-expected', -0.4),
      share('wrist-extension-percent-expected', 1.5),
      share('pinch-percent-expected', 0.2),
    ],
    gate: [{ name: 'sign-agreement', value: 0.9, limit: 0.8, ok: true }],
    isShown: true,
    sentence: '',
    durationMs: 50,
    ...change,
  };
}

export const CHANGES: CallChanges = {
  call: 'four-corner-fusion',
  changes: [
    {
      feature: 'wrist-extension-percent-expected',
      value: 40.8,
      delta: 0.8,
      newClass: 'nonimpaired',
      isToLimit: true,
    },
    {
      feature: 'wrist-radial-percent-expected',
      value: 30,
      delta: -10,
      newClass: 'proximal-row-carpectomy',
      isToLimit: false,
    },
  ],
  steady: ['pinch-percent-expected'],
};
