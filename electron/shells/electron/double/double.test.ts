import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildElectron } from '../../../../scripts/build.ts';

const root = join(import.meta.dirname, '../../../..');
const browser = process.env.PREHENSA_BROWSER ?? '/usr/bin/chromium';
const isPresent = existsSync(browser);
console.log(isPresent ? 'API double, not Electron' : `skipped: no browser at ${browser} for the API double`);

const PAGE = `<!doctype html><title>Prehensa</title><link rel="stylesheet" href="/style.css"><script type="module" src="/page.js"></script>`;
const SCRIPT = `
const model = await (await fetch('/models/current.json')).json();
const work = new Worker('/worker.js', { type: 'module' });
const backend = await new Promise((done, fail) => { work.onmessage = (e) => done(e.data); work.onerror = () => fail(new Error('worker')); });
globalThis.prehensaSelfCheck = async () => {
  const child = document.createElement('iframe');
  document.body.append(child);
  const answer = JSON.parse(await child.contentWindow.__doubleInvoke('app:wire', JSON.stringify(['{}'])));
  if (answer.error !== 'Error: refused') throw new Error('an iframe was answered');
  return { ...model, backend };
};`;

let built = '';
let scratch = '';

/** A program folder with the built shell (changed by `change`), a small page and the real host behind it. */
async function program(
  name: string,
  change: { file: 'main.mjs' | 'preload.cjs'; from: string | RegExp; to: string }[] = [],
): Promise<string> {
  const folder = join(scratch, name);
  await mkdir(join(folder, 'out'), { recursive: true });
  await cp(built, join(folder, 'out/electron'), { recursive: true });
  await mkdir(join(folder, 'out/renderer'));
  await writeFile(join(folder, 'out/renderer/index.html'), PAGE);
  await writeFile(join(folder, 'out/renderer/page.js'), SCRIPT);
  await writeFile(join(folder, 'out/renderer/style.css'), 'body { margin: 0 }');
  await writeFile(join(folder, 'out/renderer/worker.js'), 'postMessage("worker")');
  await mkdir(join(folder, 'models'));
  await writeFile(join(folder, 'models/current.json'), '{"modelId":"wrist-state","version":"1"}');
  await symlink(join(root, 'resources'), join(folder, 'resources'), 'junction');
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
  for (const { file, from, to } of change) {
    const path = join(folder, 'out/electron', file);
    const before = await readFile(path, 'utf8');
    const after = before.replace(from, to);
    // A twin that is not broken would prove nothing.
    expect(after, `${name}: nothing to break in ${file}`).not.toBe(before);
    await writeFile(path, after);
  }
  return folder;
}

interface Outcome {
  code: number | null;
  output: string;
  report: { ok?: boolean; incident?: string; storePhase?: string; model?: { backend: string } };
}

function run(folder: string): Promise<Outcome> {
  const register = join(import.meta.dirname, 'register-double.ts');
  const child = spawn(
    process.execPath,
    ['--import', `file://${register}`, join(folder, 'out/electron/main.mjs'), '--self-check'],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        NODE_NO_WARNINGS: '1',
        PREHENSA_DOUBLE_BROWSER: browser,
        PREHENSA_DOUBLE_PROFILES: join(scratch, 'profiles'),
      },
    },
  );
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (bytes: Buffer) => {
      output += bytes.toString();
    });
  }
  return new Promise((resolve) => {
    child.on('close', (code) => {
      const line = output.split('\n').find((text) => text.startsWith('{"ok"')) ?? '{}';
      resolve({ code, output, report: JSON.parse(line) });
    });
  });
}

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'prehensa-double-'));
  built = join(scratch, 'built');
  await buildElectron(built);
}, 30_000);
afterAll(() => rm(scratch, { recursive: true, force: true, maxRetries: 10 }));

describe.skipIf(!isPresent)('the built Electron shell on the API double (not Electron)', () => {
  it('passes its own self-check: page, bridge, encrypted store, worker, models', async () => {
    const { code, output, report } = await run(await program('good'));
    expect(output).toContain('API double, not Electron');
    expect(report).toMatchObject({ ok: true, storePhase: 'open', model: { backend: 'worker' } });
    expect(output).not.toContain('API double:');
    expect(code).toBe(0);
  }, 30_000);

  it.each([
    {
      name: 'sender checked by URL.origin, which is "null" here',
      change: [
        {
          file: 'main.mjs' as const,
          from: 'frame.origin === origin',
          to: 'new URL(frame.url).origin === origin',
        },
      ],
      sign: 'refused',
    },
    {
      name: 'frames from an iframe answered',
      change: [{ file: 'main.mjs' as const, from: 'frame.parent === null', to: 'true' }],
      sign: 'an iframe was answered',
    },
    {
      name: 'scheme registered after ready',
      change: [
        {
          file: 'main.mjs' as const,
          from: 'protocol.registerSchemesAsPrivileged(',
          to: '((list) => app.whenReady().then(() => protocol.registerSchemesAsPrivileged(list)))(',
        },
      ],
      sign: 'should be called before app is ready',
    },
    {
      name: 'preload built as an ES module',
      change: [
        {
          file: 'preload.cjs' as const,
          from: /(let|const|var) electron = require\("electron"\);/,
          to: 'import * as electron from "electron";',
        },
      ],
      sign: 'Cannot use import statement outside a module',
    },
    {
      name: 'wrong path to the preload',
      change: [{ file: 'main.mjs' as const, from: '"preload.cjs"', to: '"preload/preload.cjs"' }],
      sign: 'ENOENT',
    },
    {
      name: 'scripts without a content type',
      change: [{ file: 'main.mjs' as const, from: '"content-type": asset.type,', to: '' }],
      sign: '"ok":false',
    },
    {
      name: 'permissions left as they are',
      change: [
        {
          file: 'main.mjs' as const,
          from: 'session.setPermissionRequestHandler(',
          to: '((_handler) => undefined)(',
        },
      ],
      sign: 'Electron grants every permission',
    },
    {
      name: 'protocol served on the default session, not on the window’s',
      change: [{ file: 'main.mjs' as const, from: 'pageSession.protocol.handle(', to: 'protocol.handle(' }],
      sign: 'ERR_UNKNOWN_URL_SCHEME',
    },
  ])(
    'catches the broken twin: $name',
    async ({ name, change, sign }) => {
      const { code, output } = await run(await program(`twin ${name.replace(/\W+/g, '-')}`, change));
      expect(output).toContain(sign);
      expect(code).not.toBe(0);
    },
    40_000,
  );
});
