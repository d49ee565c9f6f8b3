import * as z from 'zod';
import { WRIST_CLASSES } from '../clinical/wrist-classes.ts';
import type { ClassConditionalCalibration } from '../uncertainty/class-conditional-sets.ts';
import type { RangeCalibration } from '../uncertainty/combined-range-score.ts';
import type { Whitening } from '../uncertainty/covariance.ts';
import { AscendingScores, OpenShare } from './calibration-schemas.ts';

/**
 * Which measurements were there: pinch (A), pinch and wrist strength (B), or these and the pinch in three further wrist
 * postures with the trace (C), each with or without a usable other hand. Every key has its own temperature, sets and
 * out-of-range calibration (decisions 7).
 */
export const PATTERN_KEYS = ['A', 'A-one-hand', 'B', 'B-one-hand', 'C', 'C-one-hand'] as const;
export type PatternKey = (typeof PATTERN_KEYS)[number];

const Numbers = z.array(z.number());
const Threshold = z.union([z.number(), z.literal('unbounded')]);
const Cloud = z.strictObject({ mean: Numbers, inverseFactor: Numbers });

const PatternCalibrationFile = z.strictObject({
  temperature: z.number().positive(),
  alpha: z.number().min(0).max(1),
  thresholds: z.array(Threshold).length(WRIST_CLASSES.length),
  counts: z.array(z.int()).length(WRIST_CLASSES.length),
  /** Index: number of classes in the set. How many calibration people got one, and in how many it was right. */
  hitsBySetSize: z.array(z.strictObject({ right: z.int(), n: z.int() })),
  /** Distance cloud of the measured features (logarithms), then one of each member's last hidden layer. */
  featureCloud: Cloud,
  hiddenClouds: z.array(Cloud),
  featureScores: AscendingScores,
  hiddenScores: AscendingScores,
  combinedScores: AscendingScores,
});

const shared = {
  /** Features of an average nonimpaired virtual person, in the order of FEATURE_IDS: what explanations compare with. */
  reference: Numbers,
  /** Share of in-range people whom the out-of-range score may refuse. */
  rangeAlpha: OpenShare,
};
const one = PatternCalibrationFile;

/** Version 0.1 of `wrist-state`, which read neither postures nor a trace and did not write down its prior. */
const FirstCalibrationFile = z.strictObject({
  format: z.literal('prehensa-calibration-1'),
  ...shared,
  patterns: z.strictObject({ A: one, 'A-one-hand': one, B: one, 'B-one-hand': one }),
});

const SecondCalibrationFile = z.strictObject({
  format: z.literal('prehensa-calibration-2'),
  ...shared,
  /** Mean trace of nonimpaired virtual people, as the network takes it; null when it reads none. */
  referenceTrace: Numbers.nullable(),
  /** Frequency of each class that the probabilities assume, in the order of WRIST_CLASSES. */
  prior: Numbers.length(WRIST_CLASSES.length),
  patterns: z.strictObject({
    A: one,
    'A-one-hand': one,
    B: one,
    'B-one-hand': one,
    C: one,
    'C-one-hand': one,
  }),
});

export const CalibrationFile = z.discriminatedUnion('format', [FirstCalibrationFile, SecondCalibrationFile]);
export type CalibrationFile = z.output<typeof CalibrationFile>;

export interface PatternCalibration extends ClassConditionalCalibration, RangeCalibration {
  temperature: number;
  hitsBySetSize: { right: number; n: number }[];
  featureCloud: Whitening;
  hiddenClouds: Whitening[];
}

export interface WristStateCalibration {
  reference: Float64Array;
  referenceTrace: Float64Array | null;
  prior: Float64Array;
  rangeAlpha: number;
  patterns: ReadonlyMap<PatternKey, PatternCalibration>;
}

const cloudFrom = (cloud: z.output<typeof Cloud>): Whitening => ({
  mean: Float64Array.from(cloud.mean),
  inverseFactor: Float64Array.from(cloud.inverseFactor),
});

function patternFrom(file: z.output<typeof PatternCalibrationFile>): PatternCalibration {
  const { featureCloud, hiddenClouds, featureScores, hiddenScores, combinedScores, ...rest } = file;
  return {
    ...rest,
    featureCloud: cloudFrom(featureCloud),
    hiddenClouds: hiddenClouds.map(cloudFrom),
    featureScores: Float64Array.from(featureScores),
    hiddenScores: Float64Array.from(hiddenScores),
    combinedScores: Float64Array.from(combinedScores),
  };
}

/**
 * Reads calibration.json. @param memberCount - networks of the bundle: each needs its own cloud.
 * @throws ZodError or SyntaxError when it is not one, RangeError when it is one of another ensemble.
 */
export function readCalibration(text: string, memberCount: number): WristStateCalibration {
  const file = CalibrationFile.parse(JSON.parse(text));
  for (const [key, { hiddenClouds }] of Object.entries(file.patterns)) {
    if (hiddenClouds.length !== memberCount) {
      throw new RangeError(`pattern ${key} has ${hiddenClouds.length} clouds for ${memberCount} members`);
    }
  }
  const isSecond = file.format === 'prehensa-calibration-2';
  return {
    reference: Float64Array.from(file.reference),
    referenceTrace: isSecond && file.referenceTrace ? Float64Array.from(file.referenceTrace) : null,
    // Version 0.1 was trained and calibrated on the three classes alike often.
    prior: isSecond ? Float64Array.from(file.prior) : new Float64Array(3).fill(1 / 3),
    rangeAlpha: file.rangeAlpha,
    patterns: new Map(
      PATTERN_KEYS.flatMap((key) => {
        const pattern = (
          file.patterns as Partial<typeof file.patterns & Record<PatternKey, z.output<typeof one>>>
        )[key];
        return pattern ? [[key, patternFrom(pattern)] as const] : [];
      }),
    ),
  };
}

/** Calibration of one pattern. @throws RangeError when the bundle was not calibrated for it. */
export function patternOf(calibration: WristStateCalibration, key: PatternKey): PatternCalibration {
  const pattern = calibration.patterns.get(key);
  if (!pattern) throw new RangeError(`this version is not calibrated for pattern ${key}`);
  return pattern;
}
