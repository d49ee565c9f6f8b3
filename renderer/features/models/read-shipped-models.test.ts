import { describe, expect, it } from 'vitest';
import type { ReadText } from '../../platform/own-file.ts';
import { readShippedModels } from './read-shipped-models.ts';

const readerOf =
  (files: Record<string, string>): ReadText =>
  async (path) =>
    files[path] ?? null;

describe('the models beside the page', () => {
  it('reads the versions in use and what is said about them', async () => {
    const read = readerOf({
      '/models/current.json': '{"wrist-state":"1.0.0","next-visit":{"version":"0.1.0"}}',
      '/models/wrist-state/1.0.0/model-facts.md': '# wrist-state',
    });
    expect(await readShippedModels(read)).toEqual([
      { id: 'wrist-state', version: '1.0.0', facts: '# wrist-state' },
      { id: 'next-visit', version: '0.1.0', facts: null },
    ]);
  });

  it.each([
    ['missing', {}],
    ['not JSON', { '/models/current.json': 'x' }],
    ['null', { '/models/current.json': 'null' }],
  ])('says that there is none when the list is %s', async (_what, files) => {
    expect(await readShippedModels(readerOf(files as Record<string, string>))).toBeNull();
  });

  it('follows no name out of its folder', async () => {
    const read = readerOf({ '/models/current.json': '{"../secret":"1","wrist-state":"../../x"}' });
    expect(await readShippedModels(read)).toEqual([]);
  });
});
