import type { ElbowBundle } from '../../core/inference/elbow-bundle.ts';
import { forecastElbow } from '../../core/inference/elbow-forecast.ts';
import {
  ELBOW_CHANNEL_COUNT,
  ELBOW_ENVELOPE_COUNT,
  ELBOW_STEP_COUNT,
  type ElbowQuestion,
} from '../../core/inference/elbow-input.ts';
import { shuffledOrder } from '../../core/learning/dropout-mask.ts';
import { randomStream } from '../../core/numerics/random-stream.ts';
import { wilsonInterval } from '../../core/uncertainty/wilson-interval.ts';
import type { Check, Finding } from './figures.ts';

/** A mistake at the electrodes, the device or the keyboard. */
interface Misuse {
  name: string;
  mustBeRefused: boolean;
  /** What a reader should know where it is not always refused. */
  note: string;
  apply(question: ElbowQuestion, index: number): ElbowQuestion;
}

const withEnvelopes = (question: ElbowQuestion, from: (index: number) => number): ElbowQuestion => ({
  ...question,
  envelopes: Float64Array.from({ length: ELBOW_ENVELOPE_COUNT }, (_, i) => question.envelopes[from(i)]!),
});
const scaled = (question: ElbowQuestion, factor: number): ElbowQuestion => ({
  ...question,
  envelopes: Float64Array.from(question.envelopes, (value) => value * factor),
});
/** The same step of another channel. */
const permuted = (question: ElbowQuestion, channels: readonly number[]): ElbowQuestion =>
  withEnvelopes(question, (i) => i - (i % ELBOW_CHANNEL_COUNT) + channels[i % ELBOW_CHANNEL_COUNT]!);

export const ELBOW_MISUSES: readonly Misuse[] = [
  { name: 'traces three times too large', mustBeRefused: true, note: '', apply: (q) => scaled(q, 3) },
  { name: 'traces three times too small', mustBeRefused: true, note: '', apply: (q) => scaled(q, 1 / 3) },
  {
    name: 'samples shuffled in time',
    mustBeRefused: true,
    note: '',
    apply: (question, index) => {
      const order = shuffledOrder(randomStream('elbow-misuse', 'shuffle', index), ELBOW_STEP_COUNT);
      return withEnvelopes(
        question,
        (i) => order[Math.floor(i / ELBOW_CHANNEL_COUNT)]! * ELBOW_CHANNEL_COUNT + (i % ELBOW_CHANNEL_COUNT),
      );
    },
  },
  {
    name: 'columns swapped: biceps and triceps',
    mustBeRefused: true,
    note: '',
    apply: (q) => permuted(q, [3, 1, 2, 0]),
  },
  {
    name: 'columns swapped: channels read as time',
    mustBeRefused: true,
    note: '',
    apply: (question) =>
      withEnvelopes(
        question,
        (i) => (i % ELBOW_STEP_COUNT) * ELBOW_CHANNEL_COUNT + Math.floor(i / ELBOW_STEP_COUNT),
      ),
  },
  {
    name: 'columns swapped: biceps and brachioradialis',
    mustBeRefused: false,
    note: 'two flexors at the same level look alike, so the electrode labels are the defence',
    apply: (q) => permuted(q, [2, 1, 0, 3]),
  },
  {
    name: 'columns swapped: weight and maximal torque',
    mustBeRefused: false,
    note: 'both are numbers of two digits, so the unit beside each field is the defence',
    apply: (q) => ({ ...q, weightKg: q.maximalTorqueNm, maximalTorqueNm: q.weightKg }),
  },
  ...[1.25, 1.5, 2].map(
    (factor): Misuse => ({
      name: `traces ${factor} times too large`,
      mustBeRefused: false,
      note: 'normalising to the maximal contraction is the defence',
      apply: (q) => scaled(q, factor),
    }),
  ),
];

/** Refusals of every misuse. @param questions - of people who would get an answer or not; all are asked. */
export function misuseFigures(
  bundle: ElbowBundle,
  questions: readonly ElbowQuestion[],
): { checks: Check[]; findings: Finding[] } {
  const checks: Check[] = [];
  const findings: Finding[] = [];
  const n = questions.length;
  for (const { name, mustBeRefused, note, apply } of ELBOW_MISUSES) {
    const refused = questions.filter(
      (question, i) => forecastElbow(bundle, apply(question, i)).kind === 'refused',
    ).length;
    const [low, high] = wilsonInterval(refused, n);
    const row = { name: `refused, ${name}`, value: refused / n, low, high, n };
    if (mustBeRefused) checks.push({ ...row, bar: 'at least 99 %', ok: row.value >= 0.99 });
    else {
      findings.push({
        ...row,
        literature: null,
        sentence: `Refused in ${(100 * row.value).toFixed(1)} %, not promised: ${note}.`,
      });
    }
  }
  return { checks, findings };
}
