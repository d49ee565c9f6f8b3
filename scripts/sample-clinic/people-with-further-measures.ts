/** Invented people with grip, other pinches, range of motion, postures and recordings, see people.ts. */
import type { Measure, Side } from '../../core/contract/schemas/clinical.ts';
import { randomStream } from '../../core/numerics/random-stream.ts';
import { changed, courseVisits, withForecasts } from './course.ts';
import { forIt, person, type SamplePerson, type SampleVisit } from './sample-person.ts';

type Further = NonNullable<SampleVisit['further']>;

/** Values of one measure and hand that rise over the visits, with scatter; as typed. */
function rising(
  subject: number,
  measure: Measure,
  side: Side,
  range: readonly [from: number, to: number],
  trials: 1 | 3,
  decimals: 0 | 1,
): (visit: number, count: number) => Further[number] {
  return (visit, count) => {
    const random = randomStream('sample clinic', `${measure} ${side} ${visit}`, subject);
    const level = range[0] + ((range[1] - range[0]) * visit) / Math.max(1, count - 1);
    const values = Array.from({ length: trials }, () =>
      (level * (1 + 0.025 * random.normal())).toFixed(decimals),
    );
    return { measure, side, values };
  };
}

const withFurther = (visits: readonly SampleVisit[], courses: readonly ReturnType<typeof rising>[]) =>
  visits.map((visit, k): SampleVisit => ({ ...visit, further: courses.map((of) => of(k, visits.length)) }));

/** A questionnaire's score of the whole person stands with side "right". */
const score = (subject: number, measure: Measure, from: number, to: number) =>
  rising(subject, measure, 'right', [from, to], 1, 0);

const elbowFatigue: SamplePerson = (() => {
  const fields = person({
    displayName: 'Nakamura, Ren',
    clinicNumber: 'S-017',
    birthDate: '1995-03-22',
    sex: 'male',
    heightM: 1.74,
    weightKg: 73,
    affectedSide: 'right',
    diagnosis: 'Distal biceps tendon repair',
    operation: 'other',
    operationNote: 'Biceps tendon refixed',
    operationDate: '2026-04-21',
  });
  const plan = {
    ...{ firstAt: '2026-07-14T16:00:00Z', everyWeeks: 3, count: 6, fromShare: 0.75, toShare: 0.95 },
    ...{ halfWeeks: 6, otherShare: 1.02, pain: 2 },
    device: () => 'digital' as const,
  };
  const visits = withFurther(courseVisits(fields, 17, plan), [
    rising(17, 'elbow-flexion', 'right', [48, 62], 1, 1),
    rising(17, 'elbow-flexion', 'left', [58, 59], 1, 1),
    rising(17, 'elbow-endurance', 'right', [52, 88], 1, 0),
  ]);
  return {
    story: 'Fatigue: elbow flexion held at half of the maximum, with four channels of muscle activity',
    fields,
    // How long it was held is typed after the judgement, see judgeElbowHold.
    visits: changed(visits, {
      4: {
        recording: 'elbow-emg',
        further: visits[4]!.further!.filter(({ measure }) => measure !== 'elbow-endurance'),
      },
    }),
  };
})();

const importedTrace: SamplePerson = (() => {
  const fields = person({
    displayName: 'Eriksen, Solveig',
    clinicNumber: 'S-018',
    birthDate: '1986-10-28',
    sex: 'female',
    heightM: 1.71,
    weightKg: 67,
    diagnosis: 'Thumb collateral ligament repair',
    operation: 'other',
    operationNote: 'Ulnar collateral ligament',
    operationDate: '2026-05-26',
  });
  const plan = {
    ...{ firstAt: '2026-08-04T09:20:00Z', everyWeeks: 3, count: 6, fromShare: 0.5, toShare: 0.9 },
    ...{ halfWeeks: 5, otherShare: 1, pain: 3 },
    device: () => 'digital' as const,
  };
  const visits = withForecasts(
    withFurther(courseVisits(fields, 18, plan), [
      rising(18, 'pinch-endurance', 'left', [21, 44], 1, 0),
      rising(18, 'pinch-endurance', 'right', [55, 56], 1, 0),
      score(18, 'score-quickdash', 48, 18),
    ]),
    'left',
    (k) => 0.5 * 0.8 ** k,
    0.08,
  );
  return {
    story: 'Imported trace: a sustained pinch from a load cell, with its marks',
    fields,
    visits: changed(visits, { 3: { recording: 'sustained-pinch' } }),
  };
})();

