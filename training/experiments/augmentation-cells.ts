import * as z from 'zod';
import {
  AUGMENTATION_SEED,
  CLASS_COUNT,
  PEOPLE_DOMAIN_NAMES,
  REPETITIONS,
} from '../augmentation/augmentation-people.ts';
import { drawRepetition, makeSamples, repetitionGan, SAMPLE_MAKERS } from '../augmentation/augmented-sets.ts';
import { joinRows, type LabelledRows } from '../augmentation/labelled-rows.ts';
import { checkMemorisation } from '../augmentation/memorisation.ts';
import { classifierRows, classifierScores, fitSmallClassifier } from '../augmentation/small-classifier.ts';
import { twoSampleArea } from '../augmentation/two-sample-test.ts';
import type { ExperimentCell } from './experiment.ts';

/** Training people of each class. 84 is the size of the imbalance experiment's large class. */
export const TRAINING_SIZES = [20, 84] as const;
/** New people for each training person. */
export const SAMPLES_PER_PERSON = 2;
export const TEST_PER_CLASS = 500;
/** People who judge a generator after validation people stopped it. */
const CHECK_PER_CLASS = 150;

const Score = z.strictObject({ accuracy: z.number(), logLoss: z.number() });
/** Scores on the two domains. */
const Scores = z.strictObject({ same: Score, surrogate: Score });
const MakerResult = z.strictObject({
  /** Trained on real and new people. */
  added: Scores,
  /** Trained on new people only. */
  alone: Scores,
  /** Two-sample area on `check` people: 0.5 cannot be told from real. */
  area: z.number(),
  nearShare: z.number(),
  medianRatio: z.number(),
});
export const AugmentationCell = z.strictObject({
  real: Scores,
  makers: z.strictObject({
    copies: MakerResult,
    migration: MakerResult,
    gaussian: MakerResult,
    gan: MakerResult,
  }),
  /** Two-sample area of real people against other real people: what a perfect generator shows. */
  realArea: z.number(),
  gan: z.strictObject({
    bestStep: z.number(),
    stoppingArea: z.number(),
    generatorWeights: z.number(),
    discriminatorWeights: z.number(),
  }),
});
export type AugmentationCell = z.output<typeof AugmentationCell>;

export const augmentationCellId = (size: number, repetition: number): string => `n${size}.r${repetition}`;

function runCell(size: number, repetition: number): AugmentationCell {
  const name = augmentationCellId(size, repetition);
  const drawn = drawRepetition(repetition, new Array<number>(CLASS_COUNT).fill(size));
  const validation = classifierRows(drawn.validation, CLASS_COUNT);
  const test = PEOPLE_DOMAIN_NAMES.map((domain) => drawn.people('test', TEST_PER_CLASS, domain));
  const check = drawn.people('check', 2 * CHECK_PER_CLASS);
  const checkPart = (part: 0 | 1): LabelledRows => {
    const rows = CLASS_COUNT * CHECK_PER_CLASS;
    return {
      rows: check.rows.slice(part * rows, (part + 1) * rows),
      labels: check.labels.slice(part * rows, (part + 1) * rows),
    };
  };
  const [judges, others] = [checkPart(0), checkPart(1)];
  const scoresOf = (train: LabelledRows) => {
    // The same start weights for every arm of a repetition: arms differ in their people only.
    const fit = fitSmallClassifier(
      classifierRows(train, CLASS_COUNT),
      validation,
      `${AUGMENTATION_SEED}/classifier/${repetition}`,
    );
    const [same, surrogate] = test.map(({ rows, labels }) => {
      const { accuracy, logLoss } = classifierScores(fit.logits(rows), labels);
      return { accuracy, logLoss };
    });
    fit.dispose();
    return { same: same!, surrogate: surrogate! };
  };
  const gan = repetitionGan(drawn, name);
  const evenly = (count: number) => new Array<number>(CLASS_COUNT).fill(count);
  const makers = SAMPLE_MAKERS.map((maker) => {
    const made = makeSamples(maker, drawn.train, evenly(SAMPLES_PER_PERSON * size), name, gan);
    const judged = makeSamples(maker, drawn.train, evenly(CHECK_PER_CLASS), `${name}/judged`, gan);
    const { nearShare, medianRatio } = checkMemorisation(judged, drawn.train, test[0]!);
    return [
      maker,
      {
        added: scoresOf(joinRows(drawn.train, made)),
        alone: scoresOf(made),
        area: twoSampleArea(judges, judged),
        nearShare,
        medianRatio,
      },
    ] as const;
  });
  const result = {
    real: scoresOf(drawn.train),
    makers: Object.fromEntries(makers),
    realArea: twoSampleArea(judges, others),
    gan: {
      bestStep: gan.bestStep,
      stoppingArea: gan.areas.find(({ step }) => step === gan.bestStep)!.area,
      generatorWeights: gan.generatorWeights,
      discriminatorWeights: gan.discriminatorWeights,
    },
  };
  gan.dispose();
  return AugmentationCell.parse(result);
}

export const augmentationCells = (): ExperimentCell[] =>
  TRAINING_SIZES.flatMap((size) =>
    Array.from({ length: REPETITIONS }, (_, repetition) => ({
      id: augmentationCellId(size, repetition),
      run: () => runCell(size, repetition),
    })),
  );
