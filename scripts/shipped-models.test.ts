/** What is published about a model must be of that model, must hold, and must be what was generated. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Manifest } from '../core/inference/manifest.ts';
import { MUSCLE_PARAMETER_NOTES } from '../training/evaluate/evaluate-muscle-parameters.ts';
import { WRIST_STATE_NOTES } from '../training/evaluate/evaluate-wrist-state.ts';
import { ModelEvaluation, modelFacts } from '../training/evaluate/evaluation-file.ts';
import { fillMarker, modelTable } from './readme-figures.ts';

const NOTES: Record<string, readonly string[]> = {
  'wrist-state': WRIST_STATE_NOTES,
  'muscle-parameters-1': MUSCLE_PARAMETER_NOTES,
};
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

describe.each(Object.keys(NOTES))('%s', (id) => {
  it('is evaluated as the bundle that ships, and every judged check holds', () => {
    const { hash, evaluation } = read(id);
    expect(evaluation.bundleHash).toBe(hash);
    expect(evaluation.checks.filter((check) => check.ok === false).map((check) => check.name)).toEqual([]);
    expect(evaluation.checks.filter((check) => check.ok === true).length).toBeGreaterThan(20);
  });
  it('has the facts page that its evaluation generates', () => {
    const { evaluation, manifest, facts } = read(id);
    expect(facts).toBe(modelFacts(evaluation, manifest, NOTES[id] ?? []));
  });
});

it('the README shows the figures of these evaluations', () => {
  const readme = readFileSync('README.md', 'utf8');
  const table = modelTable(Object.keys(current).map((id) => read(id).evaluation));
  expect(fillMarker(readme, 'models', table)).toBe(readme);
});