const bothHands: SamplePerson = (() => {
  const fields = person({
    displayName: 'Petrov, Ivan',
    clinicNumber: 'S-019',
    birthDate: '1955-09-09',
    sex: 'male',
    heightM: 1.71,
    weightKg: 86,
    affectedSide: 'both',
    diagnosis: 'Rheumatoid arthritis, both wrists',
  });
  const plan = {
    ...{ firstAt: '2026-06-09T08:00:00Z', everyWeeks: 4, count: 6, fromShare: 0.5, toShare: 0.58 },
    ...{ halfWeeks: 8, otherShare: 0.5, pain: 5 },
  };
  const visits = withFurther(courseVisits(fields, 19, plan), [
    rising(19, 'grip-2', 'right', [17, 21], 3, 1),
    rising(19, 'grip-2', 'left', [15, 18], 3, 1),
    score(19, 'score-dash', 62, 51),
  ]);
  return { story: 'Both hands affected: no percent of the other side, and the reason', fields, visits };
})();

const volunteer = (
  number: number,
  displayName: string,
  sex: 'female' | 'male',
  birthDate: string,
  heightM: number,
  weightKg: number,
  share: number,
): SamplePerson => {
  const fields = person({
    ...{ displayName, sex, birthDate, heightM, weightKg },
    ...{ clinicNumber: `S-0${number}`, affectedSide: 'none', diagnosis: 'Volunteer, no complaint' },
  });
  const plan = {
    ...{ firstAt: '2026-07-02T12:00:00Z', everyWeeks: 2, count: 8, fromShare: share, toShare: share },
    ...{ halfWeeks: 10, otherShare: 0.95 * share, pain: 0 },
    wristShares: [1, 1.02, 0.98, 1.03] as const,
    device: () => 'digital' as const,
  };
  const answered = {
    judgement: {
      answer: 'nonimpaired' as const,
      confidencePercent: 85,
      drivers: [forIt('wrist-extension-percent-expected'), forIt('pinch-percent-expected')],
      isBlinded: true,
      verdict: 'agree' as const,
    },
  };
  return {
    story: 'Nonimpaired volunteer',
    fields,
    visits: changed(
      withForecasts(courseVisits(fields, number, plan), 'right', () => 0, 0.04),
      {
        1: answered,
        3: { ...answered, reader: 'therapist' },
      },
    ),
  };
};

const fracture: SamplePerson = (() => {
  const fields = person({
    displayName: 'van den Heuvel-Oosterbeek, Wilhelmina Johanna Catharina',
    clinicNumber: 'S-022',
    birthDate: '1951-11-17',
    sex: 'female',
    heightM: 1.62,
    weightKg: 69,
    affectedSide: 'right',
    diagnosis: 'Distal radius fracture',
    operation: 'other',
    operationNote: 'Palmar plate',
    operationDate: '2026-06-02',
  });
  const plan = {
    ...{ firstAt: '2026-07-14T10:45:00Z', everyWeeks: 2, count: 9, fromShare: 0.35, toShare: 0.88 },
    ...{ halfWeeks: 6, otherShare: 1.01, pain: 5 },
  };
  const visits = withFurther(courseVisits(fields, 22, plan), [
    rising(22, 'grip-2', 'right', [6, 17.5], 3, 1),
    rising(22, 'grip-2', 'left', [21, 21.4], 3, 1),
    rising(22, 'range-extension', 'right', [22, 58], 1, 0),
    rising(22, 'range-flexion', 'right', [18, 52], 1, 0),
    rising(22, 'range-supination', 'right', [35, 78], 1, 0),
    score(22, 'score-prwe', 71, 19),
  ]);
  return {
    story: 'Grip, range of motion and a questionnaire after a fracture of the radius',
    fields,
    visits: visits.map((visit) => ({ ...visit, reader: 'therapist' as const })),
    interventions: [{ on: '2026-07-21', kind: 'splint', note: 'Splint taken off' }],
  };
})();

