import { WRIST_CLASSES } from '../../core/clinical/wrist-classes.ts';
import type { PatternKey } from '../../core/inference/calibration-file.ts';
import {
  type InputLayout,
  type NetworkMeasurement,
  networkInput,
  readableBy,
  traceColumns,
} from '../../core/inference/network-input.ts';
import type { InputGroup } from '../../core/learning/group-removal.ts';
import type { TrainingRows } from '../../core/learning/training-loop.ts';
import {
  generateWristStatePeople,
  type WristStateOptions,
  type WristStatePerson,
} from '../dataset/wrist-state.ts';

/**
 * First subject of each part; a million apart, so that no part can grow into the next. The test people of development
 * (3,000,000) were looked at while the evaluation was being written; those measured now were never.
 */
export const SUBJECTS = {
  train: 0,
  validation: 1_000_000,
  calibration: 2_000_000,
  test: 8_000_000,
  robustness: 4_000_000,
  seedCheck: 5_000_000,
} as const;
export type Part = keyof typeof SUBJECTS;

/** A session with one trial is refused by the app, so nobody learns from or is calibrated on one. */
const MINIMUM_TRIALS = 2;

/** People of one part. People with too few trials are left out, so the answer is a little shorter than `count`. */
export function wristStatePeople(
  part: Part,
  count: number,
  seed: string,
  options: WristStateOptions = {},
): WristStatePerson[] {
  return generateWristStatePeople(count, seed, SUBJECTS[part], options).filter(
    (person) => person.pinchTrialsN.length >= MINIMUM_TRIALS,
  );
}

export const labelOf = (person: Pick<WristStatePerson, 'className'>): number =>
  WRIST_CLASSES.indexOf(person.className);

/** Which of the nine features a pattern has. */
const MASKS: Readonly<Record<PatternKey, readonly number[]>> = {
  A: [1, 1, 0, 0, 0, 0, 0, 0, 0],
  'A-one-hand': [1, 0, 0, 0, 0, 0, 0, 0, 0],
  B: [1, 1, 0, 0, 0, 1, 1, 1, 1],
  'B-one-hand': [1, 0, 0, 0, 0, 1, 1, 1, 1],
  C: [1, 1, 1, 1, 1, 1, 1, 1, 1],
  'C-one-hand': [1, 0, 1, 1, 1, 1, 1, 1, 1],
};

/** The features of a pattern alone, in the order of FEATURE_IDS: what a model without masks and traces sees. */
export const patternFeatures = (
  { features }: Pick<WristStatePerson, 'features'>,
  key: PatternKey,
): Float64Array => features.filter((_, i) => MASKS[key][i] === 1);

/** What the network may learn from of a simulated person. */
export type MeasuredPerson = Pick<WristStatePerson, 'features' | 'className'> & {
  trace?: Float64Array;
};

/** A person's measurements as if only this pattern had been measured. */
export function maskedMeasurement(
  person: Omit<MeasuredPerson, 'className'>,
  key: PatternKey,
  layout: InputLayout,
): NetworkMeasurement {
  return readableBy(layout, {
    values: person.features,
    mask: Uint8Array.from(MASKS[key]),
    trace: key.startsWith('C') ? (person.trace ?? null) : null,
  });
}

export const patternInput = (
  person: Omit<MeasuredPerson, 'className'>,
  key: PatternKey,
  layout: InputLayout,
): Float64Array => networkInput(layout, maskedMeasurement(person, key, layout));

/** Rows with everything measured: removing groups is the training loop's work. */
export function trainingRows(
  people: readonly MeasuredPerson[],
  rowWeights: Float32Array,
  layout: InputLayout,
): TrainingRows {
  const inputs = new Float32Array(people.length * layout.width);
  const targets = new Float32Array(people.length * WRIST_CLASSES.length);
  people.forEach((person, row) => {
    inputs.set(patternInput(person, 'C', layout), row * layout.width);
    targets[row * WRIST_CLASSES.length + labelOf(person)] = 1;
  });
  return { count: people.length, inputs, targets, rowWeights };
}

/** Share of training rows without the other hand, without wrist strength, and without postures (of the rest: 1/2). */
const REMOVAL_RATES: Readonly<Record<string, number>> = {
  'other-hand-measured': 0.25,
  'wrist-strength-measured': 0.33,
  'postures-measured': 0.5,
};

/**
 * The groups that a clinic may leave out, and how often training leaves them out: about a third of the rows each are
 * pattern A, B and C. Postures are never read without wrist strength (core/signals), so whoever loses the strength loses
 * them too, with their mask.
 */
export function removableGroups(layout: InputLayout): InputGroup[] {
  const columnsOf = (group: readonly number[]) => group.map((position) => layout.features.indexOf(position));
  const trace = traceColumns(layout);
  const maskColumn = (index: number) => layout.features.length + index;
  return layout.masks.map(({ name, group, hasTrace }, index) => {
    const own = [...columnsOf(group), ...(hasTrace ? trace : [])];
    const postures = layout.masks.findIndex((mask) => mask.name === 'postures-measured');
    const follows =
      name === 'wrist-strength-measured' && postures >= 0
        ? [
            ...columnsOf(layout.masks[postures]?.group ?? []),
            ...(layout.hasTrace ? trace : []),
            maskColumn(postures),
          ]
        : [];
    return {
      name,
      featureColumns: [...own, ...follows],
      maskColumn: maskColumn(index),
      removalRate: REMOVAL_RATES[name] ?? 0,
    };
  });
}
