import * as z from 'zod';
import { randomStream } from '../../core/numerics/random-stream.ts';
import type { Figures, Finding } from '../evaluate/figures.ts';

const Person = z.strictObject({
  transferRmseNm: z.number(),
  directRmseNm: z.number(),
  transferWithin2Nm: z.number(),
  directWithin2Nm: z.number(),
  /** The pre-trained network before any fine-tuning. */
  simulationNetworkRmseNm: z.number(),
  /** The plain simulation driven by the person's envelopes. */
  simulationRmseNm: z.number(),
  /** Mean of simulated - recorded torque. */
  simulationBiasNm: z.number(),
});
type Person = z.output<typeof Person>;
/** 0 epochs: left at its start weights, at no rate. */
const Chosen = z.strictObject({ learningRate: z.number(), epochs: z.int().min(0), isAtEdge: z.boolean() });
type Chosen = z.output<typeof Chosen>;

/** Result of one cell: one random partition of one cohort into five splits, everybody tested once. */
export const TransferCell = z.strictObject({
  cohort: z.int(),
  gap: z.number(),
  partition: z.int(),
  people: z.array(Person).min(1),
  chosen: z.array(z.strictObject({ transfer: Chosen, direct: Chosen })).min(1),
});
export type TransferCell = z.output<typeof TransferCell>;

const KEYS = Object.keys(Person.shape) as (keyof Person)[];
const RESAMPLES = 2000;
const LITERATURE =
  'Kearney et al. 2024 (25 healthy young adults, 5 tested): 6.22 N.m by transfer, 8.28 N.m directly, -24.9 %.';

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Each person's errors averaged over the partitions. @throws RangeError when cells have different people. */
export function averagePeople(cells: readonly TransferCell[]): Person[] {
  const [first] = cells;
  if (!first) throw new RangeError('there is no cell to average');
  if (cells.some(({ people }) => people.length !== first.people.length)) {
    throw new RangeError('cells of one cohort have the same people');
  }
  return first.people.map(
    (_, person) =>
      Object.fromEntries(
        KEYS.map((key) => [key, mean(cells.map(({ people }) => people[person]![key]))]),
      ) as Person,
  );
}

/** A figure with its 95 % percentile interval. */
interface Estimate {
  value: number;
  low: number;
  high: number;
}

/** Percentile bootstrap over units (people, or cohorts). @param name - of the stream. */
export function bootstrap<T>(
  units: readonly T[],
  figure: (sample: readonly T[]) => number,
  name: string,
): Estimate {
  if (units.length < 2) throw new RangeError('a bootstrap needs at least two units');
  const stream = randomStream('elbow-transfer-bootstrap', name, 0);
  const values = Float64Array.from({ length: RESAMPLES }, () =>
    figure(units.map(() => units[stream.integer(units.length)]!)),
  ).sort();
  return {
    value: figure(units),
    low: values[Math.floor(0.025 * RESAMPLES)]!,
    high: values[Math.ceil(0.975 * RESAMPLES) - 1]!,
  };
}

const meanOf = (key: keyof Person) => (people: readonly Person[]) =>
  mean(people.map((person) => person[key]));
/** (transfer - direct) / direct of the mean errors, percent; below 0 transfer helps. */
const changePercent = (people: readonly Person[]): number =>
  100 * (meanOf('transferRmseNm')(people) / meanOf('directRmseNm')(people) - 1);

const round = (value: number, digits = 2): string => value.toFixed(digits);
const verdict = ({ value, low, high }: Estimate): string =>
  high < 0
    ? `Transfer lowers the error by ${round(-value, 1)} %.`
    : low > 0
      ? `Transfer raises the error by ${round(value, 1)} %: it hurts.`
      : `No difference shown: the change of ${round(value, 1)} % cannot be told from 0.`;

