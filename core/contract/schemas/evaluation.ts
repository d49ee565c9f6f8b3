import * as z from 'zod';

/** A figure of a model's published evaluation, with its 95 % interval and the people or cases behind it. */
const Measured = z.object({
  name: z.string(),
  value: z.number(),
  low: z.number(),
  high: z.number(),
  n: z.number(),
});
/** `evaluation.json` beside a bundle, as far as the app reads it; plots are not in it. */
export const Evaluation = z.object({
  modelId: z.string(),
  version: z.string(),
  bundleHash: z.string(),
  /** Statements that must hold. `ok` is null where the data behind one are not on the computer that measured. */
  checks: z.array(Measured.extend({ bar: z.string(), ok: z.boolean().nullable() })),
  /** Reported, whichever way they came out. */
  findings: z.array(Measured.extend({ sentence: z.string(), literature: z.string().nullable() })),
  tables: z.array(
    z.object({
      title: z.string(),
      columns: z.array(z.string()),
      rows: z.array(z.array(z.union([z.string(), z.number()]))),
      caption: z.string(),
    }),
  ),
});
export type Evaluation = z.output<typeof Evaluation>;
export type MeasuredFigure = z.output<typeof Measured>;
export type EvaluationTable = Evaluation['tables'][number];
