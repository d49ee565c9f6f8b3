import { conformalRank } from '../../core/uncertainty/conformal-rank.ts';
import { calibrateSets, calibrateSetsByClass, conformalSet } from '../../core/uncertainty/conformal-sets.ts';
import { type CoverageStatement, coverageRange } from '../../core/uncertainty/coverage-range.ts';
import { meanSetSize, setCoverage } from '../../core/uncertainty/set-metrics.ts';
import type { SetScore } from '../../core/uncertainty/set-scores.ts';
import { type SizeStratum, setSizeStratifiedCoverage } from '../../core/uncertainty/set-size-coverage.ts';
import type { FigureTable } from './figures.ts';

/** Chance that a kept promise stays within its band; all classes of a rule together. */
const BAND_LEVEL = 0.95;

/** People whom the network never saw, with their set as the bundle gives it. */
export interface SetRow {
  probabilities: readonly number[];
  label: number;
  shipped: readonly number[];
}

const SCORES: readonly { name: string; score: SetScore }[] = [
  { name: 'LAC', score: { kind: 'lac' } },
  { name: 'APS', score: { kind: 'aps' } },
  { name: 'RAPS, penalty 0.1 from rank 2', score: { kind: 'raps', penalty: 0.1, freeRank: 1 } },
];

/** What a rule promises: coverage over all people, or in every class, by the calibration people behind a threshold. */
type SetPromise =
  | { of: 'all'; calibrationCount: number }
  | { of: 'class'; calibrationCounts: readonly number[] };

const percent = (value: number) => Number((100 * value).toFixed(1));

/** Measured coverage with the band that a kept promise leaves to the luck of calibration and test, in percent. */
function besideBand(
  covered: number,
  testCount: number,
  { calibrationCount, alpha, statementCount }: Omit<CoverageStatement, 'testCount' | 'simultaneousLevel'>,
): string {
  const measured = String(percent(covered / testCount));
  if (conformalRank(calibrationCount, alpha) === 'unbounded') return `${measured} (too few to promise)`;
  const { low, high } = coverageRange({
    testCount,
    calibrationCount,
    alpha,
    simultaneousLevel: BAND_LEVEL,
    statementCount,
  });
  return `${measured} (kept promise: ${percent(low / testCount)} to ${percent(high / testCount)})`;
}

/** Sets of one rule of some people, as a row of the table. */
function scored(
  name: string,
  rows: readonly SetRow[],
  sets: readonly (readonly number[])[],
  promise: SetPromise,
  alpha: number,
) {
  const labels = rows.map(({ label }) => label);
  const coveredOf = (isOwn: (label: number) => boolean) => {
    const own = [...sets.keys()].filter((i) => isOwn(labels[i]!));
    return { n: own.length, covered: own.filter((i) => sets[i]!.includes(labels[i]!)).length };
  };
  const all = coveredOf(() => true);
  const classes = [...new Set(labels)]
    .map((label) => ({ label, ...coveredOf((own) => own === label) }))
    .sort((a, b) => a.covered / a.n - b.covered / b.n);
  const least = classes[0]!;
  const bySize = setSizeStratifiedCoverage(labels, sets, rows[0]!.probabilities.length);
  const share = (size: number) => sets.filter(({ length }) => length === size).length / sets.length;
  return [
    name,
    promise.of === 'all'
      ? besideBand(all.covered, all.n, { ...promise, alpha, statementCount: 1 })
      : percent(setCoverage(labels, sets)),
    promise.of === 'class'
      ? besideBand(least.covered, least.n, {
          calibrationCount: promise.calibrationCounts[least.label] ?? 0,
          alpha,
          statementCount: classes.length,
        })
      : percent(least.covered / least.n),
    sizeWords(bySize.leastFilled),
    Number(meanSetSize(sets).toFixed(3)),
    percent(share(1)),
    percent(bySize.emptyCount / sets.length),
    rows.length,
  ];
}

function sizeWords(stratum: SizeStratum | null): string {
  if (stratum === null || stratum.coverage === null || stratum.interval === null) return '-';
  const [low, high] = stratum.interval;
  return `${percent(stratum.coverage)} (${percent(low)} to ${percent(high)}), sets of ${stratum.sizes[0]}, n ${stratum.n}`;
}

/**
 * The shipped sets beside sets of other scores, with one threshold for all classes or one each. The first half of the
 * people calibrates the others, all are measured on the second half.
 * @param shippedCounts - calibration people of each class behind the shipped sets.
 * @throws RangeError with fewer than two people.
 */
export function setComparison(
  title: string,
  rows: readonly SetRow[],
  alpha: number,
  shippedCounts: readonly number[],
): FigureTable {
  if (rows.length < 2)
    throw new RangeError('a comparison of sets needs people to calibrate and people to measure');
  const half = Math.floor(rows.length / 2);
  const [calibration, test] = [rows.slice(0, half), rows.slice(half)];
  const cases = {
    probabilities: calibration.map(({ probabilities }) => probabilities),
    labels: calibration.map(({ label }) => label),
  };
  const others = SCORES.flatMap(({ name, score }) =>
    [
      { name: `${name}, one threshold`, isByClass: false, calibrate: calibrateSets },
      { name: `${name}, a threshold a class`, isByClass: true, calibrate: calibrateSetsByClass },
    ].map((rule) => {
      const calibrated = rule.calibrate(score, cases, alpha);
      return scored(
        rule.name,
        test,
        test.map(({ probabilities }) => conformalSet(probabilities, calibrated).labels),
        rule.isByClass
          ? { of: 'class', calibrationCounts: calibrated.counts }
          : { of: 'all', calibrationCount: half },
        alpha,
      );
    }),
  );
  return {
    title,
    columns: [
      'sets',
      'hold the right class, %',
      'class covered least, %',
      'size of set covered least, % (95 %)',
      'mean size',
      'sets of one, %',
      'empty, %',
      'n',
    ],
    rows: [
      scored(
        'as shipped (LAC, a threshold a class)',
        test,
        test.map(({ shipped }) => shipped),
        { of: 'class', calibrationCounts: shippedCounts },
        alpha,
      ),
      ...others,
    ],
    caption: `Promised: ${100 * (1 - alpha)} %, with one threshold over all people, with a threshold a class in every class; behind it the band in which ${100 * BAND_LEVEL} % of kept promises lie with so many calibration and test people (beta-binomial, scores without ties). Empty sets have a column of their own and are left out of the size covered least; with several sizes the least lies below what each would show alone. The others were calibrated on ${half} further test people, the shipped ones on the bundle's own calibration people. APS and RAPS here without random draws: where one class is nearly certain or all are alike likely they cover more than promised.`,
  };
}
