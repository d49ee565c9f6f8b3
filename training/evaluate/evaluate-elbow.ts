import {
  ELBOW_BANDS,
  ELBOW_OUTPUT_COUNT,
  type ElbowBundle,
  elbowBandOf,
  LOG_TIME_OUTPUT,
  loadElbowBundle,
} from '../../core/inference/elbow-bundle.ts';
import { secondsOf } from '../../core/inference/elbow-forecast.ts';
import { ELBOW_HORIZON_S, elbowRangeVector } from '../../core/inference/elbow-input.ts';
import { judgeCoverage } from '../../core/uncertainty/coverage-range.ts';
import { wilsonInterval } from '../../core/uncertainty/wilson-interval.ts';
import { elbowRecordings } from '../dataset/elbow-data-set.ts';
import { elbowQuestion } from '../fit/elbow-rows.ts';
import { TORQUE_TIMES_S } from '../simulation/elbow/elbow-recording.ts';
import { COHORT_COUNT, surrogateCohort } from '../simulation/elbow/surrogate-recordings.ts';
import { misuseFigures } from './elbow-misuse.ts';
import { bandTable, errorPlot, examplePlot, levelTable } from './elbow-pictures.ts';
import {
  averageCourse,
  baselineErrorsNm,
  bootstrapPeople,
  logTimeError,
  rmsNm,
  type ScoredHold,
  scoreHolds,
  within2Nm,
} from './elbow-scores.ts';
import { type Check, type Figures, type FigureTable, type Finding, noFigures } from './figures.ts';
import { intervalComparison } from './interval-comparison.ts';
import type { ModelEvaluator } from './model-evaluator.ts';
import { bundleFiles, nodeSha256 } from './read-bundle.ts';
import { shareDifference } from './share-difference.ts';
import { unusualInputs } from './unusual-inputs.ts';
import { agreementFinding } from './value-agreement.ts';

const SIMULTANEOUS_LEVEL = 0.99;
/** People on whom each misuse is tried. */
const MISUSE_COUNT = 1_000;
/** Virtual people whose inputs are the usual ones. */
const USUAL_COUNT = 4_000;
/** People whose envelopes are exchanged to see what EMG tells. */
const EXCHANGE_COUNT = 3_000;
const LITERATURE =
  'Kearney et al. 2024 on recordings: 6.22 N.m by transfer, 8.28 N.m directly. Not the same task: here torque after 30 s is forecast, in simulated people.';

const percent = (value: number): string => `${(100 * value).toFixed(1)} %`;
const outputName = (output: number): string =>
  output === LOG_TIME_OUTPUT ? 'time to failure' : `torque at ${TORQUE_TIMES_S[output]} s`;

function coverageChecks(answered: readonly ScoredHold[], bundle: ElbowBundle): Check[] {
  const n = answered.length;
  const { alpha } = bundle.calibration;
  const checks: Check[] = Array.from({ length: ELBOW_OUTPUT_COUNT }, (_, output) => {
    const covered = answered.filter(({ isCovered }) => isCovered[output]).length;
    const [low, high] = wilsonInterval(covered, n);
    return {
      name: `coverage of the 90 % interval, ${outputName(output)}`,
      value: covered / n,
      low,
      high,
      bar: '90 +- 2 %',
      ok: Math.abs(covered / n - (1 - alpha)) <= 0.02,
      n,
    };
  });
  // Outputs of one person hang together, so the interval of the mean runs over people.
  const mean = bootstrapPeople(
    answered.map(({ isCovered }) => [isCovered.filter(Boolean).length / ELBOW_OUTPUT_COUNT]),
    ([share]) => share!,
    'coverage',
  );
  checks.push({
    name: 'coverage of the 90 % interval, mean over all outputs',
    ...mean,
    bar: '90 +- 1 %',
    ok: Math.abs(mean.value - (1 - alpha)) <= 0.01,
    n,
  });
  ELBOW_BANDS.forEach(({ sex, fromYears, toYears }, band) => {
    const own = answered.filter(({ question }) => elbowBandOf(question) === band);
    const judged = Array.from({ length: ELBOW_OUTPUT_COUNT }, (_, output) => {
      const covered = own.filter(({ isCovered }) => isCovered[output]).length;
      return {
        output,
        covered,
        ...judgeCoverage(covered, {
          testCount: own.length,
          calibrationCount: bundle.calibration.intervals[band]![output]!.count,
          alpha,
          simultaneousLevel: SIMULTANEOUS_LEVEL,
          statementCount: ELBOW_BANDS.length * ELBOW_OUTPUT_COUNT,
        }),
      };
    });
    // The output nearest to the edge of its range stands for the band.
    const margin = (each: (typeof judged)[number]) => Math.min(each.share - each.low, each.high - each.share);
    const worst = judged.reduce((nearest, each) => (margin(each) < margin(nearest) ? each : nearest));
    const [low, high] = wilsonInterval(worst.covered, own.length);
    checks.push({
      name: `coverage, ${sex} ${fromYears}-${toYears}, of ${ELBOW_OUTPUT_COUNT} outputs the one nearest to its limit (${outputName(worst.output)})`,
      value: worst.share,
      low,
      high,
      bar: `${percent(worst.low)} to ${percent(worst.high)}: beta-binomial range, 99 % over all bands and outputs together`,
      ok: judged.every(({ isInside }) => isInside),
      n: own.length,
    });
  });
  return checks;
}

