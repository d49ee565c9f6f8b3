import * as z from 'zod';
import type { IntervalCalibration } from '../uncertainty/conformal-interval.ts';
import type { Whitening } from '../uncertainty/covariance.ts';
import { BundleError, type ReadFile, type Sha256, type VerifiedBundle, verifyBundle } from './bundle.ts';
import { AscendingScores, OpenShare } from './calibration-schemas.ts';
import { ELBOW_HOLD_LEVELS, ELBOW_INPUT_COUNT, ELBOW_TORQUE_TIMES_S } from './elbow-input.ts';

/** Outputs of the network: torque at every time, N.m, then ln(time to failure / 60 s), censored at 150 s. */
export const ELBOW_OUTPUT_COUNT = ELBOW_TORQUE_TIMES_S.length + 1;
export const LOG_TIME_OUTPUT = ELBOW_TORQUE_TIMES_S.length;

/** Layers of the graph that are read apart. */
export const TORQUE_MODULE_LAYER = 'torque-level';
export const FATIGUE_MODULE_LAYER = 'fatigue-share';
export const RANGE_LAYER = 'hidden-fatigue';

/** People whose intervals are calibrated together: sex x age. */
export const ELBOW_BANDS: readonly { sex: 'female' | 'male'; fromYears: number; toYears: number }[] = (
  ['female', 'male'] as const
).flatMap((sex) =>
  (
    [
      [18, 39],
      [40, 59],
      [60, 85],
    ] as const
  ).map(([fromYears, toYears]) => ({ sex, fromYears, toYears })),
);

/** Index into {@link ELBOW_BANDS}; ages outside 18 to 85 count to the nearer band. */
export function elbowBandOf(person: { sex: 'female' | 'male'; ageYears: number }): number {
  const ofSex = ELBOW_BANDS.findIndex(({ sex }) => sex === person.sex);
  return ofSex + (person.ageYears < 40 ? 0 : person.ageYears < 60 ? 1 : 2);
}

/** Bins of the hold level in which predictions are about equally hard. */
export const LEVEL_BIN_COUNT = 10;
/** 0..9; levels outside the trained range count to the nearer bin. */
export function levelBinOf(level: number): number {
  const [low, high] = ELBOW_HOLD_LEVELS;
  const bin = Math.floor(((level - low) / (high - low)) * LEVEL_BIN_COUNT);
  return Math.min(LEVEL_BIN_COUNT - 1, Math.max(0, bin));
}

const Numbers = z.array(z.number());
const Cloud = z.strictObject({ mean: Numbers.min(1), inverseFactor: Numbers.min(1) });
const Positives = z.array(z.number().positive()).length(ELBOW_OUTPUT_COUNT);

/** calibration.json of `elbow-torque-fatigue`. Torques are shares of the person's maximal torque throughout. */
export const ElbowCalibrationFile = z.strictObject({
  format: z.literal('prehensa-elbow-calibration-1'),
  alpha: OpenShare,
  /** [level bin][output]: median absolute error on validation people, the part of the width that members do not see. */
  difficulty: z.array(Positives).length(LEVEL_BIN_COUNT),
  spreadFloor: z.number().positive(),
  /** [band]: calibration people and, for each output, the multiple of (spread + difficulty) on either side. */
  bands: z
    .array(
      z.strictObject({
        count: z.int().min(1),
        multiples: z.array(z.union([z.number(), z.literal('unbounded')])).length(ELBOW_OUTPUT_COUNT),
      }),
    )
    .length(ELBOW_BANDS.length),
  rangeAlpha: OpenShare,
  featureCloud: Cloud,
  hiddenClouds: z.array(Cloud).min(1),
  featureScores: AscendingScores,
  hiddenScores: AscendingScores,
  combinedScores: AscendingScores,
});
export type ElbowCalibrationFile = z.output<typeof ElbowCalibrationFile>;

export interface ElbowCalibration {
  alpha: number;
  difficulty: readonly Float64Array[];
  /** [band][output] */
  intervals: readonly (readonly IntervalCalibration[])[];
  rangeAlpha: number;
  featureCloud: Whitening;
  hiddenClouds: readonly Whitening[];
  featureScores: Float64Array;
  hiddenScores: Float64Array;
  combinedScores: Float64Array;
}

export interface ElbowBundle extends VerifiedBundle {
  calibration: ElbowCalibration;
}

const cloudFrom = (cloud: z.output<typeof Cloud>): Whitening => ({
  mean: Float64Array.from(cloud.mean),
  inverseFactor: Float64Array.from(cloud.inverseFactor),
});

/** The calibration as a forecast uses it. */
export function elbowCalibration(file: ElbowCalibrationFile): ElbowCalibration {
  const { alpha, spreadFloor } = file;
  return {
    alpha,
    difficulty: file.difficulty.map((row) => Float64Array.from(row)),
    intervals: file.bands.map(({ count, multiples }) =>
      multiples.map((multiple) => ({ alpha, spreadFloor, multiple, count })),
    ),
    rangeAlpha: file.rangeAlpha,
    featureCloud: cloudFrom(file.featureCloud),
    hiddenClouds: file.hiddenClouds.map(cloudFrom),
    featureScores: Float64Array.from(file.featureScores),
    hiddenScores: Float64Array.from(file.hiddenScores),
    combinedScores: Float64Array.from(file.combinedScores),
  };
}

// Every place that core runs in has it; the ES library's types do not.
declare const TextDecoder: new () => { decode(bytes: Uint8Array): string };

/**
 * The verified bundle of `elbow-torque-fatigue`.
 * @throws BundleError naming the file that is missing, changed or of another model.
 */
export async function loadElbowBundle(read: ReadFile, sha256: Sha256): Promise<ElbowBundle> {
  const bundle = await verifyBundle(read, sha256, 'elbow-torque-fatigue');
  const isElbow = bundle.members.every(
    (member) => member.inputCount === ELBOW_INPUT_COUNT && member.outputCount === ELBOW_OUTPUT_COUNT,
  );
  if (!isElbow) throw new BundleError('not-understood', 'manifest.json');
  const bytes = bundle.files.get('calibration.json');
  if (!bytes) throw new BundleError('missing-file', 'calibration.json');
  try {
    const file = ElbowCalibrationFile.parse(JSON.parse(new TextDecoder().decode(bytes)));
    if (file.hiddenClouds.length !== bundle.members.length) {
      throw new RangeError('every member needs a cloud');
    }
    return { ...bundle, calibration: elbowCalibration(file) };
  } catch (cause) {
    throw new BundleError('not-understood', 'calibration.json', { cause });
  }
}
