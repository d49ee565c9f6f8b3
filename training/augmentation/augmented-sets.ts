import { randomStream } from '../../core/numerics/random-stream.ts';
import {
  AUGMENTATION_SEED,
  CLASS_COUNT,
  type PeopleDomain,
  type RepetitionPart,
  repetitionPeople,
} from './augmentation-people.ts';
import { gaussianSamples } from './class-gaussian.ts';
import { type ConditionalGan, trainConditionalGan } from './conditional-gan.ts';
import { type ColumnStandard, columnStandard, type LabelledRows, standardise } from './labelled-rows.ts';
import { copySamples, migrateSamples } from './migration.ts';

/** Ways to make people out of people. Copies are the plain twin of all, a Gaussian a class that of the network. */
export const SAMPLE_MAKERS = ['copies', 'migration', 'gaussian', 'gan'] as const;
export type SampleMaker = (typeof SAMPLE_MAKERS)[number];

export const MAKER_WORDS: Readonly<Record<SampleMaker, string>> = {
  copies: 'copies',
  migration: 'migration',
  gaussian: 'one Gaussian a class',
  gan: 'adversarial network',
};

/** People of one class in a part of a repetition, beside the training people. */
export const VALIDATION_PER_CLASS = 100;

/** One repetition's people in standard deviations of its own training people. */
export interface Repetition {
  train: LabelledRows;
  validation: LabelledRows;
  standard: ColumnStandard;
  /** People of another part, on the same scale. */
  people(part: RepetitionPart, countPerClass: number, domain?: PeopleDomain): LabelledRows;
}

/**
 * @param countPerClass - training people of each class, by label; all three at least 1.
 */
export function drawRepetition(repetition: number, countPerClass: readonly number[]): Repetition {
  const everyone = repetitionPeople(repetition, 'train', Math.max(...countPerClass));
  const taken = countPerClass.map(() => 0);
  const isTaken = everyone.labels.map((label) => {
    taken[label]! += 1;
    return taken[label]! <= countPerClass[label]!;
  });
  const raw = {
    rows: everyone.rows.filter((_, i) => isTaken[i]),
    labels: everyone.labels.filter((_, i) => isTaken[i]),
  };
  const standard = columnStandard(raw.rows);
  const scaled = (set: LabelledRows): LabelledRows => ({
    rows: standardise(set.rows, standard),
    labels: set.labels,
  });
  return {
    train: scaled(raw),
    validation: scaled(repetitionPeople(repetition, 'validation', VALIDATION_PER_CLASS)),
    standard,
    people: (part, count, domain) => scaled(repetitionPeople(repetition, part, count, domain)),
  };
}

/** Fits the network of one repetition; its stopping people are the validation people. */
export const repetitionGan = (drawn: Repetition, name: string): ConditionalGan =>
  trainConditionalGan(drawn.train, drawn.validation, CLASS_COUNT, `${AUGMENTATION_SEED}/${name}`);

/**
 * New people by one of the ways, from training people only.
 * @param name - of the cell: names the stream. @param gan - needed for 'gan'; it was trained on the same people.
 */
export function makeSamples(
  maker: SampleMaker,
  train: LabelledRows,
  countPerClass: readonly number[],
  name: string,
  gan: ConditionalGan,
): LabelledRows {
  const stream = randomStream(`${AUGMENTATION_SEED}/${name}`, `samples-${maker}`, 0);
  switch (maker) {
    case 'copies':
      return copySamples(train, countPerClass, stream);
    case 'migration':
      return migrateSamples(train, countPerClass, stream);
    case 'gaussian':
      return gaussianSamples(train, countPerClass, stream);
    case 'gan':
      return gan.sample(countPerClass, stream);
  }
}