function refusalCheck(scores: readonly ScoredHold[]): Check {
  const refused = scores.filter(({ isRefused }) => isRefused).length;
  const [low, high] = wilsonInterval(refused, scores.length);
  return {
    name: 'people like the training people refused',
    value: refused / scores.length,
    low,
    high,
    bar: 'at most 5 %',
    ok: refused / scores.length <= 0.05,
    n: scores.length,
  };
}

/** Mean over people of each person's error, and how it compares with the average course. */
function errorFindings(answered: readonly ScoredHold[], who: string): Finding[] {
  const n = answered.length;
  const rows = answered.map(({ errorsNm, recording }) => [
    rmsNm(errorsNm),
    within2Nm(errorsNm),
    rmsNm(baselineErrorsNm(recording)),
    within2Nm(baselineErrorsNm(recording)),
  ]);
  const figure = (name: string, of: (means: readonly number[]) => number) => ({
    name: `${name}, ${who}`,
    ...bootstrapPeople(rows, of, `${name} ${who}`),
    n,
  });
  const change = figure(
    'error against the average course of sex and level, %',
    ([own, , base]) => 100 * (own! / base! - 1),
  );
  return [
    {
      ...figure('RMSE of torque to 150 s, N.m', ([own]) => own!),
      literature: LITERATURE,
      sentence: "Mean over people of each person's root mean square error over 30 times.",
    },
    {
      ...figure('share of time within 2 N.m', ([, within]) => within!),
      literature: null,
      sentence: `The average course of sex and level, without EMG, reaches ${percent(rows.reduce((sum, row) => sum + row[3]!, 0) / n)}.`,
    },
    {
      ...change,
      literature: null,
      sentence:
        change.high < 0
          ? `The model's error is ${(-change.value).toFixed(1)} % smaller than that of the fatigue model's average person of the same sex at the same level.`
          : change.low > 0
            ? `The model's error is ${change.value.toFixed(1)} % larger than that of the fatigue model's average person of the same sex at the same level: here EMG and network add nothing to sex, level and maximal torque.`
            : "No difference shown to the fatigue model's average person of the same sex at the same level.",
    },
  ];
}

function timeFindings(answered: readonly ScoredHold[]): Finding[] {
  const failed = answered.filter(({ recording }) => recording.timeToFailureS <= ELBOW_HORIZON_S);
  const held = answered.filter(({ recording }) => recording.timeToFailureS > ELBOW_HORIZON_S);
  if (failed.length < 2 || held.length < 2) return [];
  const ratios = failed.map((each) => {
    const course = averageCourse(each.question.sex, each.question.level);
    const averageS = Math.min(ELBOW_HORIZON_S, course.timeToFailureS);
    return [Math.abs(logTimeError(each)), Math.abs(Math.log(averageS / each.recording.timeToFailureS))];
  });
  const asPercent = (logRatio: number) => 100 * (Math.exp(logRatio) - 1);
  const error = bootstrapPeople(ratios, ([own]) => asPercent(own!), 'time');
  const average = bootstrapPeople(ratios, ([, base]) => asPercent(base!), 'average-time');
  const beyond = held.filter(({ answer, halfWidths }) => {
    const high = answer.means[LOG_TIME_OUTPUT]! + halfWidths[LOG_TIME_OUTPUT]!;
    return secondsOf(high) === null;
  }).length;
  const [low, high] = wilsonInterval(beyond, held.length);
  return [
    {
      name: 'error of the time to failure, %, people who failed before 150 s',
      ...error,
      literature: null,
      n: failed.length,
      sentence: `Typical factor between forecast and truth (mean absolute log ratio); the average course of sex and level: ${average.value.toFixed(1)} % (${average.low.toFixed(1)} to ${average.high.toFixed(1)}).`,
    },
    {
      name: 'people still holding at 150 s whose interval says so',
      value: beyond / held.length,
      low,
      high,
      literature: null,
      n: held.length,
      sentence: 'Their time to failure is unknown; the upper end of the interval is "beyond 150 s".',
    },
  ];
}

