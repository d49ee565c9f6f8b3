import { describe, expect, it } from 'vitest';
import { randomStream } from '../../core/numerics/random-stream.ts';
import { ledoitWolf } from '../../core/uncertainty/covariance.ts';
import { gaussianCloud, logDensity, sampleCovariance } from './gaussian-cloud.ts';

const points = (count: number, name: string) =>
  Array.from({ length: count }, (_, i) => {
    const stream = randomStream('cloud', name, i);
    const shared = stream.normal();
    return Float64Array.of(2 * shared + 0.3 * stream.normal(), shared, 5 + stream.normal());
  });

describe('sample covariance', () => {
  it('of a hand-made set, divided by n - 1', () => {
    const { mean, covariance } = sampleCovariance([
      [1, 2],
      [3, 2],
      [5, 8],
    ]);
    expect([...mean]).toEqual([3, 4]);
    [4, 6, 6, 12].forEach((value, i) => {
      expect(covariance[i]).toBeCloseTo(value, 12);
    });
  });
  it('is singular with as many points as columns, where the shrunk one is not', () => {
    const few = points(3, 'few');
    expect(() => gaussianCloud(sampleCovariance(few))).toThrow(/positive definite/);
    expect(Number.isFinite(gaussianCloud(ledoitWolf(few)).logDeterminant)).toBe(true);
  });
});

describe('log density', () => {
  it('integrates to 1 over a grid; without the determinant, its broken twin, it does not', () => {
    const cloud = gaussianCloud({
      mean: Float64Array.of(1, -1),
      covariance: Float64Array.of(1, 0.6, 0.6, 0.5),
      shrinkage: 0,
    });
    const mass = (density: (point: number[]) => number) => {
      let sum = 0;
      for (let x = -6; x <= 8; x += 0.05)
        for (let y = -8; y <= 6; y += 0.05) sum += Math.exp(density([x, y])) * 0.0025;
      return sum;
    };
    // Six standard deviations a side, steps of a twentieth: both errors are below 1e-6.
    expect(mass((point) => logDensity(point, cloud))).toBeCloseTo(1, 5);
    expect(Math.abs(mass((point) => logDensity(point, { ...cloud, logDeterminant: 0 })) - 1)).toBeGreaterThan(
      0.1,
    );
  });
  it('is better with shrinkage where points are few, and alike where they are many', () => {
    const unseen = points(500, 'unseen');
    const score = (covariance: Parameters<typeof gaussianCloud>[0]) => {
      const cloud = gaussianCloud(covariance);
      return unseen.reduce((sum, point) => sum + logDensity(point, cloud) / unseen.length, 0);
    };
    const [few, many] = [points(5, 'train'), points(2_000, 'train')];
    expect(score(ledoitWolf(few))).toBeGreaterThan(score(sampleCovariance(few)));
    expect(Math.abs(score(ledoitWolf(many)) - score(sampleCovariance(many)))).toBeLessThan(0.02);
  });
});
