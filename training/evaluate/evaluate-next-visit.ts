import type { NextVisitBundle } from '../../core/inference/next-visit-bundle.ts';
import { loadNextVisitBundle, NEXT_VISIT_LEVELS } from '../../core/inference/next-visit-bundle.ts';
import { judgeCoverage } from '../../core/uncertainty/coverage-range.ts';
import { wilsonInterval } from '../../core/uncertainty/wilson-interval.ts';
import { generateNextVisitPeople } from '../dataset/next-visit.ts';
import { NEXT_VISIT_SEED, nextVisitPeople } from '../dataset/next-visit-data-set.ts';
import { RECOVERY_SHAPES, type RecoveryShape } from '../simulation/recovery/recovery-course.ts';
import type { Check, Figures, FigureTable, Finding } from './figures.ts';
import { intervalComparison } from './interval-comparison.ts';
import type { ModelEvaluator } from './model-evaluator.ts';
import { countRefused, NEXT_VISIT_MISUSES } from './next-visit-misuse.ts';
import {
  courseSkillPlot,
  fanPlot,
  groupCaption,
  groupTable,
  quantileTable,
  type ScoredGroup,
  scoreGroups,
  VISIT_GROUPS,
  WEEK_GROUPS,
  weekSkillPlot,
} from './next-visit-pictures.ts';
import { type Estimate, type ScoredForecast, scoreForecasts, skillOf } from './next-visit-scores.ts';
import { bundleFiles, nodeSha256 } from './read-bundle.ts';
import { agreementFinding } from './value-agreement.ts';

export const COURSE_NAMES: Readonly<Record<RecoveryShape, string>> = {
  'exponential-approach': 'assumed course (exponential approach)',
  'slow-sigmoid': 'alternative course (slow sigmoid with setbacks)',
  'linear-then-plateau': 'alternative course (linear, then plateau)',
};
const ASSUMED: RecoveryShape = 'exponential-approach';

const AGE_BANDS = [
  [18, 39],
  [40, 59],
  [60, 85],
] as const;
/** People whom no other part has, for other noise than assumed. */
const ROBUSTNESS_SUBJECTS = 4_000_000;
const ROBUSTNESS_COUNT = 2_000;
/** Test people whose questions are spoiled in every way. */
const MISUSE_COUNT = 4_000;

const share = (count: number, of: number): number => count / of;
const percent = (value: number): string => `${(100 * value).toFixed(1)} %`;
const covered = (scores: readonly ScoredForecast[]): number =>
  scores.filter(({ isCovered }) => isCovered).length;

/** Coverage on the assumed course: over everybody, then band by band. @param answered - people who were not refused. */
export function coverageChecks(
  answered: readonly ScoredForecast[],
  bundle: Pick<NextVisitBundle, 'calibration'>,
): Check[] {
  const { alpha, count } = bundle.calibration.interval;
  const all = covered(answered);
  const [low, high] = wilsonInterval(all, answered.length);
  const whole = { value: share(all, answered.length), low, high, n: answered.length };
  const isWithin = (tolerance: number) => Math.abs(whole.value - (1 - alpha)) <= tolerance;
  const checks: Check[] = [
    {
      name: 'coverage of the 90 % interval, assumed course',
      ...whole,
      bar: '90 +- 2 %',
      ok: isWithin(0.02),
    },
    {
      // Decision 20 judges the mean over a model's outputs more narrowly than each of them; this model has one.
      name: 'coverage of the 90 % interval, assumed course, mean over all outputs (one)',
      ...whole,
      bar: '90 +- 1 %',
      ok: isWithin(0.01),
    },
  ];
  for (const sex of ['female', 'male'] as const) {
    for (const [from, to] of AGE_BANDS) {
      const band = answered.filter(
        ({ person }) => person.sex === sex && person.ageYears >= from && person.ageYears <= to,
      );
      const judged = judgeCoverage(covered(band), {
        testCount: band.length,
        calibrationCount: count,
        alpha,
        simultaneousLevel: 0.99,
        statementCount: 2 * AGE_BANDS.length,
      });
      const [bandLow, bandHigh] = wilsonInterval(covered(band), band.length);
      checks.push({
        name: `coverage, ${sex} ${from}-${to}`,
        value: judged.share,
        low: bandLow,
        high: bandHigh,
        bar: `${percent(judged.low)} to ${percent(judged.high)}: beta-binomial range, 99 % over the six bands together`,
        ok: judged.isInside,
        n: band.length,
      });
    }
  }
  return checks;
}

