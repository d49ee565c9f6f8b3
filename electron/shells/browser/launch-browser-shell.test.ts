import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, readlink, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BulkPaths } from '../../host/assets/bulk-paths.ts';
import { createAssetServer } from '../../host/assets/serve-app-request.ts';
import { type BrowserShell, launchBrowserShell } from './launch-browser-shell.ts';
import { deleteLeftProfiles } from './private-profile.ts';
import { typeMarker } from './type-marker.fixture.ts';

const executablePath = process.env.PREHENSA_BROWSER ?? '/usr/bin/chromium';
const isPresent = (() => {
  try {
    accessSync(executablePath, constants.X_OK);
    return true;
  } catch {
    return false;
  }
})();
/** Two cores may be busy with other suites. */
const PATIENT = { timeout: 15_000 };
const isRoot = process.getuid?.() === 0;
if (!isPresent) console.log(`skipped: no browser at ${executablePath}`);
else if (isRoot) console.log('browser sandbox off: running as root, development only');

const PAGE = `<!doctype html><title>Prehensa</title>
<link rel="stylesheet" href="/style.css"><script type="module" src="/page.js"></script>
<form id="form"><input id="name" name="name"><textarea id="note" name="note"></textarea></form>`;
const SCRIPT = `globalThis.pushes = [];
appTransport.onPush((frame) => pushes.push(frame));
globalThis.greeting = appTransport.request('hello');
globalThis.work = new Worker('/worker.js', { type: 'module' });
globalThis.fromWorker = new Promise((done) => { work.onmessage = (e) => done(e.data); });`;

let root = '';
const assetsOf = () =>
  createAssetServer({
    rendererFolder: join(root, 'page'),
    modelsFolder: join(root, 'models'),
    wasmFolder: join(root, 'wasm'),
  });
const launch = (extra: Partial<Parameters<typeof launchBrowserShell>[0]> = {}) =>
  launchBrowserShell({
    executablePath,
    sandbox: !isRoot,
    headless: true,
    assets: assetsOf(),
    profilesFolder: join(root, 'profiles'),
    serve: async (frame) => `answer to ${frame}`,
    ...extra,
  });

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'prehensa-shell-'));
  await mkdir(join(root, 'page'), { recursive: true });
  await writeFile(join(root, 'page/index.html'), PAGE);
  await writeFile(join(root, 'page/page.js'), SCRIPT);
  await writeFile(join(root, 'page/style.css'), 'body { margin: 3px }');
  await writeFile(
    join(root, 'page/worker.js'),
    'fetch("/models/current.json").then((r) => r.json()).then((v) => postMessage(v))',
  );
  await mkdir(join(root, 'models'));
  await writeFile(join(root, 'models/current.json'), '{"model":"wrist-state"}');
});
afterAll(() => rm(root, { recursive: true, force: true, maxRetries: 10 }));

describe.skipIf(!isPresent)('the browser shell', () => {
  let shell: BrowserShell;
  beforeAll(async () => {
    shell = await launch();
  });
  afterAll(() => shell.close());

  it('serves page, style, worker and models from one origin without a policy report', async () => {
    expect(await shell.page.evaluate('greeting')).toBe('answer to hello');
    expect(await shell.page.evaluate('fromWorker')).toEqual({ model: 'wrist-state' });
    expect(await shell.page.evaluate('getComputedStyle(document.body).margin')).toBe('3px');
    expect(await shell.page.evaluate('isSecureContext && location.origin')).toBe(
      'https://app.prehensa.invalid',
    );
    expect(shell.refusedRequests).toEqual([]);
    expect(shell.policyReports).toEqual([]);
  });

  it('carries a posted file whole, a piece larger than a frame, and its answer back', async () => {
    const bulk = new BulkPaths();
    const store = {};
    bulk.bindTo(() => store);
    const other = await launch({
      assets: createAssetServer(
        { rendererFolder: join(root, 'page'), modelsFolder: root, wasmFolder: root },
        bulk,
      ),
    });
    const size = 3_000_000;
    const { id, path } = bulk.offerUpload(size, null);
    const statuses = await other.page.evaluate(
      `(async () => {
        const bytes = Uint8Array.from({ length: ${size} }, (_, i) => (i * 7) % 256);
        const post = (at, end) => fetch('${path}?at=' + at, { method: 'POST', body: bytes.slice(at, end) });
        return [(await post(0, 2_000_000)).status, (await post(2_000_000, ${size})).status];
      })()`,
    );
    expect(statuses).toEqual([200, 200]);
    const bytes = bulk.takeUpload(id)?.bytes ?? new Uint8Array(0);
    expect(bytes.findIndex((byte, i) => byte !== (i * 7) % 256)).toBe(-1);
    const down = bulk.offerDownload(bytes);
    const sum = await other.page.evaluate(
      `fetch('${down.path}').then((r) => r.arrayBuffer()).then((b) => new Uint8Array(b).reduce((s, v) => s + v, 0))`,
    );
    expect(sum).toBe(bytes.reduce((total, value) => total + value, 0));
    expect([other.refusedRequests, other.policyReports]).toEqual([[], []]);
    await other.close();
  });

  it('brings pushes in order', async () => {
    for (let index = 0; index < 20; index++) shell.transport.push(`push ${index}`);
    await shell.page.waitForFunction('pushes.length === 20');
    expect(await shell.page.evaluate('pushes')).toEqual(
      Array.from({ length: 20 }, (_, index) => `push ${index}`),
    );
  });

  it('offers the page a transport that cannot be replaced', async () => {
    expect(
      await shell.page.evaluate(
        '(() => { try { appTransport = 1 } catch {} return [appTransport.shell, Object.isFrozen(appTransport)] })()',
      ),
    ).toEqual(['browser', true]);
  });

  it('refuses a frame from an iframe, even one of the same origin', async () => {
    const before = shell.refusedFrames();
    await shell.page.evaluate('document.body.append(Object.assign(document.createElement("iframe"), {}))');
    await expect.poll(() => shell.page.frames().length, PATIENT).toBe(2);
    const child = shell.page.frames().find((frame) => frame !== shell.page.mainFrame());
    expect(await child?.evaluate('typeof appTransport')).toBe('undefined');
    await expect(child?.evaluate('__appWire("stolen")')).rejects.toThrow('refused');
    expect(shell.refusedFrames()).toBe(before + 1);
    await shell.page.evaluate('document.querySelector("iframe").remove()');
  });

  it('refuses and records an unknown host, also when the policy does not stop it first', async () => {
    await expect(shell.page.evaluate('fetch("https://example.org/upload")')).rejects.toThrow();
    expect(shell.policyReports.some((text) => text.includes('example.org'))).toBe(true);
    // A navigation is not bound by the policy: the route itself must refuse.
    const other = await launch();
    await other.page.goto('https://example.org/').catch(() => undefined);
    expect(other.refusedRequests).toEqual(['https://example.org/']);
    await other.close();
  });

  it('closes a second window at once', async () => {
    await shell.page.evaluate('window.open("/")');
    await expect.poll(() => shell.context.pages().length, PATIENT).toBe(1);
  });
});

