import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomStream } from '../../numerics/random-stream.ts';
import { checkRule, rulePartsOf, type WeightedSumRule } from './relevance-rule.ts';
import { spreadRelevance } from './spread-relevance.ts';
import { stabiliserOf } from './stabiliser.ts';
import type { WeightedSum } from './weighted-sum.ts';

/** A dense layer with inputs, weights, biases and relevances of either sign. */
interface SignedLayer {
  x: number[];
  /** [input][output]. */
  w: number[][];
  b: number[];
  relevance: number[];
}

function signedLayer(seed: number): SignedLayer {
  const stream = randomStream('relevance-rules', 'layer', seed);
  const [inputs, outputs] = [1 + stream.integer(5), 1 + stream.integer(4)];
  const normals = (length: number) => Array.from({ length }, () => stream.normal());
  // Some inputs are exactly zero, as after a relu; one layer in four has no biases.
  const x = normals(inputs).map((value) => (stream.uniform() < 0.2 ? 0 : value));
  const hasBias = stream.uniform() < 0.75;
  return {
    x,
    w: Array.from({ length: inputs }, () => normals(outputs)),
    b: normals(outputs).map((value) => (hasBias ? value : 0)),
    relevance: normals(outputs),
  };
}

const sumOfLayer = ({ w, b }: SignedLayer): WeightedSum => ({
  inputCount: w.length,
  bias: Float64Array.from(b),
  forEachInput(k, visit) {
    for (const [j, row] of w.entries()) visit(j, row[k]!);
  },
});

const plus = (value: number) => Math.max(value, 0);
const minus = (value: number) => Math.min(value, 0);
const mapped = (matrix: number[][], change: (value: number) => number) =>
  matrix.map((row) => row.map(change));
const matrixSum = (a: number[][], b: number[][], factor = 1) =>
  a.map((row, j) => row.map((value, k) => value + factor * b[j]![k]!));

/** z = x W + b. */
const forward = (x: number[], w: number[][], b: number[]) =>
  b.map((bias, k) => x.reduce((sum, value, j) => sum + value * w[j]![k]!, bias));
/** x (element by element) times the Jacobian's transpose times s: what a linear map sends back. */
const back = (x: number[], w: number[][], s: number[]) =>
  x.map((value, j) => value * s.reduce((sum, each, k) => sum + w[j]![k]! * each, 0));
const sumOf = (...vectors: number[][]) =>
  vectors[0]!.map((_, i) => vectors.reduce((sum, v) => sum + v[i]!, 0));
const quotient = (relevance: number[], z: number[], epsilon: number) =>
  relevance.map((value, k) => value / (z[k]! + (z[k]! >= 0 ? epsilon : -epsilon)));

const TINY = 1e-12;

/**
 * Every rule in matrix form: the layer is run with clamped inputs and clamped weights, and x times its Jacobian sends
 * R / z back. No sign of a single product is looked at.
 */
