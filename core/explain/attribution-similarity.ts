import { kendallTauB, pearsonCorrelation, spearmanCorrelation } from '../numerics/rank-correlation.ts';
import { strongestFirst } from './strongest-units.ts';

/** How alike two explanations of the same inputs are. Correlations are null when one of the two is constant. */
export interface AttributionSimilarity {
  pearson: number | null;
  /** Of the signed values, with average ranks. */
  spearman: number | null;
  /** Of the magnitudes: which inputs matter, whatever their sign. */
  spearmanOfMagnitudes: number | null;
  kendallTauB: number | null;
  /** Cosine of the angle between the two; null when one is zero throughout. */
  cosine: number | null;
  euclidean: number;
  manhattan: number;
  chebyshev: number;
  /** How many of the largest magnitudes are looked at. */
  topK: number;
  /** Share of those of the one that are among those of the other; of equal magnitudes the first counts. */
  topKOverlap: number;
  /** Share of inputs with the same sign in both; zero is a sign of its own. */
  signAgreement: number;
}

/**
 * Compares two explanations value by value.
 * @param topK - 1 to the number of values; a quarter of them, at least one, if not said.
 * @throws RangeError when the lengths differ, there is no value, one is not finite, or topK is out of range.
 */
export function attributionSimilarity(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  topK: number = Math.max(1, Math.floor(a.length / 4)),
): AttributionSimilarity {
  // Checks lengths and finiteness for all that follows.
  const pearson = pearsonCorrelation(a, b);
  if (!Number.isInteger(topK) || topK < 1 || topK > a.length) {
    throw new RangeError(`there are no ${topK} largest of ${a.length} values`);
  }
  const [first, second] = [Float64Array.from(a), Float64Array.from(b)];
  const distances = first.map((value, i) => Math.abs(value - second[i]!));
  const largestOfSecond = new Set(largest(second, topK));
  return {
    pearson,
    spearman: spearmanCorrelation(a, b),
    spearmanOfMagnitudes: spearmanCorrelation(first.map(Math.abs), second.map(Math.abs)),
    kendallTauB: kendallTauB(a, b),
    cosine: cosineOf(first, second),
    euclidean: Math.hypot(...distances),
    manhattan: distances.reduce((sum, each) => sum + each, 0),
    chebyshev: Math.max(...distances),
    topK,
    topKOverlap: largest(first, topK).filter((i) => largestOfSecond.has(i)).length / topK,
    signAgreement:
      first.filter((value, i) => Math.sign(value) === Math.sign(second[i]!)).length / first.length,
  };
}

const largest = (values: Float64Array, count: number): number[] => strongestFirst(values).slice(0, count);

function cosineOf(a: Float64Array, b: Float64Array): number | null {
  const lengths = Math.hypot(...a) * Math.hypot(...b);
  if (lengths === 0) return null;
  return a.reduce((sum, value, i) => sum + value * b[i]!, 0) / lengths;
}
