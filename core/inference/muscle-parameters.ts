import type {
  MuscleInput,
  MusclePrediction,
  MuscleRefusal,
  MuscleVerdict,
  MuscleWidthReason,
} from '../contract/schemas/analysis.ts';
import { forwardNetwork } from '../networks/forward-network.ts';
import { expectedStrength, logGripOf } from '../signals/expected-strength.ts';
import { inRangeP } from '../uncertainty/combined-range-score.ts';
import { type ConformalInterval, conformalInterval } from '../uncertainty/conformal-interval.ts';
import { learnedSpread } from '../uncertainty/learned-spread.ts';
import { NEWTON_PER_UNIT } from '../units/quantities.ts';
import type { MuscleParametersBundle } from './muscle-parameters-bundle.ts';
import type { OutputCalibration } from './muscle-parameters-calibration.ts';
import type { Tier } from './muscle-parameters-columns.ts';
import { muscleParametersRangeVector, muscleParametersSpreadFeatures } from './muscle-parameters-features.ts';
import { isBeyondPersonRange } from './person-range.ts';
import { rangeScoresOf } from './range-score.ts';
import { MINIMUM_TRIALS, TRIAL_RATIO_LIMIT } from './wrist-state.ts';

/** Population SD over mean above which the spread of the trials is named as a reason. */
const WIDE_TRIAL_SPREAD = 0.1;
/** Spread of the members, as a multiple of the usual one, above which their disagreement is named. */
const UNUSUAL_MEMBER_SPREAD = 2;
/** Conformal p below which "far from the training people" is named, short of a refusal. */
const FAR_P = 0.15;
/** The peak is the largest trial up to rounding. */
const PEAK_ROUNDING = 1e-9;

/** The highest tier whose measurements are there; null without a peak pinch. Nothing is imputed. */
export function tierOf(input: MuscleInput): Tier | null {
  if (input.pinchPeakN === null) return null;
  const hasPostures =
    input.gripN !== null && input.pinchFlexion20N !== null && input.pinchExtension20N !== null;
  if (!hasPostures) return 1;
  return input.directions === null ? 2 : 3;
}

/**
 * The inputs of a tier, in the order and units of MUSCLE_PARAMETER_COLUMNS.
 * @throws RangeError when a measurement of the tier is missing.
 */
export function muscleInputRow(input: MuscleInput, tier: Tier): Float64Array {
  const need = (value: number | null, name: string): number => {
    if (value === null) throw new RangeError(`tier ${tier} needs ${name}`);
    return value;
  };
  const row = [
    input.sex === 'male' ? 1 : 0,
    input.ageYears,
    input.heightM,
    input.weightKg,
    need(input.pinchPeakN, 'key pinch'),
  ];
  if (tier >= 2) {
    row.push(
      need(input.gripN, 'grip'),
      need(input.pinchFlexion20N, 'key pinch with the wrist flexed'),
      need(input.pinchExtension20N, 'key pinch with the wrist extended'),
    );
  }
  if (tier === 3) {
    if (input.directions === null) throw new RangeError('tier 3 needs directions of force');
    row.push(...input.directions);
  }
  return Float64Array.from(row);
}

/** Reasons to refuse that need no network; empty when there are none. */
export function muscleRefusalsBefore(input: MuscleInput): MuscleRefusal[] {
  const { pinchTrialsN, pinchPeakN } = input;
  const forces = [pinchPeakN, ...pinchTrialsN, input.gripN, input.pinchFlexion20N, input.pinchExtension20N];
  const isMeasured = pinchPeakN !== null && pinchPeakN > 0 && pinchTrialsN.length > 0;
  const areNumbers = [...forces, ...(input.directions ?? [])].every((v) => v === null || Number.isFinite(v));
  if (!isMeasured || !areNumbers) return ['missing-required-input'];
  const refusals: MuscleRefusal[] = [];
  if (isBeyondPersonRange(input)) refusals.push('out-of-range');
  if (pinchTrialsN.length < MINIMUM_TRIALS) refusals.push('too-few-trials');
  const [smallest, largest] = [Math.min(...pinchTrialsN), Math.max(...pinchTrialsN)];
  const isOtherPeak = Math.abs(pinchPeakN - largest) > PEAK_ROUNDING * largest;
  const isMixed = isOtherPeak || smallest <= 0 || largest / smallest >= TRIAL_RATIO_LIMIT;
  if (input.typedUnits.length > 1 || isMixed) refusals.push('mixed-units');
  return refusals;
}

/**
 * What may be said of an output: what the bundle's list for the bedside names is identifiable. One that passes with the
 * tier's own inputs and not without an assumption on sub-maximal force (ADR 21) is not.
 */
export function verdictOf(
  output: Pick<OutputCalibration, 'name' | 'verdict'>,
  bedside: readonly string[],
): MuscleVerdict {
  if (bedside.includes(output.name)) return 'identifiable';
  return output.verdict === 'general-strength-only' ? 'general-strength-only' : 'not-identifiable';
}

const UNITS = { '%': '%', 'log N': 'N', 'log mm': 'mm' } as const;
/** Networks answer in standard deviations, and forces and lengths in the logarithm. */
const inOwnUnit = (value: number, unit: OutputCalibration['unit']): number =>
  unit === '%' ? value : Math.exp(value);
const intervalInOwnUnit = (
  interval: ConformalInterval,
  unit: OutputCalibration['unit'],
): [number, number] | 'unbounded' =>
  interval === 'unbounded' ? interval : [inOwnUnit(interval[0], unit), inOwnUnit(interval[1], unit)];