function slowRelevance({ x, w, b, relevance }: SignedLayer, rule: WeightedSumRule): number[] {
  const [xPlus, xMinus] = [x.map(plus), x.map(minus)];
  const [wPlus, wMinus] = [mapped(w, plus), mapped(w, minus)];
  const none = b.map(() => 0);
  const positivePart = () => sumOf(forward(xPlus, wPlus, b.map(plus)), forward(xMinus, wMinus, none));
  const negativePart = () => sumOf(forward(xPlus, wMinus, b.map(minus)), forward(xMinus, wPlus, none));
  const backPositive = (s: number[]) => sumOf(back(xPlus, wPlus, s), back(xMinus, wMinus, s));
  const backNegative = (s: number[]) => sumOf(back(xPlus, wMinus, s), back(xMinus, wPlus, s));
  switch (rule.rule) {
    case 'epsilon':
      return back(x, w, quotient(relevance, forward(x, w, b), rule.epsilon));
    case 'z-plus':
      return backPositive(quotient(relevance, positivePart(), TINY));
    case 'alpha-beta': {
      const alpha = quotient(relevance, positivePart(), TINY).map((s) => rule.alpha * s);
      const beta = quotient(relevance, negativePart(), TINY).map((s) => -rule.beta * s);
      return sumOf(backPositive(alpha), backNegative(beta));
    }
    case 'gamma': {
      const z = forward(x, w, b);
      const favoured = matrixSum(w, wPlus, rule.gamma);
      const opposed = matrixSum(w, wMinus, rule.gamma);
      const above = sumOf(
        forward(
          xPlus,
          favoured,
          b.map((bias) => bias + rule.gamma * plus(bias)),
        ),
        forward(xMinus, opposed, none),
      );
      const below = sumOf(
        forward(
          xPlus,
          opposed,
          b.map((bias) => bias + rule.gamma * minus(bias)),
        ),
        forward(xMinus, favoured, none),
      );
      const sAbove = quotient(relevance, above, TINY).map((s, k) => (z[k]! > 0 ? s : 0));
      const sBelow = quotient(relevance, below, TINY).map((s, k) => (z[k]! < 0 ? s : 0));
      return sumOf(
        back(xPlus, favoured, sAbove),
        back(xMinus, opposed, sAbove),
        back(xPlus, opposed, sBelow),
        back(xMinus, favoured, sBelow),
      );
    }
    case 'z-box': {
      const bound = (value: number | Float64Array) =>
        x.map((_, j) => (typeof value === 'number' ? value : value[j]!));
      const [low, high] = [bound(rule.low), bound(rule.high)];
      const negated = (values: number[]) => values.map((value) => -value);
      const z = sumOf(
        forward(x, w, none),
        forward(negated(low), wPlus, none),
        forward(negated(high), wMinus, none),
      );
      const s = quotient(relevance, z, TINY);
      return sumOf(back(x, w, s), back(negated(low), wPlus, s), back(negated(high), wMinus, s));
    }
    case 'w-square': {
      const squares = mapped(w, (value) => value ** 2);
      const ones = x.map(() => 1);
      return back(
        ones,
        squares,
        quotient(
          relevance,
          forward(
            ones,
            squares,
            b.map((bias) => bias ** 2),
          ),
          TINY,
        ),
      );
    }
    case 'flat': {
      const ones = x.map(() => 1);
      const flat = mapped(w, () => 1);
      return back(ones, flat, quotient(relevance, forward(ones, flat, none), TINY));
    }
    case 'identity':
      return relevance;
  }
}

const RULES: readonly WeightedSumRule[] = [
  { rule: 'epsilon', epsilon: 1e-6 },
  { rule: 'epsilon', epsilon: 0.3 },
  { rule: 'gamma', gamma: 0.25 },
  { rule: 'gamma', gamma: 50 },
  { rule: 'alpha-beta', alpha: 1, beta: 0 },
  { rule: 'alpha-beta', alpha: 1.5, beta: 0.5 },
  { rule: 'alpha-beta', alpha: 2, beta: 1 },
  { rule: 'z-plus' },
  { rule: 'z-box', low: -4, high: 5 },
  { rule: 'w-square' },
  { rule: 'flat' },
];

type Spread = typeof spreadRelevance;

/** Largest difference from the matrix form, relative to its largest relevance or 1. */
function worstGap(spread: Spread, rule: WeightedSumRule, runs: number): number {
  let worst = 0;
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1e6 }), (seed) => {
      const layer = signedLayer(seed);
      const [x, start] = [Float64Array.from(layer.x), Float64Array.from(layer.relevance)];
      const { values } = spread(sumOfLayer(layer), x, rule, start);
      const expected = slowRelevance(layer, rule);
      const scale = Math.max(1, ...expected.map(Math.abs));
      for (const [j, value] of expected.entries())
        worst = Math.max(worst, Math.abs(values[j]! - value) / scale);
    }),
    { seed: 51, numRuns: runs },
  );
  return worst;
}

/** Rounding where a positive and a negative sum nearly cancel. */
const ROUNDING = 1e-9;

