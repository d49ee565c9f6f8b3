import type { ConcordanceRow } from '../contract/schemas/concordance.ts';

/** Which judgements are looked at; null: all of them. */
export interface ConcordanceFilter {
  clinicianId: string | null;
  /** Calendar dates, both inside. */
  from: string | null;
  to: string | null;
  diagnosis: string | null;
  inputPattern: ConcordanceRow['inputPattern'] | null;
}

export const NO_FILTER: ConcordanceFilter = {
  clinicianId: null,
  from: null,
  to: null,
  diagnosis: null,
  inputPattern: null,
};

/** The rows that a filter leaves, in their order. Dates are those of the lock, as UTC. */
export function filterConcordance(
  rows: readonly ConcordanceRow[],
  filter: ConcordanceFilter,
): ConcordanceRow[] {
  const { clinicianId, from, to, diagnosis, inputPattern } = filter;
  return rows.filter((row) => {
    const day = row.lockedAt.slice(0, 10);
    return (
      (clinicianId === null || row.clinicianId === clinicianId) &&
      (from === null || day >= from) &&
      (to === null || day <= to) &&
      (diagnosis === null || row.diagnosis === diagnosis) &&
      (inputPattern === null || row.inputPattern === inputPattern)
    );
  });
}
