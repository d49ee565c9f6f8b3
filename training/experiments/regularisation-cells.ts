import * as z from 'zod';
import { randomStream } from '../../core/numerics/random-stream.ts';
import { type ColumnStandard, columnStandard, standardise } from '../augmentation/labelled-rows.ts';
import {
  applyRandomFeatures,
  drawRandomFeatures,
  type FlatRows,
  type RandomFeatures,
} from '../augmentation/random-features.ts';
import { type RidgePath, ridgePath, ridgePredict } from '../augmentation/ridge-path.ts';
import { generateMuscleParameterPeople } from '../dataset/muscle-parameters.ts';
import { MUSCLE_PARAMETER_TARGETS } from '../dataset/muscle-parameters-targets.ts';
import type { ExperimentCell } from './experiment.ts';

export const REGULARISATION_SEED = 'regularisation-0.1';
/** People to learn from; the last size has cells and repetitions of its own. */
export const REGULARISATION_SIZES = [20, 100, 1_000, 40_000] as const;
export type RegularisationSize = (typeof REGULARISATION_SIZES)[number];
export const REGULARISATION_REPETITIONS: Readonly<Record<RegularisationSize, number>> = {
  20: 20,
  100: 20,
  1000: 20,
  40000: 8,
};
/** Penalty on the squared coefficients, in units of the mean squared error; 0 first: the plain twin. */
export const STRENGTHS = [0, 1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 0.03, 0.1, 0.3, 1, 3, 10, 100] as const;
export const RANDOM_UNITS = 200;
export const REGULARISATION_PEOPLE = { validation: 1_000, test: 2_000 } as const;
const FIRST_SUBJECT = { train: 0, validation: 1_000_000, test: 3_000_000 } as const;

/** Kinds of targets that are reported together. */
export const TARGET_KINDS = ['groups', 'muscles'] as const;
export type TargetKind = (typeof TARGET_KINDS)[number];
/** Columns of each kind: percent of expected of the four groups, log F0 of the sixteen muscles. */
const KIND_COLUMNS: Readonly<Record<TargetKind, readonly number[]>> = {
  groups: columnsNamed('percent-expected-'),
  muscles: columnsNamed('log-max-force-'),
};

function columnsNamed(start: string): number[] {
  return MUSCLE_PARAMETER_TARGETS.flatMap(({ name }, column) => (name.startsWith(start) ? [column] : []));
}

const Curve = z.array(z.number()).length(STRENGTHS.length);
/** Means over the targets of a kind, one a strength. Errors: mean squared, in units of the true variance of test people. */
const KindCurves = z.strictObject({
  train: Curve,
  validation: Curve,
  heldOut: Curve,
  /** Variance of the predictions of held-out people over the variance of the truth. */
  kept: Curve,
});
const SizeCurves = z.strictObject({ groups: KindCurves, muscles: KindCurves });
export const RegularisationCell = z.record(z.string(), SizeCurves);
export type RegularisationCurves = z.output<typeof SizeCurves>;

/** Small sizes of one repetition share a cell, since they share the people who test them. */
export const regularisationCellId = (size: RegularisationSize, repetition: number): string =>
  size === 40_000 ? `large.r${repetition}` : `small.r${repetition}`;

interface People {
  inputs: Float64Array[];
  targets: Float64Array[];
}

function drawPeople(seed: string, part: keyof typeof FIRST_SUBJECT, count: number): People {
  const people: People = { inputs: [], targets: [] };
  for (const { inputs, targets } of generateMuscleParameterPeople(count, seed, FIRST_SUBJECT[part])) {
    people.inputs.push(inputs);
    people.targets.push(targets);
  }
  return people;
}

const flatTargets = (targets: readonly Float64Array[], standard: ColumnStandard): FlatRows => {
  const width = standard.mean.length;
  const values = new Float64Array(targets.length * width);
  standardise(targets, standard).forEach((row, i) => {
    values.set(row, i * width);
  });
  return { count: targets.length, width, values };
};

