import { bootstrapInterval } from '../../core/agreement/bootstrap-interval.ts';
import type { WristStateBundle } from '../../core/inference/bundle.ts';
import { patternOf } from '../../core/inference/calibration-file.ts';
import { networkInput } from '../../core/inference/network-input.ts';
import { measurementOf } from '../../core/inference/wrist-state.ts';
import { softmax } from '../../core/networks/ensemble-forward.ts';
import { type EnsembleSpread, ensembleSpread } from '../../core/uncertainty/ensemble-spread.ts';
import type { Finding } from './figures.ts';
import type { PatternAnswers } from './wrist-state-answers.ts';
import { forwardOf } from './wrist-state-forward.ts';
import { modelInputOf } from './wrist-state-inputs.ts';

const RESAMPLES = 400;

/** How the members spread over one person, and whether their average was right. */
export interface JudgedSpread {
  isRight: boolean;
  spread: Pick<EnsembleSpread, 'mutualInformation' | 'predictiveEntropy'>;
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Mean mutual information of wrong answers less that of right ones, nats; null without either kind. */
function excess(rows: readonly JudgedSpread[]): number | null {
  const of = (kind: boolean) =>
    rows.filter(({ isRight }) => isRight === kind).map(({ spread }) => spread.mutualInformation);
  const [right, wrong] = [of(true), of(false)];
  return right.length === 0 || wrong.length === 0 ? null : mean(wrong) - mean(right);
}

/** @returns none when everybody, or nobody, was answered right: nothing to compare. @throws RangeError without people. */
export function disagreementFinding(name: string, rows: readonly JudgedSpread[]): Finding[] {
  const { estimate, interval } = bootstrapInterval(
    rows,
    excess,
    { kind: 'seeded', seed: `disagreement/${name}`, count: RESAMPLES },
    { alpha: 0.05, method: 'percentile' },
  );
  if (estimate === null || interval === null) return [];
  const [low, high] = interval;
  const share =
    mean(rows.map(({ spread }) => spread.mutualInformation)) /
    mean(rows.map(({ spread }) => spread.predictiveEntropy));
  const words =
    low > 0
      ? 'The members disagree more where their average is wrong'
      : high < 0
        ? 'The members disagree less where their average is wrong'
        : 'Whether the members disagree more where their average is wrong cannot be told';
  return [
    {
      name: `${name}: mutual information of the members, wrong minus right answers, nats`,
      value: estimate,
      low,
      high,
      literature: null,
      n: rows.length,
      sentence: `${words}. Of all doubt in the probabilities ${(100 * share).toFixed(1)} % is disagreement of the members; the rest they share. Percentile bootstrap over people.`,
    },
  ];
}

/** Do the members of the ensemble disagree where they are wrong? @param count - people looked at, the first ones answered. */
export function disagreementFindings(
  bundle: WristStateBundle,
  { key, answered }: PatternAnswers,
  count: number,
): Finding[] {
  const members = bundle.members.map(forwardOf);
  const { temperature } = patternOf(bundle.calibration, key);
  const rows = answered.slice(0, count).map(({ person, top, label }): JudgedSpread => {
    const row = networkInput(bundle.layout, measurementOf(bundle, modelInputOf(person, key)));
    const spread = ensembleSpread(members.map((forward) => softmax(forward(row).output, temperature)));
    return { isRight: top.label === label, spread };
  });
  return rows.length === 0 ? [] : disagreementFinding(key, rows);
}
