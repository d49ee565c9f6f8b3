import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const ownPackage = join(root, 'node_modules/@sparticuz/chromium');

export interface BundledBrowser {
  path: string;
  environment: Record<string, string>;
  extraArguments: string[];
}

/**
 * Unpacks the browser that comes as an npm package, with the libraries that it brings for systems without them.
 * Kept in .cache/ of the sources; a cut-off unpacking leaves nothing that would pass for a finished one.
 *
 * @throws Error in one sentence when the package is not installed or was made for another system.
 */
export async function unpackBundledBrowser(packageFolder = ownPackage): Promise<BundledBrowser> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error('the npm package holds a browser for Linux x64 only');
  }
  if (!existsSync(join(packageFolder, 'package.json'))) {
    throw new Error('the npm package @sparticuz/chromium is not installed');
  }
  const manifest = readFileSync(join(packageFolder, 'package.json'));
  const { version } = JSON.parse(manifest.toString()) as { version: string };
  const folder = join(root, '.cache', `chromium-${version}`);
  if (!existsSync(folder)) {
    const entry = pathToFileURL(join(packageFolder, 'build/index.js')).href;
    const { inflate } = (await import(entry)) as {
      inflate(file: string): Promise<string>;
    };
    const draft = `${folder}-${process.pid}-${createHash('sha256').update(manifest).digest('hex').slice(0, 8)}`;
    mkdirSync(draft, { recursive: true });
    // The package unpacks into the temporary folder, under fixed names that another user may own.
    const temporaryFolder = process.env.TMPDIR;
    process.env.TMPDIR = draft;
    try {
      for (const name of ['chromium.br', 'fonts.tar.br', 'swiftshader.tar.br', 'al2023.tar.br']) {
        await inflate(join(packageFolder, 'bin', name));
      }
    } finally {
      if (temporaryFolder === undefined) delete process.env.TMPDIR;
      else process.env.TMPDIR = temporaryFolder;
    }
    try {
      renameSync(draft, folder);
    } catch (cause) {
      rmSync(draft, { recursive: true, force: true });
      // Another process was quicker: its copy is as good.
      if (!existsSync(folder)) throw cause;
    }
  }
  // The system's own libraries come first: only what it lacks is taken from the package.
  const libraryPath = [process.env.LD_LIBRARY_PATH, '/usr/lib/x86_64-linux-gnu', '/usr/lib64'];
  return {
    path: join(folder, 'chromium'),
    environment: {
      LD_LIBRARY_PATH: [...libraryPath, join(folder, 'al2023', 'lib')]
        .filter((part) => part !== undefined && part !== '')
        .join(':'),
      FONTCONFIG_PATH: existsSync('/etc/fonts/fonts.conf') ? '/etc/fonts' : join(folder, 'fonts'),
    },
    // A headless shell without a zygote binary beside it.
    extraArguments: [
      '--no-zygote',
      '--use-angle=swiftshader',
      '--use-gl=angle',
      '--enable-unsafe-swiftshader',
    ],
  };
}
