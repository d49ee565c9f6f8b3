import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { BULK_PATH_MS, BulkPaths, MAX_PIECE_BYTES } from './bulk-paths.ts';
import { PAGE_ORIGINS } from './page-origins.ts';
import { type AssetServer, createAssetServer } from './serve-app-request.ts';

const folder = mkdtempSync(join(tmpdir(), 'prehensa-bulk-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const bytes = (...values: number[]) => Uint8Array.from(values);

describe.each(Object.values(PAGE_ORIGINS))('one-time paths at %s', (origin) => {
  let nowMs = 0;
  let store: object | null = null;
  let bulk: BulkPaths;
  let serve: AssetServer;
  const ask = (path: string, method = 'GET', body?: Uint8Array) =>
    serve({ method, url: `${origin}${path}`, body });
  const statusOf = async (path: string, method = 'GET', body?: Uint8Array) =>
    (await ask(path, method, body)).status;

  beforeEach(() => {
    nowMs = 0;
    store = { name: 'a store' };
    bulk = new BulkPaths(() => nowMs);
    bulk.bindTo(() => store);
    serve = createAssetServer({ rendererFolder: folder, modelsFolder: folder, wasmFolder: folder }, bulk);
  });

  it('answer once, whole, with the headers of every answer', async () => {
    const { path } = bulk.offerDownload(bytes(1, 2, 3));
    const answer = await ask(path);
    expect([answer.status, ...answer.body]).toEqual([200, 1, 2, 3]);
    expect(answer.headers['content-type']).toBe('application/octet-stream');
    expect(answer.headers['content-security-policy']).toContain("default-src 'none'");
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(await statusOf(path)).toBe(404);
  });

  it('take a file in pieces and give it out once', async () => {
    const { id, path } = bulk.offerUpload(5, 'about');
    expect(await statusOf(`${path}?at=0`, 'POST', bytes(1, 2, 3))).toBe(200);
    expect(bulk.takeUpload(id)).toBeNull();
    expect(await statusOf(`${path}?at=3`, 'POST', bytes(4, 5))).toBe(200);
    expect(await statusOf(`${path}?at=5`, 'POST', bytes(6))).toBe(404);
    expect(bulk.takeUpload(id)).toEqual({ bytes: bytes(1, 2, 3, 4, 5), about: 'about' });
    expect(bulk.takeUpload(id)).toBeNull();
  });

  it('refuse a piece out of order, too large, empty or more than announced', async () => {
    const { path } = bulk.offerUpload(4, null);
    expect(await statusOf(`${path}?at=1`, 'POST', bytes(1))).toBe(409);
    expect(await statusOf(path, 'POST', bytes(1))).toBe(409);
    expect(await statusOf(`${path}?at=0`, 'POST')).toBe(413);
    expect(await statusOf(`${path}?at=0`, 'POST', bytes(1, 2, 3, 4, 5))).toBe(413);
    const large = bulk.offerUpload(MAX_PIECE_BYTES + 2, null);
    expect(await statusOf(`${large.path}?at=0`, 'POST', new Uint8Array(MAX_PIECE_BYTES + 1))).toBe(413);
    expect(await statusOf(`${path}?at=0`, 'POST', bytes(1, 2))).toBe(200);
    expect(await statusOf(`${path}?at=0`, 'POST', bytes(1, 2))).toBe(409);
  });

  it('answer only to their own method, and like a path that never was', async () => {
    const down = bulk.offerDownload(bytes(1));
    const up = bulk.offerUpload(1, null);
    expect(await statusOf(down.path, 'POST', bytes(1))).toBe(404);
    expect(await statusOf(up.path)).toBe(404);
    expect(await statusOf(up.path, 'PUT', bytes(1))).toBe(404);
    for (const path of [`/bulk/${'0'.repeat(64)}`, '/bulk/', '/bulk/../index.html', '/bulk/__proto__']) {
      const answer = await ask(path);
      expect([answer.status, new TextDecoder().decode(answer.body)]).toEqual([404, 'not found']);
    }
    expect(await statusOf(down.path)).toBe(200);
  });

  it('end with their time; a piece begins it anew', async () => {
    const down = bulk.offerDownload(bytes(1));
    const up = bulk.offerUpload(2, null);
    nowMs = BULK_PATH_MS - 1;
    expect(await statusOf(`${up.path}?at=0`, 'POST', bytes(1))).toBe(200);
    nowMs = BULK_PATH_MS + 1;
    expect(await statusOf(down.path)).toBe(404);
    expect(await statusOf(`${up.path}?at=1`, 'POST', bytes(2))).toBe(200);
  });

  it('end with their store, and leave nothing in memory', async () => {
    const down = bulk.offerDownload(bytes(1));
    const up = bulk.offerUpload(1, null);
    expect(await statusOf(`${up.path}?at=0`, 'POST', bytes(1))).toBe(200);
    store = { name: 'another store' };
    expect(await statusOf(down.path)).toBe(404);
    expect(bulk.takeUpload(up.id)).toBeNull();
    bulk.sweep();
    expect(bulk.openCount).toBe(0);
    store = null;
    expect(() => bulk.offerDownload(bytes(1))).toThrow(TypeError);
  });
});
