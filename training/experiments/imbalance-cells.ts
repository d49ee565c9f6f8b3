import * as z from 'zod';
import { classWeights } from '../../core/learning/training-loop.ts';
import { AUGMENTATION_SEED, CLASS_COUNT } from '../augmentation/augmentation-people.ts';
import {
  drawRepetition,
  makeSamples,
  repetitionGan,
  type SampleMaker,
  VALIDATION_PER_CLASS,
} from '../augmentation/augmented-sets.ts';
import { joinRows, type LabelledRows } from '../augmentation/labelled-rows.ts';
import { classifierRows, classifierScores, fitSmallClassifier } from '../augmentation/small-classifier.ts';
import type { ExperimentCell } from './experiment.ts';

/** Nonimpaired people, the large class. */
export const LARGE_CLASS = 84;
/** Independent repetitions a size: each trains the adversarial network and six classifiers, a third of a minute. */
export const IMBALANCE_REPETITIONS = 10;
/** People of each of the two operated classes. */
export const SMALL_CLASS_SIZES = [5, 10, 20] as const;
export const IMBALANCE_TEST_PER_CLASS = 500;

/**
 * none: nothing is done. prior: the same network, its logits less the log share of each class in training. weighting: every
 * class counts the same in the loss. copies, migration, gan: the small classes are grown to the size of the large one.
 */
export const IMBALANCE_METHODS = ['none', 'prior', 'weighting', 'copies', 'migration', 'gan'] as const;
export type ImbalanceMethod = (typeof IMBALANCE_METHODS)[number];

const Recall = z.array(z.number()).length(CLASS_COUNT);
const MethodResult = z.strictObject({ same: Recall, surrogate: Recall });
export const ImbalanceCell = z.strictObject({
  none: MethodResult,
  prior: MethodResult,
  weighting: MethodResult,
  copies: MethodResult,
  migration: MethodResult,
  gan: MethodResult,
});
export type ImbalanceCell = z.output<typeof ImbalanceCell>;

export const imbalanceCellId = (size: number, repetition: number): string => `k${size}.r${repetition}`;

function runCell(size: number, repetition: number): ImbalanceCell {
  const name = imbalanceCellId(size, repetition);
  const counts = [LARGE_CLASS, size, size];
  const total = counts.reduce((sum, count) => sum + count, 0);
  const drawn = drawRepetition(repetition, counts);
  const test = (['same', 'surrogate'] as const).map((domain) =>
    drawn.people('test', IMBALANCE_TEST_PER_CLASS, domain),
  );
  // Validation people come in equal parts. "none" is stopped on the mix that it was trained on, the rest on equal classes.
  const equal = classifierRows(drawn.validation, CLASS_COUNT);
  const natural = classifierRows(
    drawn.validation,
    CLASS_COUNT,
    Float32Array.from(drawn.validation.labels, (label) => (CLASS_COUNT * counts[label]!) / total),
  );
  const recalls = (
    train: LabelledRows,
    weights: Float32Array | undefined,
    isNatural: boolean,
    shift: number[],
  ) => {
    const fit = fitSmallClassifier(
      classifierRows(train, CLASS_COUNT, weights),
      isNatural ? natural : equal,
      `${AUGMENTATION_SEED}/imbalance/${repetition}`,
    );
    const [same, surrogate] = test.map(({ rows, labels }) => {
      const logits = fit.logits(rows).map((row) => row.map((logit, label) => logit - shift[label]!));
      return classifierScores(logits, labels).recall;
    });
    fit.dispose();
    return { same: same!, surrogate: surrogate! };
  };
  const gan = repetitionGan(drawn, name);
  const noShift = new Array<number>(CLASS_COUNT).fill(0);
  const grown = (maker: SampleMaker) => {
    const missing = counts.map((count) => LARGE_CLASS - count);
    const train = joinRows(drawn.train, makeSamples(maker, drawn.train, missing, name, gan));
    return recalls(train, undefined, false, noShift);
  };
  const result: ImbalanceCell = {
    none: recalls(drawn.train, undefined, true, noShift),
    prior: recalls(
      drawn.train,
      undefined,
      true,
      counts.map((count) => Math.log(count / total)),
    ),
    weighting: recalls(drawn.train, classWeights(drawn.train.labels, CLASS_COUNT), false, noShift),
    copies: grown('copies'),
    migration: grown('migration'),
    gan: grown('gan'),
  };
  gan.dispose();
  return ImbalanceCell.parse(result);
}

/** Validation people of each class, for the words of the summary. */
export const IMBALANCE_VALIDATION = VALIDATION_PER_CLASS;

export const imbalanceCells = (): ExperimentCell[] =>
  SMALL_CLASS_SIZES.flatMap((size) =>
    Array.from({ length: IMBALANCE_REPETITIONS }, (_, repetition) => ({
      id: imbalanceCellId(size, repetition),
      run: () => runCell(size, repetition),
    })),
  );