function trialSpread(trialsN: readonly number[]): number {
  const mean = trialsN.reduce((sum, value) => sum + value, 0) / trialsN.length;
  const variance = trialsN.reduce((sum, value) => sum + (value - mean) ** 2, 0) / trialsN.length;
  return mean === 0 ? 0 : Math.sqrt(variance) / mean;
}

interface EnsembleAnswer {
  mean: Float64Array;
  /** Standard deviation between the members, in the output's unit. */
  spread: Float64Array;
  lastHidden: readonly Float64Array[];
}

function runMembers(bundle: MuscleParametersBundle, row: Float64Array): EnsembleAnswer {
  const passes = bundle.members.map((member) => forwardNetwork(member, row));
  const { outputs } = bundle.calibration;
  const mean = new Float64Array(outputs.length);
  const spread = new Float64Array(outputs.length);
  outputs.forEach((output, j) => {
    const values = passes.map((pass) => pass.output[j]!);
    const middle = values.reduce((sum, value) => sum + value / values.length, 0);
    const variance = values.reduce((sum, value) => sum + (value - middle) ** 2 / values.length, 0);
    mean[j] = middle * output.sd + output.mean;
    spread[j] = Math.sqrt(variance) * output.sd;
  });
  return { mean, spread, lastHidden: passes.map(({ lastHidden }) => lastHidden) };
}

/**
 * Muscle parameters of one hand with their doubt; or a refusal with its reason.
 * @param bundle - verified, of the tier that {@link tierOf} gives. @param input - newtons; the newest trials of a session.
 * @param nowMs - a clock in milliseconds, for the duration only.
 * @returns numbers for identifiable outputs only: percent of expected, newtons or millimetres.
 * @throws RangeError when the bundle is of another tier than the measurements.
 */
export function predictMuscleParameters(
  bundle: MuscleParametersBundle,
  input: MuscleInput,
  nowMs: () => number,
): MusclePrediction {
  const startedMs = nowMs();
  const { tier, calibration } = bundle;
  const refusalsBefore = muscleRefusalsBefore(input);
  if ((tierOf(input) ?? 1) !== tier) throw new RangeError(`these measurements are not of tier ${tier}`);
  const base = {
    analysis: 'muscle-parameters' as const,
    modelId: `muscle-parameters-${tier}` as const,
    modelVersion: bundle.manifest.version,
    bundleHash: bundle.bundleHash,
    coverage: 1 - calibration.outputs[0]!.interval.alpha,
    tier,
  };
  const refuse = (refusals: MuscleRefusal[], p: number | null): MusclePrediction => ({
    ...base,
    refusals,
    widthReasons: [],
    outputs: [],
    strength: null,
    inRangeP: p,
    durationMs: nowMs() - startedMs,
  });
  if (refusalsBefore.length > 0) return refuse(refusalsBefore, null);
  const row = muscleInputRow(input, tier);
  const answer = runMembers(bundle, row);
  const scores = rangeScoresOf(muscleParametersRangeVector(row), answer.lastHidden, bundle.range);
  const p = inRangeP(scores.featureScore, scores.hiddenScore, bundle.range);
  if (p <= bundle.range.alpha) return refuse(['out-of-range'], p);
  const features = muscleParametersSpreadFeatures(row);
  const outputs = calibration.outputs.map((output, j): MusclePrediction['outputs'][number] => {
    const verdict = verdictOf(output, calibration.bedside);
    const unit = UNITS[output.unit];
    if (verdict !== 'identifiable') {
      return { name: output.name, unit, verdict, middle: null, interval: null };
    }
    const width = Math.hypot(answer.spread[j]!, learnedSpread(output.spread, features));
    const interval = conformalInterval(answer.mean[j]!, width, output.interval);
    return {
      name: output.name,
      unit,
      verdict,
      middle: inOwnUnit(answer.mean[j]!, output.unit),
      interval: intervalInOwnUnit(interval, output.unit),
    };
  });
  return {
    ...base,
    refusals: [],
    widthReasons: widthReasonsOf(bundle, input, answer, p),
    outputs,
    strength: strengthOf(input),
    inRangeP: p,
    durationMs: nowMs() - startedMs,
  };
}

/** Key pinch and grip in percent of what is expected of the person: measured, not estimated. */
function strengthOf(input: MuscleInput): NonNullable<MusclePrediction['strength']> {
  const gripExpectedN = Math.exp(logGripOf(input)) * NEWTON_PER_UNIT.kg;
  return {
    pinchPercent: (100 * input.pinchPeakN!) / expectedStrength(input).pinchN,
    gripPercent: input.gripN === null ? null : (100 * input.gripN) / gripExpectedN,
  };
}

function widthReasonsOf(
  bundle: MuscleParametersBundle,
  input: MuscleInput,
  answer: EnsembleAnswer,
  p: number,
): MuscleWidthReason[] {
  const reasons: MuscleWidthReason[] = [];
  if (input.pinchTrialsN.length < 3) reasons.push('few-trials');
  if (trialSpread(input.pinchTrialsN) > WIDE_TRIAL_SPREAD) reasons.push('wide-trial-spread');
  const { outputs, bedside } = bundle.calibration;
  const disagree = outputs.some(
    ({ name, usualMemberSpread }, j) =>
      bedside.includes(name) && answer.spread[j]! > UNUSUAL_MEMBER_SPREAD * usualMemberSpread,
  );
  if (disagree) reasons.push('members-disagree');
  if (p < FAR_P) reasons.push('far-from-training');
  if (bundle.tier === 1) reasons.push('peak-pinch-only');
  return reasons;
}
