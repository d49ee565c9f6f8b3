// npm run fences: who imports whom, held against docs/architecture.md; and what is inside the built files.
import { existsSync, globSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join, posix } from 'node:path';
import { parseSync } from 'vite';

export interface SourceFile {
  /** From the root, with forward slashes. */
  path: string;
  text: string;
}

interface Fence {
  folder: string;
  /** Folders that may be imported besides the own one. */
  folders: readonly string[];
  /** Folders of which only types may be imported. */
  typeFolders?: readonly string[];
  /** Packages by name; a trailing "/" stands for a whole scope. */
  packages: readonly string[];
  /** Packages of which only types may be imported. */
  typePackages?: readonly string[];
  isNode?: boolean;
}

const core = (...names: string[]) => names.map((name) => `core/${name}`);
const NUMERIC = ['ml-matrix', 'simple-statistics', 'zod'];
const TENSORS = ['@tensorflow/'];
const REACT = ['react', 'react-dom', '@mantine/', '@tabler/icons-react'];
const BELOW_NETWORKS = core('units', 'numerics', 'signals', 'clinical', 'formats');
const ABOVE_NETWORKS = core('uncertainty', 'explain', 'agreement');
/** Shapes of stored things are declared with the wire; the rules that use them need the types only. */
const SCHEMA_TYPES = ['core/contract/schemas'];
const PURE_CORE = [...BELOW_NETWORKS, ...ABOVE_NETWORKS, ...core('networks', 'inference', 'contract')];

/** The table of docs/architecture.md and of the design's decision 26. The longest matching folder counts. */
const FENCES: readonly Fence[] = [
  { folder: 'core/units', folders: [], packages: NUMERIC },
  { folder: 'core/numerics', folders: core('units'), packages: NUMERIC },
  ...['signals', 'clinical', 'formats'].map((name) => ({
    folder: `core/${name}`,
    folders: BELOW_NETWORKS,
    typeFolders: SCHEMA_TYPES,
    packages: NUMERIC,
  })),
  { folder: 'core/networks', folders: BELOW_NETWORKS, typeFolders: SCHEMA_TYPES, packages: NUMERIC },
  ...['uncertainty', 'explain', 'agreement'].map((name) => ({
    folder: `core/${name}`,
    folders: [...BELOW_NETWORKS, ...ABOVE_NETWORKS, 'core/networks'],
    typeFolders: SCHEMA_TYPES,
    packages: NUMERIC,
  })),
  {
    folder: 'core/inference',
    folders: [...BELOW_NETWORKS, ...ABOVE_NETWORKS, 'core/networks'],
    typeFolders: SCHEMA_TYPES,
    packages: NUMERIC,
  },
  { folder: 'core/contract', folders: PURE_CORE, packages: ['zod'] },
  { folder: 'core/learning', folders: PURE_CORE, packages: [...NUMERIC, ...TENSORS] },
  {
    folder: 'electron/host',
    folders: PURE_CORE,
    packages: ['better-sqlite3', 'kysely', 'zod'],
    isNode: true,
  },
  { folder: 'electron/shells', folders: ['electron/host', 'core/contract'], packages: [], isNode: true },
  {
    folder: 'electron/shells/electron',
    folders: [
      'electron/host',
      'core/contract',
      'electron/shells/app-folders.ts',
      'electron/shells/self-check.ts',
    ],
    packages: ['electron'],
    isNode: true,
  },
  {
    folder: 'electron/shells/electron/double',
    folders: ['electron/shells/browser'],
    packages: ['electron'],
    isNode: true,
  },
  {
    folder: 'electron/shells/browser',
    folders: [
      'electron/host',
      'core/contract',
      'electron/shells/app-folders.ts',
      'electron/shells/self-check.ts',
    ],
    packages: ['playwright-core'],
    isNode: true,
  },
  {
    folder: 'renderer/app',
    folders: [
      ...PURE_CORE,
      ...['features', 'ui', 'charts', 'platform', 'workers'].map((n) => `renderer/${n}`),
    ],
    packages: [...REACT, '@fontsource-variable/'],
  },
  {
    folder: 'renderer/features',
    folders: [
      ...PURE_CORE,
      ...['app', 'ui', 'charts', 'platform'].map((name) => `renderer/${name}`),
      // Shown under Help.
      'NOTICE',
      'LICENSE',
      'docs/layer-wise-relevance.md',
    ],
    // A screen is given the inference client; it starts none.
    typeFolders: ['renderer/workers'],
    packages: REACT,
    typePackages: ['zod'],
  },
  { folder: 'renderer/ui', folders: ['core/units'], packages: REACT },
  {
    folder: 'renderer/charts',
    folders: ['core/units', 'renderer/ui'],
    packages: [...REACT, 'recharts', 'uplot'],
  },
  { folder: 'renderer/platform', folders: PURE_CORE, packages: REACT },
  { folder: 'renderer/workers', folders: [...PURE_CORE, 'core/learning'], packages: TENSORS },
  {
    folder: 'training',
    folders: [...PURE_CORE, 'core/learning', 'resources'],
    packages: [...NUMERIC, ...TENSORS, 'yalps', 'ml-random-forest'],
    isNode: true,
  },
  {
    folder: 'scripts',
    folders: ['core', 'electron', 'training', 'e2e'],
    packages: ['vite', 'playwright', 'playwright-core', '@axe-core/', 'zod', ...TENSORS],
    isNode: true,
  },
  {
    // What `npm test` is made of: suites, processes, the one seed of its property tests.
    folder: 'scripts/testing',
    folders: ['scripts'],
    packages: ['fast-check'],
    isNode: true,
  },
  {
    // Reference cases and laws: the library of core, random inputs, nothing of the app.
    folder: 'scripts/vectors',
    folders: ['core'],
    packages: ['fast-check', 'simple-statistics', 'zod', ...TENSORS],
    isNode: true,
  },
  {
    folder: 'e2e',
    folders: ['core', 'electron', 'scripts'],
    // The shape of what the page offers to a shell; nothing of the page runs in a spec.
    typeFolders: ['renderer/platform'],
    packages: ['playwright', 'playwright-core', '@axe-core/'],
    isNode: true,
  },
];

