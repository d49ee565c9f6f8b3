import { WRIST_CLASSES } from '../../core/clinical/wrist-classes.ts';
import { AUGMENTATION_SEED } from '../augmentation/augmentation-people.ts';
import { findingOf, intervalText } from '../augmentation/interval-text.ts';
import { meanInterval, pairedInterval, verdictOf } from '../augmentation/paired-interval.ts';
import { type Figures, type FigureTable, type Finding, noFigures, type Plot } from '../evaluate/figures.ts';
import { cellResults } from './cell-results.ts';
import type { Experiment } from './experiment.ts';
import {
  IMBALANCE_METHODS,
  IMBALANCE_REPETITIONS,
  IMBALANCE_TEST_PER_CLASS,
  IMBALANCE_VALIDATION,
  ImbalanceCell,
  type ImbalanceMethod,
  imbalanceCellId,
  imbalanceCells,
  LARGE_CLASS,
  SMALL_CLASS_SIZES,
} from './imbalance-cells.ts';

const METHOD_WORDS: Readonly<Record<ImbalanceMethod, string>> = {
  none: 'nothing',
  prior: 'class prior taken off the logits',
  weighting: 'class weights in the loss',
  copies: 'copies of the small classes',
  migration: 'migration of the small classes',
  gan: 'adversarial network for the small classes',
};
type Domain = 'same' | 'surrogate';

/** Mean of the three recalls: what accuracy would be if the classes were equally common. */
const meanRecall = (recall: readonly number[]): number =>
  recall.reduce((sum, value) => sum + value, 0) / recall.length;
const meanRecalls = (cells: readonly ImbalanceCell[], method: ImbalanceMethod, domain: Domain): number[] =>
  cells.map((cell) => meanRecall(cell[method][domain]));

function table(size: number, cells: readonly ImbalanceCell[], domain: Domain): FigureTable {
  const people = domain === 'same' ? 'same population' : 'surrogate people';
  return {
    title: `Imbalance, ${LARGE_CLASS} nonimpaired against ${size} of each other class (${people})`,
    columns: [
      'done about it',
      ...WRIST_CLASSES.map((name) => `recall of ${name}, %`),
      'mean recall, %',
      'against nothing, points',
      'reads',
      'against class weights, points',
      'reads',
    ],
    rows: IMBALANCE_METHODS.map((method) => {
      const own = meanRecalls(cells, method, domain);
      const against = (other: ImbalanceMethod): string[] => {
        if (method === other) return ['', ''];
        const difference = pairedInterval(own, meanRecalls(cells, other, domain));
        return [intervalText(difference, 1, 100), verdictOf(difference, true)];
      };
      return [
        METHOD_WORDS[method],
        ...WRIST_CLASSES.map((_, label) =>
          intervalText(meanInterval(cells.map((cell) => cell[method][domain][label]!)), 1, 100),
        ),
        intervalText(meanInterval(own), 1, 100),
        ...against('none'),
        ...against('weighting'),
      ];
    }),
    caption: `Mean [95 % t interval] over ${cells.length} repetitions with people of their own, ${IMBALANCE_TEST_PER_CLASS} test people a class; differences are paired. A gain of the small classes may be paid for by the large one: the mean recall weighs the three equally.`,
  };
}

function plot(bySize: readonly { size: number; cells: readonly ImbalanceCell[] }[]): Plot {
  return {
    title: 'Mean recall by size of the small classes',
    xTitle: 'people of each small class',
    yTitle: 'mean recall of the three classes, %',
    kind: 'line',
    lines: IMBALANCE_METHODS.map((method) => {
      const intervals = bySize.map(({ cells }) => meanInterval(meanRecalls(cells, method, 'same')));
      return {
        name: METHOD_WORDS[method],
        x: bySize.map(({ size }) => size),
        y: intervals.map(({ mean }) => 100 * mean),
        low: intervals.map(({ low }) => 100 * low),
        high: intervals.map(({ high }) => 100 * high),
      };
    }),
    caption: `${LARGE_CLASS} nonimpaired people throughout; same population. The bands are of each mean; whether two remedies differ is told by the paired intervals in the tables.`,
  };
}

function findings(size: number, cells: readonly ImbalanceCell[]): Finding[] {
  return IMBALANCE_METHODS.filter((method) => method !== 'none').flatMap((method) => {
    const difference = pairedInterval(meanRecalls(cells, method, 'same'), meanRecalls(cells, 'none', 'same'));
    const weighted = pairedInterval(
      meanRecalls(cells, method, 'same'),
      meanRecalls(cells, 'weighting', 'same'),
    );
    const beside = method === 'weighting' ? '' : ` Against class weights: ${verdictOf(weighted, true)}.`;
    return findingOf(
      `imbalance ${LARGE_CLASS} to ${size}: mean recall gained by ${METHOD_WORDS[method]}`,
      difference,
      `Against doing nothing: ${verdictOf(difference, true)}.${beside} Paired over ${cells.length} repetitions, untouched people of the same population.`,
    );
  });
}

function summarise(results: ReadonlyMap<string, unknown>): Figures {
  const bySize = SMALL_CLASS_SIZES.map((size) => {
    const ids = Array.from({ length: IMBALANCE_REPETITIONS }, (_, repetition) =>
      imbalanceCellId(size, repetition),
    );
    return { size, cells: cellResults(results, ids, ImbalanceCell) };
  });
  return {
    ...noFigures(),
    findings: bySize.flatMap(({ size, cells }) => findings(size, cells)),
    plots: [plot(bySize)],
    tables: bySize.flatMap(({ size, cells }) => [
      table(size, cells, 'same'),
      table(size, cells, 'surrogate'),
    ]),
  };
}

export const IMBALANCE: Experiment = {
  name: 'imbalance',
  title: 'Eighty-four nonimpaired simulated people against a handful of operated ones',
  about: `Three classes from nine features, everybody simulated, ${LARGE_CLASS} nonimpaired training people against 5, 10 or 20 of each operated class, a dense network with 16 hidden units and a plain ridge on its first layer. Remedies: none, the class prior taken off the logits of the same network, class weights, and growing the small classes to ${LARGE_CLASS} by copies, migration or a conditional adversarial network. Recall of each class on untouched people of the same population and on surrogate people (contact model B, muscle spread doubled); ${IMBALANCE_REPETITIONS} repetitions share nobody. Every network is stopped on ${IMBALANCE_VALIDATION} validation people a class, more operated people than it was trained on: a clinic would not have them, and doing nothing is given them too.`,
  seed: AUGMENTATION_SEED,
  dataSets: [],
  usesTensors: true,
  cells: imbalanceCells,
  summarise,
};
