import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { trainingFeedback } from '../../core/agreement/training-feedback.ts';
import { WRIST_CLASSES } from '../../core/contract/schemas/clinical.ts';
import { TrainingCases } from '../../core/contract/schemas/training.ts';
import { loadWristStateBundle } from '../../core/inference/bundle.ts';
import { modelAnswerOf } from '../../electron/host/services/concordance-service.ts';
import { wristStateParts } from '../../training/dataset/wrist-state-parts.ts';
import { bundleFiles, nodeSha256 } from '../../training/evaluate/read-bundle.ts';
import { currentModelFolder } from '../headless/local-inference.ts';
import { chooseCases } from './choose-cases.ts';

const committed = readFileSync('resources/training/cases.json', 'utf8');
const { cases, bundleHash } = TrainingCases.parse(JSON.parse(committed));

describe('shipped training cases', () => {
  it('are what the shipped model answers to test people, byte for byte', async () => {
    const bundle = await loadWristStateBundle(bundleFiles(currentModelFolder('wrist-state')), nodeSha256);
    expect(bundleHash).toBe(bundle.bundleHash);
    expect(`${JSON.stringify(chooseCases(bundle, wristStateParts('test', 400)), null, 1)}\n`).toBe(committed);
    expect(() => chooseCases(bundle, wristStateParts('test', 6))).toThrow(/too few people/);
  });

  it('hold twenty of each class, and enough wrong and silent ones to say something about reliance', () => {
    const answers = cases.map(({ input, model, truth }) => ({
      truth,
      isPinchAlone: input.wristExtensionNm === null,
      isRight:
        model.refusals.length > 0 || model.probabilities === null
          ? null
          : WRIST_CLASSES[model.probabilities.indexOf(Math.max(...model.probabilities))] === truth,
    }));
    const countOf = (isOwn: (answer: (typeof answers)[number]) => boolean) => answers.filter(isOwn).length;
    for (const name of WRIST_CLASSES) {
      const kinds = [true, false, null].map((kind) => countOf((a) => a.truth === name && a.isRight === kind));
      expect(kinds).toEqual([12, 6, 2]);
    }
    const alone = [true, false, null].map((kind) => countOf((a) => a.isPinchAlone && a.isRight === kind));
    expect(alone).toEqual([6, 6, 3]);
    // Whoever is right before and then follows every wrong answer must be told so: ten are needed.
    const { overReliance } = trainingFeedback(
      cases.map(({ truth, model }) => ({
        answer: truth,
        confidencePercent: 80,
        modelAnswer: modelAnswerOf(model),
        finalAnswer: modelAnswerOf(model) ?? truth,
        truth,
      })),
    );
    expect(overReliance).toMatchObject({ kind: 'figure', value: 1, n: 18 });
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
