import type * as z from 'zod';
import { completedWeeks, daysBetween } from '../../../core/clinical/judged-later.ts';
import { percentText } from '../../../core/clinical/percent-text.ts';
import type { RefusalReason, WristStatePrediction } from '../../../core/contract/schemas/judgement.ts';

export { percentText };

/** "9 of 10" for 0.9; other levels of a hundred. */
export function coverageText(coverage: number): string {
  const tenths = Math.round(coverage * 10);
  return Math.abs(coverage * 10 - tenths) < 1e-6 ? `${tenths} of 10` : `${Math.round(coverage * 100)} of 100`;
}

/** Below this number of simulated people a share is not shown as a percentage. */
const MINIMUM_FOR_PERCENT = 10;
const SIZE_WORDS = ['no class is', 'one class is', 'two classes are', 'three classes are'] as const;
/** "3,511". */
const grouped = (count: number): string => String(count).replace(/\B(?=(\d{3})+$)/g, ',');

/**
 * How far a set of this size can be trusted: how often sets as small as this one were right, from the same
 * measurements. The promise of 9 in 10 is over all sets and would flatter a small one.
 */
export function setPromise(
  prediction: Pick<WristStatePrediction, 'coverage' | 'predictionSet' | 'setHitRate'>,
): string {
  const overall = `sets made this way, of every size together, hold the right class for ${coverageText(prediction.coverage)} simulated people`;
  const rate = prediction.setHitRate;
  const size = prediction.predictionSet.length;
  if (!rate || rate.n < MINIMUM_FOR_PERCENT) return overall;
  return `where ${SIZE_WORDS[size]} left, the right class was ${size === 2 ? 'one of them' : 'that one'} for ${percentText(rate.right / rate.n)} of ${grouped(rate.n)} simulated people measured like this`;
}

export const REFUSAL_WORDS: Readonly<Record<z.output<typeof RefusalReason>, { what: string; todo: string }>> =
  {
    'out-of-range': {
      what: 'These measurements are unlike those of the simulated people the model was trained on.',
      todo: 'Check each value and its unit. If they are right, your own judgement stands alone today.',
    },
    'too-few-trials': {
      what: 'There are too few trials of the judged hand: the model needs at least two.',
      todo: 'Measure three trials in a new session; your own judgement stands alone today.',
    },
    'mixed-units': {
      what: 'The pinch trials do not fit together: they carry more than one unit, or one is almost twice another or more.',
      todo: 'Look at each value and its unit, correct the wrong one with a reason, then ask the model again.',
    },
    'missing-required-input': {
      what: 'A measurement the model needs is missing: key pinch of the judged hand.',
      todo: 'Measure it in a new session; your own judgement stands alone today.',
    },
    'full-set': {
      what: 'No class can be ruled out: all three stay possible.',
      todo: 'More measurements may narrow it; the probabilities below are shown with that doubt.',
    },
    'empty-set': {
      what: 'No class fits these measurements well enough.',
      todo: 'Check the values; your own judgement stands alone today.',
    },
  };

/** "12 weeks ago", "3 days ago". */
export function agoText(earlier: string, now: string): string {
  const days = daysBetween(earlier, now);
  if (days < 1) return 'earlier today';
  if (days < 14) return days === 1 ? '1 day ago' : `${days} days ago`;
  return `${completedWeeks(earlier, now)} weeks ago`;
}