interface HeldOut {
  people: People;
  features: RandomFeatures;
  /** Mean and spread of the test people's true targets: the unit of every error. */
  unit: ColumnStandard;
}

/** Mean squared error and variance of one strength's predictions, a number a target. */
function judge(path: RidgePath, index: number, features: FlatRows, truth: FlatRows) {
  const width = truth.width;
  const predicted = ridgePredict(path, index, features);
  const [error, mean, square] = [0, 1, 2].map(() => new Float64Array(width)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  for (let i = 0; i < truth.count; i += 1) {
    for (let k = 0; k < width; k += 1) {
      const value = predicted[i * width + k]!;
      error[k]! += (value - truth.values[i * width + k]!) ** 2 / truth.count;
      mean[k]! += value / truth.count;
      square[k]! += value ** 2 / truth.count;
    }
  }
  return { error, variance: square.map((value, k) => value - mean[k]! ** 2) };
}

const meanOver = (values: Float64Array, columns: readonly number[]): number =>
  columns.reduce((sum, column) => sum + values[column]! / columns.length, 0);

function curves(train: People, validation: People, heldOut: HeldOut): RegularisationCurves {
  const scale = columnStandard(train.inputs);
  const featuresOf = (people: People) =>
    applyRandomFeatures(heldOut.features, standardise(people.inputs, scale));
  const truthOf = (people: People) => flatTargets(people.targets, heldOut.unit);
  const path = ridgePath(featuresOf(train), truthOf(train), STRENGTHS);
  const rows = {
    validation: [featuresOf(validation), truthOf(validation)],
    test: [featuresOf(heldOut.people), truthOf(heldOut.people)],
  } as const;
  const judged = STRENGTHS.map((_, index) => ({
    train: path.trainErrors[index]!,
    validation: judge(path, index, ...rows.validation).error,
    test: judge(path, index, ...rows.test),
  }));
  const curvesOf = (kind: TargetKind) => ({
    train: judged.map((one) => meanOver(one.train, KIND_COLUMNS[kind])),
    validation: judged.map((one) => meanOver(one.validation, KIND_COLUMNS[kind])),
    heldOut: judged.map((one) => meanOver(one.test.error, KIND_COLUMNS[kind])),
    // The truth has a variance of 1 in its own unit.
    kept: judged.map((one) => meanOver(one.test.variance, KIND_COLUMNS[kind])),
  });
  return { groups: curvesOf('groups'), muscles: curvesOf('muscles') };
}

function runCell(sizes: readonly RegularisationSize[], name: string): Record<string, RegularisationCurves> {
  const seed = `${REGULARISATION_SEED}/${name}`;
  const test = drawPeople(seed, 'test', REGULARISATION_PEOPLE.test);
  const validation = drawPeople(seed, 'validation', REGULARISATION_PEOPLE.validation);
  const train = drawPeople(seed, 'train', Math.max(...sizes));
  const heldOut: HeldOut = {
    people: test,
    features: drawRandomFeatures(
      test.inputs[0]!.length,
      RANDOM_UNITS,
      randomStream(seed, 'random-features', 0),
    ),
    unit: columnStandard(test.targets),
  };
  return RegularisationCell.parse(
    Object.fromEntries(
      sizes.map((size) => {
        const first = { inputs: train.inputs.slice(0, size), targets: train.targets.slice(0, size) };
        return [String(size), curves(first, validation, heldOut)];
      }),
    ),
  );
}

export const regularisationCells = (): ExperimentCell[] =>
  ([[20, 100, 1_000], [40_000]] as const).flatMap((sizes: readonly RegularisationSize[]) =>
    Array.from({ length: REGULARISATION_REPETITIONS[sizes[0]!] }, (_, repetition) => {
      const id = regularisationCellId(sizes[0]!, repetition);
      return { id, run: () => runCell(sizes, id) };
    }),
  );
