import { mean, median, sampleCorrelation, sampleStandardDeviation } from 'simple-statistics';
import { drawGripKg, drawGripSession } from '../population/grip.ts';
import { drawStrengthFactors } from '../population/strength-factors.ts';
import type { SurveyedAdult } from '../population/survey-rows.ts';
import { type MeasuredSurvey, TOP_CODED_YEARS } from '../population/survey-table-schema.ts';
import type { Check, Figures, FigureTable, Finding } from './figures.ts';
import {
  type Estimate,
  type FullSample,
  farthest,
  meanDifference,
  sampleOf,
  sdDifference,
} from './population-comparison.ts';
import type { NormPerson } from './population-people.ts';

const SEXES = ['female', 'male'] as const;
const HANDS = ['right', 'left'] as const;
const WORDS = { female: 'women', male: 'men' } as const;
const surveyAge = (ageYears: number): number => Math.min(TOP_CODED_YEARS, ageYears);

interface Cell {
  name: string;
  made: FullSample;
  known: FullSample;
}
/** Percent; null: not judged, the table shows it. */
type Bars = { meanPercent: number; sdPercent: number | null };

/** Checks of the worst mean and the worst SD of some cells, and the table of all of them. */
function cellFigures(title: string, cells: readonly Cell[], bars: Bars, caption: string): Figures {
  const table: FigureTable = {
    title,
    columns: ['Cell', 'n simulated', 'Mean', 'SD', 'n known', 'Known mean', 'Known SD', 'Mean, %', 'SD, %'],
    rows: cells.map(({ name, made, known }) => [
      name,
      made.count,
      digits(made.mean),
      digits(made.sd),
      known.count,
      digits(known.mean),
      digits(known.sd),
      digits(meanDifference([[made, known]]).value, 1),
      digits(sdDifference(made, known).value, 1),
    ]),
    caption,
  };
  const checks = [worstMeanCheck(title, cells, bars.meanPercent)];
  if (bars.sdPercent !== null) checks.push(worstSdCheck(title, cells, bars.sdPercent));
  return { checks, findings: [], plots: [], tables: [table] };
}

function worstMeanCheck(title: string, cells: readonly Cell[], bar: number): Check {
  const worst = farthest(
    cells.map((cell) => ({ ...cell, estimate: meanDifference([[cell.made, cell.known]]) })),
  );
  return cellCheck(`${title}: largest difference of a mean (${worst.name}), %`, worst, cells.length, bar);
}

function worstSdCheck(title: string, cells: readonly Cell[], bar: number): Check {
  const worst = farthest(cells.map((cell) => ({ ...cell, estimate: sdDifference(cell.made, cell.known) })));
  return cellCheck(`${title}: largest difference of an SD (${worst.name}), %`, worst, cells.length, bar);
}

const cellCheck = (
  name: string,
  worst: Cell & { estimate: Estimate },
  count: number,
  bar: number,
): Check => ({
  name,
  ...worst.estimate,
  bar: `each of ${count} cells within ${bar} %`,
  ok: Math.abs(worst.estimate.value) <= bar,
  n: worst.made.count,
});

