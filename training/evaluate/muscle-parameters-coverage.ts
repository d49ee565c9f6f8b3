import { judgeCoverage } from '../../core/uncertainty/coverage-range.ts';
import { wilsonInterval } from '../../core/uncertainty/wilson-interval.ts';
import type { MuscleParameterPerson } from '../dataset/muscle-parameters.ts';
import { type Check, type Figures, noFigures } from './figures.ts';
import {
  holds,
  type MuscleParametersAnswer,
  type MuscleParametersBundle,
} from './muscle-parameters-bundle.ts';

/** Bands whose coverage is promised one by one (decision 20). */
export const COVERAGE_BANDS = (['female', 'male'] as const).flatMap((sex) =>
  (
    [
      [18, 39],
      [40, 59],
      [60, 85],
    ] as const
  ).map(([low, high]) => ({
    name: `${sex === 'female' ? 'women' : 'men'} ${low}-${high}`,
    holds: (person: Pick<MuscleParameterPerson, 'sex' | 'ageYears'>) =>
      person.sex === sex && person.ageYears >= low && person.ageYears <= high,
  })),
);
const SIMULTANEOUS_LEVEL = 0.99;

/** People who got an answer, with it. */
export interface AnsweredPerson {
  person: MuscleParameterPerson;
  answer: MuscleParametersAnswer;
}

/** Mean over people of the share of outputs whose interval holds the truth; outputs of one person hang together. */
export function meanCoverage(answered: readonly AnsweredPerson[]): {
  value: number;
  low: number;
  high: number;
} {
  const shares = answered.map(
    ({ person, answer }) =>
      answer.intervals.filter((interval, j) => holds(interval, person.targets[j]!)).length /
      answer.intervals.length,
  );
  const value = shares.reduce((sum, share) => sum + share, 0) / shares.length;
  const variance = shares.reduce((sum, share) => sum + (share - value) ** 2, 0) / (shares.length - 1);
  const half = 1.96 * Math.sqrt(variance / shares.length);
  return { value, low: value - half, high: value + half };
}

/** Coverage over all, of each output, and of each output in each band of people who got an answer. */
export function coverageFigures(
  bundle: MuscleParametersBundle,
  answered: readonly AnsweredPerson[],
): Figures {
  const { outputs } = bundle.calibration;
  const n = answered.length;
  const isCovered = ({ person, answer }: AnsweredPerson, j: number) =>
    holds(answer.intervals[j]!, person.targets[j]!);
  const mean = meanCoverage(answered);
  const checks: Check[] = [
    {
      name: 'mean coverage',
      ...mean,
      bar: '90 +- 1 % over all outputs, people who get an answer',
      ok: Math.abs(mean.value - 0.9) <= 0.01,
      n,
    },
    ...outputs.map(({ name }, j): Check => {
      const covered = answered.filter((one) => isCovered(one, j)).length;
      const [low, high] = wilsonInterval(covered, n);
      const value = covered / n;
      return {
        name: `coverage of ${name}`,
        value,
        low,
        high,
        bar: '90 +- 2 %',
        ok: Math.abs(value - 0.9) <= 0.02,
        n,
      };
    }),
  ];
  const statementCount = COVERAGE_BANDS.length * outputs.length;
  const byBand = COVERAGE_BANDS.map((band) => {
    const people = answered.filter(({ person }) => band.holds(person));
    const judged = outputs.map(({ interval }, j) =>
      judgeCoverage(people.filter((one) => isCovered(one, j)).length, {
        testCount: people.length,
        calibrationCount: interval.count,
        alpha: interval.alpha,
        simultaneousLevel: SIMULTANEOUS_LEVEL,
        statementCount,
      }),
    );
    return { band, count: people.length, judged };
  });
  for (const { band, count, judged } of byBand) {
    const worst = judged.reduce((a, b) => (Math.abs(b.share - 0.9) > Math.abs(a.share - 0.9) ? b : a));
    const output = outputs[judged.indexOf(worst)]!.name;
    const [low, high] = wilsonInterval(Math.round(worst.share * count), count);
    checks.push({
      name: `coverage of ${band.name}, the output furthest from 90 %`,
      value: worst.share,
      low,
      high,
      bar: `${output}; every output between ${(100 * worst.low).toFixed(1)} and ${(100 * worst.high).toFixed(1)} %: beta-binomial, 99 % simultaneous over ${statementCount} statements`,
      ok: judged.every(({ isInside }) => isInside),
      n: count,
    });
  }
  return {
    ...noFigures(),
    checks,
    tables: [
      {
        title: `Coverage by sex and age, tier ${bundle.calibration.tier}, percent`,
        columns: ['output', ...byBand.map(({ band, count }) => `${band.name} (n ${count})`)],
        rows: outputs.map(({ name }, j) => [
          name,
          ...byBand.map(({ judged }) => Number((100 * judged[j]!.share).toFixed(1))),
        ]),
        caption:
          'Share of 90 % intervals that hold the true value, among test people who get an answer. The width follows the members and a spread learned on training people.',
      },
    ],
  };
}
