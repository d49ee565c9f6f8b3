import { describe, expect, it } from 'vitest';
import { benchTable, fillMarker } from './readme-figures.ts';

describe('figures of the README', () => {
  it('replaces what stands between the markers only', () => {
    const text = 'a\n<!-- figures:bench -->\nold\n<!-- /figures -->\nb';
    expect(fillMarker(text, 'bench', 'new')).toBe('a\n<!-- figures:bench -->\nnew\n<!-- /figures -->\nb');
  });
  it('refuses a README without the marker', () => {
    expect(() => fillMarker('a', 'bench', 'new')).toThrow(RangeError);
  });
  it('shows a missed bar in bold', () => {
    const row = { name: 'x', unit: 'ms', p50: 1.2345, p95: null, n: 5, bar: '<= 1', ok: false };
    expect(benchTable([row])).toContain('| x | 1.23 | - | ms | 5 | <= 1 | **no** |');
  });
});
