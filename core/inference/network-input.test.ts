import { describe, expect, it } from 'vitest';
import { FEATURE_IDS } from '../signals/feature-ids.ts';
import {
  inputNames,
  layoutOf,
  type NetworkMeasurement,
  networkInput,
  patternKeyOf,
  readableBy,
  TRACE_LENGTH,
  traceColumns,
} from './network-input.ts';

const column = (name: string) => ({ name, unit: '', low: 0, high: 1 });
const layout = (names: readonly string[]) => layoutOf(names.map(column));
const WITH_TRACE = layout(inputNames(true));
const WITHOUT = layout(inputNames(false));
const FIRST_VERSION = layout([
  ...FEATURE_IDS.filter((id) => !/-(10|20)-/.test(id)),
  'other-hand-measured',
  'wrist-strength-measured',
]);

const everything: NetworkMeasurement = {
  values: Float64Array.from(FEATURE_IDS, (_, i) => i + 1),
  mask: new Uint8Array(9).fill(1),
  trace: new Float64Array(TRACE_LENGTH).fill(0.5),
};
const without = (...positions: number[]): NetworkMeasurement => ({
  ...everything,
  mask: everything.mask.map((value, i) => (positions.includes(i) ? 0 : value)),
});

describe('columns of a network', () => {
  it('follow the names of the manifest: features, masks, trace', () => {
    expect(WITH_TRACE.width).toBe(9 + 3 + TRACE_LENGTH);
    expect(traceColumns(WITH_TRACE)).toHaveLength(TRACE_LENGTH);
    expect(traceColumns(WITHOUT)).toEqual([]);
    expect([...networkInput(WITHOUT, readableBy(WITHOUT, everything))]).toEqual([
      1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 1, 1,
    ]);
    expect([...networkInput(FIRST_VERSION, readableBy(FIRST_VERSION, everything))]).toEqual([
      1, 2, 6, 7, 8, 9, 1, 1,
    ]);
  });

  it.each<[string, string[]]>([
    ['an unknown name', [...FEATURE_IDS, 'grip']],
    ['a mask before its feature', ['postures-measured', ...FEATURE_IDS]],
    ['a mask without its features', ['pinch-percent-expected', 'postures-measured']],
    ['a trace in the middle', ['trace-60x3', ...FEATURE_IDS]],
  ])('refuse %s', (_name, names) => {
    expect(() => layout(names)).toThrow(RangeError);
  });

  it('name the pattern of what a network can read, with and without the other hand', () => {
    const keyOf = (of: typeof WITH_TRACE, measured: NetworkMeasurement) =>
      patternKeyOf(readableBy(of, measured));
    expect(keyOf(WITH_TRACE, everything)).toBe('C');
    expect(keyOf(WITH_TRACE, without(1))).toBe('C-one-hand');
    expect(keyOf(WITH_TRACE, { ...everything, trace: null })).toBe('B');
    expect(keyOf(WITHOUT, { ...everything, trace: null })).toBe('C');
    expect(keyOf(FIRST_VERSION, everything)).toBe('B');
    expect(keyOf(WITH_TRACE, without(5, 6, 7, 8, 2, 3, 4))).toBe('A');
  });

  it('leave half a group out as a whole, values and mask and trace together', () => {
    // A trace without postures, postures without a trace, three wrist strengths of four.
    for (const measured of [without(3), { ...everything, trace: null }, without(7)]) {
      const read = readableBy(WITH_TRACE, measured);
      read.values.forEach((value, i) => {
        expect(value !== 0).toBe(read.mask[i] === 1);
      });
      const row = networkInput(WITH_TRACE, read);
      const hasTrace = traceColumns(WITH_TRACE).some((at) => row[at] !== 0);
      expect(hasTrace).toBe(row[11] === 1);
    }
  });

  it('refuse a trace of another length', () => {
    const short = { ...everything, trace: new Float64Array(177) };
    expect(() => networkInput(WITH_TRACE, short)).toThrow('180');
  });
});
