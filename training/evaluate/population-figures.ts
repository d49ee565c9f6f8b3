import { readUsSurvey } from '../population/survey-rows.ts';
import { summariseSurvey } from '../population/survey-summary.ts';
import { SURVEY } from '../population/survey-table.ts';
import { type Figures, joinFigures, noFigures } from './figures.ts';
import { absentCheck } from './population-cells.ts';
import { demographicsFigures } from './population-demographics.ts';
import { handAndTrialFigures } from './population-hands.ts';
import { keyPinchMatch, tableAgreement } from './population-norms.ts';
import { drawNormPeople } from './population-people.ts';
import { percentileFigures } from './population-percentiles.ts';
import { populationPlots } from './population-plots.ts';
import { correlationRangeFindings, muscleSpreadCheck, structureFindings } from './population-structure.ts';
import { gripBandFigures, ownPeopleGripFigures } from './population-survey.ts';

/** People of a seed of their own: they serve this report and no model. */
const SEED = 'population-figures';
const PERSON_COUNT = 30_000;
const RANGE_PERSON_COUNT = 3_000;
const ABSENT = 'not judged: the survey rows are not here (PREHENSA_REFERENCE_DATA)';

/**
 * Do virtual people look like people? Norm match, spread between hands and trials, joint demographics (checks), and
 * agreement with tables that were not fitted, read and recalled ones apart (findings). About 8 s of one core.
 * @param log - progress, one line a step. @param personCount - fewer for a quick look; the intervals widen.
 */
export async function populationFigures(
  log: (line: string) => void,
  personCount = PERSON_COUNT,
): Promise<Figures> {
  log(`population: ${personCount} people`);
  const people = drawNormPeople(personCount, SEED);
  log('population: norms');
  const match = keyPinchMatch(people);
  const percentiles = percentileFigures(people);
  const norms: Figures = {
    ...noFigures(),
    ...tableAgreement(people),
    checks: [...match.checks, muscleSpreadCheck(SEED)],
    plots: [...populationPlots(people), percentiles.plot],
  };
  norms.tables.unshift(match.table);
  norms.findings.push(
    ...percentiles.findings,
    ...structureFindings(people),
    ...correlationRangeFindings(SEED, Math.min(personCount, RANGE_PERSON_COUNT)),
  );
  log('population: survey');
  const { measured } = SURVEY;
  return joinFigures([
    norms,
    gripBandFigures(people, measured, 'grip against the US 2013-14 survey (committed table)'),
    handAndTrialFigures(people, measured),
    demographicsFigures(people, measured, 'demographics against the US 2013-14 survey (committed table)'),
    rawRowFigures(people),
  ]);
}

/** The same against the rows themselves, where they are: they are never committed. */
function rawRowFigures(people: ReturnType<typeof drawNormPeople>): Figures {
  const gripTitle = 'grip drawn for the surveyed people themselves (raw rows)';
  const sizeTitle = 'demographics against the raw rows';
  const adults = readUsSurvey();
  if (!adults) {
    return { ...noFigures(), checks: [absentCheck(gripTitle, ABSENT), absentCheck(sizeTitle, ABSENT)] };
  }
  return joinFigures([
    ownPeopleGripFigures(adults, SEED, gripTitle),
    demographicsFigures(people, summariseSurvey(adults), sizeTitle),
  ]);
}
