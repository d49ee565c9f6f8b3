import type { BootstrapInterval } from './bootstrap-interval.ts';
import { judgementShare } from './revealed-judgement.ts';

/** Below this number nothing is shown but the number (product.md rule 12). */
export const LEAST_TO_SAY = 10;
/** Below this number the interval is called wide in words. */
export const WIDE_BELOW = 30;

/** A figure that may be shown, or why it may not. n comes first wherever it stands. */
export type ShownFigure =
  | { kind: 'too-few'; n: number }
  /** Enough judgements, and yet no value: the reason in words. */
  | { kind: 'undefined'; n: number; reason: string }
  | {
      kind: 'figure';
      n: number;
      value: number;
      /** 95 %; null where it would be a point or cannot be given: the reason in words. */
      interval: [number, number] | null;
      noInterval: string;
      /** What the figure comes to by chance; null where chance has no say in it. */
      chance: number | null;
      /** Fewer than 30: to be read with the word "wide". */
      isWide: boolean;
    };

/**
 * A share with its Wilson interval, as far as it may be shown.
 * @throws RangeError unless 0 <= part <= whole in whole numbers.
 */
export function shownShare(part: number, whole: number, chance: number | null = null): ShownFigure {
  const share = judgementShare(part, whole);
  if (whole < LEAST_TO_SAY || share.value === null) return { kind: 'too-few', n: whole };
  return {
    kind: 'figure',
    n: whole,
    value: share.value,
    interval: share.interval,
    noInterval: '',
    chance,
    isWide: whole < WIDE_BELOW,
  };
}

/** Why a bootstrap over patients gives no interval that could be shown. */
const NO_INTERVAL_WORDS = {
  'all-resamples-equal': 'no interval: redrawn patients all give this figure',
  'too-few-resamples': 'no interval: not defined for most redrawn patients',
} as const;

/**
 * A statistic with its bootstrap interval over patients, as far as it may be shown. @param n - judgements behind it.
 * @param reason - in words, for a statistic that is not defined.
 */
export function shownStatistic(
  n: number,
  bootstrap: Pick<BootstrapInterval, 'estimate' | 'interval' | 'reason'>,
  {
    chance = null,
    reason = 'it is not defined for these judgements',
  }: { chance?: number | null; reason?: string } = {},
): ShownFigure {
  if (n < LEAST_TO_SAY) return { kind: 'too-few', n };
  if (bootstrap.estimate === null) return { kind: 'undefined', n, reason };
  // Equal figures may differ in the last bit, worked out in another order.
  const isPoint =
    bootstrap.reason === 'all-resamples-equal' ||
    (bootstrap.interval !== null && bootstrap.interval[1] - bootstrap.interval[0] < 1e-9);
  const none = isPoint ? NO_INTERVAL_WORDS['all-resamples-equal'] : NO_INTERVAL_WORDS['too-few-resamples'];
  const interval = isPoint ? null : bootstrap.interval;
  return {
    kind: 'figure',
    n,
    value: bootstrap.estimate,
    interval,
    noInterval: interval === null ? none : '',
    chance,
    isWide: n < WIDE_BELOW,
  };
}