/** Product signs taken from the weight alone, as one well-known library does. */
const weightSigns: Spread = (sum, values, rule, relevance) =>
  spreadRelevance(sum, values.map(Math.abs), rule, relevance);
/** An epsilon that is a tenth too large. */
const largerStabiliser: Spread = (sum, values, rule, relevance) =>
  spreadRelevance(
    sum,
    values,
    rule.rule === 'epsilon' ? { ...rule, epsilon: rule.epsilon * 1.1 } : rule,
    relevance,
  );
const withoutBias: Spread = (sum, values, rule, relevance) =>
  spreadRelevance({ ...sum, bias: sum.bias.map(() => 0) }, values, rule, relevance);

describe('rules against their matrix form over layers of either sign', () => {
  it.each(RULES.map((rule) => [JSON.stringify(rule), rule] as const))('%s', (_name, rule) => {
    expect(worstGap(spreadRelevance, rule, 120)).toBeLessThan(ROUNDING);
  });
  it.each([
    ['signs from the weight alone', weightSigns, { rule: 'alpha-beta', alpha: 1, beta: 0 }],
    ['signs from the weight alone, gamma', weightSigns, { rule: 'gamma', gamma: 0.25 }],
    ['another stabiliser', largerStabiliser, { rule: 'epsilon', epsilon: 0.3 }],
    ['no bias in w-square', withoutBias, { rule: 'w-square' }],
    ['no bias in z-plus', withoutBias, { rule: 'z-plus' }],
  ] as const)('broken twin: %s', (_name, twin, rule) => {
    expect(worstGap(twin, rule, 40)).toBeGreaterThan(1e-3);
  });
  it('a box may differ input by input', () => {
    const low = Float64Array.of(-3, -1);
    const high = Float64Array.of(1, 4);
    const layer = {
      x: [0.5, -0.5],
      w: [
        [1, -2],
        [0.5, 3],
      ],
      b: [1, 1],
      relevance: [2, -1],
    };
    const rule = { rule: 'z-box', low, high } as const;
    const { values } = spreadRelevance(
      sumOfLayer(layer),
      Float64Array.from(layer.x),
      rule,
      Float64Array.of(2, -1),
    );
    // Column 0: 0.5 + 3 = 3.5 and -0.25 + 0.5 = 0.25; column 1: -1 + 2 = 1 and -1.5 + 3 = 1.5.
    expect(values[0]).toBeCloseTo((2 * 3.5) / 3.75 - 1 / 2.5, 10);
    expect(values[1]).toBeCloseTo((2 * 0.25) / 3.75 - 1.5 / 2.5, 10);
  });
  it('with its bias redistributed loses nothing: by hand', () => {
    const layer = { x: [1, 2], w: [[1], [1]], b: [1], relevance: [4] };
    const rule = { rule: 'epsilon', epsilon: 0.5, redistributesBias: true } as const;
    const spread = spreadRelevance(sumOfLayer(layer), Float64Array.of(1, 2), rule, Float64Array.of(4));
    // Numerators 1 + 1.5 / 2 and 2 + 1.5 / 2 over 4.5.
    expect(spread.values[0]).toBeCloseTo((4 * 1.75) / 4.5, 12);
    expect(spread.values[1]).toBeCloseTo((4 * 2.75) / 4.5, 12);
    expect([spread.bias, spread.stabiliser]).toEqual([0, 0]);
  });
  it('product signs and negative biases where a library is known to go wrong', () => {
    const rule = { rule: 'alpha-beta', alpha: 1, beta: 0 } as const;
    const spread = (x: number[], b: number, start: number) =>
      Array.from(
        spreadRelevance(
          sumOfLayer({ x, w: [[1], [-1]], b: [b], relevance: [] }),
          Float64Array.from(x),
          rule,
          Float64Array.of(start),
        ).values,
        (value) => Math.round(value * 1e9) / 1e9,
      );
    expect(spread([2, -3], 0, 5)).toEqual([2, 3]);
    expect(spread([2, 1], -4, -3)).toEqual([-3, 0]);
  });
});

