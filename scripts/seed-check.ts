/**
 * npm run seed-check [-- --check]: runs the smallest real case of every point of the roadmap and writes
 * docs/seed-map.md and its copy for the app's Help. Exit status 1 when a check fails; with --check also when the
 * committed map is not what this run gives.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { ROADMAP } from './seed-check/roadmap.ts';
import { runSeedRow, seedMap } from './seed-check/rows.ts';

const FILES = ['docs/seed-map.md', 'resources/help/seed-map.md'];
const results = [];
for (const row of ROADMAP) {
  const started = performance.now();
  const result = await runSeedRow(row);
  results.push(result);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(
    `${result.state.padEnd(10)} ${result.point.padEnd(36)} ${seconds.padStart(5)} s  ${result.figure}`,
  );
}
const text = seedMap(results);
const failed = results.filter((result) => result.state === 'FAILED').length;
let isCurrent = true;
if (process.argv.includes('--check')) {
  isCurrent = FILES.every((file) => existsSync(file) && readFileSync(file, 'utf8') === text);
  if (!isCurrent)
    console.log('docs/seed-map.md is not what this run gives: run npm run seed-check and commit it');
} else {
  mkdirSync('resources/help', { recursive: true });
  for (const file of FILES) writeFileSync(file, text);
}
console.log(`${results.length} points, ${failed} failed`);
process.exitCode = failed === 0 && isCurrent ? 0 : 1;
