import { WRIST_CLASSES } from '../clinical/wrist-classes.ts';
import type {
  ModelInput,
  RefusalReason,
  WidthReason,
  WristStatePrediction,
} from '../contract/schemas/judgement.ts';
import { forwardNetwork } from '../networks/dense-network.ts';
import { averageLogits, type EnsembleForward, softmax } from '../networks/ensemble-forward.ts';
import { expectedStrength } from '../signals/expected-strength.ts';
import { FEATURE_IDS } from '../signals/feature-ids.ts';
import { type InputPattern, wristFeatures } from '../signals/wrist-features.ts';
import { predictionSet } from '../uncertainty/class-conditional-sets.ts';
import { inRangeP } from '../uncertainty/combined-range-score.ts';
import type { WristStateBundle } from './bundle.ts';
import { type PatternCalibration, type PatternKey, patternOf } from './calibration-file.ts';
import { type NetworkMeasurement, networkInput, patternKeyOf, readableBy } from './network-input.ts';
import { isBeyondPersonRange } from './person-range.ts';
import { rangeScoresOf } from './range-score.ts';
import { rangeVector } from './range-vector.ts';

/** Below this number of pinch trials of the judged hand the model does not answer. */
export const MINIMUM_TRIALS = 2;
/**
 * Two trials of one hand that differ by this factor are not of one unit, or not of one effort: pounds and kilograms
 * differ by 2.2046, less a tenth of noise either way (2.2046 * 0.9 / 1.1).
 */
export const TRIAL_RATIO_LIMIT = 1.8;
/** The peak is the largest trial up to rounding: a factor is applied to both. */
const PEAK_ROUNDING = 1e-9;
/** Population SD over mean above which the spread of the trials is named as a reason. */
const WIDE_TRIAL_SPREAD = 0.1;
/** Range of the members' top probability above which their disagreement is named. */
const MEMBER_RANGE = 0.15;
/** Conformal p below which "far from the training people" is named, short of a refusal. */
const FAR_P = 0.15;

const triple = (values: ArrayLike<number>): [number, number, number] => [
  values[0] ?? Number.NaN,
  values[1] ?? Number.NaN,
  values[2] ?? Number.NaN,
];

/** Reasons to refuse that need no network; empty when there are none. */
export function refusalsBefore(input: ModelInput): RefusalReason[] {
  const { pinchTrialsN, pinchPeakN } = input;
  const isMeasured = pinchPeakN !== null && pinchPeakN > 0 && pinchTrialsN.length > 0;
  // A number that is none (a damaged file, a division by zero) is a measurement that is missing.
  if (!isMeasured || ![pinchPeakN, ...pinchTrialsN].every(Number.isFinite)) return ['missing-required-input'];
  const refusals: RefusalReason[] = [];
  if (isBeyondPersonRange(input)) refusals.push('out-of-range');
  if (pinchTrialsN.length < MINIMUM_TRIALS) refusals.push('too-few-trials');
  const smallest = Math.min(...pinchTrialsN);
  const largest = Math.max(...pinchTrialsN);
  // A peak that is none of its trials is of another hand, day or unit.
  const isOtherPeak = Math.abs(pinchPeakN - largest) > PEAK_ROUNDING * largest;
  const isMixed = isOtherPeak || smallest <= 0 || largest / smallest >= TRIAL_RATIO_LIMIT;
  if (input.typedUnits.length > 1 || isMixed) refusals.push('mixed-units');
  return refusals;
}

function trialSpread(trialsN: readonly number[]): number {
  const mean = trialsN.reduce((sum, value) => sum + value, 0) / trialsN.length;
  const variance = trialsN.reduce((sum, value) => sum + (value - mean) ** 2, 0) / trialsN.length;
  return mean === 0 ? 0 : Math.sqrt(variance) / mean;
}

/** Whether features can be made at all: age 0 has no expected strength, and NaN newtons are no share of one. */
const isDescribable = ({ ageYears, heightM, weightKg, pinchPeakN }: ModelInput): boolean =>
  [ageYears, heightM, weightKg].every((value) => Number.isFinite(value) && value > 0) &&
  (pinchPeakN === null || (Number.isFinite(pinchPeakN) && pinchPeakN >= 0));

