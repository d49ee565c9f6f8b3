import { Evaluation, type MeasuredFigure } from '../../core/contract/schemas/evaluation.ts';
import type { ReadText } from '../platform/own-file.ts';

export type { Evaluation, EvaluationTable, MeasuredFigure } from '../../core/contract/schemas/evaluation.ts';

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
