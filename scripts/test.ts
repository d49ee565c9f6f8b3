// npm test: types, lint, unit tests; a table at the end.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const projects = [
  'core',
  'core/learning',
  'electron',
  'electron/shells',
  'renderer',
  'training',
  'scripts',
  '.',
];
const suites: { name: string; command: string; args: string[] }[] = [
  ...projects
    .filter((p) => existsSync(`${p}/tsconfig.json`))
    .map((p) => ({ name: `types ${p}`, command: 'tsc', args: ['-p', `${p}/tsconfig.json`] })),
  { name: 'lint', command: 'biome', args: ['check', '.'] },
  { name: 'unit', command: 'vitest', args: ['run'] },
];
let passed = 0;
let failed = 0;
const rows: string[] = [];
for (const suite of suites) {
  const started = Date.now();
  const run = spawnSync(suite.command, suite.args, { encoding: 'utf8' });
  const output = `${run.stdout}${run.stderr}`;
  // A project without files yet is nothing to check.
  const isEmpty = output.includes('TS18003');
  const ok = run.status === 0 || isEmpty;
  if (ok) passed++;
  else failed++;
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  rows.push(`${suite.name.padEnd(24)} ${ok ? 'passed' : 'FAILED'} ${seconds} s`);
  console.log(rows.at(-1));
  if (!ok || suite.name === 'unit') console.log(output);
}
console.log(rows.join('\n'));
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