const NOTHING_MEASURED: NetworkMeasurement = {
  values: new Float64Array(FEATURE_IDS.length),
  mask: new Uint8Array(FEATURE_IDS.length),
  trace: null,
};

/** Each feature with its value, its reference and the measurement behind it, for the screen and the explanation. */
function featureRows(
  input: ModelInput,
  features: NetworkMeasurement,
  reference: Float64Array,
): WristStatePrediction['features'] {
  // Of an input that is not describable nothing counts as measured, and nothing is expected.
  const expected = isDescribable(input) ? expectedStrength(input, input.side) : null;
  const measured: Record<string, [number | null, number, string]> = expected
    ? {
        'pinch-percent-expected': [input.pinchPeakN, expected.pinchN, 'N'],
        'wrist-extension-percent-expected': [input.wristExtensionNm, expected.wristExtensionNm, 'N.m'],
        'wrist-flexion-percent-expected': [input.wristFlexionNm, expected.wristFlexionNm, 'N.m'],
        'wrist-radial-percent-expected': [input.wristRadialNm, expected.wristRadialNm, 'N.m'],
        'wrist-ulnar-percent-expected': [input.wristUlnarNm, expected.wristUlnarNm, 'N.m'],
      }
    : {};
  return FEATURE_IDS.map((id, index) => {
    const isMeasured = features.mask[index] === 1;
    const referenceValue = reference[index] ?? null;
    const [value, expectedValue, measuredUnit] = measured[id] ?? [null, 0, ''];
    return {
      id,
      value: isMeasured ? (features.values[index] ?? null) : null,
      unit: id.endsWith('percent-expected') ? '%' : 'ratio',
      referenceValue: isMeasured ? referenceValue : null,
      measured: isMeasured ? value : null,
      measuredReference:
        isMeasured && measuredUnit !== '' && referenceValue !== null
          ? (expectedValue * referenceValue) / 100
          : null,
      measuredUnit,
    };
  });
}

function widthReasons(
  input: ModelInput,
  pattern: InputPattern,
  p: number,
  memberTop: readonly number[],
  setSize: number,
): WidthReason[] {
  const reasons: WidthReason[] = [];
  if (input.pinchTrialsN.length < 3) reasons.push('few-trials');
  if (trialSpread(input.pinchTrialsN) > WIDE_TRIAL_SPREAD) reasons.push('wide-trial-spread');
  if (Math.max(...memberTop) - Math.min(...memberTop) > MEMBER_RANGE) reasons.push('members-disagree');
  if (p < FAR_P) reasons.push('far-from-training');
  if (setSize !== 1) reasons.push(pattern === 'A' ? 'missing-wrist-strength' : 'between-classes');
  return reasons;
}

/** Trace of an input in shares of its best gauge reading; null when there is none. */
function relativeTrace({ pinchTraceN, pinchPeakN }: ModelInput): Float64Array | null {
  if (!pinchTraceN || pinchPeakN === null || !(pinchPeakN > 0)) return null;
  return Float64Array.from(pinchTraceN.flat(), (forceN) => forceN / pinchPeakN);
}

/** What this bundle can read of a session; the rest is answered as if it had not been measured. */
export const measurementOf = (
  bundle: Pick<WristStateBundle, 'layout'>,
  input: ModelInput,
): NetworkMeasurement => readableBy(bundle.layout, { ...wristFeatures(input), trace: relativeTrace(input) });

/** What is the same in every answer of one bundle to one input. */
function baseOf(bundle: WristStateBundle, input: ModelInput, measured: NetworkMeasurement, key: PatternKey) {
  return {
    modelId: 'wrist-state' as const,
    modelVersion: bundle.manifest.version,
    bundleHash: bundle.bundleHash,
    inputPattern: key.charAt(0) as InputPattern,
    coverage: 1 - patternOf(bundle.calibration, key).alpha,
    features: featureRows(input, measured, bundle.calibration.reference),
  };
}

