import { quantileSorted } from 'simple-statistics';

/** What a measure comes to by chance, beside the value observed. */
export interface ChanceDistribution {
  /** 'exact' when all arrangements were gone through, 'permutation' when random ones were drawn. */
  kind: 'exact' | 'permutation';
  /** Arrangements gone through or drawn. */
  count: number;
  mean: number;
  /** Where the middle 1 - alpha of the arrangements lie. */
  interval: [number, number];
  /**
   * Share of arrangements that reach the observed value at least. Of drawn ones the observed arrangement counts as one
   * more, (k + 1) / (n + 1), so that it is never 0 (Phipson & Smyth 2010, Stat Appl Genet Mol Biol 9:39).
   */
  p: number;
}

/** Two values of a measure closer than this are the same one, worked out in another order. */
const ROUNDING = 1e-12;

/**
 * Sums up a measure over arrangements that are equally likely by chance.
 * @param observed - of the arrangement at hand. @param values - over the others, at least one, finite; of an exact
 *   distribution the observed one is among them. @param alpha - of the interval, above 0 and below 1.
 * @throws RangeError outside these ranges.
 */
export function chanceDistribution(
  kind: ChanceDistribution['kind'],
  observed: number,
  values: ArrayLike<number>,
  alpha = 0.05,
): ChanceDistribution {
  if (!(alpha > 0 && alpha < 1)) throw new RangeError('alpha lies between 0 and 1');
  const sorted = Array.from(values).sort((a, b) => a - b);
  if (sorted.length === 0) throw new RangeError('a chance level needs an arrangement');
  if (![observed, ...sorted].every(Number.isFinite)) throw new RangeError('a measure is a finite number');
  const count = sorted.length;
  const reached = sorted.filter(
    (value) => value >= observed - ROUNDING * Math.max(1, Math.abs(observed)),
  ).length;
  return {
    kind,
    count,
    mean: sorted.reduce((sum, value) => sum + value, 0) / count,
    interval: [quantileSorted(sorted, alpha / 2), quantileSorted(sorted, 1 - alpha / 2)],
    p: kind === 'exact' ? reached / count : (reached + 1) / (count + 1),
  };
}
