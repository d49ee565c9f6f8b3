import { mean, median, sampleStandardDeviation } from 'simple-statistics';
import type { MeasuredSurvey } from '../population/survey-table-schema.ts';
import type { Check, Figures, Finding } from './figures.ts';
import { type Estimate, sampleOf, sdDifference } from './population-comparison.ts';
import type { NormPerson } from './population-people.ts';

const SEXES = ['female', 'male'] as const;
const WORDS = { female: 'women', male: 'men' } as const;

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
