import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { trendSegments } from './trend-segments.ts';

const points = fc
  .array(
    fc.record({ value: fc.double({ min: 0, max: 200, noNaN: true }), device: fc.constantFrom('a', 'b') }),
  )
  .map((list) => list.map((point, x) => ({ ...point, x, spread: null })));

/** Broken twin: groups by device and joins what lies apart. */
const groupByTwin = (list: readonly { x: number; device: string }[]) =>
  Object.values(Object.groupBy(list, ({ device }) => device)).map((group) => ({ points: group ?? [] }));

/** Within a segment no point of another segment may lie. */
const nothingBetween = (segments: readonly { points: readonly { x: number }[] }[]) =>
  segments.every(({ points: own }) => own.every((p, i) => i === 0 || p.x === (own[i - 1]?.x ?? -1) + 1));

describe('trendSegments', () => {
  it('breaks where the device changes and when it returns', () => {
    const list = ['a', 'a', 'b', 'a'].map((device, x) => ({ x, device, value: x, spread: null }));
    expect(trendSegments('left', list).map((s) => [s.id, s.points.map((p) => p.x)])).toEqual([
      ['left0', [0, 1]],
      ['left1', [2]],
      ['left2', [3]],
    ]);
  });

  it('law: keeps every point once, in order, and joins nothing across another device', () => {
    fc.assert(
      fc.property(points, (list) => {
        const segments = trendSegments('right', list);
        expect(segments.flatMap((s) => s.points.map((p) => p.x))).toEqual(list.map((p) => p.x));
        expect(nothingBetween(segments)).toBe(true);
      }),
    );
    const twin = fc.check(fc.property(points, (list) => nothingBetween(groupByTwin(list))));
    expect(twin.failed).toBe(true);
  });
});