function mainFindings(people: readonly Person[]): Finding[] {
  const n = people.length;
  const figure = (name: string, key: keyof Person, sentence: (estimate: Estimate) => string): Finding => {
    const estimate = bootstrap(people, meanOf(key), key);
    return { name, ...estimate, literature: LITERATURE, n, sentence: sentence(estimate) };
  };
  const change = bootstrap(people, changePercent, 'change');
  const bias = bootstrap(people, meanOf('simulationBiasNm'), 'bias');
  const biasWord =
    bias.high < 0
      ? 'under-predicts'
      : bias.low > 0
        ? 'over-predicts'
        : 'is not shown to be off on average in';
  return [
    figure(
      'RMSE by transfer, N.m, surrogates',
      'transferRmseNm',
      ({ value }) =>
        `Mean over 25 surrogate people of each person's error, averaged over the splits in which the person was tested: ${round(value)} N.m.`,
    ),
    figure(
      'RMSE by direct learning, N.m, surrogates',
      'directRmseNm',
      ({ value }) => `The same network, the same 20 people, without simulation: ${round(value)} N.m.`,
    ),
    {
      name: 'change of RMSE by transfer, %, surrogates',
      ...change,
      literature: LITERATURE,
      n,
      sentence: `${verdict(change)} Paired by person, bootstrap over the 25 surrogates; the gap between simulation and surrogate is our assumption.`,
    },
    figure(
      'time within 2 N.m by transfer, share',
      'transferWithin2Nm',
      ({ value }) => `${round(100 * value, 1)} % of the recorded times lie within 2 N.m of the prediction.`,
    ),
    figure(
      'time within 2 N.m by direct learning, share',
      'directWithin2Nm',
      ({ value }) => `${round(100 * value, 1)} % of the recorded times lie within 2 N.m of the prediction.`,
    ),
    figure(
      'RMSE of the pre-trained network without fine-tuning, N.m',
      'simulationNetworkRmseNm',
      () => 'What the network learned on simulation alone, before it saw a surrogate.',
    ),
    figure(
      'RMSE of the plain simulation, N.m',
      'simulationRmseNm',
      () =>
        "Envelopes as activations of generic muscles with generic fatigue, scaled to the person's maximal torque. It uses no training people at all.",
    ),
    {
      name: 'plain simulation minus recorded torque, N.m',
      ...bias,
      literature: 'Kearney et al. 2024: musculoskeletal simulations consistently under-predicted torque.',
      n,
      sentence: `The plain simulation ${biasWord} these surrogates. Its sign is a consequence of how we assumed the surrogates to differ (EMG-force curve, gains, fatigue), no evidence about people.`,
    },
  ];
}

