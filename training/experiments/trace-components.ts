import { REPETITIONS } from '../augmentation/augmentation-people.ts';
import { findingOf, intervalText } from '../augmentation/interval-text.ts';
import { meanInterval, pairedInterval, verdictOf } from '../augmentation/paired-interval.ts';
import { type Figures, type FigureTable, type Finding, noFigures, type Plot } from '../evaluate/figures.ts';
import { cellResults } from './cell-results.ts';
import type { Experiment } from './experiment.ts';
import {
  COMPONENT_COUNTS,
  TRACE_SEED,
  TRACE_SIZES,
  TRACE_TEST_PER_CLASS,
  TraceCell,
  traceCellId,
  traceCells,
} from './trace-components-cells.ts';

type Arm = TraceCell['sizes'][number]['raw'];
type Measure = 'accuracy' | 'logLoss' | 'heldOutShare' | 'trainShare';

const rawOf = (cells: readonly TraceCell[], size: number): Arm[] =>
  cells.map((cell) => cell.sizes[size]!.raw);
const armOf = (cells: readonly TraceCell[], size: number, arm: number): Arm[] =>
  cells.map((cell) => cell.sizes[size]!.components[arm]!);
const readingsOf = (arms: readonly Arm[], measure: Measure): number[] => arms.map((arm) => arm[measure]);
const differenceOf = (
  cells: readonly TraceCell[],
  size: number,
  arm: number,
  measure: 'accuracy' | 'logLoss',
) => pairedInterval(readingsOf(armOf(cells, size, arm), measure), readingsOf(rawOf(cells, size), measure));

function table(cells: readonly TraceCell[], size: number): FigureTable {
  const raw = rawOf(cells, size);
  return {
    title: `Trace components against the raw trace, ${TRACE_SIZES[size]} people a class`,
    columns: [
      'input of the classifier',
      'variance explained, people of the fit, %',
      'variance explained, unseen people, %',
      'accuracy, %',
      'log loss, nats',
      'accuracy against raw, points',
      'reads',
      'log loss against raw',
      'reads',
    ],
    rows: [
      [
        'raw trace, 180 numbers',
        '100',
        '100',
        intervalText(meanInterval(readingsOf(raw, 'accuracy')), 1, 100),
        intervalText(meanInterval(readingsOf(raw, 'logLoss')), 3),
        '',
        '',
        '',
        '',
      ],
      ...COMPONENT_COUNTS.map((count, arm) => {
        const own = armOf(cells, size, arm);
        const [accuracy, loss] = [
          differenceOf(cells, size, arm, 'accuracy'),
          differenceOf(cells, size, arm, 'logLoss'),
        ];
        return [
          `${count} components`,
          intervalText(meanInterval(readingsOf(own, 'trainShare')), 1, 100),
          intervalText(meanInterval(readingsOf(own, 'heldOutShare')), 1, 100),
          intervalText(meanInterval(readingsOf(own, 'accuracy')), 1, 100),
          intervalText(meanInterval(readingsOf(own, 'logLoss')), 3),
          intervalText(accuracy, 1, 100),
          verdictOf(accuracy, true),
          intervalText(loss, 3),
          verdictOf(loss, false),
        ];
      }),
    ],
    caption: `The trace alone, without any feature; chance is 33 %. Mean [95 % t interval] over ${cells.length} repetitions with people of their own, ${3 * TRACE_TEST_PER_CLASS} test people; differences are paired. Components are fitted on the training people only, without their classes: what explains most of a trace need not tell the classes apart.`,
  };
}

function plot(cells: readonly TraceCell[]): Plot {
  return {
    title: 'Log loss of the trace alone by number of components',
    xTitle: 'components (180: the raw trace)',
    yTitle: 'log loss, nats (guessing: 1.099)',
    isLogX: true,
    kind: 'line',
    lines: TRACE_SIZES.map((size, index) => {
      const intervals = [
        ...COMPONENT_COUNTS.map((_, arm) => meanInterval(readingsOf(armOf(cells, index, arm), 'logLoss'))),
        meanInterval(readingsOf(rawOf(cells, index), 'logLoss')),
      ];
      return {
        name: `${size} people a class`,
        x: [...COMPONENT_COUNTS, 180],
        y: intervals.map(({ mean }) => mean),
        low: intervals.map(({ low }) => low),
        high: intervals.map(({ high }) => high),
      };
    }),
    caption:
      'Where a line is lowest in the middle, fewer numbers had the lower mean log loss; whether that is more than chance is told by the paired intervals in the tables.',
  };
}

function findings(cells: readonly TraceCell[]): Finding[] {
  return TRACE_SIZES.flatMap((size, index) =>
    COMPONENT_COUNTS.map((count, arm) => {
      const [loss, accuracy] = [
        differenceOf(cells, index, arm, 'logLoss'),
        differenceOf(cells, index, arm, 'accuracy'),
      ];
      const share = meanInterval(readingsOf(armOf(cells, index, arm), 'heldOutShare'));
      return findingOf(
        `${count} trace components against the raw trace, ${size} a class: log loss, nats`,
        loss,
        `Less is better: ${verdictOf(loss, false)}. Accuracy: ${intervalText(accuracy, 1, 100)} points, ${verdictOf(accuracy, true)}. They hold ${intervalText(share, 1, 100)} % of the variance of unseen traces.`,
      );
    }),
  );
}

function summarise(results: ReadonlyMap<string, unknown>): Figures {
  const ids = Array.from({ length: REPETITIONS }, (_, repetition) => traceCellId(repetition));
  const cells = cellResults(results, ids, TraceCell);
  return {
    ...noFigures(),
    findings: findings(cells),
    plots: [plot(cells)],
    tables: TRACE_SIZES.map((_, size) => table(cells, size)),
  };
}

export const TRACE_COMPONENTS_EXPERIMENT: Experiment = {
  name: 'trace-components',
  title: 'Principal components of the force trace against the raw trace',
  about:
    'Three classes from one simulated maximal pull (60 steps x 3 force components), all class mechanisms of the trace switched on, by a dense network with 16 hidden units and a plain ridge on its first layer, strength and stopping chosen on 300 validation people for each input: its input is the raw trace (the plain twin) or the scores of 2 to 16 principal components (singular value decomposition of the training traces). The class mechanisms are assumptions, so the accuracy says nothing about patients; the comparison does say what reduction costs. 20 repetitions share nobody; paired t intervals over them.',
  seed: TRACE_SEED,
  dataSets: [],
  usesTensors: true,
  cells: traceCells,
  summarise,
};
