import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { compare } from './comparison.ts';
import { lawProblems } from './law.ts';
import { LAWS, runnerOf } from './registry.ts';
import { readVectorFile, toleranceOf, type VectorCase, type VectorFile } from './vector-file.ts';

/** What one file of a folder came to. */
export interface FileReport {
  file: string;
  total: number;
  passed: number;
  /** Largest |actual - expected| over the numbers of its cases; null for laws. */
  worstError: number | null;
  problems: readonly { name: string; problem: string }[];
  /** Keys of its cases that no runner looked at: a comparison that was forgotten would be among them. */
  unreadKeys: readonly string[];
}

/** Keys that say something about a case, or what another library returns: nothing to compare with. */
export const ABOUT_KEYS: ReadonlySet<string> = new Set([
  ...[
    'name',
    'kind',
    'provenance',
    'note',
    'warning',
    'atol',
    'invariant',
    'groupNote',
    'infidelityNote',
    'classes',
  ],
  ...['analyzer', 'layer', 'graph', 'activationHandling', 'relevanceStart', 'saabas_not_shapley'],
  ...['captumReturns', 'crepesReturns', 'others', 'naiveFloatCeil', 'mapieQuantile', 'mapieRule'],
  ...['mapieSetsIncludeLast', 'expectedFlag'],
]);

/** Names a list, not cases. */
const INDEX = 'INDEX.json';
const LAW_FILE = 'invariants';

/** Runs every file of cases in a folder. @throws Error when the folder has none. */
export async function runFolder(folder: string): Promise<FileReport[]> {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.json') && name !== INDEX)
    .sort();
  if (files.length === 0) throw new Error(`${folder} holds no file of reference cases`);
  const reports: FileReport[] = [];
  for (const name of files) reports.push(await runFile(join(folder, name)));
  return reports;
}

/** Runs one file; a file that cannot be read, a case of an unknown kind and a case without a comparison fail. */
export async function runFile(path: string): Promise<FileReport> {
  const name = path.replace(/^.*[\\/]/, '');
  let file: VectorFile;
  try {
    file = readVectorFile(path);
  } catch (cause) {
    return {
      file: name,
      total: 1,
      passed: 0,
      worstError: null,
      problems: [{ name, problem: messageOf(cause) }],
      unreadKeys: [],
    };
  }
  if (file.stem.startsWith(LAW_FILE)) return runLaws(name, file);
  if (file.cases.length === 0) {
    const problem = 'the file holds no case';
    return {
      file: name,
      total: 1,
      passed: 0,
      worstError: null,
      problems: [{ name, problem }],
      unreadKeys: [],
    };
  }
  const unread = new Set<string>();
  const results = file.cases.map((vector) => {
    const read = new Set<string | symbol>();
    const watched = new Proxy(vector, {
      get: (target, key, receiver) => {
        read.add(key);
        return Reflect.get(target, key, receiver);
      },
    });
    const result = { name: vector.name, ...runCase(watched, file, vector) };
    for (const key of Object.keys(vector)) if (!read.has(key)) unread.add(key);
    return result;
  });
  return {
    file: name,
    total: results.length,
    passed: results.filter(({ problem }) => problem === '').length,
    worstError: results.reduce((worst, { error }) => Math.max(worst, error), 0),
    problems: results.filter(({ problem }) => problem !== ''),
    unreadKeys: [...unread].sort(),
  };
}

function runCase(
  watched: VectorCase,
  file: VectorFile,
  vector: VectorCase,
): { error: number; problem: string } {
  try {
    const run = runnerOf(file.stem);
    if (!run) throw new Error(`no runner knows the file "${file.stem}"`);
    const comparisons = run(watched, file);
    if (comparisons.length === 0) throw new Error('nothing was compared');
    const above = toleranceOf(vector, file.tolerance);
    const results = comparisons.map((each) => compare(each, above));
    return {
      error: results.reduce((worst, { error }) => Math.max(worst, error), 0),
      problem: results.find(({ isWithin }) => !isWithin)?.problem ?? '',
    };
  } catch (cause) {
    return { error: Number.POSITIVE_INFINITY, problem: messageOf(cause) };
  }
}

async function runLaws(name: string, file: VectorFile): Promise<FileReport> {
  const problems: { name: string; problem: string }[] = [];
  for (const { name: id } of file.cases) {
    const law = LAWS.find((each) => each.id === id);
    const found = law ? await lawProblems(law) : ['no law of this name is written'];
    if (found.length > 0) problems.push({ name: id, problem: found.join('; ') });
  }
  const total = file.cases.length;
  return { file: name, total, passed: total - problems.length, worstError: null, problems, unreadKeys: [] };
}

const messageOf = (cause: unknown) => (cause instanceof Error ? cause.message : String(cause));
