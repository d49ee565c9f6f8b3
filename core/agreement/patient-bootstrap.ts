import { type BootstrapInterval, intervalOfResamples } from './bootstrap-interval.ts';
import { resamplesOf } from './bootstrap-resamples.ts';
import { clustersOf } from './cluster-bootstrap.ts';

/** The same draws each time, so that the same judgements give the same interval. */
const SEED = 'concordance';
export const PATIENT_DRAWS = 1000;

/**
 * 95 % percentile interval of a statistic of sums over sessions, patients being drawn with all their sessions, as
 * clusterBootstrap draws them. Each patient is summed up once: a redrawn set costs as many additions as it has patients.
 * @param partsOf - what one session adds, as many finite numbers for each.
 * @param statistic - of the sums; null where it is not defined.
 * @returns null without a session.
 */
export function patientBootstrap<Row extends { patientId: string }>(
  rows: readonly Row[],
  partsOf: (row: Row) => readonly number[],
  statistic: (sums: ArrayLike<number>) => number | null,
): BootstrapInterval | null {
  if (rows.length === 0) return null;
  const patients = clustersOf(rows, ({ patientId }) => patientId).map((sessions) => {
    const sums = Float64Array.from(partsOf(sessions[0]!));
    for (const session of sessions.slice(1)) addTo(sums, partsOf(session));
    return sums;
  });
  const whole = patients[0]!.slice();
  for (const sums of patients.slice(1)) addTo(whole, sums);
  const estimate = statistic(whole);
  const drawn = new Float64Array(whole.length);
  const indices = estimate === null ? new Int32Array() : drawsOf(patients.length);
  const resampled: (number | null)[] = [];
  for (let start = 0; start < indices.length; start += patients.length) {
    drawn.fill(0);
    for (let place = 0; place < patients.length; place += 1) addTo(drawn, patients[indices[start + place]!]!);
    resampled.push(statistic(drawn));
  }
  return intervalOfResamples(
    { estimate, resampled, acceleration: null },
    { alpha: 0.05, method: 'percentile' },
  );
}

function addTo(sums: Float64Array, parts: ArrayLike<number>): void {
  for (let i = 0; i < sums.length; i += 1) sums[i]! += parts[i]!;
}

/** Numbers of redrawn patients, kept for a few group sizes: one report draws from the same group many times. */
const known = new Map<number, Int32Array>();
const KEPT_SIZES = 8;
function drawsOf(count: number): Int32Array {
  const before = known.get(count);
  if (before) return before;
  const draws = new Int32Array(PATIENT_DRAWS * count);
  let next = 0;
  for (const rows of resamplesOf({ kind: 'seeded', seed: SEED, count: PATIENT_DRAWS }, count)) {
    draws.set(rows, next);
    next += count;
  }
  if (known.size >= KEPT_SIZES) known.delete(known.keys().next().value!);
  known.set(count, draws);
  return draws;
}

/** Number of different patients. */
export const patientCount = (rows: readonly { patientId: string }[]): number =>
  new Set(rows.map(({ patientId }) => patientId)).size;
