import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomStream } from '../numerics/random-stream.ts';
import { conformalThreshold } from './conformal-rank.ts';
import { betaBinomialProbabilities, coverageRange, judgeCoverage } from './coverage-range.ts';

const STATEMENT = {
  testCount: 300,
  calibrationCount: 200,
  alpha: 0.1,
  simultaneousLevel: 0.9,
  statementCount: 1,
};

/** Covered counts of split conformal prediction itself: uniform scores, a fresh calibration set each time. */
function simulatedCounts(repeats: number): number[] {
  const stream = randomStream('coverage-range-test', 'scores', 0);
  return Array.from({ length: repeats }, () => {
    const scores = Float64Array.from({ length: STATEMENT.calibrationCount }, () => stream.uniform());
    const threshold = conformalThreshold(scores, STATEMENT.alpha);
    if (threshold === 'unbounded') throw new Error('the calibration set is large enough');
    let covered = 0;
    for (let i = 0; i < STATEMENT.testCount; i += 1) if (stream.uniform() <= threshold) covered += 1;
    return covered;
  });
}

describe('beta-binomial probabilities', () => {
  it('sum to one and have the mean n a / (a + b)', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 400 }),
        fc.double({ min: 0.2, max: 2000, noNaN: true }),
        fc.double({ min: 0.2, max: 2000, noNaN: true }),
        (count, a, b) => {
          const p = betaBinomialProbabilities(count, a, b);
          const sum = p.reduce((total, value) => total + value, 0);
          const mean = p.reduce((total, value, k) => total + k * value, 0);
          // Differences of log-gammas near 1e4 keep eleven digits, so sums are right to about 1e-9.
          expect(Math.abs(sum - 1)).toBeLessThan(1e-8);
          expect(Math.abs(mean - (count * a) / (a + b))).toBeLessThan(1e-6 * count);
        },
      ),
    );
  });

  it('are uniform for a = b = 1', () => {
    for (const value of betaBinomialProbabilities(9, 1, 1)) expect(value).toBeCloseTo(0.1, 12);
  });

  it('refuse what is no count or no distribution', () => {
    expect(() => betaBinomialProbabilities(0, 1, 1)).toThrow(RangeError);
    expect(() => betaBinomialProbabilities(2.5, 1, 1)).toThrow(RangeError);
    expect(() => betaBinomialProbabilities(3, 0, 1)).toThrow(RangeError);
  });
});

describe('range of a coverage', () => {
  const counts = simulatedCounts(4_000);
  const insideShare = (range: { low: number; high: number }) =>
    counts.filter((count) => count >= range.low && count <= range.high).length / counts.length;

  it('holds split conformal prediction itself as often as it says', () => {
    const share = insideShare(coverageRange(STATEMENT));
    // 4,000 repeats: standard error 0.5 %; whole counts make the range a little wider than 90 %.
    expect(share).toBeGreaterThan(0.885);
    expect(share).toBeLessThan(0.935);
  });

  it('is not met by the binomial range, which forgets the calibration (broken twin)', () => {
    // A calibration set without end: Beta(k, n + 1 - k) shrinks to a point and the binomial remains.
    const binomial = coverageRange({ ...STATEMENT, calibrationCount: 10_000_000 });
    expect(insideShare(binomial)).toBeLessThan(0.85);
  });

  it('grows with the number of statements and shrinks with calibration people', () => {
    const width = (change: Partial<typeof STATEMENT>) => {
      const { low, high } = coverageRange({ ...STATEMENT, ...change });
      return high - low;
    };
    expect(width({ statementCount: 132 })).toBeGreaterThan(width({}));
    expect(width({ calibrationCount: 10_000 })).toBeLessThan(width({}));
  });

  it('judges a share by its count', () => {
    const { low, high } = coverageRange(STATEMENT);
    expect(judgeCoverage(low, STATEMENT).isInside).toBe(true);
    expect(judgeCoverage(high, STATEMENT).isInside).toBe(true);
    expect(judgeCoverage(low - 1, STATEMENT).isInside).toBe(false);
    expect(judgeCoverage(270, STATEMENT)).toMatchObject({ share: 0.9, isInside: true });
  });

  it('refuses statements that cannot be made', () => {
    expect(() => coverageRange({ ...STATEMENT, calibrationCount: 8 })).toThrow(/too small/);
    expect(() => coverageRange({ ...STATEMENT, simultaneousLevel: 1 })).toThrow(RangeError);
    expect(() => coverageRange({ ...STATEMENT, statementCount: 0 })).toThrow(RangeError);
    expect(() => judgeCoverage(301, STATEMENT)).toThrow(RangeError);
  });
});
