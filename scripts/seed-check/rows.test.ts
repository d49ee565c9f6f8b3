import { describe, expect, it } from 'vitest';
import { runSeedRow, type SeedRow, seedMap } from './rows.ts';

const row: SeedRow = { point: 'p', folder: 'f', screen: 's', command: 'c' };

describe('a row of the seed map', () => {
  it('is never built without a check, whatever it claims', async () => {
    expect((await runSeedRow({ ...row, why: 'later' })).state).toBe('not built');
  });
  it('fails when its check fails or throws', async () => {
    expect((await runSeedRow({ ...row, check: () => ({ ok: false, figure: '1' }) })).state).toBe('FAILED');
    const thrown = await runSeedRow({
      ...row,
      check: () => {
        throw new Error('boom');
      },
    });
    expect(thrown).toMatchObject({ state: 'FAILED', figure: 'boom' });
  });
  it('is partly built while something is missing', async () => {
    const result = await runSeedRow({
      ...row,
      missing: 'a half',
      check: () => ({ ok: true, figure: 'n = 3' }),
    });
    expect(result.state).toBe('partly');
    expect(seedMap([result])).toContain('| p | partly | n = 3 | f | s | `c` | a half |');
  });
  it('keeps the table whole when a figure holds a bar', async () => {
    const result = await runSeedRow({ ...row, check: () => ({ ok: true, figure: 'a|b' }) });
    expect(seedMap([result])).toContain('a\\|b');
  });
});