/** What the envelopes tell beyond level, sex and maximal torque: each person is given those of a neighbour in level. */
function exchangeFinding(bundle: ElbowBundle, answered: readonly ScoredHold[]): Finding | null {
  const people = answered.slice(0, EXCHANGE_COUNT).toSorted((a, b) => a.question.level - b.question.level);
  if (people.length < 2) return null;
  const exchanged = scoreHolds(
    bundle,
    people.map(({ recording }, i) => ({
      ...recording,
      envelopes: people[(i + 1) % people.length]!.recording.envelopes,
    })),
  );
  const change = bootstrapPeople(
    people.map(({ errorsNm }, i) => [rmsNm(errorsNm), rmsNm(exchanged[i]!.errorsNm)]),
    ([own, other]) => 100 * (other! / own! - 1),
    'exchange',
  );
  return {
    name: "change of RMSE with another person's EMG at the same hold level, %",
    ...change,
    literature: null,
    n: people.length,
    sentence:
      change.low > 0
        ? `With the EMG of somebody else at the same level the error grows by ${change.value.toFixed(1)} %: so much of the forecast rests on the person's own EMG.`
        : "With the EMG of somebody else at the same level the error does not grow: the forecast does not rest on the person's own EMG.",
  };
}

/** The shipped model on surrogate people, who are simulated with other equations and constants than its training people. */
function surrogateFindings(bundle: ElbowBundle, virtual: readonly ScoredHold[]): Finding[] {
  const scores = Array.from({ length: COHORT_COUNT }, (_, cohort) =>
    scoreHolds(bundle, surrogateCohort(cohort)),
  ).flat();
  const answered = scores.filter(({ isRefused }) => !isRefused);
  const [low, high] = wilsonInterval(scores.length - answered.length, scores.length);
  const refusal: Finding = {
    name: 'refused, surrogate people',
    value: 1 - answered.length / scores.length,
    low,
    high,
    literature: null,
    n: scores.length,
    sentence:
      'Surrogates are simulated with other equations and constants than the training people; how far real people are is unknown.',
  };
  const refusals = [
    refusal,
    ...shareDifference(
      'refused, surrogate less virtual people',
      'Refused as out of range, surrogate against virtual people',
      { successes: scores.length - answered.length, count: scores.length },
      { successes: virtual.filter(({ isRefused }) => isRefused).length, count: virtual.length },
    ),
    ...unusualInputs(
      'surrogate people',
      virtual.slice(0, USUAL_COUNT).map(({ question }) => elbowRangeVector(question)),
      scores.map(({ question }) => elbowRangeVector(question)),
    ),
  ];
  if (answered.length < 2) return refusals;
  const coverage = bootstrapPeople(
    answered.map(({ isCovered }) => [isCovered.filter(Boolean).length / ELBOW_OUTPUT_COUNT]),
    ([share]) => share!,
    'surrogate-coverage',
  );
  return [
    ...refusals,
    {
      name: 'coverage of the 90 % interval, mean over all outputs, surrogate people',
      ...coverage,
      literature: null,
      n: answered.length,
      sentence:
        coverage.high < 0.9
          ? `The promise of 9 in 10 does not carry over to people simulated with other equations and constants: for ${percent(coverage.value)} of the answers the range holds the true value.`
          : `The promise of 9 in 10 carries over to people simulated with other equations and constants: for ${percent(coverage.value)} of the answers the range holds the true value.`,
    },
    ...errorFindings(answered, 'surrogate people'),
  ];
}

