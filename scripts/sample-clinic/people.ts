/**
 * The eight invented people of the sample clinic and their forty sessions. Nobody here exists. Strength courses are
 * chosen to show the app (a one-class set, a two-class set, an abstention), not to describe patients.
 */
import type { PatientFields, WristClass } from '../../core/contract/schemas/clinical.ts';
import type { Driver } from '../../core/contract/schemas/judgement.ts';

/** One visit: kilograms as typed (three trials a hand), torques in N·m as extension, flexion, radial, ulnar. */
export interface SampleVisit {
  at: string;
  right: readonly [string, string, string];
  left: readonly [string, string, string];
  torquesNm?: Partial<Record<'right' | 'left', readonly [string, string, string, string]>>;
  pain?: number;
  device: 'gauge' | 'digital';
  note?: string;
  /** Absent: measurements only. */
  judgement?: {
    answer: WristClass | 'cannot-tell';
    confidencePercent: number | null;
    drivers: readonly Driver[];
    isBlinded?: boolean;
    verdict: 'agree' | 'disagree' | 'cannot-tell';
    verdictNote?: string;
  };
}

export interface SamplePerson {
  fields: PatientFields;
  visits: readonly SampleVisit[];
}

const against = (feature: Driver['feature']): Driver => ({ feature, direction: 'against' });
const forIt = (feature: Driver['feature']): Driver => ({ feature, direction: 'for' });

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

const person = (
  fields: Partial<PatientFields> & Pick<PatientFields, 'displayName' | 'birthDate' | 'sex'>,
): PatientFields => ({
  clinicNumber: '',
  heightM: 1.7,
  weightKg: 72,
  dominantHand: 'right',
  affectedSide: 'left',
  diagnosis: '',
  operation: 'none',
  operationNote: '',
  operationDate: null,
  ...fields,
});