/** Calibrated probabilities and set of one input, refusals aside. */
function answer(
  bundle: WristStateBundle,
  calibration: PatternCalibration,
  logits: readonly Float64Array[],
): { probabilities: Float64Array; memberProbabilities: Float64Array[]; set: number[] } {
  const { temperature } = calibration;
  const probabilities = softmax(averageLogits(logits), temperature);
  if (probabilities.length !== WRIST_CLASSES.length) {
    throw new RangeError(`${bundle.manifest.modelId} must answer ${WRIST_CLASSES.length} classes`);
  }
  return {
    probabilities,
    memberProbabilities: logits.map((member) => softmax(member, temperature)),
    set: predictionSet(probabilities, calibration),
  };
}

/** What the members made of one input row: their own description of it, and their raw outputs when asked. */
export interface MemberPasses {
  lastHidden: readonly Float64Array[];
  logits(): readonly Float64Array[];
}

/**
 * What today's pinch behaves most like, with its doubt; or a refusal with its reason. Nothing is imputed.
 *
 * @param bundle - verified. @param input - newtons and newton metres; the newest trials of one session.
 * @param forward - the engine: raw member outputs of a batch.
 * @param nowMs - a clock in milliseconds, for the duration only.
 * @returns probabilities are null when the model refused before predicting (missing input, too few trials, mixed
 *   units, out of range); an empty or full set keeps them and says "cannot tell".
 */
export const predictWristState = (
  bundle: WristStateBundle,
  input: ModelInput,
  forward: EnsembleForward,
  nowMs: () => number,
): WristStatePrediction =>
  answerWristState(
    bundle,
    input,
    (row) => ({
      lastHidden: bundle.members.map((member) => forwardNetwork(member, row).lastHidden),
      logits: () => forward([row]).map((rows) => rows[0] ?? new Float64Array()),
    }),
    nowMs,
  );

/** The same with the passes given: one pass through the Float64 engine serves both, where many people are answered. */
export function answerWristState(
  bundle: WristStateBundle,
  input: ModelInput,
  run: (row: Float64Array) => MemberPasses,
  nowMs: () => number,
): WristStatePrediction {
  const startedMs = nowMs();
  const measured = isDescribable(input) ? measurementOf(bundle, input) : NOTHING_MEASURED;
  const key = patternKeyOf(measured);
  const base = baseOf(bundle, input, measured, key);
  const refuse = (refusals: RefusalReason[], p: number | null): WristStatePrediction => ({
    ...base,
    probabilities: null,
    nonimpairedBand: null,
    predictionSet: [],
    setHitRate: null,
    refusals,
    widthReasons: [],
    inRangeP: p,
    durationMs: nowMs() - startedMs,
  });
  const before = refusalsBefore(input);
  if (before.length > 0) return refuse(before, null);
  const calibration = patternOf(bundle.calibration, key);
  const row = networkInput(bundle.layout, measured);
  const passes = run(row);
  const scores = rangeScoresOf(rangeVector(bundle.layout, measured), passes.lastHidden, calibration);
  const p = inRangeP(scores.featureScore, scores.hiddenScore, calibration);
  if (p <= bundle.calibration.rangeAlpha) return refuse(['out-of-range'], p);
  const { probabilities, memberProbabilities, set } = answer(bundle, calibration, passes.logits());
  const top = probabilities.indexOf(Math.max(...probabilities));
  const nonimpaired = memberProbabilities.map((member) => member[0] ?? 0);
  const refusals: RefusalReason[] =
    set.length === 0 ? ['empty-set'] : set.length === WRIST_CLASSES.length ? ['full-set'] : [];
  return {
    ...base,
    probabilities: triple(probabilities),
    nonimpairedBand: [Math.min(...nonimpaired), Math.max(...nonimpaired)],
    predictionSet: set.flatMap((label) => WRIST_CLASSES[label] ?? []),
    setHitRate: calibration.hitsBySetSize[set.length] ?? null,
    refusals,
    widthReasons: widthReasons(
      input,
      base.inputPattern,
      p,
      memberProbabilities.map((member) => member[top] ?? 0),
      set.length,
    ),
    inRangeP: p,
    durationMs: nowMs() - startedMs,
  };
}
