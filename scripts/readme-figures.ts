/**
 * Fills the marked parts of README.md from result files, so that no figure is typed by hand.
 * Usage: node scripts/run.mjs readme-figures, after npm run bench and npm test
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { EVALUATORS } from '../training/evaluate/evaluators.ts';
import type { RunTime } from './processes/record-time.ts';

export interface BenchResult {
  name: string;
  unit: string;
  p50: number | null;
  /** Null below 20 samples: it would be the largest of a few. */
  p95: number | null;
  n: number;
  bar: string;
  ok: boolean;
  ratio?: number;
  ratioTo?: string;
}

const digits = (value: number | null) => (value === null ? '-' : Number(value.toPrecision(3)).toString());

/** The bench table as Markdown. */
export function benchTable(results: readonly BenchResult[]): string {
  return [
    '| measured | median | 95th percentile | unit | n | bar | met |',
    '|---|---|---|---|---|---|---|',
    ...results.map((r) => {
      const ratio = r.ratio === undefined ? '' : ` (${digits(r.ratio)} x ${r.ratioTo})`;
      const met = r.bar === 'reported' ? '-' : r.ok ? 'yes' : '**no**';
      return `| ${r.name}${ratio} | ${digits(r.p50)} | ${digits(r.p95)} | ${r.unit} | ${r.n} | ${r.bar} | ${met} |`;
    }),
  ].join('\n');
}

/**
 * Replaces the text between `<!-- figures:NAME -->` and `<!-- /figures -->`.
 * @throws RangeError when the marker is missing: a figure would silently stay old.
 */
export function fillMarker(text: string, name: string, content: string): string {
  const start = `<!-- figures:${name} -->`;
  const from = text.indexOf(start);
  const to = text.indexOf('<!-- /figures -->', from);
  if (from < 0 || to < 0) throw new RangeError(`README has no marker figures:${name}`);
  return `${text.slice(0, from + start.length)}\n${content}\n${text.slice(to)}`;
}

interface ModelFigures {
  modelId: string;
  version: string;
  bundleHash: string;
  checks: { name: string; ok: boolean | null }[];
  findings: { name: string; value: number; low: number; high: number; n: number }[];
}

/** Whom a finding was measured on, the most particular first: the first that fits. */
const PEOPLE: readonly { title: string; of: RegExp }[] = [
  {
    title: 'Recordings of real people, by others; one recording each, whose samples hang together',
    of: /: real EMG/,
  },
  {
    title: 'Surrogate people and cohorts: simulated by other rules than those of the training',
    of: /surrogate|independent cohorts|reality gap/,
  },
  { title: 'Simulated people whom no network saw', of: /^/ },
];
const RECORDINGS = PEOPLE[0]!;

/** A count, and a figure of one recording, have no interval; of one recording n is 1, and not its samples. */
function figureCells(finding: ModelFigures['findings'][number]): string {
  const { name, value, low, high, n } = finding;
  const hasInterval = low !== high;
  const people = !hasInterval && RECORDINGS.of.test(name) ? '1 recording' : n;
  return `${name} | ${digits(value)} | ${hasInterval ? `${digits(low)} to ${digits(high)}` : '-'} | ${people}`;
}

