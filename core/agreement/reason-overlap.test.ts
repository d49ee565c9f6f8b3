import { describe, expect, it } from 'vitest';
import { FEATURE_IDS, type FeatureId } from '../contract/schemas/judgement.ts';
import { randomStream } from '../numerics/random-stream.ts';
import { reasonOverlap } from './reason-overlap.ts';

const explanation = (values: Partial<Record<FeatureId, number>>) => ({
  predictedClass: 'four-corner-fusion' as const,
  againstClass: 'nonimpaired' as const,
  contributions: Object.entries(values).map(([feature, value]) => ({
    feature: feature as FeatureId,
    value: value as number,
    memberLow: value as number,
    memberHigh: value as number,
  })),
});
const SIX = [0, 1, 5, 6, 7, 8].map((i) => FEATURE_IDS[i] as FeatureId);

describe('overlap of reasons', () => {
  it('counts shared drivers and their directions', () => {
    const model = explanation({
      'wrist-extension-percent-expected': 2,
      'pinch-percent-expected': -1.5,
      'wrist-ulnar-percent-expected': 0.1,
    });
    const drivers = [
      { feature: 'wrist-extension-percent-expected', direction: 'for' },
      { feature: 'pinch-percent-expected', direction: 'for' },
    ] as const;
    expect(reasonOverlap(drivers, model, 'four-corner-fusion')).toEqual({
      named: 2,
      overlap: 2,
      chance: 4 / 3,
      sameSign: 1,
    });
    expect(reasonOverlap(drivers, model, 'nonimpaired').sameSign).toBe(1);
    expect(reasonOverlap(drivers, model, 'cannot-tell').sameSign).toBeNull();
    expect(reasonOverlap([], model)).toEqual({ named: 0, overlap: 0, chance: 0, sameSign: null });
  });
  it('a driver that was not measured cannot be shared, by chance neither', () => {
    const model = explanation({ 'pinch-percent-expected': 1 });
    const result = reasonOverlap([{ feature: 'wrist-ulnar-percent-expected', direction: 'for' }], model);
    expect(result).toEqual({ named: 1, overlap: 0, chance: 0, sameSign: null });
  });
  it('refuses a driver named twice and contributions that are not finite', () => {
    const model = explanation({ 'pinch-percent-expected': 1 });
    const driver = { feature: 'pinch-percent-expected', direction: 'for' } as const;
    expect(() => reasonOverlap([driver, driver], model)).toThrow(RangeError);
    expect(() => reasonOverlap([driver], explanation({ 'pinch-percent-expected': Number.NaN }))).toThrow(
      RangeError,
    );
  });
  it('law: the chance level is the mean over random explanations', () => {
    const stream = randomStream('reason-overlap', 'law', 0);
    const drivers = SIX.slice(0, 2).map((feature) => ({ feature, direction: 'for' as const }));
    const draws = 20_000;
    let shared = 0;
    let chance = 0;
    for (let draw = 0; draw < draws; draw += 1) {
      const model = explanation(Object.fromEntries(SIX.map((feature) => [feature, stream.normal()])));
      const result = reasonOverlap(drivers, model);
      shared += result.overlap;
      chance = result.chance;
    }
    // Four standard errors of a mean of at most 2 over 20,000 draws.
    expect(Math.abs(shared / draws - chance)).toBeLessThan(4 * Math.sqrt(0.5 / draws));
    // Broken twin: k/n of one driver, forgetting that k are drawn.
    expect(Math.abs(shared / draws - 2 / 6)).toBeGreaterThan(4 * Math.sqrt(0.5 / draws));
  });
});
