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

/** In every pixel column the lowest and highest sample of the stretch must be among those that are drawn. */
function columnsThatLost(
  decimate: Decimate,
  timeS: Float64Array,
  values: Float64Array,
  columns: number,
  stretch = { fromS: timeS[0]!, toS: timeS.at(-1)! },
): number[] {
  const drawn = decimate(timeS, values, stretch, columns);
  const extremes = (trace: { timeS: ArrayLike<number>; values: ArrayLike<number | null> }) => {
    const found = new Map<number, [number, number]>();
    for (let i = 0; i < trace.timeS.length; i++) {
      const value = trace.values[i]!;
      const at = trace.timeS[i]!;
      // What lies outside is not seen, and may not stand for what is.
      if (value === null || Number.isNaN(value) || at < stretch.fromS || at > stretch.toS) continue;
      const column = columnOf(at, stretch.fromS, stretch.toS, columns);
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

  const share = fc.double({ min: 0, max: 1, noNaN: true });
  const looked = fc
    .tuple(trace, share, share, fc.integer({ min: 1, max: 40 }))
    .map(([{ timeS, values }, a, b, columns]) => {
      const [start, length] = [timeS[0]!, timeS.at(-1)! - timeS[0]!];
      const stretch = { fromS: start + Math.min(a, b) * length, toS: start + Math.max(a, b) * length };
      return { timeS, values, columns, stretch };
    })
    .filter(({ stretch }) => stretch.toS > stretch.fromS);

  it('keeps them in any window that is zoomed into, at its edges too (property), and a twin that pools the samples outside does not', () => {
    const lostBy = (decimate: Decimate) =>
      fc.property(looked, ({ timeS, values, columns, stretch }) => {
        expect(columnsThatLost(decimate, timeS, values, columns, stretch)).toEqual([]);
      });
    fc.assert(lostBy(decimateTrace), { numRuns: 500 });
    // The samples on either side moved onto the edges: they compete with the first and the last column.
    const pooled: Decimate = (timeS, values, stretch, columns) => {
      const [first, end] = [firstAtOrAfter(timeS, stretch.fromS) - 1, firstAtOrAfter(timeS, stretch.toS)];
      const moved = timeS.slice();
      if (first >= 0) moved[first] = stretch.fromS;
      if (end < timeS.length && timeS[end]! > stretch.toS) moved[end] = stretch.toS;
      const drawn = decimateTrace(moved, values, stretch, columns);
      const isOutside = (at: number | null, value: number | null, i: number) =>
        i >= 0 && i < timeS.length && at === moved[i] && value === values[i] && moved[i] !== timeS[i];
      return {
        ...drawn,
        timeS: drawn.timeS.map((at, i) =>
          isOutside(at, drawn.values[i]!, first)
            ? timeS[first]!
            : isOutside(at, drawn.values[i]!, end)
              ? timeS[end]!
              : at,
        ),
      };
    };
    expect(() => fc.assert(lostBy(pooled), { numRuns: 500 })).toThrow();
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
