import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { build, type Plugin } from 'vite';

/** Packages that can change a number; their locked versions are part of the hash. */
const NUMERIC_PACKAGES = /^node_modules\/(?:@tensorflow\/.*|yalps|ml-[^/]*|simple-statistics)$/;

function lockedVersions(): string {
  const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
    packages: Record<string, { version?: string }>;
  };
  return Object.entries(lock.packages)
    .filter(([path]) => NUMERIC_PACKAGES.test(path))
    .map(([path, { version }]) => `${path}@${version}`)
    .sort()
    .join('\n');
}

/** Lets imports of some modules lead to others. */
function redirectPlugin(redirects: ReadonlyMap<string, string>, root: string): Plugin {
  return {
    name: 'redirect-imports',
    enforce: 'pre',
    resolveId(source, importer) {
      if (!source.startsWith('.') || importer === undefined) return null;
      const path = relative(root, resolve(dirname(importer), source))
        .split(sep)
        .join('/');
      const other = redirects.get(path);
      return other === undefined ? null : join(root, other);
    },
  };
}

/**
 * sha256 of everything that a module can run: the module with all that it imports from this repository, tables
 * included, bundled and minified, so that neither comments nor formatting nor unused code count; and the locked versions of
 * the numeric packages.
 * @param entry - path of a TypeScript module from the root. @param redirects - modules that others take the place of, paths
 * from the root. @throws Error when it cannot be bundled.
 */
export async function codeHash(
  entry: string,
  redirects: ReadonlyMap<string, string> = new Map(),
  root = process.cwd(),
): Promise<string> {
  const result = await build({
    configFile: false,
    root,
    logLevel: 'silent',
    plugins: redirects.size === 0 ? [] : [redirectPlugin(redirects, root)],
    build: {
      write: false,
      ssr: entry,
      minify: true,
      rolldownOptions: { output: { codeSplitting: false } },
    },
  });
  if (Array.isArray(result) || !('output' in result)) throw new Error(`${entry} gave no single bundle`);
  const hash = createHash('sha256').update(lockedVersions());
  for (const part of result.output) hash.update(part.type === 'chunk' ? part.code : part.source);
  return hash.digest('hex');
}
