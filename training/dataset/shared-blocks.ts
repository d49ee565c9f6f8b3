/** Samples of a block: 1 s of the recordings at hand. */
export const BLOCK_SAMPLES = 200;
/** A block in which fewer of its steps move is flat: stillness is alike in everybody. */
const FEWEST_MOVING_STEPS = 20;
/** From this share of shared blocks on, two columns are one measurement. */
export const SHARED_SHARE = 0.5;

const FACTOR = 0x01000193;
const times = Math.imul;

/** Blocks of a column by what they hold: the steps from sample to sample, so that an offset does not hide a copy. */
export interface ColumnBlocks {
  /** Hash of every block that moves, from every sample on: a copy may have lost its first lines. */
  everywhere: ReadonlySet<number>;
  /** Of the blocks side by side from the first sample on. */
  sideBySide: readonly number[];
}

/**
 * Blocks of one column, hashed by a rolling polynomial of 32 bits. Of two unrelated recordings of ten minutes at 200 Hz a
 * block is shared by chance about once in 36,000.
 */
export function columnBlocks(samples: ArrayLike<number>): ColumnBlocks {
  const steps = Int32Array.from({ length: Math.max(0, samples.length - 1) }, (_, i) =>
    // Readings are whole numbers, and stay so under an offset up to rounding.
    Math.round(samples[i + 1]! - samples[i]!),
  );
  let oldest = 1;
  for (let i = 1; i < BLOCK_SAMPLES; i += 1) oldest = times(oldest, FACTOR);
  const everywhere = new Set<number>();
  const sideBySide: number[] = [];
  let hash = 0;
  let moving = 0;
  steps.forEach((step, i) => {
    const leaving = i >= BLOCK_SAMPLES ? steps[i - BLOCK_SAMPLES]! : 0;
    hash = (times(hash - times(mixed(leaving), oldest), FACTOR) + mixed(step)) | 0;
    moving += Number(step !== 0) - Number(leaving !== 0);
    if (i < BLOCK_SAMPLES - 1 || moving < FEWEST_MOVING_STEPS) return;
    everywhere.add(hash);
    if ((i + 1) % BLOCK_SAMPLES === 0) sideBySide.push(hash);
  });
  return { everywhere, sideBySide };
}

/** Spreads small steps over all bits; a step of 0 stays 0, so that a window not yet full is one of stillness. */
function mixed(step: number): number {
  const spread = times(step, 0x9e3779b1);
  return times(spread ^ (spread >>> 15), 0x85ebca6b);
}

/** Of the blocks of `inner` that move, the share that `outer` holds somewhere; 0 without any. */
const shareWithin = (inner: ColumnBlocks, outer: ColumnBlocks): number =>
  inner.sideBySide.length === 0
    ? 0
    : inner.sideBySide.filter((hash) => outer.everywhere.has(hash)).length / inner.sideBySide.length;

/**
 * Whether one recording repeats most of another: in any one column most blocks of the one are found in the other. Any
 * column will do, as the rest may have been shifted, scaled or left out; a column that was smoothed, resampled or scaled
 * itself is not recognised.
 * @param first - blocks of every column. @param second - of the same columns in the same order.
 */
export const repeats = (first: readonly ColumnBlocks[], second: readonly ColumnBlocks[]): boolean =>
  first.some((column, i) => {
    const other = second[i];
    return (
      other !== undefined && Math.max(shareWithin(column, other), shareWithin(other, column)) >= SHARED_SHARE
    );
  });
