import { randomStream } from '../numerics/random-stream.ts';

/**
 * Where the resamples of a bootstrap come from: every ordered one (no chance involved), drawn from a named stream, or
 * listed by the caller as row numbers.
 */
export type ResamplePlan =
  | { kind: 'enumerated' }
  | { kind: 'seeded'; seed: number | string; count: number }
  | { kind: 'given'; indices: readonly (readonly number[])[] };

/** Rows up to which all n^n ordered resamples are gone through: 6^6 = 46,656. */
export const MAX_ENUMERATED_ROWS = 6;
/** Fewer draws leave the ends of a 95 % interval to a handful of resamples. */
export const MIN_SEEDED_RESAMPLES = 100;
export const MAX_SEEDED_RESAMPLES = 1_000_000;

/**
 * The resamples of `rowCount` rows, each as row numbers 0..rowCount-1 drawn with replacement.
 * One array is filled anew for every resample: copy what is to be kept.
 * @param rowCount - at least 1.
 * @throws RangeError when there is no row, when all resamples are asked of more than {@link MAX_ENUMERATED_ROWS} rows,
 *   when the number of draws lies outside 100..1,000,000, or when a given resample has another length or names a row
 *   that does not exist.
 */
export function resamplesOf(plan: ResamplePlan, rowCount: number): Iterable<readonly number[]> {
  if (!Number.isSafeInteger(rowCount) || rowCount < 1) throw new RangeError('a bootstrap needs a row');
  switch (plan.kind) {
    case 'enumerated':
      if (rowCount > MAX_ENUMERATED_ROWS) {
        throw new RangeError(
          `all resamples can be listed for at most ${MAX_ENUMERATED_ROWS} rows, not ${rowCount}`,
        );
      }
      return enumerated(rowCount);
    case 'seeded':
      if (
        !Number.isInteger(plan.count) ||
        plan.count < MIN_SEEDED_RESAMPLES ||
        plan.count > MAX_SEEDED_RESAMPLES
      ) {
        throw new RangeError(
          `a bootstrap takes ${MIN_SEEDED_RESAMPLES} to ${MAX_SEEDED_RESAMPLES} resamples, not ${plan.count}`,
        );
      }
      return seeded(rowCount, plan.seed, plan.count);
    case 'given':
      if (plan.indices.length === 0) throw new RangeError('no resample was given');
      for (const rows of plan.indices) {
        if (rows.length !== rowCount) {
          throw new RangeError(`a resample of ${rowCount} rows has ${rowCount} rows, not ${rows.length}`);
        }
        if (rows.some((row) => !Number.isInteger(row) || row < 0 || row >= rowCount)) {
          throw new RangeError(`a resample names a row outside 0..${rowCount - 1}`);
        }
      }
      return plan.indices;
  }
}

function* enumerated(rowCount: number): Generator<readonly number[]> {
  const rows = new Array<number>(rowCount).fill(0);
  for (;;) {
    yield rows;
    let place = rowCount - 1;
    while (place >= 0 && rows[place] === rowCount - 1) rows[place--] = 0;
    if (place < 0) return;
    rows[place]! += 1;
  }
}

function* seeded(rowCount: number, seed: number | string, count: number): Generator<readonly number[]> {
  const rows = new Array<number>(rowCount);
  for (let draw = 0; draw < count; draw += 1) {
    // One stream a resample: asking for more draws changes none of the earlier ones.
    const stream = randomStream(seed, 'bootstrap-resample', draw);
    for (let place = 0; place < rowCount; place += 1) rows[place] = stream.integer(rowCount);
    yield rows;
  }
}
