import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Evaluation, readEvaluation } from '../../app/model-evaluation.ts';
import {
  coverageBySubgroup,
  errorBySubgroup,
  knownFailures,
  physiologyOf,
  reliabilities,
} from './model-figures.ts';

const current = JSON.parse(readFileSync('models/current.json', 'utf8')) as Record<string, string>;
const IDS = Object.keys(current);
const open = async (id: string): Promise<Evaluation> => {
  const found = await readEvaluation(id, current[id] ?? '', async (path) => readFileSync(`.${path}`, 'utf8'));
  if (found === null) throw new Error(`${id} has no evaluation`);
  return found;
};

describe('what is drawn of each shipped model', () => {
  it.each(IDS)('%s: coverage of six groups of people, each with interval and n', async (id) => {
    const groups = coverageBySubgroup(await open(id));
    expect(groups.length).toBeGreaterThan(0);
    for (const { rows } of groups) {
      expect(rows.map(({ name }) => name)).toEqual([
        'women, 18-39 years',
        'women, 40-59 years',
        'women, 60-85 years',
        'men, 18-39 years',
        'men, 40-59 years',
        'men, 60-85 years',
      ]);
      for (const { low, value, high, n } of rows) {
        expect(low <= value && value <= high && n > 1000).toBe(true);
      }
    }
  });

  it.each(IDS)('%s: failures that it names itself, and expectations of physiology', async (id) => {
    const evaluation = await open(id);
    expect(knownFailures(evaluation).flatMap(({ failures }) => failures).length).toBeGreaterThan(0);
    expect(physiologyOf(evaluation)?.rows.length).toBeGreaterThan(0);
  });

  it('draws reliability where probabilities or quantiles are published', async () => {
    expect(reliabilities(await open('wrist-state')).map(({ title }) => title)).toEqual([
      'Pattern B: most probable class',
      'Pattern C: most probable class',
    ]);
    const visits = reliabilities(await open('next-visit'));
    expect(visits).toHaveLength(3);
    for (const { points } of visits) {
      for (const { low, came, high } of points) expect(low <= came && came <= high).toBe(true);
    }
  });

  it('names hands swapped and a weaker hand among the failures of the wrist model, worst first', async () => {
    const groups = knownFailures(await open('wrist-state'));
    const words = groups.map(({ failures }) => failures.map(({ what }) => what));
    expect(words.flat().some((what) => what.startsWith('hands swapped'))).toBe(true);
    expect(words.flat().some((what) => what.includes('judged hand at 80 % of its strength'))).toBe(true);
    // The promise of 9 in 10 is of all sets together: of one class alone 58 and 50 % are right.
    for (const what of [
      'A, sets of 1 class',
      'A-one-hand, sets of 1 class',
      'A, sets of 2 classes',
      'C, sets of 1 class',
    ]) {
      expect(words.flat()).toContain(what);
    }
    for (const { title, failures } of groups) {
      if (title.startsWith('Explanations')) continue;
      const values = failures.map(({ figure }) => figure.value);
      expect(values).toEqual([...values].sort((a, b) => a - b));
    }
  });

  it('counts a broken promise only when the whole interval lies below it', () => {
    const figure = (name: string, value: number, high: number) =>
      ({ name, value, low: value - 0.02, high, n: 500, sentence: '', literature: null }) as const;
    const evaluation = {
      modelId: 'x',
      version: '1',
      bundleHash: '',
      checks: [],
      tables: [],
      findings: [
        figure('A, worse world: coverage', 0.86, 0.88),
        figure('A, like the world: coverage', 0.89, 0.91),
      ],
    };
    expect(knownFailures(evaluation).flatMap(({ failures }) => failures.map(({ what }) => what))).toEqual([
      'A, worse world',
    ]);
  });

  it('gives an error by kind of people or measurement for each model that publishes one', async () => {
    for (const id of ['wrist-state', 'next-visit', 'muscle-parameters-1']) {
      expect(errorBySubgroup(await open(id)).length, id).toBeGreaterThan(0);
    }
  });
});
