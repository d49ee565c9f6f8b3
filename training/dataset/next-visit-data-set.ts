import { NEXT_VISIT_INPUTS } from '../../core/inference/next-visit-input.ts';
import type { RecoveryShape } from '../simulation/recovery/recovery-course.ts';
import type { DataSet, DataSetPart } from './data-set.ts';
import { generateNextVisitPeople, logChange, type NextVisitPerson } from './next-visit.ts';

export const NEXT_VISIT_SEED = 'next-visit-0.1';

/**
 * First subject of each part, a million apart as in every model, and how many people serve it. The test people of
 * development (3,000,000) had been evaluated; those measured now were never.
 */
const PARTS = {
  train: { offset: 0, count: 20_000 },
  validation: { offset: 1_000_000, count: 2_000 },
  calibration: { offset: 2_000_000, count: 10_000 },
  test: { offset: 8_000_000, count: 10_000 },
} as const;
export type NextVisitPart = keyof typeof PARTS;

/**
 * People of one part. The test people of the alternative courses are the same subjects on another course: nobody of
 * any shape was trained or calibrated on.
 * @param count - fewer than the part has, for quick runs.
 */
export function nextVisitPeople(
  part: NextVisitPart,
  shape: RecoveryShape = 'exponential-approach',
  count: number = PARTS[part].count,
): NextVisitPerson[] {
  if (!(count >= 1 && count <= 1_000_000)) throw new RangeError('a part holds 1 to 1,000,000 people');
  return generateNextVisitPeople(count, NEXT_VISIT_SEED, PARTS[part].offset, { shape });
}

function part(name: string, of: NextVisitPart, shape?: RecoveryShape): DataSetPart {
  return {
    name,
    count: PARTS[of].count,
    subjects: { seed: NEXT_VISIT_SEED, first: PARTS[of].offset, count: PARTS[of].count },
    *rows() {
      for (const person of nextVisitPeople(of, shape)) {
        yield [...person.input.values, person.input.lastN, person.input.expectedN, logChange(person)];
      }
    },
  };
}

export const NEXT_VISIT_DATA_SET: DataSet = {
  name: 'next-visit',
  about:
    'Simulated patients after a hand operation up to a visit, and the key pinch of the visit after it. Trained on an assumed recovery course; tested on it and on two alternatives.',
  columns: [
    ...NEXT_VISIT_INPUTS.map(({ name }) => name),
    'last-pinch-n',
    'expected-pinch-n',
    'log-next-over-last',
  ],
  parts: [
    part('train', 'train'),
    part('validation', 'validation'),
    part('calibration', 'calibration'),
    part('test', 'test'),
    part('test-slow-sigmoid', 'test', 'slow-sigmoid'),
    part('test-linear-then-plateau', 'test', 'linear-then-plateau'),
  ],
};
