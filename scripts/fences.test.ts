import { describe, expect, it } from 'vitest';
import { checkBundle, checkImports, readSources } from './fences.ts';

const at = (path: string, text: string) => checkImports([{ path, text }]);

describe('import fences', () => {
  it('hold for every source file', () => {
    const sources = readSources();
    expect(sources.length).toBeGreaterThan(50);
    expect(checkImports(sources)).toEqual([]);
  });

  it.each([
    [
      'core/units/broken.ts',
      "import { run } from '../contract/wire.ts'",
      'may not import core/contract/wire.ts',
    ],
    ['core/signals/broken.ts', "import { z } from '../contract/schemas/clinical.ts'", 'may not import'],
    ['core/networks/broken.ts', "import * as tf from '@tensorflow/tfjs-core'", 'may not use the package'],
    ['core/clinical/broken.ts', "import { readFile } from 'node:fs/promises'", 'has no Node'],
    ['core/clinical/broken.ts', "export { readFileSync } from 'fs'", 'has no Node'],
    ['electron/host/db/broken.ts', "import { app } from 'electron'", 'may not use the package electron'],
    ['electron/host/db/broken.ts', "export * from '../../shells/app-folders.ts'", 'may not import'],
    ['electron/shells/electron/broken.ts', "import { chromium } from 'playwright-core'", 'playwright-core'],
    ['electron/shells/browser/broken.ts', "const e = await import('electron')", 'electron'],
    ['renderer/features/trends/broken.tsx', "import { A } from '../patients/a.tsx'", 'may not import'],
    ['renderer/features/trends/broken.tsx', "import { start } from '../../workers/a.ts'", 'may not import'],
    ['renderer/ui/broken.tsx', "import { api } from '../platform/api.tsx'", 'may not import'],
    ['renderer/app/broken.tsx', "import os from 'node:os'", 'has no Node'],
    [
      'renderer/app/broken.tsx',
      "import { host } from '../../electron/host/app/create-host.ts'",
      'may not import',
    ],
    ['training/fit/broken.ts', "import { page } from '../../renderer/app/app.tsx'", 'may not import'],
    ['somewhere/broken.ts', '', 'no rule for this folder'],
  ])('broken twin: %s with %s', (path, text, sign) => {
    const findings = at(path, text);
    expect(findings).toHaveLength(1);
    expect(findings[0]).toContain(sign);
  });

  it.each([
    ['core/signals/fine.ts', "import type { ModelInput } from '../contract/schemas/judgement.ts'"],
    [
      'renderer/features/trends/fine.tsx',
      "import { helper } from './helper.ts'; import { Chart } from '../../charts/c.tsx'",
    ],
    [
      'renderer/features/result/fine.tsx',
      "import type { InferenceClient } from '../../workers/inference-client.ts'",
    ],
    ['electron/host/db/fine.ts', "import Database from 'better-sqlite3'; import 'node:fs'"],
  ])('let through what the table allows: %s', (path, text) => {
    expect(at(path, text)).toEqual([]);
  });
});

describe('built files', () => {
  const built = (path: string, text: string) => checkBundle([{ path, text }]);

  it.each([
    ['out/renderer/assets/a.js', 'import("node:fs")', 'in the page'],
    ['out/renderer/assets/a.js', 'fetch("https://stats.example.com/x")', 'stats.example.com'],
    ['out/renderer/assets/a.css', '@import url(http://fonts.example.org/a.css)', 'fonts.example.org'],
    ['out/renderer/assets/a.js', 'new WebSocket("wss://push.example.net")', 'push.example.net'],
    ['out/renderer/index.html', '<script>start()</script>', 'a script inside the page'],
    ['out/renderer/index.html', '<body onload="start()">', 'a script inside the page'],
    ['out/electron/main.mjs', 'fetch("https://update.example.com")', 'update.example.com'],
    ['out/electron/preload.cjs', 'require("./more.cjs")', 'cannot load ./more.cjs'],
  ])('broken twin: %s with %s', (path, text, sign) => {
    expect(built(path, text).join()).toContain(sign);
  });

  it('let through names that are no addresses', () => {
    expect(built('out/renderer/assets/a.js', 'const ns = "http://www.w3.org/2000/svg"')).toEqual([]);
    expect(built('out/renderer/index.html', '<script type="module" src="/a.js"></script>')).toEqual([]);
    expect(built('out/electron/main.mjs', 'import { readFile } from "node:fs/promises"')).toEqual([]);
    expect(built('out/electron/preload.cjs', 'let e = require("electron")')).toEqual([]);
  });
});
