import { EVD, Matrix } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import { QUADRATURES, type QuadratureRule, quadratureRule } from './quadrature.ts';

const integral = ({ nodes, weights }: QuadratureRule, of: (x: number) => number) =>
  nodes.reduce((sum, node, k) => sum + weights[k]! * of(node), 0);
const gap = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Math.max(...Array.from(a, (value, k) => Math.abs(value - b[k]!)));

/** Slowly, by Golub and Welsch: nodes are the eigenvalues of a tridiagonal matrix, weights the first entries squared. */
function byEigenvalues(count: number): QuadratureRule {
  const jacobi = Matrix.zeros(count, count);
  for (let k = 1; k < count; k += 1) {
    const beside = k / Math.sqrt(4 * k * k - 1);
    jacobi.set(k, k - 1, beside);
    jacobi.set(k - 1, k, beside);
  }
  const { realEigenvalues, eigenvectorMatrix } = new EVD(jacobi, { assumeSymmetric: true });
  const order = realEigenvalues.map((_, k) => k).sort((a, b) => realEigenvalues[a]! - realEigenvalues[b]!);
  return {
    nodes: Float64Array.from(order, (k) => (1 + realEigenvalues[k]!) / 2),
    weights: Float64Array.from(order, (k) => eigenvectorMatrix.get(0, k) ** 2),
  };
}

describe('Gauss-Legendre', () => {
  it('has the known nodes and weights', () => {
    const third = Math.sqrt(1 / 3);
    const fifth = Math.sqrt(3 / 5);
    const four = [-1, 1].map((sign) => Math.sqrt(3 / 7 + (sign * 2 * Math.sqrt(6 / 5)) / 7));
    const known: [number[], number[]][] = [
      [[0], [2]],
      [
        [-third, third],
        [1, 1],
      ],
      [
        [-fifth, 0, fifth],
        [5 / 9, 8 / 9, 5 / 9],
      ],
      [
        [-four[1]!, -four[0]!, four[0]!, four[1]!],
        [-1, 1, 1, -1].map((sign) => (18 + sign * Math.sqrt(30)) / 36),
      ],
    ];
    for (const [roots, weights] of known) {
      const rule = quadratureRule('gauss-legendre', roots.length);
      expect(
        gap(
          rule.nodes,
          roots.map((x) => (1 + x) / 2),
        ),
      ).toBeLessThanOrEqual(1e-15);
      expect(
        gap(
          rule.weights,
          weights.map((weight) => weight / 2),
        ),
      ).toBeLessThanOrEqual(1e-15);
    }
  });
  it('agrees with the eigenvalues of its Jacobi matrix', () => {
    for (const count of [5, 16, 20, 33, 64]) {
      const [rule, slow] = [quadratureRule('gauss-legendre', count), byEigenvalues(count)];
      // The eigenvalue routine itself is good to some 1e-15 times the size of the matrix.
      expect(gap(rule.nodes, slow.nodes)).toBeLessThan(1e-15 * count);
      expect(gap(rule.weights, slow.weights)).toBeLessThan(1e-15 * count);
    }
  });
  it('integrates polynomials up to degree 2 n - 1 and no further', () => {
    for (const count of [1, 2, 3, 7, 20, 64, 256]) {
      const rule = quadratureRule('gauss-legendre', count);
      for (const degree of [0, 1, count, 2 * count - 1]) {
        expect(Math.abs(integral(rule, (x) => x ** degree) - 1 / (degree + 1))).toBeLessThanOrEqual(1e-15);
      }
      if (count < 8) {
        expect(Math.abs(integral(rule, (x) => x ** (2 * count)) - 1 / (2 * count + 1))).toBeGreaterThan(
          1e-12,
        );
      }
    }
  });
  it('is symmetric to the last bit', () => {
    const { nodes, weights } = quadratureRule('gauss-legendre', 256);
    expect([...weights]).toEqual([...weights].reverse());
    expect([...nodes].every((node, k) => Math.abs(node + nodes[255 - k]! - 1) <= 2 ** -53)).toBe(true);
  });
});

describe('every quadrature', () => {
  it('has the nodes that its name says', () => {
    const nodesOf = (quadrature: (typeof QUADRATURES)[number]) => [...quadratureRule(quadrature, 4).nodes];
    expect(nodesOf('riemann-left')).toEqual([0, 0.25, 0.5, 0.75]);
    expect(nodesOf('riemann-middle')).toEqual([0.125, 0.375, 0.625, 0.875]);
    expect(nodesOf('riemann-right')).toEqual([0.25, 0.5, 0.75, 1]);
    expect(nodesOf('trapezoid')).toEqual([0, 0.25, 0.5, 0.75, 1]);
    expect([...quadratureRule('trapezoid', 4).weights]).toEqual([0.125, 0.25, 0.25, 0.25, 0.125]);
    expect([...quadratureRule('trapezoid', 1).weights]).toEqual([0.5, 0.5]);
  });
  it('errs by its order on a curve: halved steps, an error of a half or a quarter', () => {
    const error = (quadrature: (typeof QUADRATURES)[number], count: number) =>
      Math.abs(integral(quadratureRule(quadrature, count), Math.exp) - (Math.E - 1));
    const ratio = (quadrature: (typeof QUADRATURES)[number]) =>
      error(quadrature, 50) / error(quadrature, 100);
    expect(ratio('riemann-left')).toBeCloseTo(2, 1);
    expect(ratio('riemann-right')).toBeCloseTo(2, 1);
    expect(ratio('riemann-middle')).toBeCloseTo(4, 3);
    expect(ratio('trapezoid')).toBeCloseTo(4, 3);
  });
  it('refuses counts that are none', () => {
    for (const quadrature of QUADRATURES) {
      for (const count of [0, -1, 1.5, Number.NaN, 1e6]) {
        expect(() => quadratureRule(quadrature, count)).toThrow(RangeError);
      }
    }
    expect(() => quadratureRule('gauss-legendre', 4_097)).toThrow(/1 to 4096 nodes/);
  });
});
