import { describe, expect, it } from 'vitest';
import { randomStream } from '../numerics/random-stream.ts';
import { attributionOf } from './attribution.ts';
import type { ExplainedOutput } from './explained-output.ts';
import { SUPPRESSOR_ROLE, suppressors } from './suppressor.ts';

const row = (...values: number[]) => Float64Array.from(values);
const output = (inputCount: number, formula: (x: Float64Array) => number): ExplainedOutput => ({
  inputCount,
  unit: 'N',
  valueOf: formula,
  gradientOf: () => new Float64Array(inputCount),
});
const attributed = (explained: ExplainedOutput, ...values: number[]) =>
  attributionOf(
    explained,
    new Float64Array(values.length),
    { name: 'zeros', row: new Float64Array(values.length) },
    {
      method: 'saliency',
      parameters: {},
      values: row(...values),
      shape: [values.length],
    },
  );
/** Signal with noise, and the noise alone. */
const noisy = (count: number) => {
  const stream = randomStream('suppressor', 'rows', 1);
  return Array.from({ length: count }, () => {
    const [signal, noise] = [stream.normal(), stream.normal()];
    return row(signal + noise, noise);
  });
};
const difference = output(2, ([a, b]) => a! - b!);

describe('suppressors', () => {
  it('names the input that only takes out the noise of another, with its sign and its figures', () => {
    const found = suppressors(difference, attributed(difference, 2, -1), noisy(2_000));
    expect(found).toHaveLength(1);
    const [first] = found!;
    expect([first!.column, first!.partner, first!.value, first!.role]).toEqual([1, 0, -1, SUPPRESSOR_ROLE]);
    expect(SUPPRESSOR_ROLE).toBe('used to cancel noise');
    expect(Math.abs(first!.outputCorrelation)).toBeLessThan(0.1);
    // noise against signal + noise: one over the root of two.
    expect(first!.partnerCorrelation).toBeCloseTo(Math.SQRT1_2, 1);
  });
  it('names nothing that contributes too little or has no one to help', () => {
    const rows = noisy(2_000);
    expect(suppressors(difference, attributed(difference, 2, -0.1), rows)).toEqual([]);
    expect(
      suppressors(difference, attributed(difference, 2, -0.1), rows, { smallestShare: 0.04 }),
    ).toHaveLength(1);
    expect(suppressors(difference, attributed(difference, 0, -1), rows)).toEqual([]);
    expect(suppressors(difference, attributed(difference, 0, 0), rows)).toEqual([]);
  });
  it('does not take a bent relation for noise: an even curve has no correlation and no partner', () => {
    const curve = output(2, ([a, b]) => a! ** 2 + b!);
    const stream = randomStream('suppressor', 'curve', 1);
    const rows = Array.from({ length: 2_000 }, () => row(stream.normal(), stream.normal()));
    expect(suppressors(curve, attributed(curve, 1, 1), rows)).toEqual([]);
  });
  it('leaves a column out that never changes', () => {
    const rows = noisy(500).map(([a]) => row(a!, 3));
    expect(suppressors(difference, attributed(difference, 1, -3), rows)).toEqual([]);
  });
  it('cannot say with too few rows or an output that never changes', () => {
    const attribution = attributed(difference, 2, -1);
    expect(suppressors(difference, attribution, noisy(96))).toBeNull();
    expect(suppressors(difference, attribution, noisy(97))).not.toBeNull();
    expect(suppressors(difference, attribution, [])).toBeNull();
    const constant = output(2, () => 4);
    expect(suppressors(constant, attributed(constant, 2, -1), noisy(500))).toBeNull();
  });
  it('refuses values of groups and options outside of their range', () => {
    const rows = noisy(100);
    const attribution = attributed(difference, 2, -1);
    const three = output(3, () => 0);
    expect(() => suppressors(three, attribution, rows)).toThrow(/single inputs/);
    expect(() => suppressors(difference, attribution, rows, { smallestShare: 0 })).toThrow(RangeError);
    expect(() => suppressors(difference, attribution, rows, { nilCorrelation: 1 })).toThrow(RangeError);
    expect(() => suppressors(difference, attribution, rows, { nilCorrelation: Number.NaN })).toThrow(
      RangeError,
    );
  });
});
