/**
 * The invented people of the sample clinic, its readers and devices. Nobody here exists. Strength courses are chosen to
 * show the app (a one-class set, an abstention, a model that is wrong), not to describe patients.
 */
import { FIRST_PEOPLE } from './people-after-fusion-and-carpectomy.ts';
import { PEOPLE_WITH_FURTHER_MEASURES } from './people-with-further-measures.ts';
import { FURTHER_PEOPLE } from './people-with-other-courses.ts';
import { PEOPLE_WITH_STORIES } from './people-with-stories.ts';
import { PEOPLE_WITH_SURPRISES } from './people-with-surprises.ts';
import type { ReaderKey, SamplePerson } from './sample-person.ts';

export type { SamplePerson, SampleVisit } from './sample-person.ts';

export const SAMPLE_DEVICES = [
  {
    key: 'gauge',
    name: 'B&L pinch gauge',
    serial: '12345',
    kind: 'pinch-gauge',
    unit: 'kg',
    calibratedOn: '2026-01-15',
  },
  {
    key: 'digital',
    name: 'Digital pinch gauge',
    serial: 'D-0077',
    kind: 'pinch-gauge',
    unit: 'kg',
    calibratedOn: '2026-06-01',
  },
  {
    key: 'grip',
    name: 'Hydraulic hand dynamometer',
    serial: 'J-4410',
    kind: 'dynamometer',
    unit: 'kg',
    calibratedOn: '2026-02-10',
  },
  {
    key: 'wrist',
    name: 'Wrist load cell',
    serial: 'W-003',
    kind: 'load-cell',
    unit: 'N',
    calibratedOn: '2026-03-02',
  },
] as const;

export const SAMPLE_PEOPLE: readonly SamplePerson[] = [
  ...FIRST_PEOPLE,
  ...FURTHER_PEOPLE,
  ...PEOPLE_WITH_STORIES,
  ...PEOPLE_WITH_SURPRISES,
  ...PEOPLE_WITH_FURTHER_MEASURES,
];

export const SAMPLE_READERS: readonly { key: ReaderKey; name: string }[] = [
  { key: 'surgeon', name: 'Dr Sample' },
  { key: 'therapist', name: 'T. Sample, therapist' },
  { key: 'registrar', name: 'Dr R. Sample' },
];
