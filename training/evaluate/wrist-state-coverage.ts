import { WRIST_CLASSES } from '../../core/clinical/wrist-classes.ts';
import type { WristStateBundle } from '../../core/inference/bundle.ts';
import { patternOf } from '../../core/inference/calibration-file.ts';
import { judgeCoverage } from '../../core/uncertainty/coverage-range.ts';
import { wilsonInterval } from '../../core/uncertainty/wilson-interval.ts';
import type { Check, FigureTable } from './figures.ts';
import type { AnsweredPerson, PatternAnswers } from './wrist-state-answers.ts';
import { share } from './wrist-state-inputs.ts';

/** Bands in which a promise over everybody must also hold (decision 20). */
const AGE_BANDS = [
  [18, 39],
  [40, 59],
  [60, 85],
] as const;
const BANDS = (['female', 'male'] as const).flatMap((sex) =>
  AGE_BANDS.map(([low, high]) => ({ name: `${sex}, ${low}-${high} years`, sex, low, high })),
);
const SIMULTANEOUS = 0.99;

const isCovered = ({ person, prediction }: AnsweredPerson) =>
  prediction.predictionSet.includes(person.className);

/**
 * Mean of the shares of separate groups, each counted alike, with a 95 % interval from the Wilson limits of each (method of
 * variance estimates recovery; Zou & Donner 2008, Stat Med 27:1693).
 * @throws RangeError without a group, or as wilsonInterval.
 */
export function meanShare(groups: readonly { hits: number; n: number }[]): {
  value: number;
  low: number;
  high: number;
} {
  if (groups.length === 0) throw new RangeError('a mean needs a group');
  let [sum, below, above] = [0, 0, 0];
  for (const { hits, n } of groups) {
    const [low, high] = wilsonInterval(hits, n);
    sum += hits / n;
    below += (hits / n - low) ** 2;
    above += (high - hits / n) ** 2;
  }
  const value = sum / groups.length;
  return {
    value,
    low: value - Math.sqrt(below) / groups.length,
    high: value + Math.sqrt(above) / groups.length,
  };
}

/** Coverage of each class, 90 +- 2 %, of their mean, 90 +- 1 % (decision 20), and how many in-range people get no answer. */
function classChecks({ key, asked, answered }: PatternAnswers, isJudged: boolean): Check[] {
  const refused = asked - answered.length;
  const classes = WRIST_CLASSES.map((className, label) => {
    const own = answered.filter((each) => each.label === label);
    return { className, hits: own.filter(isCovered).length, n: own.length };
  });
  const mean = meanShare(classes);
  return [
    share(`${key}: in-range people refused`, refused, asked, '<= 5 %', refused / asked <= 0.05),
    {
      name: `${key}: coverage, mean over classes`,
      ...mean,
      bar: '90 +- 1 %, each class counted alike, among people who were not refused',
      ok: isJudged ? Math.abs(mean.value - 0.9) <= 0.01 : null,
      n: answered.length,
    },
    ...classes.map(({ className, hits, n }) =>
      share(
        `${key}: coverage of ${className}`,
        hits,
        n,
        '90 +- 2 %, among people who were not refused',
        isJudged ? Math.abs(hits / n - 0.9) <= 0.02 : null,
      ),
    ),
  ];
}

/**
 * Coverage in bands of sex and age, classes together, each inside the range that a kept promise explains; all bands of
 * all patterns are judged at 99 % together. The three thresholds of a pattern were set on about a third of the calibration
 * people each; their mean varies as one threshold set on all of them.
 */
function bandChecks(
  bundle: WristStateBundle,
  { key, answered }: PatternAnswers,
  statementCount: number,
  isJudged: boolean,
): Check[] {
  const pattern = patternOf(bundle.calibration, key);
  const calibrationCount = pattern.counts.reduce((sum, count) => sum + count, 0);
  return BANDS.map(({ name, sex, low, high }) => {
    const own = answered.filter(
      ({ person }) => person.sex === sex && person.ageYears >= low && person.ageYears <= high,
    );
    const covered = own.filter(isCovered).length;
    const judged = judgeCoverage(covered, {
      testCount: own.length,
      calibrationCount,
      alpha: pattern.alpha,
      simultaneousLevel: SIMULTANEOUS,
      statementCount,
    });
    return share(
      `${key}: coverage, ${name}`,
      covered,
      own.length,
      `${(100 * judged.low).toFixed(1)} to ${(100 * judged.high).toFixed(1)} % (beta-binomial, ${statementCount} bands together at 99 %)`,
      isJudged ? judged.isInside : null,
    );
  });
}

/** Checks of every pattern, and a table of the bands. @param isJudged - false for too few people: reported only. */
export function coverageFigures(
  bundle: WristStateBundle,
  answers: readonly PatternAnswers[],
  isJudged: boolean,
): { checks: Check[]; tables: FigureTable[] } {
  const statementCount = BANDS.length * answers.length;
  const bands = answers.map((each) => bandChecks(bundle, each, statementCount, isJudged));
  return {
    checks: answers.flatMap((each, i) => [...classChecks(each, isJudged), ...(bands[i] ?? [])]),
    tables: [
      {
        title: 'Sets that hold the right class, by sex and age',
        columns: ['pattern', ...BANDS.map(({ name }) => name)],
        rows: answers.map(({ key }, i) => [key, ...(bands[i] ?? []).map(({ value }) => value)]),
        caption: 'Promised 0.9 over people; the range that each band must lie in stands with its check.',
      },
    ],
  };
}
