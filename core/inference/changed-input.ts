/**
 * Mistakes of measuring, put into the input of `wrist-state` on purpose: for "Try to fool it", on invented people only.
 * The same mistakes, under the same names, stand in the model's evaluation with how often they are refused.
 */
import type { ModelInput } from '../contract/schemas/judgement.ts';
import { randomStream } from '../numerics/random-stream.ts';
import { TRACE_STEP_S } from '../signals/trace-resample.ts';
import { NEWTON_PER_UNIT } from '../units/quantities.ts';

/** A number read in the first unit and typed as if it were in the second: name in the evaluation, factor on newtons. */
const KG_PER_LB = NEWTON_PER_UNIT.lb / NEWTON_PER_UNIT.kg;
export const UNIT_MISTAKES = {
  'newtons typed as kg': NEWTON_PER_UNIT.kg,
  'kg typed as newtons': 1 / NEWTON_PER_UNIT.kg,
  'lb typed as kg': 1 / KG_PER_LB,
  'kg typed as lb': KG_PER_LB,
} as const satisfies Record<string, number>;
export type UnitMistake = keyof typeof UNIT_MISTAKES;
/** In which values the unit is wrong. */
export const MISTAKE_SCOPES = ['all-values', 'one-trial'] as const;

export const TRACE_MISTAKES = ['shuffled', 'three-times', 'a-third', 'time-as-force'] as const;
export type TraceMistake = (typeof TRACE_MISTAKES)[number];

/** Groups of measurements that can be left out. */
export const DROPPABLE = ['other-hand', 'wrist-strength', 'postures', 'trace', 'all-trials-but-one'] as const;
export type Droppable = (typeof DROPPABLE)[number];

export interface InputChange {
  unit: { mistake: UnitMistake; scope: (typeof MISTAKE_SCOPES)[number] } | null;
  isHandSwapped: boolean;
  /** Radial and ulnar wrist strength exchanged. */
  isRadialUlnarSwapped: boolean;
  /** Factor on everything the pinch gauge reads; 1 leaves it. */
  gain: number;
  /** Trials in another order. */
  isTrialOrderShuffled: boolean;
  trace: TraceMistake | null;
  /** Noise of each value, as the standard deviation of its logarithm: 0.1 is about 10 %. */
  noise: number;
  /** Which noise; another number gives other noise of the same size. */
  draw: number;
  dropped: readonly Droppable[];
}

export const NO_CHANGE: InputChange = {
  unit: null,
  isHandSwapped: false,
  isRadialUlnarSwapped: false,
  gain: 1,
  isTrialOrderShuffled: false,
  trace: null,
  noise: 0,
  draw: 0,
  dropped: [],
};

type Amount = number | null | undefined;
const times = <T extends Amount>(value: T, factor: number): T =>
  (typeof value === 'number' ? value * factor : value) as T;

/** Everything that is typed from the pinch gauge, times a factor. A recorded trace is not typed. */
function scaledPinch(input: ModelInput, factor: number): ModelInput {
  return {
    ...input,
    pinchTrialsN: input.pinchTrialsN.map((value) => value * factor),
    pinchPeakN: times(input.pinchPeakN, factor),
    otherHandPinchPeakN: times(input.otherHandPinchPeakN, factor),
    pinchFlexion20N: times(input.pinchFlexion20N, factor),
    pinchExtension20N: times(input.pinchExtension20N, factor),
    pinchUlnar10N: times(input.pinchUlnar10N, factor),
  };
}

/** With the peak that its trials have. */
const withTrials = (input: ModelInput, pinchTrialsN: number[]): ModelInput => ({
  ...input,
  pinchTrialsN,
  pinchPeakN: pinchTrialsN.length === 0 ? null : Math.max(...pinchTrialsN),
});

function withUnit(input: ModelInput, unit: NonNullable<InputChange['unit']>): ModelInput {
  const factor = UNIT_MISTAKES[unit.mistake];
  if (unit.scope === 'all-values') return scaledPinch(input, factor);
  return withTrials(
    input,
    input.pinchTrialsN.map((value, index) => (index === 0 ? value * factor : value)),
  );
}

