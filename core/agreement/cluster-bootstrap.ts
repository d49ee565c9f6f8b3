import { type BootstrapInterval, type BootstrapOptions, bootstrapInterval } from './bootstrap-interval.ts';
import type { ResamplePlan } from './bootstrap-resamples.ts';

/** Patients below which an interval is shown with a warning: bootstrap intervals of few clusters are too narrow. */
export const SMALL_SAMPLE_BELOW = 20;

export interface ClusterBootstrapInterval extends BootstrapInterval {
  /** Patients. */
  clusterCount: number;
  /** Sessions of all patients together. */
  rowCount: number;
  /** Fewer than {@link SMALL_SAMPLE_BELOW} patients. */
  isSmallSample: boolean;
}

/**
 * Bootstrap interval of a statistic of sessions that belong to patients: whole patients are drawn, with all their
 * sessions, and the acceleration leaves out one patient at a time. Sessions of one patient resemble each other, so
 * that drawing single sessions would give intervals that are too narrow.
 * Source: Davison & Hinkley 1997.
 *
 * @param clusters - the sessions of each patient; none empty.
 * @param statistic - of the sessions of the patients drawn, a patient drawn twice counting twice; null where it is not
 *   defined.
 * @throws RangeError for no patient, a patient without sessions, or as {@link bootstrapInterval}.
 */
export function clusterBootstrap<Row>(
  clusters: readonly (readonly Row[])[],
  statistic: (rows: readonly Row[]) => number | null,
  plan: ResamplePlan,
  options: BootstrapOptions,
): ClusterBootstrapInterval {
  if (clusters.length === 0) throw new RangeError('a bootstrap over patients needs a patient');
  if (clusters.some((rows) => rows.length === 0)) throw new RangeError('a patient has no session');
  return {
    ...bootstrapInterval(clusters, (drawn) => statistic(drawn.flat()), plan, options),
    clusterCount: clusters.length,
    rowCount: clusters.reduce((sum, rows) => sum + rows.length, 0),
    isSmallSample: clusters.length < SMALL_SAMPLE_BELOW,
  };
}

/** Rows by patient, patients in the order in which they first appear. */
export function clustersOf<Row>(rows: readonly Row[], patientOf: (row: Row) => string | number): Row[][] {
  return [...Map.groupBy(rows, patientOf).values()];
}
