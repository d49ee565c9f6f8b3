import { checkForecasts } from './probability-rows.ts';
import { binOf, type EdgeRule, equalWidthEdges } from './reliability-bins.ts';
import { wilsonInterval } from './wilson-interval.ts';

/** What was said and what came true in one range of confidences. */
export interface ReliabilityBin {
  lower: number;
  upper: number;
  /** Rows in the bin. */
  n: number;
  /** Sum of their weights; n when all rows count alike. */
  weight: number;
  /**
   * Rows of one weight that would tell as much, 0 to n: squared sum of the weights over the sum of their squares (Kish
   * 1965, Survey Sampling); n when all rows count alike.
   */
  effectiveCount: number;
  /** Mean confidence; null in an empty bin. */
  meanConfidence: number | null;
  /** Share that came true; null in an empty bin. */
  frequency: number | null;
  /** Wilson interval of that share, at the effective count of rows; null in an empty bin. */
  interval: readonly [number, number] | null;
}

/** Bins over 0..1, together with the number of rows that they rest on. */
export interface ReliabilityTable {
  n: number;
  bins: readonly ReliabilityBin[];
}

export interface ReliabilityOptions {
  /** Ascending, from 0 to 1; ten equally wide bins when left out. */
  edges?: ArrayLike<number>;
  /** 'right-open' when left out. */
  rule?: EdgeRule;
  /** How much each row counts, 0 or more, e.g. prevalence over share of its class; 1 when left out. */
  weights?: ArrayLike<number>;
  /** 1 minus the level of the intervals; 0.05 when left out. */
  alpha?: number;
}

/**
 * Reliability table: confidences beside how often they came true, with the number of rows and an interval in each bin.
 * For a yes-or-no event the confidence is its probability; for the top label it is the largest probability and "came
 * true" is a hit. A row of weight 0 is not counted. Source: Murphy & Winkler 1977, J R Stat Soc C 26:41; interval
 * Wilson 1927.
 * @param confidences - 0..1, at least one. @param cameTrue - as many.
 * @throws RangeError when lengths or ranges do not fit, when edges do not ascend from 0 to 1, or when a weight is
 *   negative or not finite, or when all are 0.
 */
export function reliabilityTable(
  confidences: ArrayLike<number>,
  cameTrue: ArrayLike<boolean>,
  { edges = equalWidthEdges(10), rule = 'right-open', weights, alpha = 0.05 }: ReliabilityOptions = {},
): ReliabilityTable {
  checkForecasts(confidences, cameTrue);
  checkEdges(edges);
  if (weights && weights.length !== confidences.length) throw new RangeError('every row needs a weight');
  const largest = weights ? largestWeight(weights) : 1;
  const sums = Array.from({ length: edges.length - 1 }, () => ({
    n: 0,
    weight: 0,
    squares: 0,
    said: 0,
    came: 0,
  }));
  for (let i = 0; i < confidences.length; i += 1) {
    const weight = weights ? weights[i]! : 1;
    if (weight === 0) continue;
    const bin = sums[binOf(confidences[i]!, edges, rule)]!;
    bin.n += 1;
    bin.weight += weight;
    // By the largest, so that squares stay in range for weights of any scale.
    bin.squares += (weight / largest) ** 2;
    bin.said += weight * confidences[i]!;
    bin.came += cameTrue[i] ? weight : 0;
  }
  const n = sums.reduce((sum, bin) => sum + bin.n, 0);
  if (n === 0) throw new RangeError('no row has a weight above 0');
  const bins = sums.map((bin, i): ReliabilityBin => {
    const at = { lower: edges[i]!, upper: edges[i + 1]!, n: bin.n, weight: bin.weight };
    if (bin.n === 0) {
      return { ...at, effectiveCount: 0, meanConfidence: null, frequency: null, interval: null };
    }
    const frequency = bin.came / bin.weight;
    // Between 1 and n but for rounding.
    const effectiveCount = Math.min(bin.n, Math.max(1, (bin.weight / largest) ** 2 / bin.squares));
    return {
      ...at,
      effectiveCount,
      meanConfidence: bin.said / bin.weight,
      frequency,
      interval: wilsonInterval(frequency * effectiveCount, effectiveCount, alpha),
    };
  });
  return { n, bins };
}

function largestWeight(weights: ArrayLike<number>): number {
  let largest = 0;
  for (let i = 0; i < weights.length; i += 1) {
    const weight = weights[i]!;
    if (!(weight >= 0 && Number.isFinite(weight))) throw new RangeError('a weight is a finite number from 0');
    largest = Math.max(largest, weight);
  }
  return largest;
}

function checkEdges(edges: ArrayLike<number>): void {
  const last = edges.length - 1;
  let isAscending = last >= 1 && edges[0] === 0 && edges[last] === 1;
  for (let i = 1; i <= last; i += 1) isAscending &&= edges[i]! >= edges[i - 1]!;
  if (!isAscending) throw new RangeError('edges of bins ascend from 0 to 1');
}
