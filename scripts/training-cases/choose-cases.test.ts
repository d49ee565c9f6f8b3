import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { WRIST_CLASSES } from '../../core/contract/schemas/clinical.ts';
import { TrainingCases } from '../../core/contract/schemas/training.ts';
import { loadWristStateBundle } from '../../core/inference/bundle.ts';
import { wristStateParts } from '../../training/dataset/wrist-state-parts.ts';
import { bundleFiles, nodeSha256 } from '../../training/evaluate/read-bundle.ts';
import { currentModelFolder } from '../headless/local-inference.ts';
import { CASES_OF_A_CLASS, chooseCases } from './choose-cases.ts';

const committed = readFileSync('resources/training/cases.json', 'utf8');
const { cases, bundleHash } = TrainingCases.parse(JSON.parse(committed));

describe('shipped training cases', () => {
  it('are what the shipped model answers to test people, byte for byte', async () => {
    const bundle = await loadWristStateBundle(bundleFiles(currentModelFolder('wrist-state')), nodeSha256);
    expect(bundleHash).toBe(bundle.bundleHash);
    expect(`${JSON.stringify(chooseCases(bundle, wristStateParts('test', 400)), null, 1)}\n`).toBe(committed);
    expect(() => chooseCases(bundle, wristStateParts('test', 6))).toThrow(/too few people/);
  });

  it('hold ten of each class, and the model wrong in nine', () => {
    const isWrong = cases.map(({ model, truth }) => {
      if (model.refusals.length > 0 || model.probabilities === null) return null;
      return WRIST_CLASSES[model.probabilities.indexOf(Math.max(...model.probabilities))] !== truth;
    });
    for (const name of WRIST_CLASSES) {
      const own = isWrong.filter((_, i) => cases[i]?.truth === name);
      expect([own.length, own.filter(Boolean).length]).toEqual([10, CASES_OF_A_CLASS.wrong]);
    }
    expect(isWrong.filter((each) => each === null)).toHaveLength(3);
  });

  it('give the class away in nothing but the measurements', () => {
    // Whoever was operated is affected on one side; the others are shown alike.
    expect(cases.every(({ input }) => input.affectedSide === input.side)).toBe(true);
    expect(new Set(cases.map(({ input }) => Object.keys(input).join())).size).toBe(1);
    expect(cases.map(({ id }) => id)).toEqual(
      cases.map((_, place) => `case-${String(place + 1).padStart(2, '0')}`),
    );
  });
});
