import { correctForPrevalence } from '../../core/inference/correct-for-prevalence.ts';
import { randomStream } from '../../core/numerics/random-stream.ts';
import { binnedCalibrationErrors } from '../../core/uncertainty/binned-calibration-errors.ts';
import { perfectCalibrationErrors } from '../../core/uncertainty/calibration-error.ts';
import { mostProbableClass } from '../../core/uncertainty/probability-rows.ts';
import { binOf, equalWidthEdges } from '../../core/uncertainty/reliability-bins.ts';
import { type ReliabilityTable, reliabilityTable } from '../../core/uncertainty/reliability-table.ts';
import type { Check, Figures, FigureTable, Finding, Plot } from './figures.ts';
import type { AnsweredPerson, PatternAnswers } from './wrist-state-answers.ts';

/** Simulated tests of a perfectly calibrated model, for the value and the 95 % point that it would show. */
const PERFECT_REPEATS = 200;
/** Bootstrap samples of people behind the interval of a calibration error. */
const REPLICATES = 200;
const BINS = 10;
const EDGES = equalWidthEdges(BINS);
const BAR = 0.02;

/** Two clinics: one that meets the classes as training did, one in which most wrists are nonimpaired. */
const PREVALENCES: readonly { name: string; shares: readonly number[] }[] = [
  { name: 'a third each', shares: [1 / 3, 1 / 3, 1 / 3] },
  { name: '80 / 10 / 10 %', shares: [0.8, 0.1, 0.1] },
];

/** A probability that was said, and whether it came true. */
export interface Judged {
  confidence: number;
  isRight: boolean;
  /** How many people of the clinic the row stands for, on a scale on which all rows sum to their number. */
  weight: number;
  /** Rows are resampled within their stratum, so that every replicate has the class frequencies of the clinic. */
  stratum: number;
}

/** Ten equal bins, every row counted by its weight; n counts people. @throws RangeError as {@link reliabilityTable}. */
const weightedReliability = (rows: readonly Judged[]): ReliabilityTable =>
  reliabilityTable(
    rows.map(({ confidence }) => confidence),
    rows.map(({ isRight }) => isRight),
    { edges: EDGES, weights: rows.map(({ weight }) => weight) },
  );

/**
 * Expected calibration error over ten equal bins, every row counted by its weight.
 * @throws RangeError without rows or for a confidence outside 0 to 1.
 */
export const weightedCalibrationError = (rows: readonly Judged[]): number =>
  binnedCalibrationErrors(weightedReliability(rows)).expected;

/**
 * Percentile interval of the weighted error, over people within their stratum; shifted upwards like the statistic itself.
 * Each person adds a weighted "right minus confidence" to one bin, so a sample is a sum of these.
 */
export function errorInterval(rows: readonly Judged[], name: string): [number, number] {
  const stream = randomStream('calibration-error', name, 0);
  const bins = Uint8Array.from(rows, ({ confidence }) => binOf(confidence, EDGES));
  const gaps = Float64Array.from(
    rows,
    ({ confidence, isRight, weight }) => weight * ((isRight ? 1 : 0) - confidence),
  );
  const total = rows.reduce((sum, { weight }) => sum + weight, 0);
  const strata = [...new Set(rows.map(({ stratum }) => stratum))].map((stratum) =>
    Int32Array.from(rows.flatMap((row, person) => (row.stratum === stratum ? [person] : []))),
  );
  const errors = Float64Array.from({ length: REPLICATES }, () => {
    const sums = new Float64Array(BINS);
    for (const people of strata) {
      for (let draw = 0; draw < people.length; draw += 1) {
        const person = people[stream.integer(people.length)]!;
        sums[bins[person]!]! += gaps[person]!;
      }
    }
    return sums.reduce((sum, gap) => sum + Math.abs(gap), 0) / total;
  }).sort();
  return [errors[Math.floor(0.025 * REPLICATES)]!, errors[Math.ceil(0.975 * REPLICATES) - 1]!];
}

/**
 * Weight of a person of each class so that the people as they are stand for a clinic: its prevalence over the share that
 * the class has among them. No person is drawn twice, and n stays the number of people.
 * @param labels - class of each person. @param prevalence - a frequency a class, sum 1.
 * @throws RangeError for a class that the clinic meets and that nobody here has.
 */
export function prevalenceWeights(labels: readonly number[], prevalence: readonly number[]): number[] {
  const counts = prevalence.map(() => 0);
  for (const label of labels) counts[label]! += 1;
  return prevalence.map((frequency, label) => {
    if (frequency > 0 && counts[label] === 0) throw new RangeError('nobody stands for a class of the clinic');
    return frequency === 0 ? 0 : (frequency * labels.length) / counts[label]!;
  });
}

const asJudged = ({ top, label }: AnsweredPerson): Judged => ({
  confidence: top.confidence,
  isRight: top.label === label,
  weight: 1,
  stratum: 0,
});

