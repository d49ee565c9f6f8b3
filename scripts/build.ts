// npm run build [-- --force]: page, Electron main and preload into out/. Nothing is built when no input changed.
import { createHash } from 'node:crypto';
import { copyFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire, isBuiltin } from 'node:module';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const INPUT_FOLDERS = ['core', 'electron', 'renderer'];
const INPUT_FILES = [
  // Shown under Help.
  'NOTICE',
  'docs/layer-wise-relevance.md',
  'package-lock.json',
  'package.json',
  'scripts/build.ts',
  'tsconfig.base.json',
  'vite.config.ts',
];
/** The single-threaded files: threads would need cross-origin isolation, which the page does without. */
const WASM_FILES = ['tfjs-backend-wasm.wasm', 'tfjs-backend-wasm-simd.wasm'];

async function inputFiles(): Promise<string[]> {
  const files = [...INPUT_FILES];
  for (const folder of INPUT_FOLDERS) {
    const entries = await readdir(join(root, folder), { recursive: true, withFileTypes: true });
    for (const entry of entries) {
      if (entry.isFile() && !/\.test\.tsx?$/.test(entry.name)) {
        files.push(relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'));
      }
    }
  }
  return files.sort();
}

/** One SHA-256 over names and contents of everything that goes into out/. */
export async function hashOfInputs(): Promise<string> {
  const hash = createHash('sha256');
  for (const file of await inputFiles()) {
    hash.update(`${file}\0`).update(await readFile(join(root, file)));
  }
  return hash.digest('hex');
}

/**
 * The privileged side: out/electron/main.mjs (ESM) and preload.cjs (one CommonJS file, as a sandboxed preload must be).
 * Packages with native code stay outside; all else is inlined, so that the package ships few files.
 */
export async function buildElectron(outFolder: string): Promise<void> {
  const external = (id: string) =>
    id === 'electron' ||
    id.startsWith('electron/') ||
    id === 'better-sqlite3' ||
    id.startsWith('better-sqlite3/') ||
    isBuiltin(id);
  const common = { configFile: false as const, root, logLevel: 'warn' as const, publicDir: false as const };
  await mkdir(outFolder, { recursive: true });
  await build({
    ...common,
    ssr: { noExternal: true, external: ['better-sqlite3'] },
    build: {
      ssr: join(root, 'electron/shells/electron/main.ts'),
      outDir: outFolder,
      emptyOutDir: false,
      target: 'node24',
      minify: false,
      rolldownOptions: {
        external,
        output: { format: 'es', entryFileNames: 'main.mjs', codeSplitting: false },
      },
    },
  });
  await build({
    ...common,
    ssr: { noExternal: true },
    build: {
      ssr: join(root, 'electron/shells/electron/preload.ts'),
      outDir: outFolder,
      emptyOutDir: false,
      target: 'chrome150',
      minify: false,
      rolldownOptions: {
        external: (id: string) => id === 'electron' || id.startsWith('electron/'),
        output: { format: 'cjs', entryFileNames: 'preload.cjs', codeSplitting: false },
      },
    },
  });
}

async function buildPage(): Promise<void> {
  await build({ configFile: join(root, 'vite.config.ts'), logLevel: 'warn' });
  const packageFile = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm/package.json');
  const target = join(root, 'out/renderer/wasm');
  await mkdir(target, { recursive: true });
  for (const name of WASM_FILES) await copyFile(join(dirname(packageFile), 'dist', name), join(target, name));
}

/**
 * Builds out/ unless it already belongs to these inputs.
 * @returns what was done, in one line.
 */
export async function buildAll(options: { isForced?: boolean } = {}): Promise<string> {
  const startedMs = performance.now();
  const stampFile = join(root, 'out/build-stamp.json');
  const inputHash = await hashOfInputs();
  const stamp = await readFile(stampFile, 'utf8').catch(() => '{}');
  if (!options.isForced && (JSON.parse(stamp) as { inputHash?: string }).inputHash === inputHash) {
    return 'build: up to date';
  }
  // Without a stamp a build that is cut off can never pass for a finished one.
  await rm(stampFile, { force: true });
  await buildPage();
  await buildElectron(join(root, 'out/electron'));
  await writeFile(stampFile, `${JSON.stringify({ inputHash })}\n`);
  return `build: out/renderer and out/electron in ${((performance.now() - startedMs) / 1000).toFixed(1)} s`;
}

if (import.meta.main) {
  if (process.argv.includes('--help')) {
    console.log('npm run build [-- --force]   builds out/renderer, out/electron/main.mjs and preload.cjs');
  } else {
    console.log(await buildAll({ isForced: process.argv.includes('--force') }));
  }
}
