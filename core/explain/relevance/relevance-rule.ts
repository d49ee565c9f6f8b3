import { STABILISER } from './stabiliser.ts';

/**
 * How the relevance R_k of a weighted sum z_k = sum_j x_j w_jk + b_k goes to its inputs x_j. `(v)+` and `(v)-` are the
 * positive and negative parts of v.
 * - epsilon: R_j = sum_k x_j w_jk / (z_k + epsilon sign z_k) R_k (Bach et al. 2015). With `redistributesBias` each
 *   connection also takes an equal part of bias and stabiliser, so that nothing is lost (Arras et al. 2017).
 * - gamma: numerators x_j w_jk + gamma (x_j w_jk)+ where z_k > 0 and x_j w_jk + gamma (x_j w_jk)- where z_k < 0: the
 *   form for inputs of either sign (Andeol et al. 2021). Where z_k = 0 neither side is favoured and nothing passes. For x >= 0 and z > 0 it is w + gamma w+ (Montavon et al. 2019).
 * - alpha-beta: alpha (x_j w_jk)+ / z_k+ - beta (x_j w_jk)- / z_k-, with the bias in the part of its sign (Bach et
 *   al. 2015). The sign of the product decides, not that of the weight.
 * - z-plus: alpha-beta with alpha 1 and beta 0.
 * - z-box: x_j w_jk - low_j w_jk+ - high_j w_jk- for inputs between low and high (Montavon et al. 2017).
 * - w-square: w_jk^2 / (sum_j w_jk^2 + b_k^2) (Montavon et al. 2017).
 * - flat: the same to each connection.
 * - identity: R_j = R_j, for a layer with as many outputs as inputs.
 */
export type WeightedSumRule =
  | { rule: 'epsilon'; epsilon: number; redistributesBias?: boolean }
  | { rule: 'gamma'; gamma: number }
  | { rule: 'alpha-beta'; alpha: number; beta: number }
  | { rule: 'z-plus' }
  | { rule: 'z-box'; low: number | Float64Array; high: number | Float64Array }
  | { rule: 'w-square' }
  | { rule: 'flat' }
  | { rule: 'identity' };

/** A fraction of numerators over their stabilised sum, times a factor; the factors of a rule add up to 1. */
export interface RulePart {
  factor: number;
  /** Of one connection. @param input - position of the input in the layer's source. */
  numerator(value: number, weight: number, input: number): number;
  /** What the bias adds to the denominator. */
  bias(bias: number): number;
  epsilon: number;
}

const none = () => 0;
const positive = (value: number) => (value > 0 ? value : 0);
const negative = (value: number) => (value < 0 ? value : 0);

/** The fractions of a rule where the weighted sum is above zero, zero, and below. */
export type RuleParts = Readonly<Record<'above' | 'zero' | 'below', readonly RulePart[]>>;

/**
 * The fractions of a rule; without any, the relevance goes nowhere.
 * @throws RangeError for `identity`, which is no fraction.
 */
export function rulePartsOf(rule: WeightedSumRule): RuleParts {
  const same = (...parts: RulePart[]) => ({ above: parts, zero: parts, below: parts });
  switch (rule.rule) {
    case 'epsilon':
      return same({ factor: 1, numerator: (x, w) => x * w, bias: (b) => b, epsilon: rule.epsilon });
    case 'gamma':
      return { above: [favouring(rule.gamma, positive)], zero: [], below: [favouring(rule.gamma, negative)] };
    case 'alpha-beta':
      // A part of factor zero is left out: without any negative contribution it would be zero times 0/0.
      return same(signed(rule.alpha, positive), ...(rule.beta === 0 ? [] : [signed(-rule.beta, negative)]));
    case 'z-plus':
      return same(signed(1, positive));
    case 'z-box': {
      const { low, high } = rule;
      const lowAt = typeof low === 'number' ? () => low : (j: number) => low[j]!;
      const highAt = typeof high === 'number' ? () => high : (j: number) => high[j]!;
      return same({
        factor: 1,
        numerator: (x, w, j) => x * w - lowAt(j) * positive(w) - highAt(j) * negative(w),
        bias: none,
        epsilon: STABILISER,
      });
    }
    case 'w-square':
      return same({ factor: 1, numerator: (_x, w) => w * w, bias: (b) => b * b, epsilon: STABILISER });
    case 'flat':
      return same({ factor: 1, numerator: () => 1, bias: none, epsilon: STABILISER });
    case 'identity':
      throw new RangeError('the identity rule passes relevance as it is');
  }
}

function favouring(gamma: number, part: (value: number) => number): RulePart {
  return {
    factor: 1,
    numerator: (x, w) => x * w + gamma * part(x * w),
    bias: (b) => b + gamma * part(b),
    epsilon: STABILISER,
  };
}

function signed(factor: number, part: (value: number) => number): RulePart {
  return { factor, numerator: (x, w) => part(x * w), bias: part, epsilon: STABILISER };
}

/** Largest |alpha - beta - 1| that counts as rounding of decimals. */
const FACTOR_ROUNDING = 1e-9;

/**
 * @param inputCount - inputs of the layer, for boxes given input by input.
 * @throws RangeError when a parameter is not finite or out of range: epsilon, gamma and beta from 0, alpha - beta = 1,
 *   low <= high and of the layer's length.
 */
export function checkRule(rule: WeightedSumRule, inputCount: number): void {
  const parameters = Object.values(rule).filter((value) => typeof value === 'number');
  if (!parameters.every(Number.isFinite))
    throw new RangeError(`a parameter of rule ${rule.rule} is not finite`);
  if (rule.rule === 'epsilon' && rule.epsilon < 0) throw new RangeError('epsilon must not be negative');
  if (rule.rule === 'gamma' && rule.gamma < 0) throw new RangeError('gamma must not be negative');
  if (rule.rule === 'alpha-beta') {
    if (rule.beta < 0) throw new RangeError('beta must not be negative');
    if (Math.abs(rule.alpha - rule.beta - 1) > FACTOR_ROUNDING) {
      throw new RangeError('alpha - beta must be 1, or relevance appears from nowhere');
    }
  }
  if (rule.rule === 'z-box') checkBox(rule.low, rule.high, inputCount);
}

function checkBox(low: number | Float64Array, high: number | Float64Array, inputCount: number): void {
  const at = (bound: number | Float64Array, j: number) => (typeof bound === 'number' ? bound : bound[j]!);
  for (const bound of [low, high]) {
    if (typeof bound === 'number') continue;
    if (bound.length !== inputCount || !bound.every(Number.isFinite)) {
      throw new RangeError(`a box needs ${inputCount} finite bounds, one an input`);
    }
  }
  for (let j = 0; j < inputCount; j += 1) {
    if (at(low, j) > at(high, j)) throw new RangeError(`the box of input ${j} ends below its start`);
  }
}
