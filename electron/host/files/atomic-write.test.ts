import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { atomicWrite } from './atomic-write.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'prehensa-write-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const read = (name: string) => readFileSync(join(folder, name), 'utf8');

it('leaves files alone that only look like its working file', () => {
  writeFileSync(join(folder, 'table.csv.part'), 'the user’s own');
  atomicWrite(join(folder, 'table.csv'), 'new');
  expect(readdirSync(folder).sort()).toEqual(['table.csv', 'table.csv.part']);
  expect([read('table.csv'), read('table.csv.part')]).toEqual(['new', 'the user’s own']);
});

it.skipIf(process.platform === 'win32')('follows no link: the link gives way, its target stays', () => {
  writeFileSync(join(folder, 'target'), 'target');
  for (const name of ['table.csv', 'table.csv.part']) symlinkSync(join(folder, 'target'), join(folder, name));
  atomicWrite(join(folder, 'table.csv'), 'new');
  expect([read('table.csv'), read('target')]).toEqual(['new', 'target']);
});

it('leaves no working file when it could not write', () => {
  symlinkSync(folder, join(folder, 'loop'));
  expect(() => atomicWrite(folder, 'x')).toThrow();
  expect(readdirSync(folder)).toEqual(['loop']);
});
