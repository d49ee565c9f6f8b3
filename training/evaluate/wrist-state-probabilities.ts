import { WRIST_CLASSES } from '../../core/clinical/wrist-classes.ts';
import { binnedCalibrationErrors } from '../../core/uncertainty/binned-calibration-errors.ts';
import { brierDecomposition, brierScore } from '../../core/uncertainty/brier-score.ts';
import { calibrationLine } from '../../core/uncertainty/calibration-line.ts';
import { classWiseCalibrationError } from '../../core/uncertainty/class-wise-calibration-error.ts';
import { logLoss } from '../../core/uncertainty/log-loss.ts';
import { equalCountEdges } from '../../core/uncertainty/reliability-bins.ts';
import { reliabilityTable } from '../../core/uncertainty/reliability-table.ts';
import { type SpiegelhalterTest, spiegelhalterTest } from '../../core/uncertainty/spiegelhalter-test.ts';
import { bootstrapMean } from './comparators/bootstrap-mean.ts';
import type { Figures, FigureTable, Finding } from './figures.ts';
import type { PatternAnswers } from './wrist-state-answers.ts';

/** Forecasts are grouped to this step for Murphy's parts, which need forecasts that were made more than once. */
const FORECAST_STEP = 0.05;
const NONIMPAIRED = WRIST_CLASSES.indexOf('nonimpaired');
const CLASS_COUNT = WRIST_CLASSES.length;

/** Proper scores and calibration of one pattern's probabilities. */
export function probabilityScores({ answered }: Pick<PatternAnswers, 'answered'>) {
  const rows = answered.map(({ prediction }) => prediction.probabilities ?? []);
  const labels = answered.map(({ label }) => label);
  const isNonimpaired = labels.map((label) => label === NONIMPAIRED);
  const ofNonimpaired = rows.map((row) => row[NONIMPAIRED] ?? Number.NaN);
  const grouped = ofNonimpaired.map((p) => Math.round(p / FORECAST_STEP) * FORECAST_STEP);
  const isRight = answered.map(({ top, label }) => top.label === label);
  const confidences = answered.map(({ top }) => top.confidence);
  return {
    n: rows.length,
    logLoss: logLoss(rows, labels).value,
    brier: brierScore(rows, labels).value,
    losses: rows.map((row, i) => logLoss([row], [labels[i]!]).value),
    squares: rows.map((row, i) => brierScore([row], [labels[i]!]).value),
    classWise: classWiseCalibrationError(rows, labels),
    topClass: binnedCalibrationErrors(
      reliabilityTable(confidences, isRight, { edges: equalCountEdges(confidences, 10) }),
    ),
    decomposition: brierDecomposition(
      grouped.map((p) => Math.min(1, p)),
      isNonimpaired,
    ),
    // A forecast of certainty has no logit, hence no place on the line.
    line: ofNonimpaired.every((p) => p > 0 && p < 1) ? calibrationLine(ofNonimpaired, isNonimpaired) : null,
    spiegelhalter: spiegelhalterTest(ofNonimpaired, isNonimpaired),
  };
}

type ProbabilityScores = ReturnType<typeof probabilityScores>;

function testWords(test: SpiegelhalterTest | null): string {
  if (test === null) return '';
  const name = " Spiegelhalter's test of P(nonimpaired):";
  if (test.impossibleCount > 0 || test.z === null) {
    return `${name} refuted, ${test.impossibleCount} forecasts of certainty were wrong.`;
  }
  return `${name} z ${test.z.toFixed(2)}, p ${test.p.toFixed(3)}; with so many people small departures show.`;
}

function findingsOf(key: PatternAnswers['key'], scores: ProbabilityScores): Finding[] {
  const { losses, squares, spiegelhalter, line } = scores;
  const test = testWords(spiegelhalter);
  const words =
    line?.slope == null
      ? ''
      : ` Calibration line of P(nonimpaired): slope ${line.slope.toFixed(3)} (1: neither too sure nor too unsure), intercept ${(line.intercept ?? Number.NaN).toFixed(3)}.`;
  return [
    {
      ...bootstrapMean(losses, `${key}/log-loss`),
      name: `${key}: log loss, nats`,
      literature: null,
      sentence: `Guessing a third each scores ${Math.log(CLASS_COUNT).toFixed(3)}; 0 is certain and right.${words}`,
    },
    {
      ...bootstrapMean(squares, `${key}/brier`),
      name: `${key}: Brier score of the three classes`,
      literature: null,
      sentence: `Guessing a third each scores ${(1 - 1 / CLASS_COUNT).toFixed(3)}; 0 is certain and right, 2 certain and wrong.${test}`,
    },
  ];
}

function scoresTable(each: readonly { key: string; scores: ProbabilityScores }[]): FigureTable {
  const round = (value: number | null | undefined) => (value == null ? '-' : Number(value.toFixed(4)));
  return {
    title: 'Scores and calibration of the probabilities',
    columns: [
      'pattern',
      'log loss (nats)',
      'Brier, three classes',
      'Brier, nonimpaired',
      'its reliability',
      'its resolution',
      'its uncertainty',
      'class-wise calibration error',
      'largest gap of a tenth',
      'slope',
      'intercept',
      'Spiegelhalter z',
      'n',
    ],
    rows: each.map(({ key, scores }) => {
      const { decomposition, line } = scores;
      return [
        key,
        round(scores.logLoss),
        round(scores.brier),
        round(decomposition.score),
        round(decomposition.reliability),
        round(decomposition.resolution),
        round(decomposition.uncertainty),
        round(scores.classWise.mean),
        round(scores.topClass.maximum),
        round(line?.slope),
        round(line?.intercept),
        round(scores.spiegelhalter?.z),
        scores.n,
      ];
    }),
    caption: `People who got an answer. Score = reliability (smaller is better) - resolution (larger is better) + uncertainty (Murphy), forecasts to the nearest ${FORECAST_STEP}. Class-wise: mean over the classes of the error in ten equal bins. Largest gap: between confidence and share right, in ten bins of equally many people; chance makes the largest of ten gaps larger than the mean one. Slope, intercept (Cox) and Spiegelhalter's z are of P(nonimpaired); 1, 0 and about -2 to 2 for a calibrated model. Intervals of log loss and Brier score stand with the findings; the other columns have none.`,
  };
}

/** How good and how honest the probabilities are: findings of the patterns with both hands, a table of all. */
export function probabilityFigures(answers: readonly PatternAnswers[]): Pick<Figures, 'findings' | 'tables'> {
  const each = answers.map((own) => ({ key: own.key, scores: probabilityScores(own) }));
  return {
    findings: each
      .filter(({ key }) => !key.endsWith('one-hand'))
      .flatMap(({ key, scores }) => findingsOf(key, scores)),
    tables: [scoresTable(each)],
  };
}