async function filesWith(folder: string, marker: string): Promise<string[]> {
  const needles = [Buffer.from(marker), Buffer.from(marker, 'utf16le')];
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const found: string[] = [];
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    const bytes = await readFile(join(entry.parentPath, entry.name)).catch(() => Buffer.alloc(0));
    if (needles.some((needle) => bytes.includes(needle))) found.push(join(entry.parentPath, entry.name));
  }
  return found;
}

describe.skipIf(!isPresent)('what the profile keeps', () => {
  const MARKER = 'KOWALSKI-MARKER-7431';

  it('holds no typed word after SIGKILL of program and browser', async () => {
    const fixture = join(import.meta.dirname, 'typed-window.fixture.ts');
    const child = spawn(process.execPath, [fixture, root, executablePath, MARKER], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const profileFolder = await new Promise<string>((resolve, reject) => {
      child.stdout.once('data', (bytes: Buffer) => resolve(bytes.toString().trim()));
      child.once('exit', (code) => reject(new Error(`the window ended with ${code}`)));
    });
    // Broken twin: an ordinary profile, typed into later. Once the marker is on its disk, it would be on ours too.
    const plainFolder = join(root, 'plain');
    const plain = await chromium.launchPersistentContext(plainFolder, {
      executablePath,
      chromiumSandbox: !isRoot,
    });
    const plainPage = await plain.newPage();
    await plainPage.route('**/*', (route) => route.fulfill({ contentType: 'text/html', body: PAGE }));
    await plainPage.goto('https://app.prehensa.invalid/');
    await typeMarker(plainPage, MARKER);
    await expect.poll(() => filesWith(plainFolder, MARKER), PATIENT).not.toEqual([]);

    const browserId = Number(/-(\d+)$/.exec(await readlink(join(profileFolder, 'SingletonLock')))?.[1]);
    child.kill('SIGKILL');
    process.kill(browserId, 'SIGKILL');
    await plain.close();
    expect((await readdir(profileFolder, { recursive: true })).length).toBeGreaterThan(20);
    expect(await filesWith(profileFolder, MARKER)).toEqual([]);
    await expect.poll(() => deleteLeftProfiles(join(root, 'killed')), PATIENT).toBe(1);
    await expect(readdir(profileFolder)).rejects.toThrow('ENOENT');
  }, 40_000);

  it('is deleted when the window ends', async () => {
    let reason = '';
    const shell = await launch({
      onClose: (why) => {
        reason = why;
      },
    });
    await shell.page.close();
    await expect.poll(() => reason, PATIENT).toBe('closed');
    await expect(readdir(shell.profileFolder)).rejects.toThrow('ENOENT');
  });

  it('is deleted at the next start when the program itself was killed', async () => {
    const folder = join(root, 'left');
    // No process has this number: the largest that a system gives is 4,194,304.
    await mkdir(join(folder, 'profile-99999999-abc'), { recursive: true });
    await mkdir(join(folder, `profile-${process.pid}-abc`), { recursive: true });
    expect(await deleteLeftProfiles(folder)).toBe(1);
    expect(await readdir(folder)).toEqual([`profile-${process.pid}-abc`]);
  });
});
