import { limitsOfAgreement } from '../../core/agreement/limits-of-agreement.ts';
import { linConcordance } from '../../core/agreement/lin-concordance.ts';
import { meanIntervalWidth, winklerScore } from '../../core/uncertainty/interval-scores.ts';
import { calibrateSplit, splitInterval } from '../../core/uncertainty/split-conformal.ts';
import type { FigureTable } from './figures.ts';
import type { MuscleParametersBundle } from './muscle-parameters-bundle.ts';
import type { AnsweredPerson } from './muscle-parameters-coverage.ts';

/**
 * Each parameter's estimate beside its truth, and what its interval's width buys. The first half of the people calibrates
 * one width for all, everything is measured on the second half.
 * @throws RangeError with fewer than four people.
 */
export function agreementTable(
  bundle: Pick<MuscleParametersBundle, 'calibration'>,
  answered: readonly AnsweredPerson[],
): FigureTable {
  if (answered.length < 4) throw new RangeError('agreement needs people to calibrate and people to measure');
  const { outputs, tier } = bundle.calibration;
  const half = Math.floor(answered.length / 2);
  const [calibration, test] = [answered.slice(0, half), answered.slice(half)];
  const number = (value: number) => (Number.isFinite(value) ? Number(value.toPrecision(4)) : 'unbounded');
  const text = ([low, high]: readonly [number, number]) => `${low.toPrecision(3)} to ${high.toPrecision(3)}`;
  return {
    title: `Agreement of estimate and truth, tier ${tier}`,
    columns: [
      'output',
      "Lin's concordance (95 %)",
      'limits of agreement',
      'mean width',
      'Winkler score',
      'the same, one width for all',
      'n',
    ],
    rows: outputs.map(({ name, interval: { alpha } }, j) => {
      const estimatesOf = (people: readonly AnsweredPerson[]) => people.map(({ answer }) => answer.mean[j]!);
      const truthsOf = (people: readonly AnsweredPerson[]) => people.map(({ person }) => person.targets[j]!);
      const [estimates, truths] = [estimatesOf(test), truthsOf(test)];
      const { value, interval } = linConcordance(estimates, truths);
      const { lower, upper } = limitsOfAgreement(estimates, truths);
      const intervals = test.map(({ answer }) => answer.intervals[j]!);
      const split = calibrateSplit(estimatesOf(calibration), truthsOf(calibration), alpha);
      const plain = estimates.map((estimate) => splitInterval(estimate, split));
      return [
        name,
        value === null || interval === null ? '-' : `${value.toFixed(3)} (${text(interval)})`,
        text([lower, upper]),
        number(meanIntervalWidth(intervals)),
        number(winklerScore(truths, intervals, alpha)),
        number(winklerScore(truths, plain, alpha)),
        test.length,
      ];
    }),
    caption:
      'In the unit of each output. Limits: 95 % of estimate minus truth. An estimate that hardly varies has a concordance near 0 however small its error. Winkler score: width, plus a penalty for truths outside; smaller is better. The last Winkler column: intervals of one width for all, calibrated on the other half of the test people.',
  };
}
