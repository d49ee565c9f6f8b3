import * as z from 'zod';
import { Check, FigureTable, Finding } from './figures.ts';

/** What is published beside a bundle, outside its hash. */
export const ModelEvaluation = z.strictObject({
  modelId: z.string(),
  version: z.string(),
  bundleHash: z.string(),
  checks: z.array(Check),
  findings: z.array(Finding),
  tables: z.array(FigureTable),
});
export type ModelEvaluation = z.output<typeof ModelEvaluation>;

/** What `npm run evaluate` writes: two lists over everything, each row under the name of its part. */
export const Evaluation = z.strictObject({
  checks: z.array(Check),
  findings: z.array(Finding),
  /** Which bundles, evidence files and reference data this run used. */
  sources: z.strictObject({
    models: z.array(z.strictObject({ modelId: z.string(), version: z.string(), bundleHash: z.string() })),
    evidence: z.array(z.strictObject({ name: z.string(), state: z.string() })),
    referenceData: z.array(z.strictObject({ name: z.string(), isPresent: z.boolean() })),
  }),
});
export type Evaluation = z.output<typeof Evaluation>;

/** Six significant digits: more than any figure of the evaluation means. */
export const roundFigures = (_key: string, value: unknown): unknown =>
  typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(6)) : value;
