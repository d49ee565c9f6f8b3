import { SAMPLE_PEOPLE, SAMPLE_READERS } from './people.ts';

/** docs/sample-clinic.md: who is in the sample clinic, and what each of them shows. */
export function storiesPage(): string {
  const visits = SAMPLE_PEOPLE.flatMap((person) => person.visits);
  const forecasts = visits.filter((visit) => visit.forecast).length;
  const rows = SAMPLE_PEOPLE.map(
    ({ fields, visits: own, story }) =>
      `| ${fields.clinicNumber} | ${fields.displayName} | ${own.length} | ${own.filter((v) => v.judgement).length} | ${own.filter((v) => v.forecast).length} | ${story} |`,
  );
  return [
    '# The sample clinic',
    '',
    'Nobody here exists. Courses are chosen to show the app, not to describe patients; the scatter of trials and days comes from',
    'named streams, so that every build is the same. Predictions are computed by the shipped bundles through the normal calls.',
    'Made by `npm run sample-clinic`; do not edit.',
    '',
    `${SAMPLE_PEOPLE.length} patients, ${visits.length} sessions, ${forecasts} forecasts of the next visit, ${SAMPLE_READERS.length} readers (${SAMPLE_READERS.map(({ name }) => name).join('; ')}).`,
    '',
    '| number | name | visits | judged | forecasts | what it shows |',
    '|---|---|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}
