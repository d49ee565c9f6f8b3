/** What is published about a model must be of that model, must hold, and must be what was generated. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Manifest } from '../core/inference/manifest.ts';
import { readFrozenDataSets, requireBundleData } from '../training/dataset/frozen-data-sets.ts';
import { ModelEvaluation } from '../training/evaluate/evaluation-file.ts';
import { EVALUATORS } from '../training/evaluate/evaluators.ts';
import { TRAINABLE_MODELS } from '../training/fit/trainable-models.ts';
import { modelFacts } from '../training/publish/model-facts.ts';
import { fillMarker, modelTable } from './readme-figures.ts';

/** Lean by law (decisions 18). */
const MOST_WEIGHTS = 50_000;

const current = JSON.parse(readFileSync('models/current.json', 'utf8')) as Record<string, string>;
const read = (id: string) => {
  const folder = join('models', id, current[id] ?? '');
  const manifestBytes = readFileSync(join(folder, 'manifest.json'));
  return {
    hash: createHash('sha256').update(manifestBytes).digest('hex'),
    manifest: Manifest.parse(JSON.parse(manifestBytes.toString())),
    evaluation: ModelEvaluation.parse(JSON.parse(readFileSync(join(folder, 'evaluation.json'), 'utf8'))),
    facts: readFileSync(join(folder, 'model-facts.md'), 'utf8'),
  };
};

it('every registered model ships, and nothing else', () => {
  expect(Object.keys(current).sort()).toEqual(Object.keys(TRAINABLE_MODELS).sort());
  expect(Object.keys(EVALUATORS).sort()).toEqual(Object.keys(TRAINABLE_MODELS).sort());
});

describe.each(Object.keys(current))('%s', (id) => {
  it('is an ensemble of five lean members, made from the frozen data', async () => {
    const { manifest } = read(id);
    const { dataSet, version } = await TRAINABLE_MODELS[id]!.load();
    expect(manifest.version).toBe(version);
    expect(manifest.members).toBe(5);
    expect(manifest.weightsPerMember).toBeLessThanOrEqual(MOST_WEIGHTS);
    requireBundleData(id, manifest.dataHash, dataSet, readFrozenDataSets());
  });
  it('is evaluated as the bundle that ships, and every judged check holds', () => {
    const { hash, evaluation } = read(id);
    expect(evaluation.bundleHash).toBe(hash);
    expect(evaluation.checks.filter((check) => check.ok === false).map((check) => check.name)).toEqual([]);
    expect(evaluation.checks.filter((check) => check.ok === true).length).toBeGreaterThan(5);
  });
  it('has the facts page that its evaluation generates', async () => {
    const { evaluation, manifest, facts } = read(id);
    const { load, headlines } = EVALUATORS[id]!;
    expect(facts).toBe(modelFacts(evaluation, manifest, (await load()).notes, headlines));
  });
});

it('the README shows the figures of these evaluations', () => {
  const readme = readFileSync('README.md', 'utf8');
  const table = modelTable(Object.keys(current).map((id) => read(id).evaluation));
  expect(fillMarker(readme, 'models', table)).toBe(readme);
});
