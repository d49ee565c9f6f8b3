import type { ClusterBootstrapInterval } from './cluster-bootstrap.ts';
import { clusterBootstrap, clustersOf } from './cluster-bootstrap.ts';

/** The same draws each time, so that the same judgements give the same interval. */
const SEED = 'concordance';
const DRAWS = 1000;

/**
 * 95 % interval of a statistic of sums over sessions, patients being drawn with all their sessions. Each patient is summed up
 * once: a redrawn set costs as many additions as it has patients.
 * @param partsOf - what one session adds, as many finite numbers for each.
 * @param statistic - of the sums; null where it is not defined.
 * @returns null without a session.
 */
export function patientBootstrap<Row extends { patientId: string }>(
  rows: readonly Row[],
  partsOf: (row: Row) => readonly number[],
  statistic: (sums: readonly number[]) => number | null,
): ClusterBootstrapInterval | null {
  if (rows.length === 0) return null;
  const patients = clustersOf(rows, ({ patientId }) => patientId).map((sessions) => [
    sumOf(sessions.map(partsOf)),
  ]);
  return clusterBootstrap(
    patients,
    (drawn) => statistic(sumOf(drawn)),
    { kind: 'seeded', seed: SEED, count: DRAWS },
    { alpha: 0.05, method: 'percentile' },
  );
}

function sumOf(parts: readonly (readonly number[])[]): number[] {
  const sums = [...parts[0]!];
  for (let row = 1; row < parts.length; row += 1) {
    const own = parts[row]!;
    for (let i = 0; i < sums.length; i += 1) sums[i]! += own[i]!;
  }
  return sums;
}

/** Number of different patients. */
export const patientCount = (rows: readonly { patientId: string }[]): number =>
  new Set(rows.map(({ patientId }) => patientId)).size;
