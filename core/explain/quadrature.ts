/** Rules for the mean of a function over 0..1. */
export const QUADRATURES = [
  'gauss-legendre',
  'trapezoid',
  'riemann-left',
  'riemann-right',
  'riemann-middle',
] as const;
export type Quadrature = (typeof QUADRATURES)[number];

/** The mean over 0..1 is about sum_k weights[k] * f(nodes[k]). */
export interface QuadratureRule {
  /** In 0..1, ascending. */
  nodes: Float64Array;
  /** Positive; their sum is 1. */
  weights: Float64Array;
}

/** Largest number of intervals or nodes. */
const MAX_COUNT = 100_000;
/** Newton's method from the start value below needs five rounds; more would only hide a defect. */
const MAX_ROUNDS = 10;

/**
 * Nodes and weights of a quadrature rule on 0..1.
 * @param count - nodes, 1 to 100,000 (Gauss-Legendre: 4,096); for the trapezoid rule intervals, one less than its nodes.
 * @throws RangeError when the count is no whole number in that range.
 */
export function quadratureRule(quadrature: Quadrature, count: number): QuadratureRule {
  const most = quadrature === 'gauss-legendre' ? 4_096 : MAX_COUNT;
  if (!Number.isInteger(count) || count < 1 || count > most) {
    throw new RangeError(`a quadrature needs 1 to ${most} nodes, not ${count}`);
  }
  const even = (from: number) => ({
    nodes: Float64Array.from({ length: count }, (_, k) => (k + from) / count),
    weights: new Float64Array(count).fill(1 / count),
  });
  switch (quadrature) {
    case 'riemann-left':
      return even(0);
    case 'riemann-middle':
      return even(0.5);
    case 'riemann-right':
      return even(1);
    case 'trapezoid':
      return {
        nodes: Float64Array.from({ length: count + 1 }, (_, k) => k / count),
        weights: Float64Array.from(
          { length: count + 1 },
          (_, k) => (k === 0 || k === count ? 0.5 : 1) / count,
        ),
      };
    case 'gauss-legendre':
      return gaussLegendre(count);
  }
}

/**
 * Gauss-Legendre: exact for polynomials up to degree 2 count - 1. Nodes are the roots of the Legendre polynomial P_n,
 * found by Newton's method; on -1..1 the weights are 2 / ((1 - x^2) P_n'(x)^2).
 */
function gaussLegendre(count: number): QuadratureRule {
  const nodes = new Float64Array(count);
  const weights = new Float64Array(count);
  for (let k = 0; k < Math.ceil(count / 2); k += 1) {
    // The k-th root from above lies near cos(pi (k + 3/4) / (n + 1/2)).
    let root = Math.cos((Math.PI * (k + 0.75)) / (count + 0.5));
    if (2 * k + 1 === count) root = 0;
    let slope = 0;
    for (let round = 0; round < MAX_ROUNDS; round += 1) {
      const here = legendre(count, root);
      slope = here.slope;
      const step = here.value / slope;
      root -= step;
      if (Math.abs(step) <= Number.EPSILON) break;
    }
    slope = legendre(count, root).slope;
    const weight = 1 / ((1 - root) * (1 + root) * slope * slope);
    nodes[k] = (1 - root) / 2;
    nodes[count - 1 - k] = (1 + root) / 2;
    weights[k] = weight;
    weights[count - 1 - k] = weight;
  }
  return { nodes, weights };
}

/** P_n and its slope inside of -1..1, by (k + 1) P_(k+1) = (2 k + 1) x P_k - k P_(k-1). */
function legendre(degree: number, x: number): { value: number; slope: number } {
  let before = 1;
  let value = x;
  for (let k = 1; k < degree; k += 1) {
    [before, value] = [value, ((2 * k + 1) * x * value - k * before) / (k + 1)];
  }
  return { value, slope: (degree * (before - x * value)) / ((1 - x) * (1 + x)) };
}
