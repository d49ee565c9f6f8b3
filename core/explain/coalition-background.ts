import { type Attribution, attributionOf, checkRows, type Reference } from './attribution.ts';
import type { ExplainedOutput } from './explained-output.ts';

/** Rows that stand for "absent": the output of a coalition is the mean over them (interventional, not conditional). */
export interface Background {
  /** As the sentence names it. */
  name: string;
  /** At least one, each of the length of the row explained. */
  rows: readonly Float64Array[];
}

/** A reference is a background of one row. */
export const backgroundOf = (compared: Reference | Background): Background =>
  'rows' in compared ? compared : { name: compared.name, rows: [compared.row] };

/** @throws RangeError when the background is empty or unnamed or a row does not fit the explained output. */
export function checkBackground(explained: ExplainedOutput, row: Float64Array, background: Background): void {
  if (background.rows.length === 0) throw new RangeError('a background needs a row');
  for (const each of background.rows) checkRows(explained, row, { name: background.name, row: each });
}

/**
 * Completes an attribution against a background. With one row as against a reference; with more the reference row is
 * their mean, kept for display, and the reference output is the mean of their outputs.
 * @throws RangeError as attributionOf.
 */
export function attributionAgainst(
  explained: ExplainedOutput,
  row: Float64Array,
  { name, rows }: Background,
  parts: Parameters<typeof attributionOf>[3],
): Attribution {
  const [first] = rows;
  if (!first) throw new RangeError('a background needs a row');
  const mean = first.map((_, i) => rows.reduce((sum, each) => sum + each[i]! / rows.length, 0));
  const attribution = attributionOf(
    explained,
    row,
    { name, row: rows.length === 1 ? first : mean },
    { ...parts, parameters: { ...parts.parameters, backgroundRows: rows.length } },
  );
  if (rows.length === 1) return attribution;
  const referenceOutput = rows.reduce((sum, each) => sum + explained.valueOf(each) / rows.length, 0);
  const residual = attribution.residual + attribution.referenceOutput - referenceOutput;
  return { ...attribution, referenceOutput, residual };
}