const digits = (value: number, places = 3): number => Number(value.toFixed(places));

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
  const bands = [
    [18, 39],
    [40, 59],
    [60, 69],
    [70, 80],
  ] as const;
  const cells = SEXES.flatMap((sex) =>
    bands.flatMap(([low, high]) => {
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

const SIZE_MEAN_BAR = 5;
const SIZE_SD_BAR = 12;
const CORRELATION_BAR = 0.06;
const SHARE_BAR = 0.015;
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

const variationOf = (trials: readonly number[]): number =>
  sampleStandardDeviation([...trials]) / mean([...trials]);

/** Interval of a median: order statistics at n/2 +- 1.96 root(n)/2. */
function medianEstimate(values: readonly number[]): Estimate {
  const sorted = [...values].sort((a, b) => a - b);
  const half = (1.96 * Math.sqrt(sorted.length)) / 2;
  const at = (place: number): number => sorted[Math.min(sorted.length - 1, Math.max(0, Math.round(place)))]!;
  return { value: median(sorted), low: at(sorted.length / 2 - half), high: at(sorted.length / 2 + half) };
}

/** Difference between hands and between trials, beside the survey's. */
export function handAndTrialFigures(people: readonly NormPerson[], survey: MeasuredSurvey): Figures {
  const best = (trials: readonly number[]): number => Math.max(...trials);
  const checks = SEXES.flatMap((sex): Check[] => {
    const own = people.filter((p) => p.sex === sex);
    const known = { mean: 0, sd: survey.bySex[sex].handLogRatioSd, count: survey.bySex[sex].gripCount };
    const grip = sampleOf(own.map((p) => Math.log(p.grip.rightBestKg / p.grip.leftBestKg)));
    const pinch = sampleOf(own.map((p) => Math.log(best(p.pinchTrialsN) / best(p.otherHandPinchTrialsN))));
    return [
      handCheck(
        `grip, ${WORDS[sex]}: SD of log(right / left) against the survey, %`,
        sdDifference(grip, known),
        20,
        own,
      ),
      handCheck(
        `key pinch, ${WORDS[sex]}: SD of log(hand / other hand) against grip in the survey, %`,
        sdDifference(pinch, known),
        25,
        own,
      ),
    ];
  });
  const gripVariations = people.flatMap(({ grip }) =>
    [grip.rightTrialsKg, grip.leftTrialsKg].map(variationOf),
  );
  const middle = medianEstimate(gripVariations);
  checks.push({
    name: 'grip: median coefficient of variation of three trials, %',
    ...inPercent(middle),
    bar: '5.1 to 5.6 % (the survey)',
    ok: middle.value >= 0.051 && middle.value <= 0.056,
    n: people.length,
  });
  const pinchMiddle = medianEstimate(people.map((p) => variationOf(p.pinchTrialsN)));
  const rms = Math.sqrt(mean(gripVariations.map((cv) => cv * cv)));
  const rmsError = rms / Math.sqrt(4 * gripVariations.length);
  const { female, male } = survey.bySex;
  const findings: Finding[] = [
    {
      name: 'key pinch: median coefficient of variation of three trials, %',
      ...inPercent(pinchMiddle),
      literature: 'Grip in the US 2013-14 survey: 5.1 to 5.6 %; key pinch of healthy hands: none was found.',
      n: people.length,
      sentence: 'Trial noise of key pinch is an assumption (5 % of the value plus 1 N).',
    },
    {
      name: 'grip: root mean square coefficient of variation of three trials, %',
      ...inPercent({ value: rms, low: rms - 1.96 * rmsError, high: rms + 1.96 * rmsError }),
      literature: `US 2013-14 survey: ${(100 * female.trialCvRms).toFixed(1)} % (women), ${(100 * male.trialCvRms).toFixed(1)} % (men).`,
      n: people.length,
      sentence:
        'Simulated noise is the same normal noise for everybody; the survey has a few people with far more, which is not simulated.',
    },
  ];
  return { checks, findings, plots: [], tables: [] };
}

const inPercent = ({ value, low, high }: Estimate): Estimate => ({
  value: 100 * value,
  low: 100 * low,
  high: 100 * high,
});

const handCheck = (name: string, estimate: Estimate, bar: number, own: readonly NormPerson[]): Check => ({
  name,
  ...estimate,
  bar: `within ${bar} %`,
  ok: Math.abs(estimate.value) <= bar,
  n: own.length,
});

/** What cannot be judged here, and why. */
export const absentCheck = (name: string, reason: string): Check => ({
  name,
  value: 0,
  low: 0,
  high: 0,
  bar: reason,
  ok: null,
  n: 0,
});
