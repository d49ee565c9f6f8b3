import { calibrateSets, calibrateSetsByClass, conformalSet } from '../../core/uncertainty/conformal-sets.ts';
import { meanSetSize, setCoverage } from '../../core/uncertainty/set-metrics.ts';
import type { SetScore } from '../../core/uncertainty/set-scores.ts';
import { setSizeStratifiedCoverage } from '../../core/uncertainty/set-size-coverage.ts';
import { wilsonInterval } from '../../core/uncertainty/wilson-interval.ts';
import type { FigureTable } from './figures.ts';

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

/** Sets of one rule of some people, as a row of the table. */
function scored(name: string, rows: readonly SetRow[], sets: readonly (readonly number[])[]) {
  const labels = rows.map(({ label }) => label);
  const coverage = setCoverage(labels, sets);
  const [low, high] = wilsonInterval(Math.round(coverage * sets.length), sets.length);
  const byClass = [...new Set(labels)].map((label) => {
    const own = sets.filter((_, i) => labels[i] === label);
    return setCoverage(new Array<number>(own.length).fill(label), own);
  });
  const share = (size: number) => sets.filter(({ length }) => length === size).length / sets.length;
  const percent = (value: number) => Number((100 * value).toFixed(1));
  return [
    name,
    `${percent(coverage)} (${percent(low)} to ${percent(high)})`,
    percent(Math.min(...byClass)),
    percent(setSizeStratifiedCoverage(labels, sets, rows[0]!.probabilities.length).smallest),
    Number(meanSetSize(sets).toFixed(3)),
    percent(share(1)),
    percent(share(0)),
    rows.length,
  ];
}

/**
 * The shipped sets beside sets of other scores, with one threshold for all classes or one each. The first half of the
 * people calibrates the others, all are measured on the second half.
 * @throws RangeError with fewer than two people.
 */
export function setComparison(title: string, rows: readonly SetRow[], alpha: number): FigureTable {
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
      { name: `${name}, one threshold`, calibration: calibrateSets(score, cases, alpha) },
      { name: `${name}, a threshold a class`, calibration: calibrateSetsByClass(score, cases, alpha) },
    ].map((rule) =>
      scored(
        rule.name,
        test,
        test.map(({ probabilities }) => conformalSet(probabilities, rule.calibration).labels),
      ),
    ),
  );
  return {
    title,
    columns: [
      'sets',
      'hold the right class, % (95 %)',
      'class covered least, %',
      'size of set covered least, %',
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
      ),
      ...others,
    ],
    caption: `Promised: ${100 * (1 - alpha)} %. The others were calibrated on ${half} further test people, the shipped ones on the bundle's own calibration people. APS and RAPS here without random draws: where one class is nearly certain or all are alike likely they cover more than promised.`,
  };
}
