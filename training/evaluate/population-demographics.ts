import { sampleCorrelation } from 'simple-statistics';
import { type MeasuredSurvey, TOP_CODED_YEARS } from '../population/survey-table-schema.ts';
import type { Check, Figures } from './figures.ts';
import { type Cell, cellFigures, worstSdCheck } from './population-cells.ts';
import { type Estimate, type FullSample, farthest, sampleOf, sdDifference } from './population-comparison.ts';
import type { NormPerson } from './population-people.ts';

const SEXES = ['female', 'male'] as const;
const WORDS = { female: 'women', male: 'men' } as const;
const surveyAge = (ageYears: number): number => Math.min(TOP_CODED_YEARS, ageYears);

const SIZE_MEAN_BAR = 5;
const SIZE_SD_BAR = 12;
/**
 * About 3.5 standard errors of the survey's own figures (some 1,450 people a sex, 2,935 in all), so that other rows
 * of the same survey do not fail by chance: the worst of six correlations and of seven shares is judged.
 */
const CORRELATION_BAR = 0.1;
const SHARE_BAR = 0.025;
const HANDEDNESS_BAR = 0.02;

/** Samples of disjoint groups as one: the spread between their means is part of its spread. */
function pooledSample(samples: readonly FullSample[]): FullSample {
  const count = samples.reduce((sum, sample) => sum + sample.count, 0);
  const average = samples.reduce((sum, sample) => sum + sample.count * sample.mean, 0) / count;
  const squares = samples.reduce(
    (sum, sample) => sum + (sample.count - 1) * sample.sd ** 2 + sample.count * (sample.mean - average) ** 2,
    0,
  );
  return { mean: average, sd: Math.sqrt(squares / (count - 1)), count };
}

/** Sex, age, height, weight and handedness together: bands of age, spreads, shares and correlations. */
export function demographicsFigures(
  people: readonly NormPerson[],
  survey: MeasuredSurvey,
  title: string,
): Figures {
  const cells = SEXES.flatMap((sex) =>
    survey.bySex[sex].sizeBands.flatMap((band) => {
      const inBand = people.filter(
        (p) =>
          p.sex === sex && surveyAge(p.ageYears) >= band.lowYears && surveyAge(p.ageYears) <= band.highYears,
      );
      const name = `${WORDS[sex]} ${band.lowYears}-${band.highYears}`;
      const cell = (key: 'height' | 'weight', made: number[], knownMean: number, sd: number) => ({
        sex,
        key,
        name: `${key} of ${name}`,
        made: sampleOf(made),
        known: { mean: knownMean, sd, count: band.count },
      });
      return [
        cell(
          'height',
          inBand.map((p) => p.heightM),
          band.heightMeanM,
          band.heightSdM,
        ),
        cell(
          'weight',
          inBand.map((p) => p.weightKg),
          band.weightMeanKg,
          band.weightSdKg,
        ),
      ];
    }),
  );
  const allAges = SEXES.flatMap((sex) =>
    (['height', 'weight'] as const).map((key): Cell => {
      const own = cells.filter((cell) => cell.sex === sex && cell.key === key);
      return {
        name: `${key} of ${WORDS[sex]}, all ages`,
        made: pooledSample(own.map(({ made }) => made)),
        known: pooledSample(own.map(({ known }) => known)),
      };
    }),
  );
  const size = cellFigures(
    `${title}: size`,
    cells,
    { meanPercent: SIZE_MEAN_BAR, sdPercent: null },
    'Metres and kilograms by sex and age.',
  );
  const weights = cells.filter((cell) => cell.key === 'weight');
  const worst = farthest(weights.map((cell) => ({ ...cell, estimate: sdDifference(cell.made, cell.known) })));
  return {
    ...size,
    checks: [
      ...size.checks,
      worstSdCheck(`${title}: size`, allAges, SIZE_SD_BAR),
      ...jointChecks(people, survey, title),
    ],
    findings: [
      {
        name: `${title}: largest difference of the SD of weight in an age band (${worst.name}), %`,
        ...worst.estimate,
        literature: 'The survey itself.',
        n: worst.made.count,
        sentence:
          'Simulated log weight has one spread at every age; in the survey it narrows from the young to the old. Not fitted.',
      },
    ],
  };
}

