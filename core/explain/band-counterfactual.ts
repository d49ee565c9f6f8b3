import { checkGroups, type InputGroup, type Reference } from './attribution.ts';
import { type ClassScores, callOf, marginOver } from './class-scores.ts';

/** What the model says when one band looks like the reference. */
export interface BandReplacement {
  band: string;
  scores: Float64Array;
  predicted: number;
  /** Change of (score of the class called for the row - largest of the others); negative: the call loses ground. */
  marginChange: number;
  isFlipped: boolean;
}

export interface BandCounterfactual {
  /** Scores and call at the row itself. */
  scores: Float64Array;
  predictedClass: number;
  referenceName: string;
  /** In the order of the bands. */
  replacements: readonly BandReplacement[];
  /** Names of the bands that change the call, each alone; empty: no single band does. */
  flipping: readonly string[];
}

/**
 * Replaces one band of a trace at a time by the reference trace and asks for the call again. Source: Delaney, Greene &
 * Keane 2021 (a part of a series taken from a guide).
 * @param bands - columns of each band; bands may overlap each other (a sliding window).
 * @throws RangeError when row, reference or bands do not fit the model, or a score is not finite.
 */
export function bandCounterfactual(
  classes: ClassScores,
  row: Float64Array,
  reference: Reference,
  bands: readonly InputGroup[],
): BandCounterfactual {
  const { inputCount } = classes;
  for (const each of [row, reference.row]) {
    if (each.length !== inputCount || !each.every(Number.isFinite)) {
      throw new RangeError(`the model takes ${inputCount} finite numbers`);
    }
  }
  if (reference.name.trim() === '') throw new RangeError('a reference needs a name');
  if (bands.length === 0) throw new RangeError('there is no band to replace');
  for (const band of bands) checkGroups([band], inputCount);
  const scores = classes.scoresOf(row).slice();
  const predictedClass = callOf(scores);
  const margin = marginOver(scores, predictedClass);
  const replacements = bands.map(({ name, columns }): BandReplacement => {
    const changed = row.slice();
    for (const column of columns) changed[column] = reference.row[column]!;
    const after = classes.scoresOf(changed).slice();
    const predicted = callOf(after);
    return {
      band: name,
      scores: after,
      predicted,
      marginChange: marginOver(after, predictedClass) - margin,
      isFlipped: predicted !== predictedClass,
    };
  });
  return {
    scores,
    predictedClass,
    referenceName: reference.name,
    replacements,
    flipping: replacements.flatMap(({ band, isFlipped }) => (isFlipped ? [band] : [])),
  };
}
