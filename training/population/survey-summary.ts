import { mean, median, sampleCorrelation, sampleStandardDeviation } from 'simple-statistics';
import { regress } from './least-squares.ts';
import type { FitnessAdult, SurveyedAdult, SurveyedGrip } from './survey-rows.ts';
import type { MeasuredSurvey } from './survey-table-schema.ts';

/** Bands of the norm match (design decision 4), with 18 and 19 in the first; 80 stands for 80 and older. */
export const POOLED_BANDS = [
  { lowYears: 18, highYears: 39 },
  { lowYears: 40, highYears: 59 },
  { lowYears: 60, highYears: 69 },
  { lowYears: 70, highYears: 80 },
] as const;
const SHARE_EDGES_YEARS = [18, 30, 40, 50, 60, 70, 80, 81] as const;
/** Finer bands, in which the spread of grip around its regression is followed over age. */
const SPREAD_EDGES_YEARS = [18, 30, 40, 50, 60, 70, 81] as const;

type AdultWithGrip = SurveyedAdult & { grip: SurveyedGrip };
const hasGrip = (adult: SurveyedAdult): adult is AdultWithGrip => adult.grip !== null;

const decade = (ageYears: number): number => (ageYears - 45) / 10;
/** Four decimals: finer than the sampling error of every figure here. */
const rounded = (value: number): number => Math.round(value * 1e4) / 1e4;

/**
 * Figures of the survey that virtual people need. Unweighted: the people measured, not the country. Standard
 * deviations of residuals divide by n less the fitted coefficients.
 * @param adults - with size; those without a complete grip test count for size and age only.
 * @throws RangeError when a sex has too few people for its regressions, or a number is missing.
 */
export function summariseSurvey(adults: readonly SurveyedAdult[]): MeasuredSurvey {
  const tested = adults.filter(hasGrip);
  const spread = relativeSpreadLine(tested);
  const answered = (hand: SurveyedAdult['dominantHand']): number =>
    adults.filter((adult) => adult.dominantHand === hand).length;
  return {
    ageShares: SHARE_EDGES_YEARS.slice(0, -1).map((low, band) =>
      rounded(
        adults.filter(({ ageYears }) => ageYears >= low && ageYears < SHARE_EDGES_YEARS[band + 1]!).length /
          adults.length,
      ),
    ),
    handedness: { right: answered('right'), left: answered('left'), both: answered('both') },
    gripRelativeSd: spread.line,
    gripRelativeSdError: spread.error,
    bySex: { female: summariseSex(adults, 'female'), male: summariseSex(adults, 'male') },
  };
}

function summariseSex(
  adults: readonly SurveyedAdult[],
  sex: 'female' | 'male',
): MeasuredSurvey['bySex']['male'] {
  const people = adults.filter((adult) => adult.sex === sex);
  const tested = people.filter(hasGrip);
  const height = regress(people, ageTerms, (p) => p.heightM);
  const weight = regress(
    people,
    (p) => [...ageTerms(p), Math.log(p.heightM / 1.7)],
    (p) => Math.log(p.weightKg),
  );
  const right = regress(tested, gripTerms, (p) => Math.log(p.grip.rightBestKg));
  const left = regress(tested, gripTerms, (p) => Math.log(p.grip.leftBestKg));
  const variations = tested.flatMap(({ grip }) =>
    [grip.rightTrialsKg, grip.leftTrialsKg]
      .filter((trials) => trials.length === 3)
      .map((trials) => sampleStandardDeviation([...trials]) / mean([...trials])),
  );
  const ratios = (hand: 'right' | 'left'): number[] =>
    tested
      .filter((adult) => adult.dominantHand === hand)
      .map(({ grip }) => Math.log(grip.rightBestKg / grip.leftBestKg));
  const [rightRatios, leftRatios] = [ratios('right'), ratios('left')];
  if (rightRatios.length < 2 || leftRatios.length < 2) {
    throw new RangeError(`The survey has too few right- or left-handed ${sex} people.`);
  }
  const column = (read: (p: SurveyedAdult) => number): number[] => people.map(read);
  const logWeights = column((p) => Math.log(p.weightKg));
  const correlationOf = (a: number[], b: number[]): number => rounded(sampleCorrelation(a, b));
  return {
    sizeCount: people.length,
    heightCurveM: ageCurve(height.coefficients),
    heightSdM: rounded(height.residualSd),
    logWeightCurve: ageCurve(weight.coefficients),
    logWeightOnLogHeight: rounded(weight.coefficients[3]!),
    logWeightSd: rounded(weight.residualSd),
    correlations: {
      heightLogWeight: correlationOf(
        column((p) => p.heightM),
        logWeights,
      ),
      ageHeight: correlationOf(
        column((p) => p.ageYears),
        column((p) => p.heightM),
      ),
      ageLogWeight: correlationOf(
        column((p) => p.ageYears),
        logWeights,
      ),
    },
    sizeBands: POOLED_BANDS.map((band) => {
      const inBand = people.filter((p) => isInside(p.ageYears, band));
      const moments = (values: number[]) =>
        [rounded(mean(values)), rounded(sampleStandardDeviation(values))] as const;
      const [heightMeanM, heightSdM] = moments(inBand.map((p) => p.heightM));
      const [weightMeanKg, weightSdKg] = moments(inBand.map((p) => p.weightKg));
      return { ...band, count: inBand.length, heightMeanM, heightSdM, weightMeanKg, weightSdKg };
    }),
    gripCount: tested.length,
    logGrip: {
      age: ageCurve(right.coefficients),
      height: rounded(right.coefficients[3]!),
      weight: rounded(right.coefficients[4]!),
    },
    logGripSd: rounded(right.residualSd),
    gripBands: POOLED_BANDS.map((band) => {
      const inBand = tested.filter((p) => isInside(p.ageYears, band));
      const ofHand = (read: (grip: SurveyedGrip) => number) => {
        const values = inBand.map((p) => read(p.grip));
        return [rounded(mean(values)), rounded(sampleStandardDeviation(values))] as const;
      };
      const [rightMeanKg, rightSdKg] = ofHand((grip) => grip.rightBestKg);
      const [leftMeanKg, leftSdKg] = ofHand((grip) => grip.leftBestKg);
      return { ...band, count: inBand.length, rightMeanKg, rightSdKg, leftMeanKg, leftSdKg };
    }),
    handLogRatio: { right: rounded(mean(rightRatios)), left: rounded(mean(leftRatios)) },
    handRatioCounts: { right: rightRatios.length, left: leftRatios.length },
    handResidualCorrelation: correlationOf(right.residuals, left.residuals),
    handLogRatioSd: rounded(
      sampleStandardDeviation(tested.map(({ grip }) => Math.log(grip.rightBestKg / grip.leftBestKg))),
    ),
    trialCvMedian: rounded(median(variations)),
    trialCvRms: rounded(Math.sqrt(mean(variations.map((cv) => cv * cv)))),
  };
}

