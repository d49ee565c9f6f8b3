import * as z from 'zod';
import type { IntervalCalibration } from '../uncertainty/conformal-interval.ts';
import type { SpreadModel } from '../uncertainty/learned-spread.ts';
import { AscendingScores, OpenShare } from './calibration-schemas.ts';

const Numbers = z.array(z.number());
const Cloud = z.strictObject({ mean: Numbers, inverseFactor: Numbers });

const Interval = z.strictObject({
  alpha: z.number(),
  spreadFloor: z.number(),
  multiple: z.union([z.number(), z.literal('unbounded')]),
  count: z.int(),
}) satisfies z.ZodType<IntervalCalibration>;

const Spread = z.strictObject({ coefficients: Numbers }) satisfies z.ZodType<SpreadModel>;

/** Skill of one output against a prior with its 95 % interval over people. */
const Skill = z.strictObject({ value: z.number(), low: z.number(), high: z.number() });
/** Against D: sex, age and size. S: with peak pinch. G: with grip too. Null: the model sees no more than this prior. */
const SkillsOfOneWorld = z.strictObject({ D: Skill, S: Skill.nullable(), G: Skill.nullable() });

const Output = z.strictObject({
  name: z.string(),
  unit: z.enum(['log N', 'log mm', '%']),
  /** The network answers in standard deviations around this mean. */
  mean: z.number(),
  sd: z.number().positive(),
  spread: Spread,
  interval: Interval,
  /** Median spread of the members on calibration people: what "unusually large" is compared with. */
  usualMemberSpread: z.number(),
  /** On calibration people of each contact model; the evaluation measures it again on others. */
  skill: z.strictObject({ A: SkillsOfOneWorld, B: SkillsOfOneWorld }),
  verdict: z.enum(['identifiable', 'general-strength-only', 'not-identifiable']),
});

/** An ensemble kept beside the model to measure it against: tfjs topology, and weights.bin in base64. */
const Ensemble = z.array(z.strictObject({ topology: z.unknown(), weightsBase64: z.base64() })).min(1);

/** calibration.json of muscle-parameters-1, -2 and -3. */
export const MuscleParametersCalibration = z.strictObject({
  format: z.literal('prehensa-muscle-parameters-calibration-1'),
  tier: z.union([z.literal(1), z.literal(2), z.literal(3)]),
  outputs: z.array(Output).min(1),
  /** Names of the outputs that may be shown at the bedside; all others are reported once, on the facts page. */
  bedside: z.array(z.string()),
  range: z.strictObject({
    alpha: OpenShare,
    featureCloud: Cloud,
    hiddenClouds: z.array(Cloud).min(1),
    featureScores: AscendingScores,
    hiddenScores: AscendingScores,
    combinedScores: AscendingScores,
  }),
  /** Priors by name (D, S, G and the tier before), then the same of a model that learned in the other contact model. */
  priors: z.record(z.string(), Ensemble),
  otherContact: z.record(z.string(), Ensemble),
  otherContactScale: z.strictObject({ mean: Numbers, sd: Numbers }),
});
export type MuscleParametersCalibration = z.output<typeof MuscleParametersCalibration>;
export type OutputCalibration = MuscleParametersCalibration['outputs'][number];
export type EnsembleFile = z.output<typeof Ensemble>;
