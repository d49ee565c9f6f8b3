import type { ModelInput, WristStatePrediction } from '../../core/contract/schemas/judgement.ts';
import type { WristStateBundle } from '../../core/inference/bundle.ts';
import type { PatternKey } from '../../core/inference/calibration-file.ts';
import { predictWristState } from '../../core/inference/wrist-state.ts';
import { float64EnsembleForward } from '../../core/networks/ensemble-forward.ts';
import { wilsonInterval } from '../../core/uncertainty/wilson-interval.ts';
import type { WristStatePerson } from '../dataset/wrist-state.ts';
import type { Check } from './evaluation-file.ts';

const NOBODY = '00000000-0000-4000-8000-000000000000' as ModelInput['sessionId'];
/** A simulated person as the app would hand them to the model, with what this pattern measures. */
export function modelInputOf(person: WristStatePerson, key: PatternKey): ModelInput {
  const hasStrength = key.startsWith('B');
  const isOneHand = key.endsWith('one-hand');
  return {
    sessionId: NOBODY,
    sex: person.sex,
    ageYears: person.ageYears,
    heightM: person.heightM,
    weightKg: person.weightKg,
    side: person.side,
    affectedSide: person.affectedSide,
    pinchTrialsN: person.pinchTrialsN,
    pinchPeakN: person.pinchPeakN,
    otherHandPinchPeakN: isOneHand ? null : person.otherHandPinchPeakN,
    wristExtensionNm: hasStrength ? person.wristExtensionNm : null,
    wristFlexionNm: hasStrength ? person.wristFlexionNm : null,
    wristRadialNm: hasStrength ? person.wristRadialNm : null,
    wristUlnarNm: hasStrength ? person.wristUlnarNm : null,
    typedUnits: ['kg'],
  };
}

/** All pinch values times a factor: newtons read as kilograms, or the reverse. */
export const scaled = (input: ModelInput, factor: number): ModelInput => ({
  ...input,
  pinchTrialsN: input.pinchTrialsN.map((value) => value * factor),
  pinchPeakN: input.pinchPeakN === null ? null : input.pinchPeakN * factor,
  otherHandPinchPeakN: input.otherHandPinchPeakN === null ? null : input.otherHandPinchPeakN * factor,
});

/** One trial of the judged hand in another unit than the rest. */
export function oneWrong(input: ModelInput, factor: number, which: number): ModelInput {
  const trials = input.pinchTrialsN.map((value, i) =>
    i === which % input.pinchTrialsN.length ? value * factor : value,
  );
  return { ...input, pinchTrialsN: trials, pinchPeakN: Math.max(...trials) };
}

export const isRefused = (prediction: WristStatePrediction) => prediction.probabilities === null;

/** Predicts with the Float64 engine, which equals tfjs within the project's limit (tested on every bundle). */
export function predictor(bundle: WristStateBundle) {
  const forward = float64EnsembleForward(bundle.members);
  return (input: ModelInput) => predictWristState(bundle, input, forward, () => 0);
}

/** A check of a share, with its Wilson interval. */
export const share = (name: string, hits: number, n: number, bar: string, ok: boolean | null): Check => {
  const [low, high] = wilsonInterval(hits, n);
  return { name, value: hits / n, low, high, bar, ok, n };
};
