import type { Measure } from '../../contract/schemas/clinical.ts';
import type { NormTable } from './norm-table.ts';

/** A table that names the hand says more of a hand than the best of both, and that more than one that does not say. */
function handRank({ cells }: NormTable): number {
  const [first] = cells;
  return first?.hand === 'unstated' ? 2 : first?.hand === 'best' ? 1 : 0;
}

/** Tables of a measure, those that were read first; among them those that name the hand. */
export function tablesOf(tables: readonly NormTable[], measure: Measure): NormTable[] {
  const rank = { read: 0, 'read-second-hand': 1, recalled: 2 } as const;
  return tables
    .filter((table) => table.measure === measure)
    .sort((a, b) => rank[a.reading] - rank[b.reading] || handRank(a) - handRank(b));
}

/**
 * The table that is drawn unless somebody chooses another: the first one that was read. A table that was recalled, or
 * read in a transcription only, is drawn when it is switched on and never before.
 */
export const defaultTable = (tables: readonly NormTable[], measure: Measure): NormTable | null =>
  tablesOf(tables, measure).find(({ reading }) => reading === 'read') ?? null;
