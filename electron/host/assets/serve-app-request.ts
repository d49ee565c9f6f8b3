import { randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AppRequest, BulkPaths } from './bulk-paths.ts';
import { contentTypeOf } from './content-types.ts';
import { PAGE_ORIGINS } from './page-origins.ts';
import { securityHeaders } from './security-headers.ts';

export interface AssetFolders {
  /** The built page; index.html answers "/". */
  rendererFolder: string;
  /** Model bundles, served below /models/. May not exist yet. */
  modelsFolder: string;
  /** The tensor library's files, served below /wasm/. May not exist yet. */
  wasmFolder: string;
}

export interface AssetResponse {
  status: number;
  headers: Record<string, string>;
  body: Uint8Array;
}

export type AssetServer = (request: AppRequest) => Promise<AssetResponse>;

interface Asset {
  file: string;
  type: string;
}

const NONCE_PLACE = '__CSP_NONCE__';
const ORIGINS: readonly string[] = Object.values(PAGE_ORIGINS);

/** Walked by hand: inside Electron's archive a recursive listing is not a thing to rely on. */
async function addFolder(table: Map<string, Asset>, folder: string, prefix: string): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') return [];
    throw cause;
  });
  for (const entry of entries) {
    const file = join(folder, entry.name);
    const type = contentTypeOf(entry.name);
    if (entry.isDirectory()) await addFolder(table, file, `${prefix}${entry.name}/`);
    else if (entry.isFile() && type !== undefined) table.set(`${prefix}${entry.name}`, { file, type });
  }
}

/** The path that a URL asks for, when the URL is one of ours; it is only ever looked up, never joined to a folder. */
function pathOf(rawUrl: string): string | null {
  const origin = ORIGINS.find((known) => rawUrl === known || rawUrl.startsWith(`${known}/`));
  if (origin === undefined) return null;
  let path: string;
  try {
    path = decodeURIComponent(rawUrl.slice(origin.length).replace(/[?#].*$/s, ''));
  } catch {
    return null;
  }
  return path === '' || path === '/' ? '/index.html' : path;
}

/**
 * Serves the page, the models and the tensor library from a table of the files that were there at the first request:
 * a request names an entry exactly or gets 404, so no path can lead out of the three folders.
 *
 * @param bulk one-time paths for what is too large for a frame, below /bulk/; without it there are none.
 * @returns a function that answers GET and HEAD (405 otherwise), and POST where a one-time path waits for it. It never
 *   rejects for a request; it rejects only when a folder cannot be read.
 */
export function createAssetServer(folders: AssetFolders, bulk?: BulkPaths): AssetServer {
  let tablePromise: Promise<Map<string, Asset>> | undefined;
  const readTable = async () => {
    const table = new Map<string, Asset>();
    await addFolder(table, folders.rendererFolder, '/');
    await addFolder(table, folders.modelsFolder, '/models/');
    await addFolder(table, folders.wasmFolder, '/wasm/');
    return table;
  };
  const refuse = (status: number, text: string, extra: Record<string, string> = {}): AssetResponse => ({
    status,
    headers: {
      ...securityHeaders(randomBytes(18).toString('base64url')),
      'content-type': 'text/plain; charset=utf-8',
      ...extra,
    },
    body: new TextEncoder().encode(text),
  });

  return async (request) => {
    const { method, url } = request;
    const bulkPath = bulk === undefined ? null : pathOf(url);
    if (bulk !== undefined && bulkPath?.startsWith('/bulk/')) {
      const answer = bulk.answer(bulkPath, request);
      if (answer === null) return refuse(404, 'not found');
      const { status, type, body } = answer;
      const headers = {
        ...securityHeaders(randomBytes(18).toString('base64url')),
        'content-type': type,
        'content-length': String(body.byteLength),
      };
      return { status, headers, body };
    }
    if (method !== 'GET' && method !== 'HEAD') return refuse(405, 'not allowed', { allow: 'GET, HEAD' });
    tablePromise ??= readTable();
    const table = await tablePromise;
    const path = pathOf(url);
    const asset = path === null ? undefined : table.get(path);
    if (asset === undefined) return refuse(404, 'not found');
    let body: Uint8Array;
    try {
      body = new Uint8Array(await readFile(asset.file));
    } catch {
      return refuse(404, 'not found');
    }
    const nonce = randomBytes(18).toString('base64url');
    if (asset.type.startsWith('text/html')) {
      body = new TextEncoder().encode(new TextDecoder().decode(body).replaceAll(NONCE_PLACE, nonce));
    }
    const headers = {
      ...securityHeaders(nonce),
      'content-type': asset.type,
      'content-length': String(body.byteLength),
    };
    return { status: 200, headers, body: method === 'HEAD' ? new Uint8Array(0) : body };
  };
}
