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

/** Rows of one lock, filtered by what every lock has: clinician and dates. Dates are those of the lock, as UTC. */
export const isOfFilter = (
  { clinicianId: own, lockedAt }: { clinicianId: string; lockedAt: string },
  { clinicianId, from, to }: ConcordanceFilter,
): boolean => {
  const day = lockedAt.slice(0, 10);
  return (
    (clinicianId === null || own === clinicianId) &&
    (from === null || day >= from) &&
    (to === null || day <= to)
  );
};

/** The rows that a filter leaves, in their order. */
export function filterConcordance(
  rows: readonly ConcordanceRow[],
  filter: ConcordanceFilter,
): ConcordanceRow[] {
  const { diagnosis, inputPattern } = filter;
  return rows.filter(
    (row) =>
      isOfFilter(row, filter) &&
      (diagnosis === null || row.diagnosis === diagnosis) &&
      (inputPattern === null || row.inputPattern === inputPattern),
  );
}