/** All figures of the experiment. @param results - of all cells. @throws ZodError when a cell is not as it should be. */
export function transferFigures(results: readonly unknown[]): Figures {
  const cells = results.map((result) => TransferCell.parse(result));
  const ofFrozen = cells.filter(({ cohort }) => cohort === 0);
  const gaps = [...new Set(ofFrozen.map(({ gap }) => gap))].sort((a, b) => a - b);
  const byGap = gaps.map((gap) => averagePeople(ofFrozen.filter((cell) => cell.gap === gap)));
  const cohorts = [...new Set(cells.map(({ cohort }) => cohort))].filter((cohort) => cohort !== 0);
  const byCohort = cohorts.map((cohort) => averagePeople(cells.filter((cell) => cell.cohort === cohort)));
  const findings: Finding[] = [];
  const frozen = byGap[gaps.indexOf(1)];
  if (frozen) findings.push(...mainFindings(frozen));
  if (byCohort.length > 1) {
    const change = bootstrap(byCohort.map(changePercent), mean, 'cohorts');
    findings.push({
      name: 'change of RMSE by transfer, %, independent cohorts',
      ...change,
      literature: LITERATURE,
      n: byCohort.length,
      sentence: `${verdict(change)} Mean over ${byCohort.length} independent surrogate cohorts of 25, bootstrap over cohorts; transfer was better in ${byCohort.filter((people) => changePercent(people) < 0).length} of them.`,
    });
  }
  const changes = byGap.map((people, i) => bootstrap(people, changePercent, `gap-${gaps[i]}`));
  changes.forEach((change, i) => {
    const gap = gaps[i]!;
    if (gap === 1) return;
    findings.push({
      name: `change of RMSE by transfer, %, reality gap ${gap}`,
      ...change,
      literature: null,
      n: byGap[i]!.length,
      sentence: `${verdict(change)} All departures of the surrogates from the simulation scaled by ${gap} (1 = as frozen).`,
    });
  });
  return {
    checks: [],
    findings,
    plots:
      gaps.length < 2
        ? []
        : [
            {
              title: 'Transfer against direct learning over the reality gap',
              xTitle: 'reality gap (0 = simulation itself, 1 = surrogates as frozen)',
              yTitle: 'change of RMSE by transfer, %',
              kind: 'line',
              lines: [
                {
                  name: 'transfer - direct',
                  x: gaps,
                  y: changes.map(({ value }) => value),
                  low: changes.map(({ low }) => low),
                  high: changes.map(({ high }) => high),
                },
              ],
              caption: `Below 0 transfer helps, above 0 it hurts. Band: 95 %, bootstrap over the 25 people. ${gapCaption(gaps, changes)}`,
            },
            {
              title: 'Error over the reality gap',
              xTitle: 'reality gap',
              yTitle: 'RMSE, N.m',
              kind: 'line',
              lines: (
                [
                  ['transfer', 'transferRmseNm'],
                  ['direct learning', 'directRmseNm'],
                  ['pre-trained network, not fine-tuned', 'simulationNetworkRmseNm'],
                  ['plain simulation', 'simulationRmseNm'],
                ] as const
              ).map(([name, key]) => ({ name, x: gaps, y: byGap.map(meanOf(key)) })),
              caption: 'Mean over the 25 surrogate people of each person’s error.',
            },
          ],
    tables: [
      {
        title: 'Transfer and direct learning by reality gap',
        columns: [
          'reality gap',
          'transfer, N.m',
          'direct, N.m',
          'change, %',
          '95 % interval',
          'within 2 N.m, transfer',
          'within 2 N.m, direct',
          'not fine-tuned, N.m',
          'plain simulation, N.m',
          'plain simulation - recorded, N.m',
          'epochs chosen, transfer',
          'epochs chosen, direct',
          'share of splits left at the start weights, transfer',
          'share of splits left at the start weights, direct',
          'share of splits at the edge of the grid, transfer',
          'share of splits at the edge of the grid, direct',
        ],
        rows: byGap.map((people, i) => [
          gaps[i]!,
          round(meanOf('transferRmseNm')(people)),
          round(meanOf('directRmseNm')(people)),
          round(changes[i]!.value, 1),
          `${round(changes[i]!.low, 1)} to ${round(changes[i]!.high, 1)}`,
          round(meanOf('transferWithin2Nm')(people), 3),
          round(meanOf('directWithin2Nm')(people), 3),
          round(meanOf('simulationNetworkRmseNm')(people)),
          round(meanOf('simulationRmseNm')(people)),
          round(meanOf('simulationBiasNm')(people)),
          medianEpochs(ofFrozen, gaps[i]!, 'transfer'),
          medianEpochs(ofFrozen, gaps[i]!, 'direct'),
          round(shareOfSplits(ofFrozen, gaps[i]!, 'transfer', isUntouched)),
          round(shareOfSplits(ofFrozen, gaps[i]!, 'direct', isUntouched)),
          round(shareOfSplits(ofFrozen, gaps[i]!, 'transfer', ({ isAtEdge }) => isAtEdge)),
          round(shareOfSplits(ofFrozen, gaps[i]!, 'direct', ({ isAtEdge }) => isAtEdge)),
        ]),
        caption:
          'Surrogate people, simulated with another model form. 20 splits at gap 1, 10 at the others; both arms choose rate and epochs inside their 20 people with the same budget, the start weights (0 epochs) among the choices. Edge of the grid: lowest or highest rate, or most epochs.',
      },
    ],
  };
}

type Arm = 'transfer' | 'direct';

/** What the searches of one arm chose, split by split. */
const choicesOf = (cells: readonly TransferCell[], gap: number, arm: Arm): Chosen[] =>
  cells.filter((cell) => cell.gap === gap).flatMap(({ chosen }) => chosen.map((each) => each[arm]));

/** Middle number of epochs that the search inside the 20 chose. */
function medianEpochs(cells: readonly TransferCell[], gap: number, arm: Arm): number {
  const epochs = Int32Array.from(choicesOf(cells, gap, arm), (choice) => choice.epochs).sort();
  return epochs[Math.floor((epochs.length - 1) / 2)]!;
}

const isUntouched = ({ epochs }: Chosen): boolean => epochs === 0;

function shareOfSplits(
  cells: readonly TransferCell[],
  gap: number,
  arm: Arm,
  isSo: (choice: Chosen) => boolean,
): number {
  return mean(choicesOf(cells, gap, arm).map((choice) => (isSo(choice) ? 1 : 0)));
}

function gapCaption(gaps: readonly number[], changes: readonly Estimate[]): string {
  const where = (isSo: (change: Estimate) => boolean) =>
    gaps.filter((_, i) => isSo(changes[i]!)).join(', ') || 'none';
  return `Shown to help at: ${where(({ high }) => high < 0)}; shown to hurt at: ${where(({ low }) => low > 0)}.`;
}
