import { WRIST_CLASSES } from '../../core/contract/schemas/clinical.ts';
import type { WristStateBundle } from '../../core/inference/bundle.ts';
import { patternOf } from '../../core/inference/calibration-file.ts';
import { judgeCoverage } from '../../core/uncertainty/coverage-range.ts';
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

/** Coverage of each class, 90 +- 2 %, and how many in-range people get no answer. */
function classChecks({ key, asked, answered }: PatternAnswers, isJudged: boolean): Check[] {
  const refused = asked - answered.length;
  return [
    share(`${key}: in-range people refused`, refused, asked, '<= 5 %', refused / asked <= 0.05),
    ...WRIST_CLASSES.map((className, label) => {
      const own = answered.filter((each) => each.label === label);
      const covered = own.filter(isCovered).length;
      return share(
        `${key}: coverage of ${className}`,
        covered,
        own.length,
        '90 +- 2 %, among people who were not refused',
        isJudged ? Math.abs(covered / own.length - 0.9) <= 0.02 : null,
      );
    }),
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