describe('gamma where contributions cancel', () => {
  const spreadOf = (bias: number) =>
    spreadRelevance(
      sumOfLayer({ x: [], w: [[1], [-1]], b: [bias], relevance: [] }),
      Float64Array.of(1, 1),
      { rule: 'gamma', gamma: 0.25 },
      Float64Array.of(1),
    );
  it('favours neither side and owns it', () => {
    expect(spreadOf(0)).toEqual({ values: new Float64Array(2), bias: 0, stabiliser: 1 });
  });
  it('favours the side of the sum else', () => {
    // (1.25, -1) over 1.25 - 1 + .125; (1, -1.25) over 1 - 1.25 - .125.
    expect(spreadOf(0.1).values[0]).toBeCloseTo(1.25 / 0.375, 9);
    expect(spreadOf(-0.1).values[0]).toBeCloseTo(-1 / 0.375, 9);
  });
});

describe('stabiliser', () => {
  it('has the sign of z, and zero counts as positive', () => {
    expect([2, 0, -0, -2].map((z) => stabiliserOf(z, 0.5))).toEqual([0.5, 0.5, 0.5, -0.5]);
  });
  it('keeps a dead unit finite and owns what the unit cannot share, even with an epsilon of 0', () => {
    const layer = { x: [0, 0], w: [[1], [-1]], b: [0], relevance: [1] };
    for (const rule of [...RULES, { rule: 'epsilon', epsilon: 0 } as const]) {
      const { values, bias, stabiliser } = spreadRelevance(
        sumOfLayer(layer),
        Float64Array.of(0, 0),
        rule,
        Float64Array.of(1),
      );
      expect(values.every(Number.isFinite)).toBe(true);
      expect(values[0]! + values[1]! + bias + stabiliser).toBeCloseTo(1, 9);
    }
  });
});

describe('misuse of a rule', () => {
  const layer = { x: [1, 2], w: [[1], [1]], b: [0], relevance: [1] };
  const spread = (rule: WeightedSumRule, x = [1, 2], relevance = [1]) =>
    spreadRelevance(sumOfLayer(layer), Float64Array.from(x), rule, Float64Array.from(relevance));
  it.each<[string, WeightedSumRule, RegExp]>([
    ['a negative epsilon', { rule: 'epsilon', epsilon: -1 }, /epsilon/],
    ['an infinite epsilon', { rule: 'epsilon', epsilon: Number.POSITIVE_INFINITY }, /not finite/],
    ['a gamma that is no number', { rule: 'gamma', gamma: Number.NaN }, /not finite/],
    ['a negative gamma', { rule: 'gamma', gamma: -0.1 }, /gamma/],
    ['a negative beta', { rule: 'alpha-beta', alpha: 0.5, beta: -0.5 }, /beta/],
    ['alpha - beta other than 1', { rule: 'alpha-beta', alpha: 2, beta: 0 }, /alpha - beta/],
    ['a box upside down', { rule: 'z-box', low: 1, high: 0 }, /ends below/],
    ['a box of another length', { rule: 'z-box', low: Float64Array.of(0), high: 1 }, /2 finite bounds/],
    ['an open box', { rule: 'z-box', low: Float64Array.of(0, Number.NaN), high: 1 }, /2 finite bounds/],
    ['identity across sizes', { rule: 'identity' }, /as many outputs as inputs/],
  ])('%s is refused', (_name, rule, sentence) => {
    expect(() => spread(rule)).toThrow(RangeError);
    expect(() => spread(rule)).toThrow(sentence);
  });
  it('other lengths and numbers that are none are refused', () => {
    expect(() => spread({ rule: 'flat' }, [1])).toThrow(RangeError);
    expect(() => spread({ rule: 'flat' }, [1, 2], [1, 2])).toThrow(RangeError);
    expect(() => spread({ rule: 'flat' }, [1, 2], [Number.NaN])).toThrow(RangeError);
    expect(() => rulePartsOf({ rule: 'identity' })).toThrow(RangeError);
    expect(() => checkRule({ rule: 'z-box', low: 0, high: Number.NaN }, 2)).toThrow(RangeError);
  });
});
