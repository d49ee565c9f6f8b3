import { checkRule, type RulePart, rulePartsOf, type WeightedSumRule } from './relevance-rule.ts';
import { stabiliserOf } from './stabiliser.ts';
import type { WeightedSum } from './weighted-sum.ts';

/** Relevance of a layer's inputs, and what went elsewhere; all of it adds up to the relevance of its outputs. */
export interface SpreadRelevance {
  /** One number an input. */
  values: Float64Array;
  bias: number;
  /** Also what a sum of zero cannot share (an epsilon of 0 over a dead unit, or gamma). */
  stabiliser: number;
}

/**
 * Gives the relevance of a layer's outputs to its inputs.
 * @param values - of the inputs, length sum.inputCount. @param relevance - of the outputs, one number each.
 * @throws RangeError when a length does not fit, a relevance is not finite, or the rule is outside its range.
 */
export function spreadRelevance(
  sum: WeightedSum,
  values: Float64Array,
  rule: WeightedSumRule,
  relevance: Float64Array,
): SpreadRelevance {
  if (values.length !== sum.inputCount || relevance.length !== sum.bias.length) {
    throw new RangeError(
      `a layer of ${sum.inputCount} inputs and ${sum.bias.length} outputs got other lengths`,
    );
  }
  if (!relevance.every(Number.isFinite)) throw new RangeError('a relevance is not finite');
  checkRule(rule, sum.inputCount);
  if (rule.rule === 'identity') {
    if (relevance.length !== values.length) {
      throw new RangeError('the identity rule needs as many outputs as inputs');
    }
    return { values: relevance.slice(), bias: 0, stabiliser: 0 };
  }
  const parts = rulePartsOf(rule);
  const redistributes = rule.rule === 'epsilon' && rule.redistributesBias === true;
  const result: SpreadRelevance = { values: new Float64Array(sum.inputCount), bias: 0, stabiliser: 0 };
  const inputs: number[] = [];
  const weights: number[] = [];
  for (const [k, own] of relevance.entries()) {
    // A dead unit has nothing to share.
    if (own === 0) continue;
    let count = 0;
    let z = sum.bias[k]!;
    sum.forEachInput(k, (input, weight) => {
      inputs[count] = input;
      weights[count] = weight;
      count += 1;
      z += values[input]! * weight;
    });
    const taken = parts[z < 0 ? 'below' : z > 0 ? 'above' : 'zero'];
    if (taken.length === 0) result.stabiliser += own;
    for (const part of taken) {
      spreadPart(result, part, { inputs, weights, count, bias: sum.bias[k]! }, values, own, redistributes);
    }
  }
  return result;
}

interface Connections {
  inputs: readonly number[];
  weights: readonly number[];
  /** How many entries of both lists count. */
  count: number;
  bias: number;
}

function spreadPart(
  into: SpreadRelevance,
  part: RulePart,
  { inputs, weights, count, bias }: Connections,
  values: Float64Array,
  relevance: number,
  redistributes: boolean,
): void {
  const share = part.factor * relevance;
  const biasPart = part.bias(bias);
  let denominator = biasPart;
  for (let n = 0; n < count; n += 1) {
    denominator += part.numerator(values[inputs[n]!]!, weights[n]!, inputs[n]!);
  }
  const stabiliser = stabiliserOf(denominator, part.epsilon);
  const each = share / (denominator + stabiliser);
  if (!Number.isFinite(each)) {
    into.stabiliser += share;
    return;
  }
  const extra = redistributes ? (biasPart + stabiliser) / count : 0;
  for (let n = 0; n < count; n += 1) {
    const numerator = part.numerator(values[inputs[n]!]!, weights[n]!, inputs[n]!) + extra;
    into.values[inputs[n]!]! += numerator * each;
  }
  if (redistributes) return;
  into.bias += biasPart * each;
  into.stabiliser += stabiliser * each;
}
