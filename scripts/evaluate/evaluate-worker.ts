import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { verifyBundle } from '../../core/inference/bundle.ts';
import { DATA_SETS } from '../../training/dataset/data-sets.ts';
import {
  hashDataSet,
  readFrozenDataSets,
  requireBundleData,
  requireFrozen,
} from '../../training/dataset/frozen-data-sets.ts';
import { EVALUATORS, SIMULATOR_FIGURES } from '../../training/evaluate/evaluators.ts';
import { gateFigures } from '../../training/evaluate/explanations/gate-figures.ts';
import { physiologyFigures } from '../../training/evaluate/explanations/physiology-figures.ts';
import { explanationFigures } from '../../training/evaluate/explanations/quality-figures.ts';
import { type Figures, joinFigures, noFigures } from '../../training/evaluate/figures.ts';
import { bundleFiles, nodeSha256 } from '../../training/evaluate/read-bundle.ts';
import { TRAINABLE_MODELS } from '../../training/fit/trainable-models.ts';
import { serveTasks } from '../processes/serve-tasks.ts';
import { startWasm } from '../processes/start-wasm.ts';

/** One part of the evaluation: a shipped model, or a simulator. */
export type EvaluateTask = { kind: 'model'; id: string } | { kind: 'simulator'; id: string };

export interface EvaluatedPart {
  figures: Figures;
  model?: { modelId: string; version: string; bundleHash: string; notes: readonly string[] };
}

async function evaluateModel(id: string, log: (line: string) => void): Promise<EvaluatedPart> {
  const registered = EVALUATORS[id];
  const model = await TRAINABLE_MODELS[id]?.load();
  if (!registered || !model) throw new Error(`there is no model ${id}`);
  const current = JSON.parse(readFileSync('models/current.json', 'utf8')) as Record<string, string>;
  const version = current[id];
  if (version === undefined) throw new Error(`${id} was never trained: npm run train -- --model ${id}`);
  const folder = join('models', id, version);
  const bundle = await verifyBundle(bundleFiles(folder), nodeSha256, id);
  // Before anything is measured: the bundle must come from the frozen people, and the test people must be the frozen ones.
  const frozen = readFrozenDataSets();
  requireBundleData(id, bundle.manifest.dataHash, model.dataSet, frozen);
  const load = DATA_SETS[model.dataSet];
  if (!load) throw new Error(`there is no data set ${model.dataSet}`);
  const dataSet = await load();
  const isTest = (name: string) => name.startsWith('test');
  const testParts = dataSet.parts.map((part) => part.name).filter(isTest);
  requireFrozen(model.dataSet, hashDataSet(dataSet, testParts), frozen);
  const evaluator = await registered.load();
  const figures = joinFigures([
    await evaluator.evaluate(folder, log),
    await explanationFigures(id, folder, log),
    await physiologyFigures(id, folder),
    id === 'wrist-state' ? await gateFigures(folder) : noFigures(),
  ]);
  return {
    figures,
    model: { modelId: id, version, bundleHash: bundle.bundleHash, notes: evaluator.notes },
  };
}

serveTasks(async (payload, log): Promise<EvaluatedPart> => {
  const task = payload as EvaluateTask;
  if (task.kind === 'model') return evaluateModel(task.id, log);
  const measure = await SIMULATOR_FIGURES[task.id]?.();
  if (!measure) throw new Error(`there is no simulator ${task.id}`);
  // One simulator part trains; starting the engine costs the others half a second.
  if (task.id === 'procedure') await startWasm();
  return { figures: await measure(log) };
});
