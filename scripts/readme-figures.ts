/**
 * Fills the marked parts of README.md from result files, so that no figure is typed by hand.
 * Usage: node scripts/run.mjs readme-figures [--check]
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

export interface BenchResult {
  name: string;
  unit: string;
  p50: number | null;
  p95: number | null;
  bar: string;
  ok: boolean;
  ratio?: number;
  ratioTo?: string;
}

const digits = (value: number | null) => (value === null ? '-' : Number(value.toPrecision(3)).toString());

/** The bench table as Markdown. */
export function benchTable(results: readonly BenchResult[]): string {
  return [
    '| measured | median | 95 % | unit | bar | met |',
    '|---|---|---|---|---|---|',
    ...results.map((r) => {
      const ratio = r.ratio === undefined ? '' : ` (${digits(r.ratio)} x ${r.ratioTo})`;
      return `| ${r.name}${ratio} | ${digits(r.p50)} | ${digits(r.p95)} | ${r.unit} | ${r.bar} | ${r.ok ? 'yes' : '**no**'} |`;
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

function main(): void {
  const before = readFileSync('README.md', 'utf8');
  let after = before;
  if (existsSync('out/bench.json')) {
    const bench = JSON.parse(readFileSync('out/bench.json', 'utf8')) as { results: BenchResult[] };
    after = fillMarker(after, 'bench', benchTable(bench.results));
  }
  if (after !== before) writeFileSync('README.md', after);
  console.log(after === before ? 'README.md is up to date' : 'README.md written');
}

if (import.meta.main) main();
