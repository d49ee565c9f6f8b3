import { hypergeometricInterval, hypergeometricUpperTail } from '../numerics/hypergeometric.ts';
import { overlapOfMostRelevant } from './step-selection.ts';

/** A feature that the model read, with its relevance, any sign. */
export interface RankedFeature {
  name: string;
  relevance: number;
}

/** Why an overlap of named features is no evidence, whatever its value. */
export type NamedOverlapReason = 'nothing-named' | 'nothing-named-was-read' | 'all-named' | 'no-relevance';

/** How many named features are among as many of the model's strongest, beside what chance gives. */
export interface TopKOverlap {
  /** Features named. */
  named: number;
  /** Of them, how many the model read: only these can be shared. */
  namedAndRead: number;
  /** Features that the model read. */
  featureCount: number;
  /** Strongest features of the model looked at: as many as were named, or all it read. */
  topCount: number;
  /** Shared features; a mean where features are tied at the border. */
  overlap: number;
  /** Mean over all sets of `topCount` of the features (mean of the hypergeometric distribution). */
  chance: number;
  /** Where the middle 1 - alpha of those sets lie (hypergeometric). */
  chanceInterval: [number, number];
  /** Share of those sets that overlap at least as much (hypergeometric); null when it says nothing. */
  p: number | null;
  cannotSay: NamedOverlapReason | null;
}

/**
 * Overlap of the named features with as many of the model's strongest, in size.
 * @param named - each once. @param features - all that the model read, each once; relevance finite.
 * @param alpha - of the chance interval.
 * @throws RangeError when a name stands twice, a relevance is not finite or alpha lies outside 0..1.
 */
export function topKOverlap(
  named: readonly string[],
  features: readonly RankedFeature[],
  alpha = 0.05,
): TopKOverlap {
  const names = features.map(({ name }) => name);
  for (const list of [named, names]) {
    if (new Set(list).size !== list.length) throw new RangeError('a feature is named once');
  }
  if (!(alpha > 0 && alpha < 1)) throw new RangeError('alpha lies between 0 and 1');
  const featureCount = features.length;
  const topCount = Math.min(named.length, featureCount);
  const mask = Uint8Array.from(names, (name) => (named.includes(name) ? 1 : 0));
  const namedAndRead = mask.reduce((sum, value) => sum + value, 0);
  const relevance = features.map(({ relevance }) => relevance);
  const { overlaps, expected } =
    featureCount === 0
      ? { overlaps: [{ overlap: 0, probability: 1 }], expected: 0 }
      : overlapOfMostRelevant(relevance, mask, topCount);
  const cannotSay: NamedOverlapReason | null =
    named.length === 0
      ? 'nothing-named'
      : namedAndRead === 0
        ? 'nothing-named-was-read'
        : namedAndRead === featureCount
          ? 'all-named'
          : relevance.every((value) => value === 0)
            ? 'no-relevance'
            : null;
  const tail = overlaps.reduce(
    (sum, { overlap, probability }) =>
      sum + probability * hypergeometricUpperTail(featureCount, namedAndRead, topCount, overlap),
    0,
  );
  return {
    named: named.length,
    namedAndRead,
    featureCount,
    topCount,
    overlap: expected,
    chance: featureCount === 0 ? 0 : (namedAndRead * topCount) / featureCount,
    chanceInterval: hypergeometricInterval(featureCount, namedAndRead, topCount, alpha),
    p: cannotSay === null ? Math.min(1, tail) : null,
    cannotSay,
  };
}