function refusalFigures(
  bundle: NextVisitBundle,
  scores: Readonly<Record<RecoveryShape, readonly ScoredForecast[]>>,
): Pick<Figures, 'checks' | 'findings'> {
  const checks: Check[] = [];
  const findings: Finding[] = [];
  for (const shape of RECOVERY_SHAPES) {
    const all = scores[shape];
    const refused = all.filter(({ isRefused }) => isRefused).length;
    const [low, high] = wilsonInterval(refused, all.length);
    const row = { value: share(refused, all.length), low, high, n: all.length };
    if (shape === ASSUMED) {
      checks.push({
        name: 'people like the training people refused',
        ...row,
        bar: 'at most 5 %',
        ok: row.value <= 0.05,
      });
    } else {
      findings.push({
        name: `refused, ${COURSE_NAMES[shape]}`,
        ...row,
        literature: null,
        sentence: `Of patients on this course ${percent(row.value)} are refused as unlike the training people (by design 4 % of the training people are).`,
      });
    }
  }
  const questions = scores[ASSUMED].slice(0, MISUSE_COUNT).map(({ person }) => person);
  for (const misuse of NEXT_VISIT_MISUSES) {
    const { refused, count } = countRefused(bundle, misuse, questions);
    const [low, high] = wilsonInterval(refused, count);
    const row = { value: share(refused, count), low, high, n: count };
    if (misuse.mustBeRefused) {
      checks.push({
        name: `refused, ${misuse.name}`,
        ...row,
        bar: 'at least 99 %',
        ok: row.value >= 0.99,
      });
    } else {
      findings.push({
        name: `refused, ${misuse.name}`,
        ...row,
        literature: null,
        sentence: `Refused in ${percent(row.value)}: ${misuse.note}.`,
      });
    }
  }
  return { checks, findings };
}

interface CourseSkills {
  absoluteError: Estimate;
  pinball: Estimate;
}

const errorWords = ({ value, low, high }: Estimate): string =>
  low > 0
    ? `The absolute error of the forecast is smaller by ${percent(value)} than that of the last value`
    : high < 0
      ? `The absolute error of the forecast is larger by ${percent(-value)} than that of the last value`
      : 'The absolute error of the forecast is not to be told from that of the last value';

/** What the skill in pinball loss says of the whole range. */
export function rangeWords({ value, low, high }: Estimate): string {
  const baseline = '"no change" with the same spread for everybody';
  if (low > 0) return `The forecast range fits ${percent(value)} better than ${baseline}`;
  return high < 0
    ? `The forecast range fits ${percent(-value)} worse than ${baseline}`
    : `Whether the forecast range fits better or worse than ${baseline} cannot be told`;
}

/** Whether the interval keeps its promise. @param where - 'on this course', 'with this measurement noise'. */
export function promiseWords({ value, low, high }: Estimate, where: string): string {
  const share = `${percent(value)} of those who get an answer`;
  if (high < 0.9) return `The promise of 9 in 10 does not hold ${where}: ${share}`;
  return low > 0.9
    ? `The promise of 9 in 10 holds ${where}, with more than promised: ${share}`
    : `The promise of 9 in 10 holds ${where}: ${share}`;
}