interface Import {
  specifier: string;
  isType: boolean;
}

function importsOf(file: SourceFile): Import[] {
  const { module, errors } = parseSync(file.path, file.text);
  if (errors.length > 0) throw new SyntaxError(`${file.path}: ${errors[0]?.message}`);
  const all: Import[] = [];
  const isTypeOnly = (entries: { isType: boolean }[]) =>
    entries.length > 0 && entries.every((entry) => entry.isType);
  for (const { moduleRequest, entries } of module.staticImports) {
    all.push({ specifier: moduleRequest.value, isType: isTypeOnly(entries) });
  }
  for (const { entries } of module.staticExports) {
    for (const entry of entries) {
      if (entry.moduleRequest) all.push({ specifier: entry.moduleRequest.value, isType: entry.isType });
    }
  }
  for (const { moduleRequest } of module.dynamicImports) {
    const text = file.text.slice(moduleRequest.start, moduleRequest.end);
    const literal = /^(['"`])([^'"`$]+)\1/.exec(text);
    if (literal?.[2]) all.push({ specifier: literal[2], isType: false });
  }
  return all;
}

const isInside = (path: string, folder: string) => path === folder || path.startsWith(`${folder}/`);
const packageOf = (specifier: string) =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
/** renderer/features/a and renderer/features/b are strangers: the own folder of a feature is its own room. */
const ownFolder = (path: string, fence: Fence) =>
  fence.folder === 'renderer/features' ? path.split('/').slice(0, 3).join('/') : fence.folder;

/** @returns one sentence for each import that the table does not allow. */
export function checkImports(files: readonly SourceFile[]): string[] {
  const findings: string[] = [];
  for (const file of files) {
    const fence = FENCES.filter(({ folder }) => isInside(file.path, folder)).sort(
      (a, b) => b.folder.length - a.folder.length,
    )[0];
    if (!fence) {
      findings.push(`${file.path}: no rule for this folder in scripts/fences.ts`);
      continue;
    }
    for (const { specifier, isType } of importsOf(file)) {
      const refuse = (why: string) => findings.push(`${file.path}: ${specifier}: ${why}`);
      if (specifier.startsWith('.')) {
        const target = posix.join(posix.dirname(file.path), specifier.replace(/\?.*$/, ''));
        const own = [ownFolder(file.path, fence), ...fence.folders];
        const types = isType ? (fence.typeFolders ?? []) : [];
        const isAllowed = [...own, ...types].some((folder) => isInside(target, folder));
        if (!isAllowed) refuse(`${fence.folder} may not import ${target}`);
      } else if (isBuiltin(specifier)) {
        if (!fence.isNode) refuse(`${fence.folder} has no Node`);
      } else {
        const name = packageOf(specifier);
        const packages = [...fence.packages, ...(isType ? (fence.typePackages ?? []) : [])];
        const isAllowed = packages.some((known) =>
          known.endsWith('/') ? name.startsWith(known) : name === known,
        );
        if (!isAllowed) refuse(`${fence.folder} may not use the package ${name}`);
      }
    }
  }
  return findings;
}

/** Host names that stand in built files as names or in messages; nothing ever asks them for anything. */
const INERT_HOSTS: Readonly<Record<string, string>> = {
  'app.prehensa.invalid': 'our own page in the browser shell',
  'www.w3.org': 'XML namespaces',
  'react.dev': "text of React's messages",
  'json-schema.org': "names of zod's schema dialects",
  'mantine.dev': "text of Mantine's messages",
  'emscripten.org': "text of the tensor library's messages",
  'github.com': 'addresses of issues in messages and comments of libraries',
  'redux.js.org': "text of the chart library's messages",
  'redux-toolkit.js.org': "text of the chart library's messages",
  'bit.ly': "text of the chart library's messages",
  'kysely.dev': 'comments of the query builder',
  'www.apache.org': 'licence texts of the tensor library',
  'opensource.org': 'licence texts of the tensor library',
  'developer.mozilla.org': "text of the tensor library's messages",
};

/** @returns one sentence for each `node:` import in the page, foreign host name, or second module in the preload. */
export function checkBundle(
  files: readonly SourceFile[],
  inertHosts: Readonly<Record<string, string>> = INERT_HOSTS,
): string[] {
  const findings: string[] = [];
  for (const { path, text } of files) {
    const isPage = path.startsWith('out/renderer/');
    if (isPage) {
      for (const [match] of text.matchAll(/["'`]node:[a-z/_]+["'`]/g))
        findings.push(`${path}: ${match} in the page`);
      if (path.endsWith('.html') && /<script(?![^>]*\ssrc=)[^>]*>|\son[a-z]+=/.test(text)) {
        findings.push(`${path}: a script inside the page`);
      }
    }
    for (const [, host = ''] of text.matchAll(/\b(?:https?|wss?):\/\/([a-z0-9-]+(?:\.[a-z0-9-]+)+)/gi)) {
      if (!Object.hasOwn(inertHosts, host.toLowerCase())) findings.push(`${path}: the foreign host ${host}`);
    }
    if (path.endsWith('preload.cjs')) {
      for (const [, name] of text.matchAll(/\brequire\(["'`]([^"'`]+)["'`]\)/g)) {
        if (name !== 'electron') findings.push(`${path}: a sandboxed preload cannot load ${name}`);
      }
    }
  }
  return [...new Set(findings)];
}

const root = join(import.meta.dirname, '..');

function read(pattern: string): SourceFile[] {
  return globSync(pattern, { cwd: root })
    .map((path) => path.replaceAll('\\', '/'))
    .sort()
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
}

/** Every source file except tests and their fixtures, which may reach for what they examine. */
export const readSources = (): SourceFile[] =>
  read('{core,electron,renderer,training,scripts,e2e}/**/*.{ts,tsx}').filter(
    ({ path }) => !/\.(test|fixture|d)\.tsx?$|^(core|electron|renderer|training)\/.*\/testing\//.test(path),
  );

/** The built text files; empty before a build. */
export const readBuilt = (): SourceFile[] =>
  existsSync(join(root, 'out/build-stamp.json'))
    ? read('out/{renderer,electron}/**/*.{js,mjs,cjs,css,html}')
    : [];

if (import.meta.main) {
  const sources = readSources();
  const built = readBuilt();
  const findings = [...checkImports(sources), ...checkBundle(built)];
  for (const finding of findings) console.error(finding);
  const bundles = built.length > 0 ? `${built.length} built files` : 'no built files (run the build first)';
  console.log(`fences: ${sources.length} source files, ${bundles}, ${findings.length} findings`);
  process.exitCode = findings.length === 0 ? 0 : 1;
}
