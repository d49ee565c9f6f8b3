import { proportionDifference, type ShareCount } from '../../core/agreement/proportion-difference.ts';
import type { Finding } from './figures.ts';

/**
 * Difference of a share between two groups of different people, with Newcombe's interval.
 * @param what - begins the sentence, e.g. "Right answers in women". @returns none when a group is empty.
 * @throws RangeError as {@link proportionDifference}.
 */
export function shareDifference(
  name: string,
  what: string,
  first: ShareCount,
  second: ShareCount,
): Finding[] {
  if (first.count === 0 || second.count === 0) return [];
  const { difference, interval } = proportionDifference(first, second);
  const [low, high] = interval;
  const percent = ({ successes, count }: ShareCount) =>
    `${((100 * successes) / count).toFixed(1)} % of ${count}`;
  const verdict = low > 0 ? 'More' : high < 0 ? 'Fewer' : 'No difference shown';
  return [
    {
      name,
      value: difference,
      low,
      high,
      literature: null,
      n: first.count + second.count,
      sentence: `${what}: ${percent(first)} against ${percent(second)}. ${verdict}; Newcombe's interval of the difference.`,
    },
  ];
}