/** The other hand's best trial is known, not its trials: this hand's are scaled to it. */
function swappedHands(input: ModelInput): ModelInput {
  const { pinchPeakN, otherHandPinchPeakN } = input;
  if (pinchPeakN === null || otherHandPinchPeakN === null || !(pinchPeakN > 0)) return input;
  const factor = otherHandPinchPeakN / pinchPeakN;
  return {
    ...input,
    pinchTrialsN: input.pinchTrialsN.map((value) => value * factor),
    pinchPeakN: otherHandPinchPeakN,
    otherHandPinchPeakN: pinchPeakN,
  };
}

function shuffled<T>(values: readonly T[], name: string, draw: number): T[] {
  const stream = randomStream('try-to-fool', name, draw);
  const order = [...values];
  for (let last = order.length - 1; last > 0; last -= 1) {
    const other = stream.integer(last + 1);
    [order[last], order[other]] = [order[other] as T, order[last] as T];
  }
  return order;
}

function withTrace(input: ModelInput, mistake: TraceMistake, draw: number): ModelInput {
  const { pinchTraceN } = input;
  if (!pinchTraceN) return input;
  const scaled = (factor: number) =>
    pinchTraceN.map(([a, b, c]): [number, number, number] => [factor * a, factor * b, factor * c]);
  switch (mistake) {
    case 'shuffled':
      return { ...input, pinchTraceN: shuffled(pinchTraceN, 'trace', draw) };
    case 'three-times':
      return { ...input, pinchTraceN: scaled(3) };
    case 'a-third':
      return { ...input, pinchTraceN: scaled(1 / 3) };
    case 'time-as-force':
      return { ...input, pinchTraceN: pinchTraceN.map(([, b, c], step) => [step * TRACE_STEP_S, b, c]) };
  }
}

function withNoise(input: ModelInput, noise: number, draw: number): ModelInput {
  const noisy = <T extends Amount>(value: T, name: string): T =>
    times(value, Math.exp(noise * randomStream('try-to-fool', name, draw).normal()));
  return {
    ...withTrials(
      input,
      input.pinchTrialsN.map((value, index) => noisy(value, `trial ${index}`)),
    ),
    otherHandPinchPeakN: noisy(input.otherHandPinchPeakN, 'other hand'),
    wristExtensionNm: noisy(input.wristExtensionNm, 'extension'),
    wristFlexionNm: noisy(input.wristFlexionNm, 'flexion'),
    wristRadialNm: noisy(input.wristRadialNm, 'radial'),
    wristUlnarNm: noisy(input.wristUlnarNm, 'ulnar'),
    pinchFlexion20N: noisy(input.pinchFlexion20N, 'pinch flexion'),
    pinchExtension20N: noisy(input.pinchExtension20N, 'pinch extension'),
    pinchUlnar10N: noisy(input.pinchUlnar10N, 'pinch ulnar'),
  };
}

const WITHOUT: Readonly<Record<Droppable, (input: ModelInput) => ModelInput>> = {
  'other-hand': (input) => ({ ...input, otherHandPinchPeakN: null }),
  'wrist-strength': (input) => ({
    ...input,
    wristExtensionNm: null,
    wristFlexionNm: null,
    wristRadialNm: null,
    wristUlnarNm: null,
  }),
  postures: (input) => ({ ...input, pinchFlexion20N: null, pinchExtension20N: null, pinchUlnar10N: null }),
  trace: (input) => ({ ...input, pinchTraceN: null }),
  'all-trials-but-one': (input) => withTrials(input, input.pinchTrialsN.slice(0, 1)),
};

/**
 * The input as it would be after these mistakes: what is measured first, then how it is typed, then what is left out.
 * @returns a new input; without a change it is equal to the given one.
 */
export function changedInput(input: ModelInput, change: InputChange): ModelInput {
  let changed = input;
  if (change.isHandSwapped) changed = swappedHands(changed);
  if (change.isRadialUlnarSwapped) {
    changed = { ...changed, wristRadialNm: changed.wristUlnarNm, wristUlnarNm: changed.wristRadialNm };
  }
  if (change.noise > 0) changed = withNoise(changed, change.noise, change.draw);
  if (change.gain !== 1) changed = scaledPinch(changed, change.gain);
  if (change.unit !== null) changed = withUnit(changed, change.unit);
  if (change.isTrialOrderShuffled) {
    changed = { ...changed, pinchTrialsN: shuffled(changed.pinchTrialsN, 'trials', change.draw) };
  }
  if (change.trace !== null) changed = withTrace(changed, change.trace, change.draw);
  for (const group of change.dropped) changed = WITHOUT[group](changed);
  return changed;
}
