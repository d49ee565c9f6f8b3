import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  columnOf,
  type DrawnTrace,
  decimateTrace,
  firstAtOrAfter,
  nearestSample,
} from './trace-decimation.ts';

type Decimate = typeof decimateTrace;

/** In every pixel column the lowest and highest sample of the trace must be among those that are drawn. */
function columnsThatLost(
  decimate: Decimate,
  timeS: Float64Array,
  values: Float64Array,
  columns: number,
): number[] {
  const stretch = { fromS: timeS[0]!, toS: timeS.at(-1)! };
  const drawn = decimate(timeS, values, stretch, columns);
  const extremes = (trace: { timeS: ArrayLike<number>; values: ArrayLike<number | null> }) => {
    const found = new Map<number, [number, number]>();
    for (let i = 0; i < trace.timeS.length; i++) {
      const value = trace.values[i]!;
      if (value === null || Number.isNaN(value)) continue;
      const column = columnOf(trace.timeS[i]!, stretch.fromS, stretch.toS, columns);
      const [low, high] = found.get(column) ?? [value, value];
      found.set(column, [Math.min(low, value), Math.max(high, value)]);
    }
    return found;
  };
  const shown = extremes(drawn);
  return [...extremes({ timeS, values })]
    .filter(([column, [low, high]]) => shown.get(column)?.[0] !== low || shown.get(column)?.[1] !== high)
    .map(([column]) => column);
}

const trace = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: -50, max: 50 }), fc.boolean()), {
    minLength: 30,
    maxLength: 300,
  })
  .map((rows) => {
    let at = 0;
    const timeS = Float64Array.from(rows, ([step]) => (at += step / 8));
    return {
      timeS,
      values: Float64Array.from(rows, ([, value, isGap]) => (isGap && value > 40 ? NaN : value)),
    };
  })
  .filter(({ timeS }) => timeS.at(-1)! > timeS[0]!);

describe('the decimation for drawing', () => {
  it('keeps lowest and highest of each pixel column, doubled times and gaps included (property)', () => {
    fc.assert(
      fc.property(trace, fc.integer({ min: 1, max: 40 }), ({ timeS, values }, columns) => {
        expect(columnsThatLost(decimateTrace, timeS, values, columns)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('comes to an end for any clock and stretch (property)', () => {
    const any = fc.double({ min: 1e-3, max: 1e3, noNaN: true });
    fc.assert(
      fc.property(any, any, fc.integer({ min: 1, max: 1500 }), (stepS, fromS, columns) => {
        const timeS = Float64Array.from({ length: 4000 }, (_, i) => i * stepS);
        const values = timeS.map((t) => Math.cos(t));
        const drawn = decimateTrace(timeS, values, { fromS, toS: fromS + 3777 * stepS }, columns);
        expect(drawn.timeS.length).toBeLessThanOrEqual(4000);
      }),
    );
  });

  it('a twin that takes every n-th sample is found out', () => {
    const everyNth: Decimate = (timeS, values, _stretch, columns): DrawnTrace => {
      const step = Math.max(1, Math.floor(timeS.length / (2 * columns)));
      const kept = Array.from(timeS.keys()).filter((i) => i % step === 0);
      return {
        timeS: kept.map((i) => timeS[i]!),
        values: kept.map((i) => values[i]!),
        isEverySample: false,
      };
    };
    expect(() =>
      fc.assert(
        fc.property(trace, ({ timeS, values }) => {
          expect(columnsThatLost(everyNth, timeS, values, 5)).toEqual([]);
        }),
      ),
    ).toThrow();
  });

  it('stays in the order of time, breaks at gaps and draws short stretches whole', () => {
    const timeS = Float64Array.from({ length: 1000 }, (_, i) => i / 10);
    const values = timeS.map((t) => Math.sin(t * 9));
    values[500] = NaN;
    const drawn = decimateTrace(timeS, values, { fromS: 0, toS: 99.9 }, 50);
    expect(drawn.timeS).toEqual(drawn.timeS.toSorted((a, b) => a - b));
    expect(drawn.values).toContain(null);
    expect(drawn.timeS.length).toBeLessThan(160);
    const whole = decimateTrace(timeS, values, { fromS: 10, toS: 12 }, 50);
    expect([whole.isEverySample, whole.timeS[0], whole.timeS.at(-1)]).toEqual([true, 9.9, 12.1]);
  });
});

it('the nearest sample in time', () => {
  const timeS = Float64Array.of(0, 1, 1, 3);
  expect([-5, 0.4, 0.6, 2.4, 9].map((at) => nearestSample(timeS, at))).toEqual([0, 0, 1, 3, 3]);
  expect([firstAtOrAfter(timeS, 1), firstAtOrAfter(timeS, 4), nearestSample(new Float64Array(0), 1)]).toEqual(
    [1, 4, -1],
  );
});