function courseFindings(
  shape: RecoveryShape,
  answered: readonly ScoredForecast[],
  skills: CourseSkills,
): Finding[] {
  const name = COURSE_NAMES[shape];
  const n = answered.length;
  const findings = (['absoluteError', 'pinball'] as const).map((of): Finding => {
    const skill = skills[of];
    const what = of === 'pinball' ? 'pinball loss' : 'absolute error';
    return {
      name: `skill in ${what}, ${name}`,
      ...skill,
      literature: null,
      n,
      sentence: `${of === 'pinball' ? rangeWords(skill) : errorWords(skill)}; the course is an assumption.`,
    };
  });
  if (shape === ASSUMED) return findings;
  const held = share(covered(answered), n);
  const [low, high] = wilsonInterval(covered(answered), n);
  const tooNarrow =
    high < 0.9 ? ' Whoever recovers otherwise than assumed gets intervals that are too narrow.' : '';
  findings.push({
    name: `coverage of the 90 % interval, ${name}`,
    value: held,
    low,
    high,
    literature: null,
    n,
    sentence: `${promiseWords({ value: held, low, high }, 'on this course')}.${tooNarrow}`,
  });
  return findings;
}

const groupFindings = (shape: RecoveryShape, groups: readonly ScoredGroup[]): Finding[] =>
  groups.map(({ group, n, errorN, skill }) => {
    const verdict =
      skill.high < 0
        ? 'The last value is the better forecast here: skill'
        : skill.low > 0
          ? 'Skill against the last value'
          : 'Not to be told from the last value: skill';
    return {
      name: `mean absolute error in newtons, ${group.name}, ${COURSE_NAMES[shape]}`,
      ...errorN,
      literature: null,
      n,
      sentence: `${verdict} ${percent(skill.value)} (${percent(skill.low)} to ${percent(skill.high)}). A part of every error is the noise of the next measurement itself.`,
    };
  });

/** Coverage and skill where measuring is noisier or quieter than assumed. */
function noiseFindings(bundle: NextVisitBundle): Finding[] {
  return [0.5, 2].flatMap((noiseScale): Finding[] => {
    const people = generateNextVisitPeople(ROBUSTNESS_COUNT, NEXT_VISIT_SEED, ROBUSTNESS_SUBJECTS, {
      noiseScale,
    });
    const scores = scoreForecasts(bundle, people);
    const answered = scores.filter(({ isRefused }) => !isRefused);
    if (answered.length === 0) return [];
    const held = covered(answered);
    const [low, high] = wilsonInterval(held, answered.length);
    const skill = skillOf(answered, 'absolute-error', `noise-${noiseScale}`);
    return [
      {
        name: `coverage of the 90 % interval, measurement noise x ${noiseScale}`,
        value: share(held, answered.length),
        low,
        high,
        literature: null,
        n: answered.length,
        sentence: `${promiseWords({ value: held, low, high }, 'with this measurement noise')}. Refused ${percent(1 - share(answered.length, scores.length))}; skill in absolute error ${percent(skill.value)} (${percent(skill.low)} to ${percent(skill.high)}).`,
      },
    ];
  });
}

const agreement = (shape: RecoveryShape, answered: readonly ScoredForecast[]): Finding[] =>
  answered.length < 2
    ? []
    : agreementFinding(
        `key pinch of the next visit, ${COURSE_NAMES[shape]}`,
        'N',
        answered.map(({ forecastN }) => forecastN),
        answered.map(({ person }) => person.nextPinchPeakN),
      );

const bandOf = (ageYears: number): string => AGE_BANDS.find(([, to]) => ageYears <= to)?.join('-') ?? 'older';

const intervalTable = (answered: readonly ScoredForecast[], alpha: number): FigureTable =>
  intervalComparison(
    'Intervals of the next visit by other rules, assumed course',
    'N',
    answered.map(({ person, forecastN, intervalN, bandN }) => ({
      prediction: forecastN,
      truth: person.nextPinchPeakN,
      shipped: intervalN,
      group: `${person.sex} ${bandOf(person.ageYears)}`,
      band: bandN,
    })),
    alpha,
  );

