/** Invented people whose courses each show one thing, see people.ts. The stories stand in docs/sample-clinic.md. */
import { changed, courseVisits, judgedAt, withForecasts } from './course.ts';
import { directedPinch } from './directed-pinch.ts';
import { against, forIt, person, type SamplePerson } from './sample-person.ts';

const recovery: SamplePerson = (() => {
  const fields = person({
    displayName: 'Fernández Ruiz, Carmen',
    clinicNumber: 'S-009',
    birthDate: '1976-05-08',
    sex: 'female',
    heightM: 1.63,
    weightKg: 66,
    affectedSide: 'right',
    diagnosis: 'SLAC wrist, stage II',
    operation: 'proximal-row-carpectomy',
    operationDate: '2025-11-04',
  });
  const plan = {
    ...{ firstAt: '2026-01-13T09:00:00Z', everyWeeks: 3, count: 14, fromShare: 0.5, toShare: 0.95 },
    ...{ halfWeeks: 11, otherShare: 0.98, pain: 5 },
    wristShares: [0.72, 0.84, 0.82, 0.84] as const,
  };
  const visits = judgedAt(
    withForecasts(courseVisits(fields, 9, plan), 'right', (k) => 0.45 * 0.85 ** k, 0.06),
    [4, 6, 7, 8, 10, 11],
    {
      answer: 'proximal-row-carpectomy',
      drivers: [forIt('wrist-extension-percent-expected'), forIt('pinch-ratio-other-hand')],
      verdict: 'agree',
    },
    ['surgeon', 'therapist', 'registrar'],
  );
  return {
    story: 'Recovery after proximal row carpectomy: gains beyond measurement error, then smaller ones',
    fields,
    visits: changed(visits, {
      2: {
        judgement: {
          answer: 'proximal-row-carpectomy',
          confidencePercent: 75,
          drivers: [forIt('wrist-extension-percent-expected'), forIt('pinch-ratio-other-hand')],
          verdict: 'agree',
        },
      },
      12: {
        judgement: {
          answer: 'nonimpaired',
          confidencePercent: 55,
          drivers: [forIt('pinch-ratio-other-hand'), forIt('pinch-percent-expected')],
          verdict: 'disagree',
          secondLook: {
            wouldChangeMind: 'Wrist extension above three quarters of the other side.',
            askColleague: false,
            finalAnswer: 'proximal-row-carpectomy',
          },
        },
      },
    }),
    interventions: [
      { on: '2026-01-13', kind: 'therapy-change', note: 'Strengthening begun' },
      { on: '2026-02-24', kind: 'splint', note: 'Splint at night only' },
    ],
  };
})();

const plateau: SamplePerson = (() => {
  const fields = person({
    displayName: 'Adeyemi, Tunde',
    clinicNumber: 'S-010',
    birthDate: '1963-10-02',
    sex: 'male',
    heightM: 1.78,
    weightKg: 84,
    diagnosis: 'SNAC wrist, stage II',
    operation: 'four-corner-fusion',
    operationDate: '2025-12-09',
  });
  const plan = {
    ...{ firstAt: '2026-03-03T10:30:00Z', everyWeeks: 3, count: 12, fromShare: 0.62, toShare: 0.74 },
    ...{ halfWeeks: 5, otherShare: 1.02, pain: 4 },
    wristShares: [0.62, 0.63, 0.88, 0.65] as const,
  };
  const visits = judgedAt(
    withForecasts(courseVisits(fields, 10, plan), 'left', () => 0.4, 0.05),
    [2, 3, 5, 7, 8, 10],
    {
      answer: 'four-corner-fusion',
      drivers: [forIt('wrist-extension-percent-expected'), forIt('pinch-percent-expected')],
      verdict: 'agree',
    },
    ['registrar', 'surgeon'],
  );
  const traced = visits[7]!;
  const { recording, further } = directedPinch(
    0,
    'four-corner-fusion',
    'left',
    Math.max(...traced.left.map(Number)),
  );
  const bands = [
    { fromS: 1, toS: 1.8, direction: 'for' as const },
    { fromS: 4.2, toS: 5, direction: 'against' as const },
  ];
  return {
    story:
      'Plateau: changes within measurement error, a clinician who goes on hoping, an answer without a reliable explanation, and one that reads a force trace in three directions with brushed bands',
    fields,
    visits: changed(visits, { 7: { further, directed: { recording, bands } } }),
  };
})();

