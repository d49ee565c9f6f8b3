import { heldOutP, holdOutDistances } from '../../core/uncertainty/held-out-distance.ts';
import { wilsonInterval } from '../../core/uncertainty/wilson-interval.ts';
import type { Finding } from './figures.ts';

const ALPHA = 0.05;

/**
 * How many people of another kind have inputs that are strange to the usual people: Mahalanobis distance with shrunk
 * covariance, conformal p value against usual people who made no covariance. No network is involved, so it tells strange
 * inputs from strange answers of a network.
 * @param usual - inputs of the usual people, columns of comparable scale; the first half makes the cloud, the second the
 *   p values. @param others - inputs of the people asked about.
 * @returns none without others. @throws RangeError with fewer than six usual people, or as holdOutDistances.
 */
export function unusualInputs(
  name: string,
  usual: readonly ArrayLike<number>[],
  others: readonly ArrayLike<number>[],
): Finding[] {
  if (usual.length < 6) throw new RangeError('unusual inputs need usual people to be told from');
  if (others.length === 0) return [];
  const half = Math.floor(usual.length / 2);
  const distances = holdOutDistances(usual.slice(0, half), usual.slice(half));
  const strange = others.filter((input) => heldOutP(input, distances) <= ALPHA).length;
  const [low, high] = wilsonInterval(strange, others.length);
  return [
    {
      name: `inputs alone unlike the usual people, ${name}`,
      value: strange / others.length,
      low,
      high,
      literature: null,
      n: others.length,
      sentence: `Mahalanobis distance of the inputs, no network involved: conformal p of 0.05 or less, as at most 5 % of usual people have (${half} of them make the cloud, ${usual.length - half} others the p values).`,
    },
  ];
}
