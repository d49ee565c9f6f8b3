/**
 * The eight invented people of the sample clinic and their forty sessions. Nobody here exists. Strength courses are
 * chosen to show the app (a one-class set, a two-class set, an abstention), not to describe patients.
 */
import { FIRST_PEOPLE } from './people-after-fusion-and-carpectomy.ts';
import { FURTHER_PEOPLE } from './people-with-other-courses.ts';
import type { SamplePerson } from './sample-person.ts';

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
] as const;

export const SAMPLE_PEOPLE: readonly SamplePerson[] = [...FIRST_PEOPLE, ...FURTHER_PEOPLE];
