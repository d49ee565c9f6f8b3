/** Invented people in whom somebody is wrong, or unsure, see people.ts. */
import { changed, courseVisits, judgedAt, kilograms, meanKg, withForecasts } from './course.ts';
import { forIt, person, type SamplePerson } from './sample-person.ts';

/** A fall in strength that nobody could read from the course: a splint was worn for three weeks. */
const modelWrong: SamplePerson = (() => {
  const fields = person({
    displayName: 'O’Connor, Patrick',
    clinicNumber: 'S-013',
    birthDate: '1959-12-11',
    sex: 'male',
    heightM: 1.76,
    weightKg: 81,
    affectedSide: 'right',
    diagnosis: 'SLAC wrist, stage III',
    operation: 'four-corner-fusion',
    operationDate: '2026-02-17',
  });
  const plan = {
    ...{ firstAt: '2026-04-28T11:00:00Z', everyWeeks: 3, count: 10, fromShare: 0.55, toShare: 0.88 },
    ...{ halfWeeks: 8, otherShare: 0.97, pain: 4 },
    wristShares: [0.66, 0.68, 0.94, 0.7] as const,
  };
  const visits = judgedAt(
    withForecasts(courseVisits(fields, 13, plan), 'right', (k) => 0.5 * 0.85 ** k, 0.07),
    [2, 3, 7, 8],
    {
      answer: 'four-corner-fusion',
      drivers: [forIt('wrist-radial-percent-expected'), forIt('pinch-percent-expected')],
      verdict: 'agree',
    },
    ['surgeon', 'therapist'],
  );
  const fall = (trials: readonly string[]) =>
    trials.map((text) => kilograms(Number(text) * 0.72)) as unknown as readonly [string, string, string];
  const before = meanKg(visits[4]!.right);
  return {
    story: 'Model wrong: three weeks in a splint that the clinician knew of and the model did not',
    fields,
    visits: changed(visits, {
      4: {
        note: 'Splint for three weeks from today (flexor tendon irritation).',
        forecast: {
          side: 'right',
          lowKg: Math.round(6.8 * before) / 10,
          highKg: Math.round(8.2 * before) / 10,
          nextOn: visits[5]!.at.slice(0, 10),
        },
      },
      5: { right: fall(visits[5]!.right), pain: 5, note: 'Out of the splint since yesterday.' },
    }),
    interventions: [{ on: visits[4]!.at.slice(0, 10), kind: 'splint', note: 'Splint for three weeks' }],
  };
})();

const clinicianWrong: SamplePerson = (() => {
  const fields = person({
    displayName: 'Yılmaz, Deniz',
    clinicNumber: 'S-014',
    birthDate: '1982-04-03',
    sex: 'female',
    heightM: 1.61,
    weightKg: 58,
    diagnosis: 'Kienböck disease',
    operation: 'proximal-row-carpectomy',
    operationDate: '2026-03-10',
  });
  const plan = {
    ...{ firstAt: '2026-05-12T13:30:00Z', everyWeeks: 3, count: 9, fromShare: 0.7, toShare: 0.8 },
    ...{ halfWeeks: 6, otherShare: 1, pain: 3 },
    wristShares: [0.62, 0.76, 0.74, 0.78] as const,
  };
  // Hopes for most of a kilogram each time and is sure of it.
  const visits = withForecasts(courseVisits(fields, 14, plan), 'left', () => 0.9, 0.04);
  return {
    story: 'Clinician wrong: forecasts too high and too narrow, and the wrong class held with confidence',
    fields,
    visits: changed(
      visits.map((visit) => ({ ...visit, reader: 'registrar' as const })),
      {
        3: {
          judgement: {
            answer: 'nonimpaired',
            confidencePercent: 90,
            drivers: [forIt('pinch-percent-expected')],
            isBlinded: true,
            durationMs: 2_100,
            verdict: 'disagree',
            secondLook: {
              wouldChangeMind: 'A second measurement of extension.',
              askColleague: true,
              finalAnswer: 'nonimpaired',
            },
          },
          secondReading: {
            reader: 'surgeon',
            answer: 'proximal-row-carpectomy',
            confidencePercent: 70,
            drivers: [forIt('wrist-extension-percent-expected')],
          },
        },
        6: {
          judgement: {
            answer: 'nonimpaired',
            confidencePercent: 90,
            drivers: [forIt('pinch-percent-expected')],
            isBlinded: true,
            durationMs: 2_400,
            verdict: 'disagree',
          },
        },
      },
    ),
  };
})();

