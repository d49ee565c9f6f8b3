import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkFiles, type ReadBytes } from './check-files.ts';

const current = JSON.parse(readFileSync('models/current.json', 'utf8')) as Record<string, string>;
const read: ReadBytes = async (path) => Uint8Array.from(readFileSync(join('models', path)));
const folderOf = (id: string) => `${id}/${current[id]}/`;
const hashOf = (id: string): string =>
  JSON.parse(readFileSync(join('models', folderOf(id), 'evaluation.json'), 'utf8')).bundleHash;
const running = () => new AbortController().signal;
const check = (id: string, reader: ReadBytes, signal = running()) =>
  checkFiles(folderOf(id), hashOf(id), reader, () => {}, signal);

/** The files with one byte of one of them changed. */
const withOneBit = (id: string, path: string, at: number): ReadBytes => {
  return async (asked) => {
    const bytes = await read(asked);
    if (bytes !== null && asked === `${folderOf(id)}${path}`) {
      const place = at < 0 ? bytes.length + at : at;
      bytes[place] = (bytes[place] as number) ^ 1;
    }
    return bytes;
  };
};

describe('the files of the shipped models', () => {
  it.each(Object.keys(current))('%s: every file is as published', async (id) => {
    expect(await check(id, read)).toMatchObject({ status: 'as-published' });
  });

  it.each([
    ['member-3/weights.bin', 0],
    ['member-3/weights.bin', -1],
    ['calibration.json', 100],
    ['golden.json', 5],
  ])('finds one changed bit in %s at %i', async (path, at) => {
    expect(await check('wrist-state', withOneBit('wrist-state', path, at))).toEqual({
      status: 'changed',
      path,
    });
  });

  it('finds a changed list of files: its own hashes cannot vouch for it', async () => {
    expect(await check('wrist-state', withOneBit('wrist-state', 'manifest.json', 60))).toEqual({
      status: 'changed',
      path: null,
    });
  });

  it('says which file is missing, and stops when asked to', async () => {
    const without: ReadBytes = async (path) => (path.endsWith('golden.json') ? null : read(path));
    expect(await check('next-visit', without)).toEqual({ status: 'missing', path: 'golden.json' });
    const stopped = new AbortController();
    stopped.abort();
    expect(await check('next-visit', read, stopped.signal)).toEqual({ status: 'stopped' });
  });
});
