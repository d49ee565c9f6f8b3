import { markedCount, type TraceMask } from './trace-marks.ts';

/** Why a measure of overlap is no evidence of agreement, whatever its value. */
export type CannotSayReason =
  /** Nothing is marked. */
  | 'empty-mark'
  /** Everything is marked: any explanation lies inside. */
  | 'full-mark'
  /** The explanation gives no relevance to any step. */
  | 'no-relevance'
  /** Relevance for and against adds up to nothing: shares of it mean nothing. */
  | 'relevance-cancels'
  /** Every step is equally relevant. */
  | 'flat-relevance'
  /** Every step lies within the tolerance of a mark. */
  | 'tolerance-covers-all'
  /** The model names no stretch of the trace. */
  | 'no-model-event';

/** A measure of overlap beside what chance gives. */
export interface OverlapMeasure {
  /** As its definition gives it; null where that is 0 / 0. */
  value: number | null;
  /** Mean over marks put at random, as the function says that gives it; null where the value is null for one of them. */
  chance: number | null;
  /** Null when the value can be read. Otherwise it must be neither shown as agreement nor averaged. */
  cannotSay: CannotSayReason | null;
}

/** The value where it says something, else null. */
export const readableValue = (measure: OverlapMeasure): number | null =>
  measure.cannotSay === null ? measure.value : null;

/** 'empty-mark' or 'full-mark', else null. */
export function markReason(mask: TraceMask): 'empty-mark' | 'full-mark' | null {
  const marked = markedCount(mask);
  if (marked === 0) return 'empty-mark';
  return marked === mask.length ? 'full-mark' : null;
}

/**
 * Size of the relevance of every step.
 * @throws RangeError when it has not one number a step of the mask or one is not finite.
 */
export function absoluteRelevance(relevance: ArrayLike<number>, mask: TraceMask): Float64Array {
  if (relevance.length !== mask.length || mask.length === 0) {
    throw new RangeError(`a trace of ${mask.length} steps has as many relevances, not ${relevance.length}`);
  }
  const sizes = Float64Array.from(relevance, Math.abs);
  if (!sizes.every(Number.isFinite)) throw new RangeError('relevance is finite');
  return sizes;
}