const secondReader: SamplePerson = (() => {
  const fields = person({
    displayName: 'Schneider, Jürgen',
    clinicNumber: 'S-015',
    birthDate: '1967-01-30',
    sex: 'male',
    heightM: 1.83,
    weightKg: 90,
    diagnosis: 'SNAC wrist, stage III',
    operation: 'proximal-row-carpectomy',
    operationDate: '2026-02-24',
  });
  const plan = {
    ...{ firstAt: '2026-05-05T09:40:00Z', everyWeeks: 4, count: 7, fromShare: 0.58, toShare: 0.9 },
    ...{ halfWeeks: 10, otherShare: 1, pain: 4 },
    wristShares: [0.68, 0.8, 0.8, 0.8] as const,
  };
  return {
    story: 'Second reader: a blinded colleague reads the same numbers; one more waits to be read',
    fields,
    visits: changed(courseVisits(fields, 15, plan), {
      2: {
        judgement: {
          answer: 'four-corner-fusion',
          confidencePercent: 60,
          drivers: [forIt('wrist-flexion-percent-expected')],
          isBlinded: true,
          verdict: 'disagree',
          secondLook: {
            wouldChangeMind: 'Flexion as strong as the other side.',
            askColleague: true,
            finalAnswer: 'cannot-tell',
          },
        },
        secondReading: {
          reader: 'therapist',
          answer: 'proximal-row-carpectomy',
          confidencePercent: 65,
          drivers: [forIt('wrist-extension-percent-expected'), forIt('wrist-flexion-percent-expected')],
        },
        truth: {
          at: '2026-07-06T09:00:00Z',
          kind: 'operation-note',
          text: 'Proximal row carpectomy, capsule closed over the capitate.',
        },
      },
      5: {
        judgement: {
          answer: 'four-corner-fusion',
          confidencePercent: 55,
          drivers: [forIt('wrist-radial-percent-expected')],
          isBlinded: true,
          verdict: 'disagree',
          secondLook: { wouldChangeMind: 'A colleague’s view.', askColleague: true, finalAnswer: null },
        },
      },
    }),
  };
})();

/** No wrist strength: the model names two classes. */
const pinchAlone: SamplePerson = (() => {
  const fields = person({
    displayName: 'Costa, Beatriz',
    clinicNumber: 'S-016',
    birthDate: '1974-07-15',
    sex: 'female',
    heightM: 1.6,
    weightKg: 63,
    affectedSide: 'right',
    diagnosis: 'SLAC wrist, stage II',
    operation: 'four-corner-fusion',
    operationDate: '2026-04-14',
  });
  const plan = {
    ...{ firstAt: '2026-06-16T10:00:00Z', everyWeeks: 3, count: 8, fromShare: 0.62, toShare: 0.9 },
    ...{ halfWeeks: 9, otherShare: 0.96, pain: 3 },
  };
  const visits = withForecasts(courseVisits(fields, 16, plan), 'right', (k) => 0.4 * 0.9 ** k, 0.06);
  return {
    story: 'Pinch alone: sets of two classes, which wrist strength would narrow',
    fields,
    visits: changed(visits, {
      2: {
        judgement: {
          answer: 'four-corner-fusion',
          confidencePercent: 50,
          drivers: [forIt('pinch-percent-expected')],
          isBlinded: true,
          verdict: 'cannot-tell',
        },
      },
      4: {
        judgement: {
          answer: 'four-corner-fusion',
          confidencePercent: 50,
          drivers: [forIt('pinch-ratio-other-hand')],
          isBlinded: true,
          verdict: 'cannot-tell',
        },
      },
      6: {
        judgement: {
          answer: 'cannot-tell',
          confidencePercent: null,
          drivers: [],
          verdict: 'agree',
        },
      },
    }),
  };
})();

export const PEOPLE_WITH_SURPRISES: readonly SamplePerson[] = [
  modelWrong,
  clinicianWrong,
  secondReader,
  pinchAlone,
];
