// Child of ensure-electron.ts: downloads the Electron runtime into npm's cache, one JSON line of progress at a time.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

interface Progress {
  transferred: number;
  total: number | null;
}

const require = createRequire(import.meta.url);
const electronFolder = dirname(require.resolve('electron/package.json'));
const { version } = JSON.parse(readFileSync(join(electronFolder, 'package.json'), 'utf8')) as {
  version: string;
};
const say = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`);
try {
  // A dependency of electron, found the way electron finds it.
  const entry = createRequire(join(electronFolder, 'install.js')).resolve('@electron/get');
  const { downloadArtifact } = (await import(pathToFileURL(entry).href)) as {
    downloadArtifact(options: object): Promise<string>;
  };
  await downloadArtifact({
    version,
    artifactName: 'electron',
    platform: process.platform,
    arch: process.arch,
    checksums: require(join(electronFolder, 'checksums.json')),
    downloadOptions: {
      quiet: true,
      getProgressCallback: async ({ transferred, total }: Progress) => say({ transferred, total }),
    },
  });
  say({ isDone: true });
} catch (cause) {
  // The network's own reason is more use than "fetch failed".
  const inner = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
  say({ error: (inner instanceof Error ? inner.message : String(inner)).split('\n')[0] });
  process.exitCode = 1;
}
