import { describe, expect, it } from 'vitest';
import { benchTable, fillMarker, modelTable } from './readme-figures.ts';

describe('figures of the README', () => {
  it('replaces what stands between the markers only', () => {
    const text = 'a\n<!-- figures:bench -->\nold\n<!-- /figures -->\nb';
    expect(fillMarker(text, 'bench', 'new')).toBe('a\n<!-- figures:bench -->\nnew\n<!-- /figures -->\nb');
  });
  it('refuses a README without the marker', () => {
    expect(() => fillMarker('a', 'bench', 'new')).toThrow(RangeError);
  });
  it('parts simulated people from surrogates and real recordings, and gives one recording no interval', () => {
    const finding = (name: string, low: number, high: number) => ({ name, value: -2.14, low, high, n: 612 });
    const table = modelTable(
      [
        {
          modelId: 'elbow',
          version: '1',
          bundleHash: 'ab'.repeat(32),
          checks: [{ name: 'c', ok: true }],
          findings: [
            finding('grip: real EMG to grip, v12 left out', -2.14, -2.14),
            finding('change, surrogates', -3, -1),
            finding('error, virtual people', -3, -1),
            finding('parameters that are identifiable', -2.14, -2.14),
          ],
        },
      ],
      () => /./,
    );
    const parts = table.split(/\n\n(?=\S.*:\n)/);
    expect(parts).toHaveLength(4);
    expect(parts[1]).toMatch(
      /^Simulated people.*virtual people \| -2\.14 \| -3 to -1 \| 612.*identifiable \| -2\.14 \| - \| 612/s,
    );
    expect(parts[2]).toMatch(/^Surrogate people.*surrogates \| -2\.14 \| -3 to -1 \| 612/s);
    expect(parts[3]).toMatch(/^Recordings of real people.*v12 left out \| -2\.14 \| - \| 1 recording \|$/s);
  });
  it('shows a missed bar in bold', () => {
    const row = { name: 'x', unit: 'ms', p50: 1.2345, p95: null, n: 5, bar: '<= 1', ok: false };
    expect(benchTable([row])).toContain('| x | 1.23 | - | ms | 5 | <= 1 | **no** |');
  });
});
