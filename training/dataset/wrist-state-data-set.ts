import { FEATURE_IDS } from '../../core/signals/feature-ids.ts';
import { labelOf, SUBJECTS } from '../fit/wrist-state-data.ts';
import type { DataSet } from './data-set.ts';
import {
  WRIST_STATE_COUNTS,
  WRIST_STATE_DATA_SEED,
  type WristStatePart,
  wristStateParts,
} from './wrist-state-parts.ts';

const PARTS = Object.keys(WRIST_STATE_COUNTS) as WristStatePart[];

/** Virtual people of `wrist-state` 0.2: class, nine features and the 60 x 3 force trace. */
export const WRIST_STATE_DATA_SET: DataSet = {
  name: 'wrist-state',
  about:
    'Virtual people measured once: class, nine features, force trace; three classes in turn, contact model A, people with one trial left out.',
  columns: ['class', ...FEATURE_IDS, 'trace-60x3'],
  parts: PARTS.map((name) => ({
    name,
    // The number that is left without people of one trial; known only once they are drawn.
    get count() {
      return wristStateParts(name).length;
    },
    subjects: { seed: WRIST_STATE_DATA_SEED, first: SUBJECTS[name], count: WRIST_STATE_COUNTS[name] },
    *rows() {
      for (const person of wristStateParts(name)) {
        yield [labelOf(person), ...person.features, ...(person.trace ?? [])];
      }
    },
  })),
};
