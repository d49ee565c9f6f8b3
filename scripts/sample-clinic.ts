/**
 * npm run sample-clinic [-- --check]: the invented people as content of a store, through the normal contract, and the page
 * that tells their stories. --check builds both again and compares the bytes with the committed files.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { openLocalInference } from './headless/local-inference.ts';
import { buildSampleContent } from './sample-clinic/build-content.ts';
import { storiesPage } from './sample-clinic/stories-page.ts';

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
const pages = new Map([
  ['resources/sample-clinic/clinic.json', text],
  ['docs/sample-clinic.md', storiesPage()],
]);
for (const [file, made] of pages) {
  if (process.argv.includes('--check')) {
    const isSame = existsSync(file) && readFileSync(file, 'utf8') === made;
    console.log(isSame ? `${file}: byte-identical` : `${file}: DIFFERS from this build`);
    if (!isSame) process.exitCode = 1;
  } else {
    writeFileSync(file, made);
    console.log(`${file}: ${made.length} characters`);
  }
}
