import { describe, expect, it } from 'vitest';
import { furthestValues } from './furthest-values.ts';

const feature = (
  id: 'wrist-radial-percent-expected' | 'wrist-flexion-percent-expected',
  percent: number,
) => ({
  id,
  value: percent,
  unit: '%',
  referenceValue: 100,
  measured: (8 * percent) / 100,
  measuredReference: 8,
  measuredUnit: 'N.m',
});

describe('values furthest from what is expected', () => {
  it('names the furthest in proportion first: a third is as far as three times', () => {
    const found = furthestValues(
      [feature('wrist-flexion-percent-expected', 25), feature('wrist-radial-percent-expected', 230)],
      'kg',
    );
    expect(found).toEqual([
      'wrist flexion strength 2.0 N·m (expected 8.0 N·m)',
      'radial deviation strength 18.4 N·m (expected 8.0 N·m)',
    ]);
  });

  it('names nothing that is near what is expected, or was not measured', () => {
    expect(furthestValues([feature('wrist-flexion-percent-expected', 90)], 'kg')).toEqual([]);
    expect(
      furthestValues(
        [{ ...feature('wrist-flexion-percent-expected', 90), value: null, measured: null }],
        'kg',
      ),
    ).toEqual([]);
  });
});
