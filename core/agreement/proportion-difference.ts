import { checkCounts } from '../numerics/binomial-tail.ts';
import { wilsonInterval } from '../uncertainty/wilson-interval.ts';

/** Successes in independent trials. */
export interface ShareCount {
  successes: number;
  count: number;
}

/** Difference of two shares, with its interval. */
export interface ProportionDifference {
  /** Share of the first minus share of the second, -1..1. */
  difference: number;
  interval: [number, number];
}

/**
 * Difference of two independent shares with Newcombe's hybrid score interval (Newcombe 1998, Stat Med 17:873, method 10):
 * the distances to the two Wilson intervals, squared and added. Not for paired data.
 * @param first - successes whole 0..count, count whole from 1. @param second - as first.
 * @param alpha - 1 minus the confidence level, above 0 and below 1. @throws RangeError outside these ranges.
 */
export function proportionDifference(
  first: ShareCount,
  second: ShareCount,
  alpha = 0.05,
): ProportionDifference {
  const [one, two] = [first, second].map(({ successes, count }) => {
    checkCounts(successes, count);
    const [lower, upper] = wilsonInterval(successes, count, alpha);
    return { share: successes / count, lower, upper };
  }) as [Placed, Placed];
  const difference = one.share - two.share;
  return {
    difference,
    interval: [
      difference - Math.hypot(one.share - one.lower, two.upper - two.share),
      difference + Math.hypot(one.upper - one.share, two.share - two.lower),
    ],
  };
}

interface Placed {
  share: number;
  lower: number;
  upper: number;
}
