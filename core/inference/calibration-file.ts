import * as z from 'zod';
import type { ClassConditionalCalibration } from '../uncertainty/class-conditional-sets.ts';
import type { RangeCalibration } from '../uncertainty/combined-range-score.ts';
import type { Whitening } from '../uncertainty/covariance.ts';

/**
 * Which measurements were there: pinch (A) or pinch and wrist strength (B), each with or without a usable other
 * hand. Every key has its own temperature, sets and out-of-range calibration (decisions 7).
 */
export const PATTERN_KEYS = ['A', 'A-one-hand', 'B', 'B-one-hand'] as const;
export type PatternKey = (typeof PATTERN_KEYS)[number];

const Numbers = z.array(z.number());
const Threshold = z.union([z.number(), z.literal('unbounded')]);
const Cloud = z.strictObject({ mean: Numbers, inverseFactor: Numbers });

const PatternCalibrationFile = z.strictObject({
  temperature: z.number().positive(),
  alpha: z.number().min(0).max(1),
  thresholds: z.array(Threshold),
  counts: z.array(z.int()),
  /** Index: number of classes in the set. How many calibration people got one, and in how many it was right. */
  hitsBySetSize: z.array(z.strictObject({ right: z.int(), n: z.int() })),
  /** Distance cloud of the measured features (logarithms), then one of each member's last hidden layer. */
  featureCloud: Cloud,
  hiddenClouds: z.array(Cloud),
  featureScores: Numbers,
  hiddenScores: Numbers,
  combinedScores: Numbers,
});

export const CalibrationFile = z.strictObject({
  format: z.literal('prehensa-calibration-1'),
  /** Features of an average nonimpaired virtual person, in the order of FEATURE_IDS: what explanations compare with. */
  reference: Numbers,
  /** Share of in-range people whom the out-of-range score may refuse. */
  rangeAlpha: z.number(),
  patterns: z.strictObject({
    A: PatternCalibrationFile,
    'A-one-hand': PatternCalibrationFile,
    B: PatternCalibrationFile,
    'B-one-hand': PatternCalibrationFile,
  }),
});
export type CalibrationFile = z.output<typeof CalibrationFile>;

export interface PatternCalibration extends ClassConditionalCalibration, RangeCalibration {
  temperature: number;
  hitsBySetSize: { right: number; n: number }[];
  featureCloud: Whitening;
  hiddenClouds: Whitening[];
}

export interface WristStateCalibration {
  reference: Float64Array;
  rangeAlpha: number;
  patterns: Record<PatternKey, PatternCalibration>;
}

const cloudFrom = (cloud: z.output<typeof Cloud>): Whitening => ({
  mean: Float64Array.from(cloud.mean),
  inverseFactor: Float64Array.from(cloud.inverseFactor),
});

/** Reads calibration.json. @throws ZodError or SyntaxError when it is not one. */
export function readCalibration(text: string): WristStateCalibration {
  const file = CalibrationFile.parse(JSON.parse(text));
  const read = (key: PatternKey): PatternCalibration => {
    const { featureCloud, hiddenClouds, featureScores, hiddenScores, combinedScores, ...rest } =
      file.patterns[key];
    return {
      ...rest,
      featureCloud: cloudFrom(featureCloud),
      hiddenClouds: hiddenClouds.map(cloudFrom),
      featureScores: Float64Array.from(featureScores),
      hiddenScores: Float64Array.from(hiddenScores),
      combinedScores: Float64Array.from(combinedScores),
    };
  };
  return {
    reference: Float64Array.from(file.reference),
    rangeAlpha: file.rangeAlpha,
    patterns: {
      A: read('A'),
      'A-one-hand': read('A-one-hand'),
      B: read('B'),
      'B-one-hand': read('B-one-hand'),
    },
  };
}
