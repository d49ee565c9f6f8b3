/**
 * Writes model-facts.md of each shipped model anew from its published evaluation, without measuring anything again: for a
 * change of the words alone. `npm run evaluate -- --publish` writes both.
 * Usage: node scripts/run.mjs model-facts
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Manifest } from '../core/inference/manifest.ts';
import { ModelEvaluation } from '../training/evaluate/evaluation-file.ts';
import { EVALUATORS } from '../training/evaluate/evaluators.ts';
import { modelFacts } from '../training/publish/model-facts.ts';
import { writeFileAtomically } from './processes/atomic-files.ts';

const readJson = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));

for (const [id, version] of Object.entries(readJson('models/current.json') as Record<string, string>)) {
  const folder = join('models', id, version);
  const { load, headlines } = EVALUATORS[id]!;
  const evaluation = ModelEvaluation.parse(readJson(join(folder, 'evaluation.json')));
  const manifest = Manifest.parse(readJson(join(folder, 'manifest.json')));
  writeFileAtomically(
    join(folder, 'model-facts.md'),
    modelFacts(evaluation, manifest, (await load()).notes, headlines),
  );
  console.log(`${folder}/model-facts.md written`);
}