export const SAMPLE_PEOPLE: readonly SamplePerson[] = [
  {
    fields: person({
      displayName: 'Kowalska, Anna',
      clinicNumber: 'S-001',
      birthDate: '1968-03-04',
      sex: 'female',
      heightM: 1.66,
      weightKg: 68,
      diagnosis: 'SLAC wrist, stage II',
      operation: 'four-corner-fusion',
      operationDate: '2026-05-12',
    }),
    visits: [
      {
        at: '2026-08-04T09:10:00Z',
        right: ['7.2', '7.6', '7.4'],
        left: ['3.0', '3.2', '2.9'],
        torquesNm: { left: ['1.6', '2.9', '2.4', '2.6'] },
        pain: 4,
        device: 'gauge',
        judgement: {
          answer: 'four-corner-fusion',
          confidencePercent: 70,
          drivers: [forIt('wrist-extension-percent-expected'), forIt('pinch-percent-expected')],
          verdict: 'agree',
        },
      },
      {
        at: '2026-09-01T09:05:00Z',
        right: ['7.3', '7.5', '7.4'],
        left: ['4.9', '5.1', '5.0'],
        torquesNm: { left: ['2.6', '4.5', '5.9', '3.6'] },
        pain: 3,
        device: 'gauge',
        judgement: {
          answer: 'four-corner-fusion',
          confidencePercent: 60,
          drivers: [forIt('wrist-extension-percent-expected')],
          verdict: 'agree',
        },
      },
      {
        at: '2026-09-29T09:00:00Z',
        right: ['7.4', '7.6', '7.5'],
        left: ['5.2', '5.4', '5.3'],
        pain: 2,
        device: 'gauge',
      },
      {
        at: '2026-10-27T09:20:00Z',
        right: ['7.5', '7.4', '7.6'],
        left: ['5.5', '5.7', '5.6'],
        torquesNm: { left: ['2.7', '4.9', '5.9', '3.8'] },
        pain: 2,
        device: 'digital',
        note: 'New digital gauge.',
        judgement: {
          answer: 'proximal-row-carpectomy',
          confidencePercent: 55,
          drivers: [forIt('wrist-flexion-percent-expected'), against('pinch-percent-expected')],
          verdict: 'disagree',
          verdictNote: 'Flexion looks weaker than the numbers say.',
        },
      },
      // The visit of the guide: measured, waiting for a judgement.
      {
        at: '2026-11-24T08:40:00Z',
        right: ['7.5', '7.6', '7.4'],
        left: ['6.0', '6.2', '6.1'],
        torquesNm: { left: ['2.7', '5.1', '5.6', '4.0'] },
        pain: 1,
        device: 'digital',
        note: 'Waiting for a judgement.',
      },
    ],
  },
  {
    fields: person({
      displayName: 'Okafor, Daniel',
      clinicNumber: 'S-002',
      birthDate: '1979-07-21',
      sex: 'male',
      heightM: 1.81,
      weightKg: 88,
      affectedSide: 'right',
      diagnosis: 'Kienböck disease',
      operation: 'proximal-row-carpectomy',
      operationDate: '2026-03-17',
    }),
    visits: [
      {
        at: '2026-05-26T10:00:00Z',
        right: ['4.4', '4.6', '4.5'],
        left: ['10.8', '11.2', '11.0'],
        pain: 5,
        device: 'gauge',
      },
      {
        at: '2026-06-23T10:00:00Z',
        right: ['5.6', '5.9', '5.7'],
        left: ['10.9', '11.1', '11.2'],
        torquesNm: { right: ['3.0', '6.4', '5.0', '5.2'] },
        pain: 4,
        device: 'gauge',
        judgement: {
          answer: 'proximal-row-carpectomy',
          confidencePercent: 75,
          drivers: [forIt('wrist-extension-percent-expected'), forIt('pinch-ratio-other-hand')],
          verdict: 'agree',
        },
      },
      {
        at: '2026-07-21T10:10:00Z',
        right: ['7.9', '8.1', '8.2'],
        left: ['11.0', '11.4', '11.1'],
        torquesNm: { right: ['4.0', '9.0', '7.8', '7.2'] },
        pain: 3,
        device: 'gauge',
        judgement: {
          answer: 'proximal-row-carpectomy',
          confidencePercent: 60,
          drivers: [forIt('wrist-extension-percent-expected')],
          verdict: 'agree',
        },
      },
      {
        at: '2026-08-18T10:00:00Z',
        right: ['8.3', '8.6', '8.4'],
        left: ['11.1', '11.0', '11.3'],
        pain: 2,
        device: 'gauge',
      },
      {
        at: '2026-10-13T10:05:00Z',
        right: ['8.8', '9.0', '8.9'],
        left: ['11.2', '11.1', '11.3'],
        torquesNm: { right: ['4.6', '9.3', '8.0', '7.4'] },
        pain: 1,
        device: 'gauge',
        judgement: { answer: 'cannot-tell', confidencePercent: null, drivers: [], verdict: 'cannot-tell' },
      },
      {
        at: '2026-11-10T10:00:00Z',
        right: ['9.3', '9.5', '9.4'],
        left: ['11.2', '11.3', '11.2'],
        torquesNm: { right: ['5.0', '10.0', '8.7', '7.9'] },
        pain: 1,
        device: 'gauge',
        judgement: {
          answer: 'nonimpaired',
          confidencePercent: 55,
          drivers: [forIt('pinch-ratio-other-hand')],
          verdict: 'disagree',
        },
      },
    ],
  },
  {
    fields: person({
      displayName: 'Lindqvist, Maja',
      clinicNumber: 'S-003',
      birthDate: '1991-11-30',
      sex: 'female',
      heightM: 1.72,
      weightKg: 64,
      affectedSide: 'none',
      diagnosis: 'Volunteer, no complaint',
    }),
    visits: [
      {
        at: '2026-06-02T13:00:00Z',
        right: ['8.0', '8.3', '8.1'],
        left: ['7.6', '7.7', '7.5'],
        torquesNm: { right: ['5.2', '8.6', '7.9', '7.2'] },
        pain: 0,
        device: 'digital',
        judgement: {
          answer: 'nonimpaired',
          confidencePercent: 90,
          drivers: [
            forIt('wrist-extension-percent-expected'),
            forIt('pinch-percent-expected'),
            forIt('pinch-ratio-other-hand'),
          ],
          verdict: 'agree',
        },
      },
      {
        at: '2026-07-07T13:00:00Z',
        right: ['8.1', '8.2', '8.4'],
        left: ['7.7', '7.6', '7.8'],
        pain: 0,
        device: 'digital',
      },
      {
        at: '2026-09-08T13:00:00Z',
        right: ['8.2', '8.1', '8.3'],
        left: ['7.6', '7.9', '7.8'],
        torquesNm: { right: ['5.3', '8.8', '7.7', '7.4'] },
        pain: 0,
        device: 'digital',
        judgement: {
          answer: 'nonimpaired',
          confidencePercent: 95,
          drivers: [forIt('wrist-extension-percent-expected')],
          verdict: 'agree',
        },
      },
      {
        at: '2026-11-03T13:00:00Z',
        right: ['8.0', '8.2', '8.2'],
        left: ['7.8', '7.7', '7.6'],
        pain: 0,
        device: 'digital',
      },
    ],
  },
  {
    fields: person({
      displayName: 'Bernard-Châtelain, Jean-Christophe Alexandre Marie',
      clinicNumber: 'S-004',
      birthDate: '1953-01-09',
      sex: 'male',
      heightM: 1.74,
      weightKg: 79,
      diagnosis: 'SNAC wrist, stage III',
      operation: 'four-corner-fusion',
      operationDate: '2026-02-03',
      operationNote: 'Dorsal plate',
    }),
    visits: [
      {
        at: '2026-04-28T08:30:00Z',
        right: ['9.4', '9.6', '9.5'],
        left: ['3.8', '4.0', '3.9'],
        pain: 5,
        device: 'gauge',
      },
      {
        at: '2026-05-26T08:30:00Z',
        right: ['9.5', '9.7', '9.4'],
        left: ['4.7', '4.9', '4.8'],
        torquesNm: { left: ['2.4', '4.9', '4.6', '4.3'] },
        pain: 4,
        device: 'gauge',
        judgement: {
          answer: 'four-corner-fusion',
          confidencePercent: 65,
          drivers: [forIt('pinch-percent-expected')],
          verdict: 'agree',
        },
      },
      {
        at: '2026-06-30T08:30:00Z',
        right: ['9.6', '9.5', '9.5'],
        left: ['5.6', '5.8', '5.7'],
        pain: 3,
        device: 'gauge',
      },
      {
        at: '2026-08-11T08:40:00Z',
        right: ['9.4', '9.8', '9.6'],
        left: ['6.4', '6.6', '6.5'],
        torquesNm: { left: ['3.4', '6.6', '6.5', '5.8'] },
        pain: 2,
        device: 'digital',
        judgement: {
          answer: 'four-corner-fusion',
          confidencePercent: 60,
          drivers: [forIt('wrist-extension-percent-expected')],
          isBlinded: true,
          verdict: 'disagree',
        },
      },
      {
        at: '2026-10-06T08:40:00Z',
        right: ['9.5', '9.6', '9.7'],
        left: ['7.2', '7.3', '7.1'],
        torquesNm: { left: ['3.9', '7.3', '7.3', '6.4'] },
        pain: 1,
        device: 'digital',
      },
    ],
  },
  {
    fields: person({
      displayName: 'Haddad, Leïla',
      clinicNumber: 'S-005',
      birthDate: '1984-09-17',
      sex: 'female',
      heightM: 1.59,
      weightKg: 55,
      affectedSide: 'both',
      diagnosis: 'Thumb base osteoarthritis, both sides',
    }),
    visits: [
      {
        at: '2026-06-10T11:00:00Z',
        right: ['3.9', '4.1', '4.0'],
        left: ['3.4', '3.6', '3.5'],
        pain: 6,
        device: 'gauge',
        note: 'Splint off for the test.',
      },
      {
        at: '2026-07-15T11:00:00Z',
        right: ['4.3', '4.4', '4.2'],
        left: ['3.8', '3.9', '3.7'],
        pain: 5,
        device: 'gauge',
      },
      {
        at: '2026-08-19T11:00:00Z',
        right: ['4.6', '4.5', '4.7'],
        left: ['4.1', '4.0', '4.2'],
        pain: 4,
        device: 'gauge',
      },
      {
        at: '2026-10-21T11:00:00Z',
        right: ['5.0', '5.1', '4.9'],
        left: ['4.4', '4.5', '4.4'],
        torquesNm: { right: ['3.6', '5.6', '5.2', '4.9'] },
        pain: 3,
        device: 'gauge',
        judgement: {
          answer: 'cannot-tell',
          confidencePercent: null,
          drivers: [],
          verdict: 'cannot-tell',
          verdictNote: 'Thumb problem, not a wrist one.',
        },
      },
    ],
  },
  {
    fields: person({
      displayName: 'Novák, Petr',
      clinicNumber: 'S-006',
      birthDate: '2001-02-14',
      sex: 'male',
      heightM: 1.88,
      weightKg: 92,
      affectedSide: 'right',
      dominantHand: 'left',
      diagnosis: 'Scaphoid non-union',
      operation: 'proximal-row-carpectomy',
      operationDate: '2026-06-16',
    }),
    visits: [
      {
        at: '2026-08-11T14:00:00Z',
        right: ['4.9', '5.2', '5.0'],
        left: ['11.6', '11.9', '11.8'],
        pain: 4,
        device: 'digital',
      },
      {
        at: '2026-09-08T14:00:00Z',
        right: ['6.4', '6.6', '6.5'],
        left: ['11.8', '11.7', '11.9'],
        torquesNm: { right: ['3.1', '7.3', '5.9', '6.0'] },
        pain: 3,
        device: 'digital',
        judgement: {
          answer: 'proximal-row-carpectomy',
          confidencePercent: 80,
          drivers: [forIt('wrist-extension-percent-expected'), forIt('pinch-percent-expected')],
          isBlinded: true,
          verdict: 'agree',
        },
      },
      {
        at: '2026-10-06T14:00:00Z',
        right: ['7.8', '8.0', '7.9'],
        left: ['11.9', '11.8', '12.0'],
        pain: 2,
        device: 'digital',
      },
      {
        at: '2026-11-03T14:00:00Z',
        right: ['8.6', '8.9', '8.7'],
        left: ['11.8', '12.0', '11.9'],
        torquesNm: { right: ['4.3', '9.6', '8.4', '7.8'] },
        pain: 1,
        device: 'digital',
        judgement: {
          answer: 'four-corner-fusion',
          confidencePercent: 50,
          drivers: [forIt('wrist-extension-percent-expected')],
          verdict: 'disagree',
        },
      },
      {
        at: '2026-11-17T14:00:00Z',
        right: ['9.0', '9.1', '9.2'],
        left: ['12.0', '11.9', '11.9'],
        pain: 1,
        device: 'digital',
      },
    ],
  },
  {
    fields: person({
      displayName: 'Tanaka, Yuki',
      clinicNumber: 'S-007',
      birthDate: '1946-06-05',
      sex: 'female',
      heightM: 1.52,
      weightKg: 49,
      affectedSide: 'right',
      diagnosis: 'Distal radius fracture',
      operation: 'other',
      operationNote: 'Palmar plate',
      operationDate: '2026-07-07',
    }),
    visits: [
      {
        at: '2026-09-01T15:00:00Z',
        right: ['1.4', '1.6', '1.5'],
        left: ['4.9', '5.1', '5.0'],
        pain: 6,
        device: 'gauge',
      },
      {
        at: '2026-09-22T15:00:00Z',
        right: ['2.2', '2.4', '2.3'],
        left: ['5.0', '5.0', '5.1'],
        pain: 5,
        device: 'gauge',
      },
      {
        at: '2026-10-13T15:00:00Z',
        right: ['2.9', '3.1', '3.0'],
        left: ['5.1', '5.0', '5.2'],
        pain: 4,
        device: 'gauge',
      },
      // Extension almost absent, radial deviation strong: unlike every simulated person, so the model abstains.
      {
        at: '2026-11-03T15:00:00Z',
        right: ['1.0', '6.8', '2.1'],
        left: ['5.0', '5.2', '5.1'],
        torquesNm: { right: ['0.2', '0.4', '9.6', '0.3'] },
        pain: 3,
        device: 'gauge',
        judgement: {
          answer: 'cannot-tell',
          confidencePercent: null,
          drivers: [],
          verdict: 'agree',
          verdictNote: 'Painful and irregular today; repeat next week.',
        },
      },
      {
        at: '2026-11-17T15:00:00Z',
        right: ['3.7', '3.9', '3.8'],
        left: ['5.1', '5.2', '5.1'],
        pain: 2,
        device: 'gauge',
      },
    ],
  },
  {
    fields: person({
      displayName: 'Pseudonym K-17',
      clinicNumber: 'S-008',
      birthDate: '1972-12-24',
      sex: 'male',
      heightM: 1.69,
      weightKg: 74,
      diagnosis: 'SLAC wrist, stage III',
      operation: 'proximal-row-carpectomy',
      operationDate: '2025-11-25',
    }),
    visits: [
      {
        at: '2026-02-24T12:00:00Z',
        right: ['10.2', '10.4', '10.3'],
        left: ['4.9', '5.1', '5.0'],
        pain: 4,
        device: 'gauge',
      },
      {
        at: '2026-04-21T12:00:00Z',
        right: ['10.3', '10.2', '10.5'],
        left: ['6.6', '6.8', '6.7'],
        torquesNm: { left: ['3.2', '6.9', '6.0', '5.6'] },
        pain: 3,
        device: 'gauge',
        judgement: {
          answer: 'proximal-row-carpectomy',
          confidencePercent: 70,
          drivers: [forIt('wrist-extension-percent-expected'), forIt('pinch-ratio-other-hand')],
          verdict: 'agree',
        },
      },
      {
        at: '2026-06-16T12:00:00Z',
        right: ['10.4', '10.3', '10.3'],
        left: ['7.7', '7.9', '7.8'],
        pain: 2,
        device: 'gauge',
      },
      {
        at: '2026-08-18T12:00:00Z',
        right: ['10.2', '10.5', '10.4'],
        left: ['8.4', '8.6', '8.5'],
        torquesNm: { left: ['4.2', '8.8', '7.9', '6.9'] },
        pain: 1,
        device: 'gauge',
        judgement: {
          answer: 'proximal-row-carpectomy',
          confidencePercent: 55,
          drivers: [forIt('wrist-extension-percent-expected')],
          verdict: 'agree',
        },
      },
      {
        at: '2026-10-20T12:00:00Z',
        right: ['10.5', '10.4', '10.4'],
        left: ['8.9', '9.0', '8.8'],
        pain: 1,
        device: 'gauge',
      },
      {
        at: '2026-11-17T12:00:00Z',
        right: ['10.4', '10.4', '10.6'],
        left: ['9.1', '9.2', '9.0'],
        torquesNm: { left: ['4.7', '9.3', '8.6', '7.4'] },
        pain: 1,
        device: 'gauge',
        judgement: {
          answer: 'nonimpaired',
          confidencePercent: 50,
          drivers: [forIt('pinch-ratio-other-hand')],
          verdict: 'cannot-tell',
        },
      },
    ],
  },
];