/** The same for every course. */
const byCourse = <T>(make: (shape: RecoveryShape) => T): Record<RecoveryShape, T> => ({
  'exponential-approach': make('exponential-approach'),
  'slow-sigmoid': make('slow-sigmoid'),
  'linear-then-plateau': make('linear-then-plateau'),
});

/** Figures of one loaded bundle. @param count - people of every course; the whole part unless told otherwise. */
export function nextVisitFigures(
  bundle: NextVisitBundle,
  log: (line: string) => void,
  count?: number,
): Figures {
  const scores = byCourse((shape) => {
    const scored = scoreForecasts(bundle, nextVisitPeople('test', shape, count));
    log(`${shape}: ${scored.length} people forecast`);
    return scored;
  });
  const answered = byCourse((shape) => scores[shape].filter(({ isRefused }) => !isRefused));
  const skills = byCourse((shape) => ({
    absoluteError: skillOf(answered[shape], 'absolute-error', shape),
    pinball: skillOf(answered[shape], 'pinball', shape),
  }));
  const visitGroups = byCourse((shape) => scoreGroups(VISIT_GROUPS, shape, answered[shape]));
  const weekGroups = byCourse((shape) => scoreGroups(WEEK_GROUPS, shape, answered[shape]));
  const refusals = refusalFigures(bundle, scores);
  return {
    checks: [...coverageChecks(answered[ASSUMED], bundle), ...refusals.checks],
    findings: [
      ...RECOVERY_SHAPES.flatMap((shape) => [
        ...courseFindings(shape, answered[shape], skills[shape]),
        ...agreement(shape, answered[shape]),
        ...groupFindings(shape, visitGroups[shape]),
        ...groupFindings(shape, weekGroups[shape]),
      ]),
      ...noiseFindings(bundle),
      ...refusals.findings,
    ],
    tables: [
      groupTable(
        'Error by number of visits',
        `Mean absolute error of the middle quantile and of the last value; bootstrap over people. ${groupCaption(visitGroups)}`,
        visitGroups,
        COURSE_NAMES,
      ),
      groupTable('Error by weeks since surgery', groupCaption(weekGroups), weekGroups, COURSE_NAMES),
      quantileTable(answered, COURSE_NAMES),
      intervalTable(answered[ASSUMED], bundle.calibration.interval.alpha),
    ],
    plots: [
      fanPlot(bundle, answered[ASSUMED]),
      courseSkillPlot(skills, COURSE_NAMES),
      weekSkillPlot(weekGroups, COURSE_NAMES),
    ],
  };
}

export const NEXT_VISIT_EVALUATOR: ModelEvaluator = {
  modelId: 'next-visit',
  notes: [
    'Forecast of the best key pinch of the next visit from the last one to four visits, and how many there were, weeks since surgery, weeks to the next visit, the other hand, sex and age; the operation is not an input.',
    'No published course of key pinch after hand surgery was found. The course it learned, its spread between patients, setbacks, visit dates and a change of gauge are assumptions; it is measured on two other courses beside it.',
    `Outputs: quantiles ${NEXT_VISIT_LEVELS.map((level) => 100 * level).join(', ')} % of ln(next / last), averaged over the members and sorted, so that they never cross; the 90 % interval is conformalised on people the network never saw (Romano 2019).`,
    'Coverage and error are of patients who get an answer: those refused as out of range are left out and counted apart.',
    'Skill is 1 - loss of the forecast / loss of "it stays as it is". For pinball loss the last value is given the spread that all training people have.',
  ],
  async evaluate(folder, log) {
    return nextVisitFigures(await loadNextVisitBundle(bundleFiles(folder), nodeSha256), log);
  },
};