function jointChecks(people: readonly NormPerson[], survey: MeasuredSurvey, title: string): Check[] {
  const pairs = SEXES.flatMap((sex) => {
    const own = people.filter((p) => p.sex === sex);
    const logWeight = own.map((p) => Math.log(p.weightKg));
    const height = own.map((p) => p.heightM);
    const age = own.map((p) => surveyAge(p.ageYears));
    const known = survey.bySex[sex].correlations;
    return (
      [
        ['height and log weight', height, logWeight, known.heightLogWeight],
        ['age and height', age, height, known.ageHeight],
        ['age and log weight', age, logWeight, known.ageLogWeight],
      ] as const
    ).map(([name, a, b, truth]) => {
      const made = sampleCorrelation([...a], [...b]);
      const { sizeCount } = survey.bySex[sex];
      // Both samples' errors: Fisher's variance of each on the scale of the correlation.
      const spread = (1 - truth * truth) * Math.sqrt(1 / (own.length - 3) + 1 / (sizeCount - 3));
      const value = made - truth;
      return {
        name: `${name}, ${WORDS[sex]}: ${made.toFixed(3)} for ${truth.toFixed(3)}`,
        estimate: { value, low: value - 1.96 * spread, high: value + 1.96 * spread },
        n: own.length,
      };
    });
  });
  const worst = farthest(pairs);
  const shares = ageShareGaps(people, survey);
  const share = farthest(shares);
  const { right, left, both } = survey.handedness;
  const known = (right + both) / (right + left + both);
  const handed = people.filter((p) => p.dominantHand === 'right').length / people.length;
  return [
    {
      name: `${title}: largest difference of a correlation (${worst.name})`,
      ...worst.estimate,
      bar: `each of ${pairs.length} within ${CORRELATION_BAR}`,
      ok: Math.abs(worst.estimate.value) <= CORRELATION_BAR,
      n: worst.n,
    },
    {
      name: `${title}: largest difference of the share of an age band (${share.name})`,
      ...share.estimate,
      bar: `each of ${shares.length} within ${SHARE_BAR}`,
      ok: Math.abs(share.estimate.value) <= SHARE_BAR,
      n: people.length,
    },
    {
      name: `${title}: share of right-handed people less the survey's`,
      ...shareDifference(handed, people.length, known, right + left + both),
      bar: `within ${HANDEDNESS_BAR}`,
      ok: Math.abs(handed - known) <= HANDEDNESS_BAR,
      n: people.length,
    },
  ];
}

const SHARE_LOW_YEARS = [18, 30, 40, 50, 60, 70, 80] as const;

function ageShareGaps(people: readonly NormPerson[], survey: MeasuredSurvey) {
  const surveyed = survey.bySex.female.sizeCount + survey.bySex.male.sizeCount;
  return SHARE_LOW_YEARS.map((low, band) => {
    const high = SHARE_LOW_YEARS[band + 1] ?? 200;
    const made = people.filter((p) => p.ageYears >= low && p.ageYears < high).length / people.length;
    return {
      name: high === 200 ? `${low}+` : `${low}-${high - 1}`,
      estimate: shareDifference(made, people.length, survey.ageShares[band] ?? 0, surveyed),
    };
  });
}

function shareDifference(made: number, count: number, known: number, knownCount: number): Estimate {
  const error = Math.sqrt((made * (1 - made)) / count + (known * (1 - known)) / knownCount);
  const value = made - known;
  return { value, low: value - 1.96 * error, high: value + 1.96 * error };
}
