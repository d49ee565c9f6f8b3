import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PAGE_ORIGINS } from './page-origins.ts';
import { securityHeaders } from './security-headers.ts';
import { type AssetServer, createAssetServer } from './serve-app-request.ts';

let folder = '';
let serve: AssetServer;
const write = async (path: string, text: string) => {
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), text);
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'prehensa-assets-'));
  await write(
    'page/index.html',
    '<meta name="csp-nonce" content="__CSP_NONCE__"><style nonce="__CSP_NONCE__"></style>',
  );
  await write('page/assets/index-abc.js', 'const a = "__CSP_NONCE__";');
  await write('page/secret.pem', 'not a kind of file that is served');
  await write('models/current.json', '{}');
  await write('models/wrist-state/1/member-0/weights.bin', 'bytes');
  await write('wasm/tfjs-backend-wasm.wasm', '\0asm');
  await write('outside.json', '{"patient":"no"}');
  serve = createAssetServer({
    rendererFolder: join(folder, 'page'),
    modelsFolder: join(folder, 'models'),
    wasmFolder: join(folder, 'wasm'),
  });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const get = (url: string, method = 'GET') => serve({ method, url });
const textOf = (body: Uint8Array) => new TextDecoder().decode(body);

describe.each(Object.values(PAGE_ORIGINS))('files at %s', (origin) => {
  it.each([
    ['/', 'text/html; charset=utf-8'],
    ['/index.html?from=start#x', 'text/html; charset=utf-8'],
    ['/assets/index-abc.js', 'text/javascript; charset=utf-8'],
    ['/models/current.json', 'application/json; charset=utf-8'],
    ['/models/wrist-state/1/member-0/weights.bin', 'application/octet-stream'],
    ['/wasm/tfjs-backend-wasm.wasm', 'application/wasm'],
  ])('%s is served with its content type', async (path, type) => {
    const answer = await get(`${origin}${path}`);
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toBe(type);
    expect(answer.headers['content-length']).toBe(String(answer.body.byteLength));
  });

  it.each([
    '/../outside.json',
    '/%2e%2e/outside.json',
    '/models/../outside.json',
    '/models/%2e%2e%2foutside.json',
    '/models/..%5coutside.json',
    '//outside.json',
    '/./index.html',
    '/models//current.json',
    '/secret.pem',
    '/__proto__',
    '/constructor',
    '/assets',
    '/index.html%00.js',
    '/index.html::$DATA',
    '/%',
    '/INDEX.HTML',
  ])('%s is not found', async (path) => {
    const answer = await get(`${origin}${path}`);
    expect(answer.status).toBe(404);
    expect(textOf(answer.body)).toBe('not found');
    expect(answer.headers['content-security-policy']).toContain("default-src 'none'");
  });

  it('answers reading only', async () => {
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'get']) {
      expect((await get(`${origin}/index.html`, method)).status).toBe(405);
    }
    const head = await get(`${origin}/index.html`, 'HEAD');
    expect([head.status, head.body.byteLength]).toEqual([200, 0]);
  });
});

it.each([
  'https://example.org/index.html',
  'https://app.prehensa.invalid.example.org/',
  'https://app.prehensa.invalid:444/',
  'https://user@app.prehensa.invalid/',
  'http://app.prehensa.invalid/',
  'app://other/index.html',
  'app://bundle.example/index.html',
  'file:///index.html',
  'not a url',
])('another address is refused: %s', async (url) => {
  expect((await get(url)).status).toBe(404);
});

describe('the content security policy', () => {
  it('puts a fresh nonce into the page and its header, and into nothing else', async () => {
    const [first, second] = await Promise.all([get('app://bundle/'), get('app://bundle/')]);
    const nonce = /'nonce-([^']+)'/.exec(first.headers['content-security-policy'] ?? '')?.[1] ?? '';
    expect(nonce.length).toBeGreaterThanOrEqual(22);
    expect(textOf(first.body)).toBe(
      `<meta name="csp-nonce" content="${nonce}"><style nonce="${nonce}"></style>`,
    );
    expect(second.headers['content-security-policy']).not.toContain(nonce);
    expect(textOf((await get('app://bundle/assets/index-abc.js')).body)).toContain('__CSP_NONCE__');
  });

  it('allows no foreign source, no inline code and no frame', () => {
    const policy = securityHeaders('a'.repeat(24))['content-security-policy'] ?? '';
    const rules = new Map(policy.split('; ').map((rule) => [rule.split(' ')[0], rule]));
    expect(rules.get('default-src')).toBe("default-src 'none'");
    expect(rules.get('script-src')).toBe("script-src 'self' 'wasm-unsafe-eval'");
    expect(rules.get('connect-src')).toBe("connect-src 'self'");
    expect(rules.get('frame-ancestors')).toBe("frame-ancestors 'none'");
    expect(policy).not.toMatch(/unsafe-inline|'unsafe-eval'|https?:|\*/);
  });

  it('refuses a nonce that could end the header', () => {
    expect(() => securityHeaders("x'; script-src *")).toThrow(RangeError);
  });
});