/** Torque a minute into the hold, half a minute after the last EMG that the model sees. */
const ONE_MINUTE = TORQUE_TIMES_S.indexOf(60);
const minuteForecastNm = ({ answer, recording }: ScoredHold) =>
  answer.means[ONE_MINUTE]! * recording.maximalTorqueNm;
const minuteTruthNm = ({ recording }: ScoredHold) => recording.torqueNm[ONE_MINUTE]!;

const oneMinuteAgreement = (answered: readonly ScoredHold[]): Finding[] =>
  answered.length < 2
    ? []
    : agreementFinding('torque at 60 s', 'N.m', answered.map(minuteForecastNm), answered.map(minuteTruthNm));

const oneMinuteIntervals = (answered: readonly ScoredHold[], alpha: number): FigureTable =>
  intervalComparison(
    'Intervals of the torque at 60 s by other rules',
    'N.m',
    answered.map((each) => {
      const prediction = minuteForecastNm(each);
      const { maximalTorqueNm } = each.recording;
      const half = each.halfWidths[ONE_MINUTE]! * maximalTorqueNm;
      return {
        prediction,
        truth: minuteTruthNm(each),
        shipped: Number.isFinite(half) ? ([prediction - half, prediction + half] as const) : 'unbounded',
        group: String(elbowBandOf(each.question)),
        spread: each.answer.spreads[ONE_MINUTE]! * maximalTorqueNm,
      };
    }),
    alpha,
  );

/** Figures of one loaded bundle. @param count - test people; the whole part unless told otherwise. */
export function elbowFigures(bundle: ElbowBundle, log: (line: string) => void, count?: number): Figures {
  const figures = noFigures();
  const scores = scoreHolds(bundle, elbowRecordings('test', count));
  const answered = scores.filter(({ isRefused }) => !isRefused);
  log(`${scores.length} people asked, ${answered.length} answered`);
  const misuse = misuseFigures(
    bundle,
    scores.slice(0, MISUSE_COUNT).map(({ recording }) => elbowQuestion(recording)),
  );
  figures.checks.push(...coverageChecks(answered, bundle), refusalCheck(scores), ...misuse.checks);
  const exchange = exchangeFinding(bundle, answered);
  figures.findings.push(
    ...errorFindings(answered, 'virtual people'),
    ...timeFindings(answered),
    ...(exchange ? [exchange] : []),
    ...oneMinuteAgreement(answered),
    ...surrogateFindings(bundle, scores),
    ...misuse.findings,
  );
  const example = examplePlot(scores);
  figures.plots.push(errorPlot(answered), ...(example ? [example] : []));
  figures.tables.push(
    levelTable(answered),
    bandTable(answered),
    oneMinuteIntervals(answered, bundle.calibration.alpha),
  );
  return figures;
}

export const ELBOW_EVALUATOR: ModelEvaluator = {
  modelId: 'elbow-torque-fatigue',
  notes: [
    'Sustained elbow flexion at 90 degrees and 30 to 80 % of maximum: from four EMG envelopes of the first 30 s, sex, age, height, weight, hold level and maximal torque to torque until 150 s and time to task failure. Later failure is censored: the answer is "beyond 150 s".',
    'Two modules in one network: a torque module (held share of maximal torque) and a fatigue module (share of it that is left); their product with the maximal torque is the forecast, so that it scales with strength exactly.',
    'People are simulated: six flexors and triceps (MoBL-ARMS figures), three-compartment fatigue with constants by sex (Rakshit et al. 2021, read in a transcription). Spread between people, EMG gains, drift, cross-talk, co-contraction and unsteadiness are assumptions. Fatigability is assumed not to change with age.',
    'EMG amplitude rises with fatigue so that a hold at 20 % of maximum ends at 31 % of maximal amplitude (Hunter & Enoka 2001); how far this rise differs between people is an assumption, and it decides how much EMG can tell.',
    'Coverage and error are of people who get an answer: those refused as out of range are left out and counted apart. Intervals are calibrated by sex and age band, with a difficulty by hold level.',
  ],
  async evaluate(folder, log) {
    return elbowFigures(await loadElbowBundle(bundleFiles(folder), nodeSha256), log);
  },
};