/** What is said of each model: its checks, and the findings that a reader asks for first, by whom they were measured on. */
export function modelTable(
  evaluations: readonly ModelFigures[],
  headlinesOf: (modelId: string) => RegExp | undefined = (id) => EVALUATORS[id]?.headlines,
): string {
  const nameOf = (model: ModelFigures) =>
    `${model.modelId} ${model.version} (${model.bundleHash.slice(0, 8)})`;
  const rows = evaluations.flatMap((model) =>
    model.findings
      .filter((finding) => headlinesOf(model.modelId)?.test(finding.name))
      .map((finding) => ({
        people: PEOPLE.find(({ of }) => of.test(finding.name)),
        text: `| ${nameOf(model)} | ${figureCells(finding)} |`,
      })),
  );
  const checks = evaluations.map((model) => {
    const judged = model.checks.filter((check) => check.ok !== null);
    return `| ${nameOf(model)} | ${judged.filter((check) => check.ok).length} of ${judged.length} |`;
  });
  return [
    'Shares and skills are fractions. Details: models/*/\\*/model-facts.md.',
    '',
    '| model | checks that hold |',
    '|---|---|',
    ...checks,
    ...PEOPLE.toReversed().flatMap((people) => {
      const own = rows.filter((row) => row.people === people).map(({ text }) => text);
      return own.length === 0
        ? []
        : [
            '',
            `${people.title}:`,
            '',
            '| model | measured | value | 95 % interval | n |',
            '|---|---|---|---|---|',
            ...own,
          ];
    }),
  ].join('\n');
}

/** Times of the last whole runs, and the processor time that the committed evidence took. */
export function timeTable(times: readonly RunTime[], evidenceSeconds: number): string {
  const minutes = (seconds: number) => `${(seconds / 60).toFixed(1)} min`;
  return [
    '| program | last whole run | cores | bar |',
    '|---|---|---|---|',
    ...times.map((t) => `| \`npm run ${t.program}\` | ${minutes(t.seconds)} | ${t.cores} | ${t.bar} |`),
    `| \`npm run experiments\` | ${minutes(evidenceSeconds)} in all cells, two of them at a time | 2 | <= 3 h on 2 cores |`,
  ].join('\n');
}

/** The table that the last full run of the tests printed. */
export function testTable(summary: {
  passed: number;
  failed: number;
  skipped: number;
  seconds: number;
  rows: {
    name: string;
    passed: number;
    failed: number;
    skipped: { count: number; why: string }[];
    seconds: string;
  }[];
}): string {
  const rows = summary.rows.map((row) => {
    const skipped = row.skipped.map(({ count, why }) => `${count}: ${why}`).join('; ');
    return `| ${row.name} | ${row.passed} | ${row.failed} | ${skipped || '0'} | ${row.seconds} |`;
  });
  return [
    `Last run here: ${summary.passed} passed, ${summary.failed} failed, ${summary.skipped} skipped in ${summary.seconds} s after \`npm ci\`.`,
    '',
    '| suite | passed | failed | skipped and why | s |',
    '|---|---|---|---|---|',
    ...rows,
  ].join('\n');
}

const readJson = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));

function main(): void {
  const before = readFileSync('README.md', 'utf8');
  let after = before;
  const current = readJson('models/current.json') as Record<string, string>;
  const evaluations = Object.entries(current).map(
    ([id, version]) => readJson(`models/${id}/${version}/evaluation.json`) as ModelFigures,
  );
  after = fillMarker(after, 'models', modelTable(evaluations));
  const times = ['data-sets', 'train', 'evaluate'].flatMap((program) => {
    const file = `out/timings/${program}.json`;
    return existsSync(file) ? [readJson(file) as RunTime] : [];
  });
  if (times.length > 0) {
    const evidence = readdirSync('models/evidence').map((name) => readJson(`models/evidence/${name}`));
    const seconds = evidence.reduce((sum: number, each) => sum + (each as { seconds: number }).seconds, 0);
    after = fillMarker(after, 'times', timeTable(times, seconds));
  }
  if (existsSync('out/bench.json')) {
    const bench = readJson('out/bench.json') as { results: BenchResult[] };
    after = fillMarker(after, 'bench', benchTable(bench.results));
  }
  if (existsSync('out/test/summary.json')) {
    after = fillMarker(
      after,
      'tests',
      testTable(readJson('out/test/summary.json') as Parameters<typeof testTable>[0]),
    );
  }
  if (after !== before) writeFileSync('README.md', after);
  console.log(after === before ? 'README.md is up to date' : 'README.md written');
}

if (import.meta.main) main();
