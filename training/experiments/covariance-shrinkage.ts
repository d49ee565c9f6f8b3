import { REPETITIONS } from '../augmentation/augmentation-people.ts';
import { findingOf, intervalText } from '../augmentation/interval-text.ts';
import {
  type MeanInterval,
  meanInterval,
  pairedInterval,
  verdictOf,
} from '../augmentation/paired-interval.ts';
import { type Figures, type FigureTable, type Finding, noFigures, type Plot } from '../evaluate/figures.ts';
import { cellResults } from './cell-results.ts';
import {
  ALPHA,
  COVARIANCE_SEED,
  COVARIANCE_SIZES,
  CovarianceCell,
  covarianceCellId,
  covarianceCells,
  type Estimate,
  MISTAKE_NAMES,
} from './covariance-shrinkage-cells.ts';
import type { Experiment } from './experiment.ts';

type EstimateResult = CovarianceCell['sizes'][number][Estimate];
type Reading = (result: EstimateResult) => number;

const ESTIMATES = ['sample', 'shrunk'] as const satisfies readonly Estimate[];
const mistakeWords = (name: string): string => name.replaceAll('-', ' ');

const valuesOf = (
  cells: readonly CovarianceCell[],
  index: number,
  estimate: Estimate,
  read: Reading,
): number[] => cells.map((cell) => read(cell.sizes[index]![estimate]));
const differenceOf = (cells: readonly CovarianceCell[], index: number, read: Reading): MeanInterval =>
  pairedInterval(valuesOf(cells, index, 'shrunk', read), valuesOf(cells, index, 'sample', read));

function likelihoodTable(cells: readonly CovarianceCell[]): FigureTable {
  return {
    title: 'Shrunk against sample covariance of nine features: log likelihood and refusals of unseen people',
    columns: [
      'people behind the covariance',
      'shrinkage',
      'log likelihood, shrunk - sample, nats a person',
      'reads',
      'refused beyond chi-squared, sample, %',
      'refused beyond chi-squared, shrunk, %',
      'refused beyond a calibrated limit, sample, %',
      'refused beyond a calibrated limit, shrunk, %',
    ],
    rows: COVARIANCE_SIZES.map((size, index) => {
      const gain = differenceOf(cells, index, (result) => result.logLikelihood);
      const share = (estimate: Estimate, read: Reading) =>
        intervalText(meanInterval(valuesOf(cells, index, estimate, read)), 1, 100);
      return [
        size,
        intervalText(meanInterval(valuesOf(cells, index, 'shrunk', (result) => result.shrinkage)), 2),
        intervalText(gain, 2),
        verdictOf(gain, true),
        ...ESTIMATES.map((estimate) => share(estimate, (result) => result.refusedByTheory)),
        ...ESTIMATES.map((estimate) => share(estimate, (result) => result.refusedByCalibration)),
      ];
    }),
    caption: `Mean [95 % t interval] over ${cells.length} repetitions; ${100 * ALPHA} % should be refused. The calibrated limit comes from 500 further people and is conformal, whatever the covariance; the chi-squared point supposes that the covariance is known.`,
  };
}

function mistakeTable(cells: readonly CovarianceCell[]): FigureTable {
  return {
    title: 'Mistakes that the out-of-range limit catches, with the shrunk and the sample covariance',
    columns: [
      'people behind the covariance',
      ...MISTAKE_NAMES.flatMap((name) => [
        `${mistakeWords(name)}: sample, %`,
        'shrunk, %',
        'shrunk - sample, points',
        'reads',
      ]),
    ],
    rows: COVARIANCE_SIZES.map((size, index) => [
      size,
      ...MISTAKE_NAMES.flatMap((_, kind) => {
        const read: Reading = (result) => result.caught[kind]!;
        const difference = differenceOf(cells, index, read);
        return [
          ...ESTIMATES.map((estimate) =>
            intervalText(meanInterval(valuesOf(cells, index, estimate, read)), 1, 100),
          ),
          intervalText(difference, 1, 100),
          verdictOf(difference, true),
        ];
      }),
    ]),
    caption: `Both at a calibrated limit of ${100 * ALPHA} %. Shrinking widens the directions in which people hardly differ; a mistake that shows in exactly those can be hidden by it.`,
  };
}

