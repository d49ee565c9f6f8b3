import { WRIST_CLASSES } from '../../core/contract/schemas/clinical.ts';
import type { PatternKey } from '../../core/inference/calibration-file.ts';
import {
  NETWORK_FEATURES,
  NETWORK_INPUT_COUNT,
  networkInput,
  OTHER_HAND_MASK,
  WRIST_STRENGTH_MASK,
} from '../../core/inference/network-input.ts';
import type { InputScaling } from '../../core/learning/dense-model.ts';
import type { InputGroup } from '../../core/learning/group-removal.ts';
import type { TrainingRows } from '../../core/learning/training-loop.ts';
import type { WristFeatures } from '../../core/signals/wrist-features.ts';
import { generateWristStatePeople, type WristStatePerson } from '../dataset/wrist-state.ts';

/** First subject of each part; a million apart, so that no part can grow into the next. */
export const SUBJECTS = {
  train: 0,
  validation: 1_000_000,
  calibration: 2_000_000,
  test: 3_000_000,
  robustness: 4_000_000,
  seedCheck: 5_000_000,
} as const;
export type Part = keyof typeof SUBJECTS;

/** A session with one trial is refused by the app, so nobody learns from or is calibrated on one. */
const MINIMUM_TRIALS = 2;

/** People of one part. People with too few trials are left out, so the answer is a little shorter than `count`. */
export function wristStatePeople(part: Part, count: number, seed: string): WristStatePerson[] {
  return generateWristStatePeople(count, seed, SUBJECTS[part]).filter(
    (person) => person.pinchTrialsN.length >= MINIMUM_TRIALS,
  );
}

export const labelOf = (person: Pick<WristStatePerson, 'className'>): number =>
  WRIST_CLASSES.indexOf(person.className);

/** Which of the nine features a pattern has; postures (2-4) are not read by this version. */
const MASKS: Readonly<Record<PatternKey, readonly number[]>> = {
  A: [1, 1, 0, 0, 0, 0, 0, 0, 0],
  'A-one-hand': [1, 0, 0, 0, 0, 0, 0, 0, 0],
  B: [1, 1, 0, 0, 0, 1, 1, 1, 1],
  'B-one-hand': [1, 0, 0, 0, 0, 1, 1, 1, 1],
};

/** A person's features as if only this pattern had been measured. */
export function maskedFeatures(
  person: Pick<WristStatePerson, 'features'>,
  key: PatternKey,
): Pick<WristFeatures, 'values' | 'mask'> {
  const mask = Uint8Array.from(MASKS[key]);
  return { values: person.features.map((value, i) => (mask[i] === 1 ? value : 0)), mask };
}

export const patternInput = (person: Pick<WristStatePerson, 'features'>, key: PatternKey): Float64Array =>
  networkInput(maskedFeatures(person, key));

/** Rows with everything measured that this version reads. */
export function trainingRows(people: readonly WristStatePerson[], rowWeights: Float32Array): TrainingRows {
  const inputs = new Float32Array(people.length * NETWORK_INPUT_COUNT);
  const targets = new Float32Array(people.length * WRIST_CLASSES.length);
  people.forEach((person, row) => {
    inputs.set(patternInput(person, 'B'), row * NETWORK_INPUT_COUNT);
    targets[row * WRIST_CLASSES.length + labelOf(person)] = 1;
  });
  return { count: people.length, inputs, targets, rowWeights };
}

/** The groups that a clinic may leave out, and how often training leaves them out. */
export const REMOVABLE_GROUPS: readonly InputGroup[] = [
  { name: 'other-hand', featureColumns: [1], maskColumn: OTHER_HAND_MASK, removalRate: 0.25 },
  {
    name: 'wrist-strength',
    featureColumns: [2, 3, 4, 5],
    maskColumn: WRIST_STRENGTH_MASK,
    removalRate: 0.5,
  },
];

/**
 * Standardises the features inside the graph: an absent group stays exactly zero, since its mean is taken off
 * through its mask. Masks pass unchanged.
 */
export function wristStateScaling(people: readonly WristStatePerson[]): InputScaling {
  const size = NETWORK_INPUT_COUNT;
  const kernel = new Float64Array(size * size);
  const bias = new Float64Array(size);
  const set = (input: number, output: number, value: number) => {
    kernel[input * size + output] = value;
  };
  NETWORK_FEATURES.forEach((feature, column) => {
    const values = people.map((person) => person.features[feature] ?? 0);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const sd = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
    set(column, column, 1 / sd);
    const group = REMOVABLE_GROUPS.find(({ featureColumns }) => featureColumns.includes(column));
    if (group) set(group.maskColumn, column, -mean / sd);
    else bias[column] = -mean / sd;
  });
  set(OTHER_HAND_MASK, OTHER_HAND_MASK, 1);
  set(WRIST_STRENGTH_MASK, WRIST_STRENGTH_MASK, 1);
  return { kernel, bias };
}
