import type { NextVisitBundle } from '../../core/inference/next-visit-bundle.ts';
import { loadNextVisitBundle, NEXT_VISIT_LEVELS } from '../../core/inference/next-visit-bundle.ts';
import { judgeCoverage } from '../../core/uncertainty/coverage-range.ts';
import { wilsonInterval } from '../../core/uncertainty/wilson-interval.ts';
import { generateNextVisitPeople } from '../dataset/next-visit.ts';
import { NEXT_VISIT_SEED, nextVisitPeople } from '../dataset/next-visit-data-set.ts';
import { RECOVERY_SHAPES, type RecoveryShape } from '../simulation/recovery/recovery-course.ts';
import { type Check, type Figures, type Finding, noFigures } from './figures.ts';
import type { ModelEvaluator } from './model-evaluator.ts';
import { countRefused, NEXT_VISIT_MISUSES } from './next-visit-misuse.ts';
import { courseTables, fanPlot, skillPlots, VISIT_GROUPS, WEEK_GROUPS } from './next-visit-pictures.ts';
import { meanErrorOf, type ScoredForecast, scoreForecasts, skillOf } from './next-visit-scores.ts';
import { bundleFiles, nodeSha256 } from './read-bundle.ts';

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

function coverageChecks(answered: readonly ScoredForecast[], bundle: NextVisitBundle): Check[] {
  const { alpha, count } = bundle.calibration.interval;
  const all = covered(answered);
  const [low, high] = wilsonInterval(all, answered.length);
  const checks: Check[] = [
    {
      name: 'coverage of the 90 % interval, assumed course',
      value: share(all, answered.length),
      low,
      high,
      bar: '90 +- 2 %',
      ok: Math.abs(share(all, answered.length) - (1 - alpha)) <= 0.02,
      n: answered.length,
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

function courseFindings(shape: RecoveryShape, answered: readonly ScoredForecast[]): Finding[] {
  const name = COURSE_NAMES[shape];
  const n = answered.length;
  const findings = (['absolute-error', 'pinball'] as const).map((of): Finding => {
    const skill = skillOf(answered, of, shape);
    const what = of === 'pinball' ? 'pinball loss' : 'absolute error';
    const verdict =
      skill.low > 0
        ? `smaller by ${percent(skill.value)}`
        : skill.high < 0
          ? `larger by ${percent(-skill.value)}`
          : 'not to be told';
    return {
      name: `skill in ${what}, ${name}`,
      ...skill,
      literature: null,
      n,
      sentence: `The ${what} of the forecast is ${verdict} ${verdict === 'not to be told' ? 'from' : 'than'} that of the last value${of === 'pinball' ? ' with the spread of all training people' : ''}; the course is an assumption.`,
    };
  });
  const held = covered(answered);
  const [low, high] = wilsonInterval(held, n);
  if (shape !== ASSUMED) {
    findings.push({
      name: `coverage of the 90 % interval, ${name}`,
      value: share(held, n),
      low,
      high,
      literature: null,
      n,
      sentence:
        high < 0.9
          ? `The promise of 9 in 10 does not hold on this course: ${percent(share(held, n))} of those who get an answer. Whoever recovers otherwise than assumed gets intervals that are too narrow.`
          : low > 0.9
            ? `On this course the interval holds more than promised: ${percent(share(held, n))}.`
            : `On this course the interval holds what is promised: ${percent(share(held, n))}.`,
    });
  }
  return findings;
}

function groupFindings(shape: RecoveryShape, answered: readonly ScoredForecast[]): Finding[] {
  return [...VISIT_GROUPS, ...WEEK_GROUPS].flatMap((group): Finding[] => {
    const scores = answered.filter(({ person }) => group.has(person));
    if (scores.length === 0) return [];
    const key = `${shape}/${group.name}`;
    const skill = skillOf(scores, 'absolute-error', key);
    const verdict =
      skill.high < 0
        ? 'The last value is the better forecast here: skill'
        : skill.low > 0
          ? 'Skill against the last value'
          : 'Not to be told from the last value: skill';
    return [
      {
        name: `mean absolute error in newtons, ${group.name}, ${COURSE_NAMES[shape]}`,
        ...meanErrorOf(scores, key),
        literature: null,
        n: scores.length,
        sentence: `${verdict} ${percent(skill.value)} (${percent(skill.low)} to ${percent(skill.high)}). A part of every error is the noise of the next measurement itself.`,
      },
    ];
  });
}

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
        sentence: `Refused ${percent(1 - share(answered.length, scores.length))}; skill in absolute error ${percent(skill.value)} (${percent(skill.low)} to ${percent(skill.high)}).`,
      },
    ];
  });
}

/** Figures of one loaded bundle. @param counts - people of every course; the whole part unless told otherwise. */
export function nextVisitFigures(
  bundle: NextVisitBundle,
  log: (line: string) => void,
  counts?: number,
): Figures {
  const figures = noFigures();
  const scored = (shape: RecoveryShape): ScoredForecast[] => {
    const scores = scoreForecasts(bundle, nextVisitPeople('test', shape, counts));
    log(`${shape}: ${scores.length} people forecast`);
    return scores;
  };
  const scores: Record<RecoveryShape, ScoredForecast[]> = {
    'exponential-approach': scored('exponential-approach'),
    'slow-sigmoid': scored('slow-sigmoid'),
    'linear-then-plateau': scored('linear-then-plateau'),
  };
  const answeredOf = (shape: RecoveryShape) => scores[shape].filter(({ isRefused }) => !isRefused);
  const answered = {
    'exponential-approach': answeredOf('exponential-approach'),
    'slow-sigmoid': answeredOf('slow-sigmoid'),
    'linear-then-plateau': answeredOf('linear-then-plateau'),
  };
  const refusals = refusalFigures(bundle, scores);
  figures.checks.push(...coverageChecks(answered[ASSUMED], bundle), ...refusals.checks);
  for (const shape of RECOVERY_SHAPES) {
    figures.findings.push(
      ...courseFindings(shape, answered[shape]),
      ...groupFindings(shape, answered[shape]),
    );
  }
  figures.findings.push(...noiseFindings(bundle), ...refusals.findings);
  figures.tables.push(...courseTables(answered, COURSE_NAMES));
  figures.plots.push(fanPlot(bundle, answered[ASSUMED]), ...skillPlots(answered, COURSE_NAMES));
  return figures;
}

export const NEXT_VISIT_EVALUATOR: ModelEvaluator = {
  modelId: 'next-visit',
  notes: [
    'Forecast of the best key pinch of the next visit from one to four visits so far, weeks since surgery, weeks to the next visit, the other hand, sex and age; the operation is not an input.',
    'No published course of key pinch after hand surgery was found. The course it learned, its spread between patients, setbacks, visit dates and a change of gauge are assumptions; it is measured on two other courses beside it.',
    `Outputs: quantiles ${NEXT_VISIT_LEVELS.map((level) => 100 * level).join(', ')} % of ln(next / last), averaged over the members and sorted, so that they never cross; the 90 % interval is conformalised on people the network never saw (Romano 2019).`,
    'Coverage and error are of patients who get an answer: those refused as out of range are left out and counted apart.',
    'Skill is 1 - loss of the forecast / loss of "it stays as it is". For pinball loss the last value is given the spread that all training people have.',
  ],
  async evaluate(folder, log) {
    return nextVisitFigures(await loadNextVisitBundle(bundleFiles(folder), nodeSha256), log);
  },
};
