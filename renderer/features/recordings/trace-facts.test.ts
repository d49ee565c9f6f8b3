import { expect, it } from 'vitest';
import { peakAt, plateauMean, stretchCsv, traceFacts, valueAt } from './trace-facts.ts';

const series = {
  timeS: Float64Array.of(0, 1, 2, 3, 4),
  values: Float64Array.of(1, 5, Number.NaN, 7, 3),
  name: 'pinch',
  unit: 'kg',
};

it('facts of a trace are those of its samples', () => {
  expect(traceFacts(series)).toEqual({
    sampleCount: 5,
    missingCount: 1,
    durationS: 4,
    largest: { value: 7, atS: 3 },
  });
  expect([valueAt(series, 0.9), valueAt(series, 2)]).toEqual([5, Number.NaN]);
});

it('the peak is the largest value, also where several samples share its time', () => {
  const coarse = {
    ...series,
    timeS: Float64Array.of(0, 0, 0, 0, 1),
    values: Float64Array.of(0, Number.NaN, 95, 40, 3),
  };
  const largest = traceFacts(coarse).largest!;
  // The broken twin took the first sample of that time: "largest value 95 at 0 s", and "peak at 0 s: 0".
  expect([largest.value, peakAt(coarse, largest.atS)]).toEqual([95, 95]);
  expect([peakAt(series, 2.9), peakAt(series, 2), peakAt(coarse, 1)]).toEqual([7, Number.NaN, 3]);
});

it('a plateau is averaged between its marks, over what is there', () => {
  const marks = [
    { kind: 'plateau-start', atS: 1 },
    { kind: 'plateau-end', atS: 3 },
  ] as const;
  expect(plateauMean(series, marks)).toEqual({ mean: 6, durationS: 2 });
  expect(plateauMean(series, marks.slice(0, 1))).toBeNull();
});

it('a copied stretch holds every sample with its unit, and leaves a gap empty', () => {
  expect(stretchCsv(series, { fromS: 1, toS: 3 }, 'none')).toBe(
    '"zero: none"\ntime (s),"pinch (kg)"\n1,5\n2,\n3,7\n',
  );
});

it('a copied stretch keeps its columns apart with a decimal comma', () => {
  const odd = {
    ...series,
    timeS: Float64Array.from([0.5, 1.5]),
    values: Float64Array.from([1.25, 2.5]),
  };
  expect(stretchCsv(odd, { fromS: 0, toS: 2 }, 'none', ',')).toBe(
    '"zero: none"\ntime (s);"pinch (kg)"\n0,5;1,25\n1,5;2,5\n',
  );
});