/**
 * Spread of grip in kilograms around its regression, as a fraction of the band's mean, by age: a line through
 * sex x age bands, weighted by their inverse variances (SD of an SD about SD / root(2 n)). In kilograms, because
 * log residuals give a few very weak grips a weight that they do not have in the norms that are to be met.
 */
function relativeSpreadLine(tested: readonly AdultWithGrip[]) {
  const cells: { age: number; spread: number; weight: number }[] = [];
  for (const sex of ['female', 'male'] as const) {
    const people = tested.filter((adult) => adult.sex === sex);
    const { residuals } = regress(people, gripTerms, (p) => Math.log(p.grip.rightBestKg));
    SPREAD_EDGES_YEARS.slice(0, -1).forEach((low, band) => {
      const inBand = people.flatMap((p, i) =>
        p.ageYears >= low && p.ageYears < SPREAD_EDGES_YEARS[band + 1]!
          ? [{ p, residual: residuals[i]! }]
          : [],
      );
      if (inBand.length < 10) throw new RangeError(`The survey has too few ${sex} people from ${low} years.`);
      const kilograms = inBand.map(({ p, residual }) => p.grip.rightBestKg * (1 - Math.exp(-residual)));
      const spread = sampleStandardDeviation(kilograms) / mean(inBand.map(({ p }) => p.grip.rightBestKg));
      const age = mean(inBand.map(({ p }) => p.ageYears));
      cells.push({ age: age - 50, spread, weight: (2 * inBand.length) / spread ** 2 });
    });
  }
  const total = (read: (cell: (typeof cells)[number]) => number): number =>
    cells.reduce((sum, cell) => sum + cell.weight * read(cell), 0);
  const [s0, s1, s2] = [total(() => 1), total((c) => c.age), total((c) => c.age ** 2)];
  const [t0, t1] = [total((c) => c.spread), total((c) => c.age * c.spread)];
  const determinant = s0 * s2 - s1 * s1;
  const fine = (value: number): number => Math.round(value * 1e5) / 1e5;
  return {
    line: {
      atFifty: rounded((s2 * t0 - s1 * t1) / determinant),
      perYear: fine((s0 * t1 - s1 * t0) / determinant),
    },
    error: { atFifty: rounded(Math.sqrt(s2 / determinant)), perYear: fine(Math.sqrt(s0 / determinant)) },
  };
}

/** Mean and spread of grip of the Korean set by sex and age band: the rows of its norm table. */
export function summariseKoreanGrip(
  adults: readonly FitnessAdult[],
): [sex: 'female' | 'male', band: string, hand: 'unstated', count: number, meanKg: number, sdKg: number][] {
  const hundredth = (value: number): number => Math.round(value * 100) / 100;
  return (['male', 'female'] as const).flatMap((sex) =>
    [20, 25, 30, 40, 50, 60].map((low, band, lows): ReturnType<typeof summariseKoreanGrip>[number] => {
      const high = (lows[band + 1] ?? 65) - 1;
      const values = adults
        .filter((p) => p.sex === sex && p.ageYears >= low && p.ageYears <= high)
        .map((p) => p.gripKg);
      return [
        sex,
        `${low}-${high}`,
        'unstated',
        values.length,
        hundredth(mean(values)),
        hundredth(sampleStandardDeviation(values)),
      ];
    }),
  );
}

const isInside = (ageYears: number, band: { lowYears: number; highYears: number }): boolean =>
  ageYears >= band.lowYears && ageYears <= band.highYears;
const ageTerms = (p: SurveyedAdult): number[] => [1, decade(p.ageYears), decade(p.ageYears) ** 2];
const gripTerms = (p: SurveyedAdult): number[] => [
  ...ageTerms(p),
  Math.log(p.heightM / 1.7),
  Math.log(p.weightKg / 75),
];
const ageCurve = (c: readonly number[]): [number, number, number] => [
  rounded(c[0]!),
  rounded(c[1]!),
  rounded(c[2]!),
];
