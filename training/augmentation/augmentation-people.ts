import { WRIST_CLASSES } from '../../core/clinical/wrist-classes.ts';
import { generateWristStatePeople, type WristStateOptions } from '../dataset/wrist-state.ts';
import { DEFAULT_SPREAD, type MuscleSpread } from '../population/varied-hand.ts';
import type { LabelledRows } from './labelled-rows.ts';

export const AUGMENTATION_SEED = 'augmentation-0.1';
/** Independent repetitions; each has its own people in every part. */
export const REPETITIONS = 20;

const doubled = (spread: MuscleSpread): MuscleSpread => ({
  maxForce: 2 * spread.maxForce,
  optimalLength: 2 * spread.optimalLength,
  slackLength: 2 * spread.slackLength,
  pennation: 2 * spread.pennation,
  momentArm: 2 * spread.momentArm,
});

/**
 * "Real" people are simulated too (design decision 15). `same`: the population that everything is trained on, contact
 * model A. `surrogate`: another one, contact model B with the muscles' spread doubled.
 */
export const PEOPLE_DOMAINS = {
  same: {},
  surrogate: { contact: 'B', spread: doubled(DEFAULT_SPREAD) },
} as const satisfies Record<string, WristStateOptions>;
export type PeopleDomain = keyof typeof PEOPLE_DOMAINS;
export const PEOPLE_DOMAIN_NAMES = Object.keys(PEOPLE_DOMAINS) as PeopleDomain[];

export const CLASS_COUNT = WRIST_CLASSES.length;

/** First subjects of the parts of one repetition, a million apart: nobody is in two. `check` people judge a generator that validation people stopped. */
const FIRST_SUBJECT = { train: 0, validation: 1_000_000, check: 2_000_000, test: 3_000_000 } as const;
export type RepetitionPart = keyof typeof FIRST_SUBJECT;

/**
 * The nine features of `wrist-state` (percent of expected and ratios, all measured) and the class of virtual people.
 * @param repetition - 0, 1, ...: names the seed, so that repetitions share nobody.
 * @param countPerClass - of each of the three classes.
 */
export function repetitionPeople(
  repetition: number,
  part: RepetitionPart,
  countPerClass: number,
  domain: PeopleDomain = 'same',
): LabelledRows {
  const people = generateWristStatePeople(
    CLASS_COUNT * countPerClass,
    `${AUGMENTATION_SEED}/${repetition}`,
    FIRST_SUBJECT[part],
    PEOPLE_DOMAINS[domain],
  );
  return {
    rows: people.map(({ features }) => features),
    labels: people.map(({ className }) => WRIST_CLASSES.indexOf(className)),
  };
}