/** Calibration error of the most probable class, judged from 10,000 answered people on (decision 20). */
export function calibrationCheck({ key, answered }: PatternAnswers): Check {
  const rows = answered.map(asJudged);
  const error = weightedCalibrationError(rows);
  const [low, high] = errorInterval(rows, key);
  const perfect = perfectCalibrationErrors(
    rows.map(({ confidence }) => confidence),
    randomStream('perfect-calibration', key, 0),
    PERFECT_REPEATS,
  );
  return {
    name: `${key}: calibration error`,
    value: error,
    low,
    high,
    bar: `<= ${BAR} at n >= 10,000 answered people (top class, 10 bins); a perfect model shows ${perfect.mean.toFixed(3)}, in 1 of 20 tests more than ${perfect.upper.toFixed(3)}; resampling people shifts the interval upwards`,
    ok: rows.length >= 10_000 ? error <= BAR : null,
    n: rows.length,
  };
}

/** Weighted mean confidence and share right of each bin that holds somebody, and what its people are worth. */
function reliability(rows: readonly Judged[]) {
  return weightedReliability(rows).bins.flatMap((each, bin) => {
    const { n, effectiveCount, meanConfidence, frequency, interval } = each;
    return meanConfidence === null || frequency === null || interval === null
      ? []
      : [{ bin, n, effectiveCount, mean: meanConfidence, right: frequency, interval }];
  });
}

type Outcome = Pick<Judged, 'confidence' | 'isRight'>;
/** What a probability is judged on: the class that was most probable, or one named class whatever came first. */
const QUESTIONS = [
  {
    name: 'most probable class',
    judge: (probabilities: ArrayLike<number>, label: number): Outcome => {
      const top = mostProbableClass(probabilities);
      return { confidence: probabilities[top] ?? Number.NaN, isRight: top === label };
    },
  },
  {
    name: 'probability of nonimpaired',
    judge: (probabilities: ArrayLike<number>, label: number): Outcome => ({
      confidence: probabilities[0] ?? Number.NaN,
      isRight: label === 0,
    }),
  },
] as const;

/**
 * Calibration of one pattern in two clinics, with the probabilities corrected and, beside it, left as they are. The most
 * probable class alone would hide most of it: where classes are mistaken for each other alike, its calibration hardly
 * depends on how often they are met. So the probability of nonimpaired is judged as well.
 * @param prior - of the bundle's calibration.
 */
export function prevalenceFigures(
  { key, answered }: PatternAnswers,
  prior: ArrayLike<number>,
): Pick<Figures, 'findings' | 'tables' | 'plots'> {
  const findings: Finding[] = [];
  const tables: FigureTable[] = [];
  const lines: Plot['lines'] = [];
  for (const { name, shares } of PREVALENCES) {
    const weights = prevalenceWeights(
      answered.map(({ label }) => label),
      shares,
    );
    const isSame = shares.every((value, k) => Math.abs(value - (prior[k] ?? 0)) < 1e-9);
    const said = answered.map(({ prediction }) => prediction.probabilities ?? []);
    const corrected = said.map((probabilities) => correctForPrevalence(probabilities, prior, shares));
    for (const { name: question, judge } of QUESTIONS) {
      const judgedOf = (probabilities: readonly ArrayLike<number>[]) =>
        answered.map(({ label }, i) => ({
          ...judge(probabilities[i] ?? [], label),
          weight: weights[label] ?? 0,
          stratum: label,
        }));
      const report = (what: string, rows: readonly Judged[], sentence: string) => {
        const [low, high] = errorInterval(rows, `${key}/${name}/${question}/${what}`);
        findings.push({
          name: `${key}, classes met ${name}, ${question}: calibration error ${what}`,
          value: weightedCalibrationError(rows),
          low,
          high,
          literature: null,
          n: rows.length,
          sentence,
        });
      };
      const rows = judgedOf(corrected);
      report(
        'corrected',
        rows,
        'Every person weighted by prevalence over share of the class; bootstrap over people within classes. The correction moves the base rate only.',
      );
      if (!isSame) {
        report('without correction', judgedOf(said), 'What a clinic gets that does not set its prevalence.');
      }
      const bins = reliability(rows);
      tables.push({
        title: `Reliability of pattern ${key}, classes met ${name}, ${question}`,
        columns: [
          'from',
          'mean probability',
          'share that came true (95 %)',
          'n',
          'worth people of one weight',
        ],
        rows: bins.map(({ bin, mean, right, interval: [low, high], n, effectiveCount }) => [
          bin / BINS,
          Number(mean.toFixed(4)),
          `${right.toFixed(4)} (${low.toFixed(4)} to ${high.toFixed(4)})`,
          n,
          Number(effectiveCount.toFixed(1)),
        ]),
        caption:
          'Corrected probabilities against how often they came true, in ten equal bins; people weighted to the prevalence. n counts people; the interval (Wilson) rests on as many people of one weight as they are worth, (sum of weights)^2 / sum of their squares: fewer than n where classes of unlike weight share a bin.',
      });
      lines.push({
        name: `${name}, ${question}`,
        x: bins.map(({ mean }) => mean),
        y: bins.map(({ right }) => right),
      });
    }
  }
  return {
    findings,
    tables,
    plots: [
      {
        title: `Reliability of pattern ${key} at two prevalences`,
        xTitle: 'Mean probability (share)',
        yTitle: 'Came true (share)',
        kind: 'points',
        lines: [...lines, { name: 'perfect', x: [0, 1], y: [0, 1] }],
        caption:
          'Points on the diagonal: a probability means what it says, after the correction for prevalence. The same people at both prevalences, weighted by class.',
      },
    ],
  };
}
