/**
 * npm run training-cases [-- --check]: 60 simulated cases with their truth and the shipped model's answer, from test people
 * that no network was trained or calibrated on. --check builds them again and compares the bytes with the committed file.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { loadWristStateBundle } from '../core/inference/bundle.ts';
import { wristStateParts } from '../training/dataset/wrist-state-parts.ts';
import { bundleFiles, nodeSha256 } from '../training/evaluate/read-bundle.ts';
import { currentModelFolder } from './headless/local-inference.ts';
import { chooseCases } from './training-cases/choose-cases.ts';

const FOLDER = 'resources/training';
const FILE = `${FOLDER}/cases.json`;
/** Enough that every kind of case is among them. */
const PEOPLE = 400;

if (process.argv.includes('--help')) {
  console.log('npm run training-cases [-- --check]   writes resources/training/cases.json, or compares it');
  process.exit(0);
}
const bundle = await loadWristStateBundle(bundleFiles(currentModelFolder('wrist-state')), nodeSha256);
const made = chooseCases(bundle, wristStateParts('test', PEOPLE));
const text = `${JSON.stringify(made, null, 1)}\n`;
const answers = made.cases.map(({ truth, model }) => {
  if (model.probabilities === null || model.refusals.length > 0) return 'no answer';
  const classes = ['nonimpaired', 'four-corner-fusion', 'proximal-row-carpectomy'];
  return classes[model.probabilities.indexOf(Math.max(...model.probabilities))] === truth ? 'right' : 'wrong';
});
const countOf = (kind: string) => answers.filter((each) => each === kind).length;
console.log(
  `${made.cases.length} cases: the model is right in ${countOf('right')}, wrong in ${countOf('wrong')}, cannot tell in ${countOf('no answer')}`,
);
if (process.argv.includes('--check')) {
  const isSame = existsSync(FILE) && readFileSync(FILE, 'utf8') === text;
  console.log(isSame ? `${FILE}: byte-identical` : `${FILE}: DIFFERS from this build`);
  process.exitCode = isSame ? 0 : 1;
} else {
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(FILE, text);
  console.log(`${FILE}: ${text.length} bytes`);
}