const wrongUnit: SamplePerson = (() => {
  const fields = person({
    displayName: 'Grönberg, Elsa',
    clinicNumber: 'S-011',
    birthDate: '1988-08-19',
    sex: 'female',
    heightM: 1.69,
    weightKg: 61,
    affectedSide: 'right',
    diagnosis: 'Scaphoid non-union',
    operation: 'four-corner-fusion',
    operationDate: '2026-03-24',
  });
  const plan = {
    ...{ firstAt: '2026-05-19T08:15:00Z', everyWeeks: 3, count: 9, fromShare: 0.55, toShare: 0.88 },
    ...{ halfWeeks: 9, otherShare: 1, pain: 4 },
    wristShares: [0.66, 0.68, 0.95, 0.7] as const,
  };
  const visits = judgedAt(
    courseVisits(fields, 11, plan),
    [3, 6, 7],
    {
      answer: 'four-corner-fusion',
      drivers: [forIt('wrist-extension-percent-expected')],
      verdict: 'agree',
    },
    ['surgeon'],
  );
  const pounds = visits[4]!;
  const inPounds = (trials: readonly string[]) =>
    trials.map((text) => (Number(text) * 2.2046).toFixed(1)) as unknown as readonly [string, string, string];
  return {
    story: 'Pounds typed as kilograms: asked about, saved, and corrected as a new version with its reason',
    fields,
    visits: changed(visits, {
      4: {
        right: inPounds(pounds.right),
        left: inPounds(pounds.left),
        note: 'The borrowed gauge reads pounds.',
        judgement: {
          answer: 'cannot-tell',
          confidencePercent: null,
          drivers: [],
          verdict: 'cannot-tell',
          verdictNote: 'Twice as strong as three weeks ago: the gauge has to be looked at.',
        },
        correction: {
          at: pounds.at,
          side: 'right',
          values: inPounds(pounds.right),
          unit: 'lb',
          reason: 'Gauge read pounds, unit was left on kg',
        },
      },
    }),
  };
})();

const deviceChange: SamplePerson = (() => {
  const fields = person({
    displayName: 'Moreau, Sylvie',
    clinicNumber: 'S-012',
    birthDate: '1970-02-27',
    sex: 'female',
    heightM: 1.67,
    weightKg: 70,
    diagnosis: 'Kienböck disease',
    operation: 'proximal-row-carpectomy',
    operationDate: '2026-01-27',
  });
  const plan = {
    ...{ firstAt: '2026-04-07T14:00:00Z', everyWeeks: 2, count: 14, fromShare: 0.52, toShare: 0.92 },
    ...{ halfWeeks: 9, otherShare: 1.03, pain: 3 },
    device: (visit: number) => (visit < 7 ? ('gauge' as const) : ('digital' as const)),
    wristShares: [0.7, 0.82, 0.8, 0.84] as const,
  };
  const visits = withForecasts(courseVisits(fields, 12, plan), 'left', (k) => 0.35 * 0.9 ** k, 0.07);
  return {
    story: 'Device change at the eighth visit: two lines, and a forecast across it that is not scored',
    fields,
    visits: changed(
      judgedAt(
        visits.map((visit) => ({ ...visit, reader: 'therapist' as const })),
        [5, 6, 8, 9, 11, 12],
        {
          answer: 'proximal-row-carpectomy',
          drivers: [forIt('wrist-extension-percent-expected'), against('pinch-percent-expected')],
          verdict: 'agree',
        },
        ['therapist'],
      ),
      { 7: { note: 'New digital gauge from today.' } },
    ),
  };
})();

export const PEOPLE_WITH_STORIES: readonly SamplePerson[] = [recovery, plateau, wrongUnit, deviceChange];