const thumb: SamplePerson = (() => {
  const fields = person({
    displayName: 'Rossi, Giulia',
    clinicNumber: 'S-023',
    birthDate: '1961-06-24',
    sex: 'female',
    heightM: 1.64,
    weightKg: 62,
    diagnosis: 'Thumb base osteoarthritis',
    operation: 'other',
    operationNote: 'Trapeziectomy',
    operationDate: '2026-03-31',
  });
  const plan = {
    ...{ firstAt: '2026-06-23T15:10:00Z', everyWeeks: 3, count: 8, fromShare: 0.45, toShare: 0.78 },
    ...{ halfWeeks: 8, otherShare: 0.9, pain: 5 },
  };
  const visits = withForecasts(
    withFurther(courseVisits(fields, 23, plan), [
      rising(23, 'tip-pinch', 'left', [1.9, 3.4], 3, 1),
      rising(23, 'tip-pinch', 'right', [4, 4.1], 3, 1),
      rising(23, 'palmar-pinch', 'left', [2.4, 4.6], 3, 1),
      rising(23, 'palmar-pinch', 'right', [5.4, 5.5], 3, 1),
      rising(23, 'grip-2', 'left', [11, 17], 3, 1),
      rising(23, 'grip-2', 'right', [21, 21.5], 3, 1),
    ]),
    'left',
    (k) => 0.35 * 0.85 ** k,
    0.07,
  );
  return { story: 'Three kinds of pinch and grip after an operation at the thumb base', fields, visits };
})();

const postures: SamplePerson = (() => {
  const fields = person({
    displayName: 'Mensah, Kwame',
    clinicNumber: 'S-024',
    birthDate: '1992-05-13',
    sex: 'male',
    heightM: 1.79,
    weightKg: 80,
    affectedSide: 'right',
    diagnosis: 'Scapholunate ligament repair',
    operation: 'other',
    operationNote: 'Capsulodesis',
    operationDate: '2026-04-07',
  });
  const plan = {
    ...{ firstAt: '2026-07-07T11:15:00Z', everyWeeks: 3, count: 7, fromShare: 0.6, toShare: 0.93 },
    ...{ halfWeeks: 6, otherShare: 1.04, pain: 2 },
    wristShares: [0.75, 0.85, 0.8, 0.85] as const,
    device: () => 'digital' as const,
  };
  const visits = withFurther(courseVisits(fields, 24, plan), [
    rising(24, 'lateral-pinch-flexion-20', 'right', [7.4, 10.1], 1, 1),
    rising(24, 'lateral-pinch-extension-20', 'right', [7.5, 10.2], 1, 1),
    rising(24, 'lateral-pinch-ulnar-10', 'right', [7.6, 10.4], 1, 1),
    rising(24, 'grip-2', 'right', [27, 41], 3, 1),
    rising(24, 'grip-2', 'left', [44, 45], 3, 1),
  ]);
  return {
    story: 'Pinch in several postures and grip: muscle groups in percent of expected',
    fields,
    visits: changed(visits, { 3: { judgesMuscles: true }, 5: { judgesMuscles: true } }),
  };
})();

export const PEOPLE_WITH_FURTHER_MEASURES: readonly SamplePerson[] = [
  elbowFatigue,
  importedTrace,
  bothHands,
  volunteer(20, 'Jensen, Freja', 'female', '1999-01-05', 1.68, 60, 1.02),
  volunteer(21, 'Dubois, Antoine', 'male', '1985-08-30', 1.8, 82, 1.05),
  fracture,
  thumb,
  postures,
];
