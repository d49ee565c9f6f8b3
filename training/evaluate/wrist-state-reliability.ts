import { WRIST_CLASSES } from '../../core/contract/schemas/clinical.ts';
import { correctForPrevalence } from '../../core/inference/correct-for-prevalence.ts';
import { randomStream } from '../../core/numerics/random-stream.ts';
import { calibrationError, perfectCalibrationErrors } from '../../core/uncertainty/calibration-error.ts';
import type { Check, Figures, FigureTable, Finding, Plot } from './figures.ts';
import type { AnsweredPerson, PatternAnswers } from './wrist-state-answers.ts';

/** Simulated tests of a perfectly calibrated model, for the value and the 95 % point that it would show. */
const PERFECT_REPEATS = 200;
/** Bootstrap samples of people behind the interval of a calibration error. */
const REPLICATES = 200;
const BINS = 10;
const BAR = 0.02;

/** Two clinics: one that meets the classes as training did, one in which most wrists are nonimpaired. */
const PREVALENCES: readonly { name: string; shares: readonly number[] }[] = [
  { name: 'a third each', shares: [1 / 3, 1 / 3, 1 / 3] },
  { name: '80 / 10 / 10 %', shares: [0.8, 0.1, 0.1] },
];

interface Judged {
  confidence: number;
  isRight: boolean;
}

const errorOf = (rows: readonly Judged[]) =>
  calibrationError(
    rows.map(({ confidence }) => confidence),
    rows.map(({ isRight }) => isRight),
    BINS,
  );

const binOf = (confidence: number) => Math.min(BINS - 1, Math.floor(confidence * BINS));

/**
 * Percentile interval over people; shifted upwards like the statistic itself. Each person adds "right minus confidence" to
 * one bin, so a sample is a sum of these.
 */
function errorInterval(rows: readonly Judged[], name: string): [number, number] {
  const stream = randomStream('calibration-error', name, 0);
  const bins = Uint8Array.from(rows, ({ confidence }) => binOf(confidence));
  const gaps = Float64Array.from(rows, ({ confidence, isRight }) => (isRight ? 1 : 0) - confidence);
  const errors = Float64Array.from({ length: REPLICATES }, () => {
    const sums = new Float64Array(BINS);
    for (let draw = 0; draw < gaps.length; draw += 1) {
      const person = stream.integer(gaps.length);
      sums[bins[person]!]! += gaps[person]!;
    }
    return sums.reduce((sum, gap) => sum + Math.abs(gap), 0) / gaps.length;
  }).sort();
  return [errors[Math.floor(0.025 * REPLICATES)]!, errors[Math.ceil(0.975 * REPLICATES) - 1]!];
}

const asJudged = ({ top, label }: AnsweredPerson): Judged => ({
  confidence: top.confidence,
  isRight: top.label === label,
});

/** Calibration error of the most probable class, judged from 10,000 answered people on (decision 20). */
export function calibrationCheck({ key, answered }: PatternAnswers): Check {
  const rows = answered.map(asJudged);
  const error = errorOf(rows);
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

/** Mean confidence and share right of each bin that holds somebody. */
function reliability(rows: readonly Judged[]) {
  return Array.from({ length: BINS }, (_, bin) => {
    const own = rows.filter(({ confidence }) => binOf(confidence) === bin);
    const n = own.length;
    const mean = own.reduce((sum, { confidence }) => sum + confidence, 0) / Math.max(1, n);
    const right = own.filter(({ isRight }) => isRight).length / Math.max(1, n);
    return { bin, n, mean, right };
  }).filter(({ n }) => n > 0);
}

/**
 * People of a clinic with other class frequencies: drawn from the answered test people with replacement, class first. The
 * people within a class stay those of the simulation.
 */
function drawClinic(answered: readonly AnsweredPerson[], shares: readonly number[], name: string) {
  const stream = randomStream('prevalence-clinic', name, 0);
  const byClass = WRIST_CLASSES.map((_, label) => answered.filter((each) => each.label === label));
  return Array.from({ length: answered.length }, () => {
    let left = stream.uniform();
    let label = 0;
    while (label < shares.length - 1 && left >= (shares[label] ?? 1)) {
      left -= shares[label] ?? 0;
      label += 1;
    }
    const own = byClass[label] ?? [];
    return own[stream.integer(own.length)]!;
  });
}

/** What a probability is judged on: the class that was most probable, or one named class whatever came first. */
const QUESTIONS = [
  {
    name: 'most probable class',
    judge: (probabilities: ArrayLike<number>, label: number): Judged => {
      const values = Array.from(probabilities);
      const confidence = Math.max(...values);
      return { confidence, isRight: values.indexOf(confidence) === label };
    },
  },
  {
    name: 'probability of nonimpaired',
    judge: (probabilities: ArrayLike<number>, label: number): Judged => ({
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
    const clinic = drawClinic(answered, shares, `${key}/${name}`);
    const isSame = shares.every((value, k) => Math.abs(value - (prior[k] ?? 0)) < 1e-9);
    const said = clinic.map(({ prediction }) => prediction.probabilities ?? []);
    const corrected = said.map((probabilities) => correctForPrevalence(probabilities, prior, shares));
    for (const { name: question, judge } of QUESTIONS) {
      const judgedOf = (probabilities: readonly ArrayLike<number>[]) =>
        clinic.map(({ label }, i) => judge(probabilities[i] ?? [], label));
      const report = (what: string, rows: readonly Judged[], sentence: string) => {
        const [low, high] = errorInterval(rows, `${key}/${name}/${question}/${what}`);
        findings.push({
          name: `${key}, classes met ${name}, ${question}: calibration error ${what}`,
          value: errorOf(rows),
          low,
          high,
          literature: null,
          n: rows.length,
          sentence,
        });
      };
      const rows = judgedOf(corrected);
      report('corrected', rows, 'People resampled by class; the correction moves the base rate only.');
      if (!isSame) {
        report('without correction', judgedOf(said), 'What a clinic gets that does not set its prevalence.');
      }
      const bins = reliability(rows);
      tables.push({
        title: `Reliability of pattern ${key}, classes met ${name}, ${question}`,
        columns: ['from', 'mean probability', 'share that came true', 'n'],
        rows: bins.map(({ bin, mean, right, n }) => [
          bin / BINS,
          Number(mean.toFixed(4)),
          Number(right.toFixed(4)),
          n,
        ]),
        caption: 'Corrected probabilities against how often they came true, in ten equal bins.',
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
          'Points on the diagonal: a probability means what it says, after the correction for prevalence.',
      },
    ],
  };
}
