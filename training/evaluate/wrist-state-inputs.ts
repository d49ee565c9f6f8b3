import type { ModelInput, WristStatePrediction } from '../../core/contract/schemas/judgement.ts';
import type { WristStateBundle } from '../../core/inference/bundle.ts';
import type { PatternKey } from '../../core/inference/calibration-file.ts';
import { answerWristState } from '../../core/inference/wrist-state.ts';
import { wilsonInterval } from '../../core/uncertainty/wilson-interval.ts';
import type { WristStatePerson } from '../dataset/wrist-state.ts';
import type { Check, Finding } from './figures.ts';
import { forwardOf } from './wrist-state-forward.ts';

const NOBODY = '00000000-0000-4000-8000-000000000000' as ModelInput['sessionId'];
/** A simulated person as the app would hand them to the model, with what this pattern measures. */
export function modelInputOf(person: WristStatePerson, key: PatternKey): ModelInput {
  const hasPostures = key.startsWith('C');
  const hasStrength = hasPostures || key.startsWith('B');
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
    ...(hasPostures && {
      pinchFlexion20N: person.pinchFlexion20N,
      pinchExtension20N: person.pinchExtension20N,
      pinchUlnar10N: person.pinchUlnar10N,
      pinchTraceN: person.trace ? traceSteps(person.trace, person.pinchPeakN) : null,
    }),
    typedUnits: ['kg'],
  };
}

/** A trace in shares of the best reading as the contract carries it: newtons, three a step. */
const traceSteps = (trace: Float64Array, gaugeBestN: number): [number, number, number][] =>
  Array.from({ length: trace.length / 3 }, (_, step) => {
    const at = (component: number) => (trace[3 * step + component] ?? Number.NaN) * gaugeBestN;
    return [at(0), at(1), at(2)];
  });

/** All typed pinch values times a factor: newtons read as kilograms, or the reverse. A recorded trace is not typed. */
export function scaled(input: ModelInput, factor: number): ModelInput {
  const times = <T extends number | null | undefined>(value: T) =>
    typeof value === 'number' ? value * factor : value;
  return {
    ...input,
    pinchTrialsN: input.pinchTrialsN.map((value) => value * factor),
    pinchPeakN: times(input.pinchPeakN),
    otherHandPinchPeakN: times(input.otherHandPinchPeakN),
    pinchFlexion20N: times(input.pinchFlexion20N),
    pinchExtension20N: times(input.pinchExtension20N),
    pinchUlnar10N: times(input.pinchUlnar10N),
  };
}

/** Pinch, wrist strength and trace of the judged hand times a factor; the other hand stays. */
export function weaker(input: ModelInput, factor: number): ModelInput {
  const times = <T extends number | null | undefined>(value: T) =>
    typeof value === 'number' ? value * factor : value;
  const { otherHandPinchPeakN } = input;
  return {
    ...scaled(input, factor),
    otherHandPinchPeakN,
    wristExtensionNm: times(input.wristExtensionNm),
    wristFlexionNm: times(input.wristFlexionNm),
    wristRadialNm: times(input.wristRadialNm),
    wristUlnarNm: times(input.wristUlnarNm),
    ...(input.pinchTraceN && {
      pinchTraceN: input.pinchTraceN.map(([a, b, c]) => [factor * a, factor * b, factor * c]),
    }),
  };
}

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
  const members = bundle.members.map(forwardOf);
  const run = (row: Float64Array) => {
    const passes = members.map((forward) => forward(row));
    return {
      lastHidden: passes.map(({ lastHidden }) => lastHidden),
      logits: () => passes.map(({ output }) => output),
    };
  };
  return (input: ModelInput) => answerWristState(bundle, input, run, () => 0);
}

/** A check of a share, with its Wilson interval. */
export const share = (name: string, hits: number, n: number, bar: string, ok: boolean | null): Check => {
  const [low, high] = wilsonInterval(hits, n);
  return { name, value: hits / n, low, high, bar, ok, n };
};

/** A finding of a share, with its Wilson interval; nobody gives 0 of 0 and the whole range. */
export const shareFinding = (name: string, hits: number, n: number, sentence: string): Finding => {
  const [low, high] = n === 0 ? [0, 1] : wilsonInterval(hits, n);
  return { name, value: n === 0 ? 0 : hits / n, low, high, literature: null, n, sentence };
};

/** The most probable class of an answered prediction, and its probability. */
export function topOf(prediction: WristStatePrediction): { label: number; confidence: number } {
  const probabilities = prediction.probabilities ?? [0, 0, 0];
  const confidence = Math.max(...probabilities);
  return { label: probabilities.indexOf(confidence), confidence };
}
