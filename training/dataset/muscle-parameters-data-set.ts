import { MUSCLE_PARAMETER_COLUMNS } from '../../core/inference/muscle-parameters-columns.ts';
import { SUBJECTS } from '../fit/wrist-state-data.ts';
import type { ContactModel } from '../simulation/pinch/maximal-pinch.ts';
import type { DataSet } from './data-set.ts';
import { generateMuscleParameterPeople, type MuscleParameterPerson } from './muscle-parameters.ts';
import { MUSCLE_PARAMETER_TARGETS } from './muscle-parameters-targets.ts';

export const MUSCLE_PARAMETERS_SEED = 'muscle-parameters-0.2';
export const MUSCLE_PARAMETERS_DATA_SET = 'muscle-parameters';

export const MUSCLE_PARAMETER_PARTS = ['train', 'validation', 'calibration', 'test'] as const;
export type MuscleParameterPart = (typeof MUSCLE_PARAMETER_PARTS)[number];

export type PartSizes = Readonly<Record<MuscleParameterPart, number>>;
/** People of each part, the same number in either contact model. */
export const PART_SIZES: PartSizes = { train: 40_000, validation: 4_000, calibration: 10_000, test: 10_000 };

/**
 * First subject of each part. The test people of development (3,000,000) were looked at while the spread of errors was
 * being improved; those measured now were never.
 */
const FIRST_SUBJECT: Readonly<Record<MuscleParameterPart, number>> = {
  train: SUBJECTS.train,
  validation: SUBJECTS.validation,
  calibration: SUBJECTS.calibration,
  test: SUBJECTS.test,
};

const kept = new Map<string, readonly MuscleParameterPerson[]>();

/**
 * The people of a part. Generated once in a process (training hashes them first, then learns from them).
 * @param contact - in B the same subjects live with the other contact model; a network for B learns from B alone.
 * @param count - the first people of the part; all of them unless told otherwise.
 */
export function muscleParameterPeople(
  part: MuscleParameterPart,
  contact: ContactModel = 'A',
  count: number = PART_SIZES[part],
): readonly MuscleParameterPerson[] {
  const key = `${part}/${contact}/${count}`;
  const known = kept.get(key);
  if (known) return known;
  const people = [
    ...generateMuscleParameterPeople(count, MUSCLE_PARAMETERS_SEED, FIRST_SUBJECT[part], { contact }),
  ];
  kept.set(key, people);
  return people;
}

function* rowsOf(part: MuscleParameterPart, contact: ContactModel): Generator<Float64Array> {
  for (const { inputs, targets } of muscleParameterPeople(part, contact)) {
    yield Float64Array.from([...inputs, ...targets]);
  }
}

/**
 * One set for the three bundles: a tier reads the first columns. Parts that end in "-other-contact" are people in contact
 * model B; the bundles' data hash is over the parts of A.
 */
export const MUSCLE_PARAMETERS_DATA: DataSet = {
  name: MUSCLE_PARAMETERS_DATA_SET,
  about:
    'Nonimpaired virtual people with one session of pinch in three wrist postures, grip and the direction of a force ramp, and the true muscle parameters of the hand; seed muscle-parameters-0.2. Ulnar deviation is left out on purpose.',
  columns: [
    ...MUSCLE_PARAMETER_COLUMNS.map(({ name }) => name),
    ...MUSCLE_PARAMETER_TARGETS.map(({ name }) => name),
  ],
  parts: (['A', 'B'] as const).flatMap((contact) =>
    MUSCLE_PARAMETER_PARTS.map((part) => ({
      name: contact === 'A' ? part : `${part}-other-contact`,
      count: PART_SIZES[part],
      subjects: { seed: MUSCLE_PARAMETERS_SEED, first: FIRST_SUBJECT[part], count: PART_SIZES[part] },
      rows: () => rowsOf(part, contact),
    })),
  ),
};
