import * as z from 'zod';
import type { ReadText } from '../platform/own-file.ts';

/** A figure of a model's published evaluation, with its 95 % interval and the people or cases behind it. */
const Measured = z.object({
  name: z.string(),
  value: z.number(),
  low: z.number(),
  high: z.number(),
  n: z.number(),
});
const Evaluation = z.object({
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

/** What was measured of a shipped model; null when the file is missing or not understood. */
export async function readEvaluation(
  id: string,
  version: string,
  readText: ReadText,
): Promise<Evaluation | null> {
  const text = await readText(`/models/${id}/${version}/evaluation.json`);
  if (text === null) return null;
  try {
    return Evaluation.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/** A check or a finding by its name. */
export const figureOf = (evaluation: Evaluation, name: string): MeasuredFigure | null =>
  [...evaluation.checks, ...evaluation.findings].find((each) => each.name === name) ?? null;
