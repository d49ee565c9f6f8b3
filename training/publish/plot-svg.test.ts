import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Plot } from '../evaluate/figures.ts';
import { plotSvg, roundTicks } from './plot-svg.ts';

const plot = (lines: Plot['lines'], extra: Partial<Plot> = {}): Plot => ({
  title: 'Force & time',
  xTitle: 'time (s)',
  yTitle: 'force (N)',
  kind: 'line',
  caption: '',
  lines,
  ...extra,
});

describe('plots of the report', () => {
  it('draw every line with its name and escape what they are given', () => {
    const svg = plotSvg(plot([{ name: 'a<b', x: [0, 1], y: [2, 3], low: [1, 2], high: [3, 4] }]));
    expect(svg).toContain('a&lt;b');
    expect(svg).toContain('aria-label="Force &amp; time"');
    expect(svg.match(/<polygon/g)).toHaveLength(1);
  });
  it('put a larger value higher', () => {
    const [, first, second] = /points="[\d.]+,([\d.]+) [\d.]+,([\d.]+)"/.exec(
      plotSvg(plot([{ name: 'n', x: [0, 1], y: [1, 2] }])),
    )!;
    expect(Number(second)).toBeLessThan(Number(first));
  });
  it.each([
    ['unequal lengths', plot([{ name: 'n', x: [0, 1], y: [1] }]), /differ in length/],
    ['a value that is no number', plot([{ name: 'n', x: [0], y: [Number.NaN] }]), /not a number/],
    ['no point', plot([{ name: 'n', x: [], y: [] }]), /differ in length/],
    ['zero on a logarithmic axis', plot([{ name: 'n', x: [0], y: [1] }], { isLogX: true }), /positive x/],
  ])('refuse %s', (_what, bad, message) => {
    expect(() => plotSvg(bad)).toThrow(message);
  });
  it('survive one point and equal values', () => {
    expect(plotSvg(plot([{ name: 'n', x: [5], y: [7] }]))).not.toMatch(/NaN|Infinity/);
  });
  it('have between 2 and 12 round ticks inside any range', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1e6, max: 1e6, noNaN: true }),
        fc.double({ min: 1e-3, max: 1e6, noNaN: true }),
        (low, width) => {
          const ticks = roundTicks(low, low + width);
          const slack = width * 1e-6;
          return (
            ticks.length >= 2 &&
            ticks.length <= 12 &&
            ticks.every((tick) => tick >= low - slack && tick <= low + width + slack)
          );
        },
      ),
    );
  });
});
