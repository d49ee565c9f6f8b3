/** A linear score: bias + weights . input. */
export interface LinearScore {
  weights: Float64Array;
  bias: number;
}

/** What distance is smallest: sum of changes, their root sum of squares, or the same in units of `scale`. */
export type CounterfactualDistance =
  | { kind: 'l1' }
  | { kind: 'l2' }
  | { kind: 'scaled-l2'; scale: Float64Array };

export interface LinearCounterfactual {
  /** Score of the input as it is. */
  score: number;
  /** The nearest input with the wanted score. */
  counterfactual: Float64Array;
  /** From the input, in the distance that was asked for. */
  distance: number;
  /** The one input that is changed when the distance is l1 (of equal ones the first); else null. */
  changedInput: number | null;
}

/** @throws RangeError when lengths differ. */
export function linearScore({ weights, bias }: LinearScore, input: Float64Array): number {
  if (weights.length !== input.length) throw new RangeError('every input needs a weight');
  return weights.reduce((sum, weight, i) => sum + weight * input[i]!, bias);
}

/**
 * Nearest input whose linear score is a wanted one: a logit of zero for "as likely as not", a little beyond it to change
 * the call. Closed form: the input with the largest |weight| alone for l1, the foot of the perpendicular for l2. Source:
 * Wachter, Mittelstadt & Russell 2018 (the problem).
 * @returns null when no input moves the score and it is not there already.
 * @throws RangeError without an input, when lengths differ, a number is not finite or a scale is not above zero.
 */
export function linearCounterfactual(
  model: LinearScore,
  input: Float64Array,
  targetScore: number,
  distance: CounterfactualDistance,
): LinearCounterfactual | null {
  checkQuestion(model, input, targetScore, distance);
  const { weights } = model;
  const score = linearScore(model, input);
  const gap = targetScore - score;
  const scale = distance.kind === 'scaled-l2' ? distance.scale : input.map(() => 1);
  const scaled = weights.map((weight, i) => weight * scale[i]!);
  const largest = scaled.reduce(
    (best, weight, i) => (Math.abs(weight) > Math.abs(scaled[best]!) ? i : best),
    0,
  );
  if (scaled[largest] === 0) {
    if (gap !== 0) return null;
    return { score, counterfactual: input.slice(), distance: 0, changedInput: null };
  }
  if (distance.kind === 'l1') {
    const change = gap / weights[largest]!;
    const counterfactual = input.slice();
    counterfactual[largest]! += change;
    return { score, counterfactual, distance: Math.abs(change), changedInput: largest };
  }
  const norm = Math.hypot(...scaled);
  // Divided twice: the square of a small norm could be zero.
  const counterfactual = input.map((value, i) => value + (gap / norm) * (scaled[i]! / norm) * scale[i]!);
  return { score, counterfactual, distance: Math.abs(gap) / norm, changedInput: null };
}

function checkQuestion(
  { weights, bias }: LinearScore,
  input: Float64Array,
  targetScore: number,
  distance: CounterfactualDistance,
): void {
  if (input.length === 0) throw new RangeError('a counterfactual needs an input');
  if (weights.length !== input.length) throw new RangeError('every input needs a weight');
  if (![bias, targetScore, ...weights, ...input].every(Number.isFinite)) {
    throw new RangeError('a weight, an input or a score is not finite');
  }
  if (distance.kind !== 'scaled-l2') return;
  const { scale } = distance;
  if (scale.length !== input.length) throw new RangeError('every input needs a scale');
  if (!scale.every((each) => each > 0 && Number.isFinite(each))) {
    throw new RangeError('a scale must be above zero');
  }
}
