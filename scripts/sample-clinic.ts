/**
 * npm run sample-clinic [-- --check]: the eight invented people as content of a store, through the normal contract.
 * --check builds it again and compares the bytes with the committed file.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { openLocalInference } from './headless/local-inference.ts';
import { buildSampleContent } from './sample-clinic/build-content.ts';

const FILE = 'resources/sample-clinic/clinic.json';

// A clock that stands still: a duration would make every build differ.
const content = await buildSampleContent(await openLocalInference('float64', () => 0));
const text = `${JSON.stringify(content)}\n`;
const predictions = (content.tables.prediction ?? []).map(
  (row) =>
    JSON.parse(String(row.content)) as { predictionSet: string[]; refusals: string[]; inputPattern: string },
);
const count = (name: string) => content.tables[name]?.length ?? 0;
console.log(`${count('patient')} patients, ${count('session')} sessions, ${predictions.length} predictions`);
for (const size of [0, 1, 2, 3]) {
  console.log(`  sets of ${size}: ${predictions.filter((p) => p.predictionSet.length === size).length}`);
}
console.log(
  `  refused: ${predictions
    .filter((p) => p.refusals.length > 0)
    .map((p) => p.refusals.join('+'))
    .join(', ')}`,
);
if (process.argv.includes('--check')) {
  const isSame = existsSync(FILE) && readFileSync(FILE, 'utf8') === text;
  console.log(isSame ? `${FILE}: byte-identical` : `${FILE}: DIFFERS from this build`);
  process.exitCode = isSame ? 0 : 1;
} else {
  mkdirSync('resources/sample-clinic', { recursive: true });
  writeFileSync(FILE, text);
  console.log(`${FILE}: ${text.length} bytes`);
}
