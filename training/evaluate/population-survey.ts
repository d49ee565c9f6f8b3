import { drawGripKg, drawGripSession } from '../population/grip.ts';
import { drawStrengthFactors } from '../population/strength-factors.ts';
import type { SurveyedAdult } from '../population/survey-rows.ts';
import { POOLED_BANDS } from '../population/survey-summary.ts';
import { type MeasuredSurvey, TOP_CODED_YEARS } from '../population/survey-table-schema.ts';
import type { Figures } from './figures.ts';
import { type Cell, cellFigures } from './population-cells.ts';
import { sampleOf } from './population-comparison.ts';
import type { NormPerson } from './population-people.ts';

const SEXES = ['female', 'male'] as const;
const WORDS = { female: 'women', male: 'men' } as const;
const HANDS = ['right', 'left'] as const;
const surveyAge = (ageYears: number): number => Math.min(TOP_CODED_YEARS, ageYears);

/** Grip of simulated people of their own age and size against the survey's bands (decision 4: 5 % and 20 %). */
export function gripBandFigures(
  people: readonly NormPerson[],
  survey: MeasuredSurvey,
  title: string,
): Figures {
  const cells = SEXES.flatMap((sex) =>
    survey.bySex[sex].gripBands.flatMap((band) => {
      const inBand = people.filter(
        (p) =>
          p.sex === sex && surveyAge(p.ageYears) >= band.lowYears && surveyAge(p.ageYears) <= band.highYears,
      );
      return HANDS.map((hand): Cell => {
        const values = inBand.map(({ grip }) => (hand === 'right' ? grip.rightBestKg : grip.leftBestKg));
        const [knownMean, sd] =
          hand === 'right' ? [band.rightMeanKg, band.rightSdKg] : [band.leftMeanKg, band.leftSdKg];
        return {
          name: `${WORDS[sex]} ${band.lowYears}-${band.highYears}, ${hand}`,
          made: sampleOf(values),
          known: { mean: knownMean, sd, count: band.count },
        };
      });
    }),
  );
  const caption = 'Best of three, kilogram-force. The survey is fitted, so agreement is a check of the fit.';
  return cellFigures(title, cells, { meanPercent: 5, sdPercent: 20 }, caption);
}

/** Draws of grip for each surveyed person, so that the simulation's own sampling noise is small. */
const DRAWS_PER_PERSON = 10;

/** Grip drawn for exactly the surveyed people, of their own sex, age, height, weight and handedness. */
export function ownPeopleGripFigures(adults: readonly SurveyedAdult[], seed: string, title: string): Figures {
  const drawn = adults.flatMap((adult, index) => {
    if (!adult.grip) return [];
    const { grip } = adult;
    const person = { ...adult, dominantHand: adult.dominantHand === 'left' ? 'left' : 'right' } as const;
    const sessions = Array.from({ length: DRAWS_PER_PERSON }, (_, draw) => {
      const subject = index * DRAWS_PER_PERSON + draw;
      const { commonScore } = drawStrengthFactors(seed, subject, person.sex);
      return drawGripSession(seed, subject, person, drawGripKg(seed, subject, person, commonScore));
    });
    return [{ adult, grip, sessions }];
  });
  const cells = SEXES.flatMap((sex) =>
    POOLED_BANDS.map(({ lowYears: low, highYears: high }) => ({ low, high })).flatMap(({ low, high }) => {
      const inBand = drawn.filter(
        ({ adult }) => adult.sex === sex && adult.ageYears >= low && adult.ageYears <= high,
      );
      return HANDS.map((hand): Cell => {
        const key = hand === 'right' ? 'rightBestKg' : 'leftBestKg';
        return {
          name: `${WORDS[sex]} ${low}-${high}, ${hand}`,
          made: sampleOf(inBand.flatMap(({ sessions }) => sessions.map((session) => session[key]))),
          known: sampleOf(inBand.map(({ grip }) => grip[key])),
        };
      });
    }),
  );
  const caption = `Best of three, kilogram-force; ${DRAWS_PER_PERSON} draws for each surveyed person.`;
  return cellFigures(title, cells, { meanPercent: 5, sdPercent: 20 }, caption);
}