/** The sample covariance of fewer people can be so far off that the rest could not be seen. */
const SMALLEST_DRAWN = 15;

function likelihoodPlot(cells: readonly CovarianceCell[]): Plot {
  return {
    title: 'Log likelihood of unseen people by the number of people behind the covariance',
    xTitle: 'people',
    yTitle: 'mean log likelihood, nats a person',
    isLogX: true,
    kind: 'line',
    lines: ESTIMATES.map((estimate) => {
      const shown = COVARIANCE_SIZES.map((size, index) => ({ size, index })).filter(
        ({ size }) => size >= SMALLEST_DRAWN,
      );
      const intervals = shown.map(({ index }) =>
        meanInterval(valuesOf(cells, index, estimate, (result) => result.logLikelihood)),
      );
      return {
        name: estimate === 'sample' ? 'sample covariance' : 'shrunk covariance (Ledoit-Wolf)',
        x: shown.map(({ size }) => size),
        y: intervals.map(({ mean }) => mean),
        low: intervals.map(({ low }) => low),
        high: intervals.map(({ high }) => high),
      };
    }),
    caption: `The bands are of each mean; whether shrinking makes a difference is told by the paired intervals in the table. Not drawn, see the table: ${COVARIANCE_SIZES.filter((size) => size < SMALLEST_DRAWN).join(', ')} people.`,
  };
}

function findings(cells: readonly CovarianceCell[]): Finding[] {
  return COVARIANCE_SIZES.flatMap((size, index) => {
    const gain = differenceOf(cells, index, (result) => result.logLikelihood);
    const refused = meanInterval(valuesOf(cells, index, 'shrunk', (result) => result.refusedByTheory));
    const plain = meanInterval(valuesOf(cells, index, 'sample', (result) => result.refusedByTheory));
    const caught = MISTAKE_NAMES.map((name, kind) => {
      const difference = differenceOf(cells, index, (result) => result.caught[kind]!);
      return `${mistakeWords(name)}: ${verdictOf(difference, true)} (${intervalText(difference, 1, 100)} points)`;
    });
    return findingOf(
      `shrunk against sample covariance of ${size} people: log likelihood of unseen people, nats`,
      gain,
      `Shrinking: ${verdictOf(gain, true)}. Refused beyond chi-squared: ${intervalText(plain, 1, 100)} % with the sample covariance, ${intervalText(refused, 1, 100)} % with the shrunk one (5 % meant). Mistakes caught at a calibrated limit: ${caught.join('; ')}.`,
    );
  });
}

function summarise(results: ReadonlyMap<string, unknown>): Figures {
  const ids = Array.from({ length: REPETITIONS }, (_, repetition) => covarianceCellId(repetition));
  const cells = cellResults(results, ids, CovarianceCell);
  return {
    ...noFigures(),
    findings: findings(cells),
    plots: [likelihoodPlot(cells)],
    tables: [likelihoodTable(cells), mistakeTable(cells)],
  };
}

export const COVARIANCE_SHRINKAGE: Experiment = {
  name: 'covariance-shrinkage',
  title: 'Shrunk against sample covariance for the out-of-range distance',
  about:
    'Mean and covariance of the logarithms of the nine features from 12 to 600 simulated people, shrunk after Ledoit and Wolf or not (the plain twin). Judged by the log likelihood of 1,000 unseen simulated people, by how many of them are refused, and by how many of three mistakes are caught. 20 repetitions share nobody; paired t intervals over them.',
  seed: COVARIANCE_SEED,
  dataSets: [],
  usesTensors: false,
  cells: covarianceCells,
  summarise,
};
