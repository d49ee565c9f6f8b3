/**
 * npm test [-- --full | --only NAME]: types, lint, fences, unit and component tests, smoke training, end-to-end tests in every shell
 * whose probe passes; at the end one table. --full adds the slow suites, the specs tagged @full and the seed check; --only
 * runs the suites with NAME in theirs, whole.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { ensureBrowser, type FoundBrowser } from './shells/ensure-browser.ts';
import { probeBrowser, probeElectron, type ShellProbe } from './shells/probe.ts';
import {
  endToEndSuite,
  programSuite,
  type Suite,
  type SuiteResult,
  typesSuite,
  vitestSuite,
} from './testing/suites.ts';

const { values: options } = parseArgs({
  options: { full: { type: 'boolean', default: false }, only: { type: 'string', default: '' } },
});
const isFull = options.full;
const started = performance.now();
const seconds = (from: number) => ((performance.now() - from) / 1000).toFixed(0);

interface Row extends SuiteResult {
  name: string;
  seconds: string;
}
const rows: Row[] = [];

async function run(suite: Suite): Promise<void> {
  if (!suite.name.includes(options.only)) return;
  console.log(`\n== ${suite.name}`);
  const from = performance.now();
  const result = await suite.run();
  rows.push({ name: suite.name, seconds: seconds(from), ...result });
  console.log(
    `== ${suite.name}: ${result.passed} passed, ${result.failed} failed, ${seconds(from)} s (${seconds(started)} s in all)`,
  );
}

const skip = (name: string, shells: string, why: string) =>
  rows.push({ name, seconds: '0', passed: 0, failed: 0, skipped: [{ count: 1, why }], shells });

const node = process.execPath;
const program = (name: string, script: string, ...args: string[]) =>
  programSuite(name, node, [`scripts/${script}.ts`, ...args], false);
/** The same, shown only when it fails: it runs beside another suite. */
const quietProgram = (name: string, script: string, ...args: string[]) =>
  programSuite(name, node, [`scripts/${script}.ts`, ...args]);

/** What the specs and the shells' own tests need to know of the browser. */
const environmentOf = (browser: FoundBrowser): Record<string, string> => ({
  PREHENSA_BROWSER: browser.executablePath,
  PREHENSA_SHELL_BROWSER: JSON.stringify(browser),
  ...browser.environment,
});

async function findBrowser(): Promise<FoundBrowser | string> {
  try {
    return await ensureBrowser({ log: console.log });
  } catch (cause) {
    return cause instanceof Error ? cause.message : String(cause);
  }
}

console.log(`Node ${process.versions.node}, ${process.platform}-${process.arch}${isFull ? ', full' : ''}`);
await run(typesSuite);
await run(programSuite('lint', 'biome', ['check', '--error-on-warnings', '.']));
await run(program('build', 'build'));
await run(program('fences', 'fences'));

const browser = await findBrowser();
const hasBrowser = typeof browser !== 'string';
const environment = hasBrowser ? environmentOf(browser) : {};
// The npm browser's library path belongs to its own process, not to every program of the run.
if (hasBrowser) process.env.PREHENSA_BROWSER = browser.executablePath;
if (hasBrowser && browser.notice) console.log(`NOTICE: ${browser.notice}`);

// Everyday runs repeat one seed; the full one searches with new ones.
if (isFull) process.env.PREHENSA_RANDOM_SEEDS = 'yes';
const unitProjects = ['plain', 'shared', 'isolated', ...(isFull || options.only !== '' ? ['thorough'] : [])];
await run(
  vitestSuite(
    'unit and component',
    unitProjects.flatMap((name) => ['--project', name]),
  ),
);
await run(vitestSuite('shells (API double, not Electron)', ['--project', 'shells'], 'browser, API double'));
const probes: ShellProbe[] = 'end-to-end'.includes(options.only)
  ? [
      await probeElectron({ log: console.log }),
      await probeBrowser(hasBrowser ? { log: console.log, browser } : { log: console.log }),
    ]
  : [];
async function endToEnd(): Promise<void> {
  for (const probe of probes) {
    const name = `end-to-end (${probe.shell})`;
    if (probe.isIncident) {
      console.log(`INCIDENT ${probe.shell}: ${probe.line}`);
      rows.push({ name, seconds: '0', passed: 0, failed: 1, skipped: [], shells: probe.shell });
    } else if (!probe.isGood) {
      console.log(`${probe.shell}: skipped: ${probe.line}`);
      skip(name, probe.shell, probe.line);
    } else {
      await run(endToEndSuite(probe.shell, environment, isFull || options.only !== ''));
      if (!isFull && options.only === '') console.log('specs tagged @full: npm run test:e2e');
    }
  }
}
/** Programs of one process each. The browser waits for pages and clocks half of the time: they fit beside it. */
async function besideTheBrowser(): Promise<void> {
  await run(quietProgram('smoke training', 'train', '--smoke'));
  await run(quietProgram('sample clinic', 'sample-clinic', '--check'));
}
await Promise.all([endToEnd(), besideTheBrowser()]);
// The last resort must carry the whole main job: every other browser is hidden from this run.
const npmBrowser = 'main job in the npm browser';
if (process.platform === 'linux') {
  await run(
    programSuite(npmBrowser, node, ['scripts/demo.ts', '--out', 'out/test/demo-npm-browser'], false, {
      PREHENSA_HIDE_BROWSERS: 'environment,playwright,system,apt-get',
    }),
  );
} else {
  skip(npmBrowser, 'browser', 'the npm package holds a Linux browser only');
}
if (isFull) {
  await run(vitestSuite('slow', ['--project', 'slow']));
  await run(program('reproduced weights', 'train', '--check'));
  await run(program('seed check', 'seed-check', '--check'));
  await run(program('demo', 'demo'));
  await run(program('bench', 'bench'));
}

const total = (pick: (row: Row) => number) => rows.reduce((sum, row) => sum + pick(row), 0);
const skippedOf = (row: Row) => row.skipped.reduce((sum, each) => sum + each.count, 0);
console.log(`\n${'suite'.padEnd(36)}passed failed skipped     s  shells`);
for (const row of rows) {
  const numbers = [row.passed, row.failed, skippedOf(row)].map((n) => String(n).padStart(6)).join(' ');
  console.log(`${row.name.padEnd(36)}${numbers} ${row.seconds.padStart(6)}  ${row.shells}`);
  for (const { count, why } of row.skipped) console.log(`${''.padEnd(36)}  ${count} skipped: ${why}`);
}
const [passed, failed, skipped] = [total((r) => r.passed), total((r) => r.failed), total(skippedOf)];
mkdirSync('out/test', { recursive: true });
if (options.only === '') {
  writeFileSync(
    'out/test/summary.json',
    `${JSON.stringify({ passed, failed, skipped, seconds: Number(seconds(started)), rows }, null, 1)}\n`,
  );
}
console.log(
  `shells: ${probes.map((p) => `${p.shell} ${p.isGood ? 'run' : `skipped (${p.line})`}`).join('; ')}`,
);
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exit(failed === 0 ? 0 : 1);
