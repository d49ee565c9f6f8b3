import { findingOf, intervalText } from '../augmentation/interval-text.ts';
import {
  type MeanInterval,
  meanInterval,
  pairedInterval,
  verdictOf,
} from '../augmentation/paired-interval.ts';
import { type Figures, type FigureTable, type Finding, noFigures, type Plot } from '../evaluate/figures.ts';
import { cellResults } from './cell-results.ts';
import type { Experiment } from './experiment.ts';
import {
  RANDOM_UNITS,
  REGULARISATION_PEOPLE,
  REGULARISATION_REPETITIONS,
  REGULARISATION_SEED,
  REGULARISATION_SIZES,
  RegularisationCell,
  type RegularisationCurves,
  type RegularisationSize,
  regularisationCellId,
  regularisationCells,
  STRENGTHS,
  TARGET_KINDS,
  type TargetKind,
} from './regularisation-cells.ts';

const KIND_WORDS: Readonly<Record<TargetKind, string>> = {
  groups: 'four muscle groups, percent of expected',
  muscles: 'log F0 of sixteen muscles',
};
type Curve = 'train' | 'heldOut' | 'kept';
interface SizeResults {
  size: RegularisationSize;
  repetitions: RegularisationCurves[];
}

const strengthText = (strength: number): string => (strength === 0 ? 'none' : String(strength));
const at = (results: SizeResults, kind: TargetKind, curve: Curve, index: number): MeanInterval =>
  meanInterval(results.repetitions.map((one) => one[kind][curve][index]!));

/** Position of the strength with the least error on validation people, of one repetition. */
const chosenIndex = (curves: RegularisationCurves, kind: TargetKind): number =>
  curves[kind].validation.indexOf(Math.min(...curves[kind].validation));
const atChosen = (results: SizeResults, kind: TargetKind, curve: Curve): number[] =>
  results.repetitions.map((one) => one[kind][curve][chosenIndex(one, kind)]!);
const withoutPenalty = (results: SizeResults, kind: TargetKind, curve: Curve): number[] =>
  results.repetitions.map((one) => one[kind][curve][0]!);

/** The middle one of the strengths chosen on validation people. */
function typicalStrength(results: SizeResults, kind: TargetKind): string {
  const chosen = results.repetitions.map((one) => chosenIndex(one, kind)).sort((a, b) => a - b);
  return strengthText(STRENGTHS[chosen[Math.floor(chosen.length / 2)]!]!);
}

function sweepTable(all: readonly SizeResults[], kind: TargetKind): FigureTable {
  return {
    title: `Regularisation sweep: ${KIND_WORDS[kind]}`,
    columns: [
      'strength',
      ...all.flatMap(({ size }) => [`${size} people: train error`, 'held-out error', 'variance kept']),
    ],
    rows: STRENGTHS.map((strength, index) => [
      strengthText(strength),
      ...all.flatMap((results) =>
        (['train', 'heldOut', 'kept'] as const).map((curve) =>
          at(results, kind, curve, index).mean.toFixed(3),
        ),
      ),
    ]),
    caption: `Mean squared error in units of the true variance between held-out people (1: no better than the mean of them all), and the variance of the predictions in the same unit; means over targets and repetitions. Variance that comes back while the held-out error does not fall is at least in part noise.`,
  };
}

function choiceTable(all: readonly SizeResults[]): FigureTable {
  return {
    title: 'Regularisation: the strength that validation people choose against none',
    columns: [
      'targets',
      'people',
      'repetitions',
      'strength (median)',
      'held-out error, none',
      'held-out error, chosen',
      'difference',
      'reads',
      'variance kept, none',
      'variance kept, chosen',
    ],
    rows: TARGET_KINDS.flatMap((kind) =>
      all.map((results) => {
        const [chosen, plain] = [
          atChosen(results, kind, 'heldOut'),
          withoutPenalty(results, kind, 'heldOut'),
        ];
        const difference = pairedInterval(chosen, plain);
        return [
          KIND_WORDS[kind],
          results.size,
          results.repetitions.length,
          typicalStrength(results, kind),
          intervalText(meanInterval(plain), 3),
          intervalText(meanInterval(chosen), 3),
          intervalText(difference, 3),
          verdictOf(difference, false),
          intervalText(meanInterval(withoutPenalty(results, kind, 'kept')), 2),
          intervalText(meanInterval(atChosen(results, kind, 'kept')), 2),
        ];
      }),
    ),
    caption: `Mean [95 % t interval] over repetitions; ${REGULARISATION_PEOPLE.validation} validation people choose, ${REGULARISATION_PEOPLE.test} others test. A variance kept of well below 1 means that predictions are drawn to the average person: extremes come out milder than they are.`,
  };
}

function plot(results: SizeResults): Plot {
  const shown = STRENGTHS.map((strength, index) => ({ strength, index })).filter(
    ({ strength }) => strength > 0,
  );
  const names: Readonly<Record<Curve, string>> = {
    train: 'train error',
    heldOut: 'held-out error',
    kept: 'variance kept by the predictions',
  };
  return {
    title: `Error and variance kept by strength of the penalty, ${results.size} people`,
    xTitle: 'strength of the penalty',
    yTitle: 'share of the true variance between people',
    isLogX: true,
    kind: 'line',
    lines: (['train', 'heldOut', 'kept'] as const).map((curve) => {
      const intervals = shown.map(({ index }) => at(results, 'groups', curve, index));
      return {
        name: names[curve],
        x: shown.map(({ strength }) => strength),
        y: intervals.map(({ mean }) => mean),
        low: intervals.map(({ low }) => low),
        high: intervals.map(({ high }) => high),
      };
    }),
    caption: `${KIND_WORDS.groups}. To the left the penalty vanishes, to the right everybody is called average. The gap between the two errors is what the training people do not show of the error.`,
  };
}

function findings(results: SizeResults): Finding[] {
  return TARGET_KINDS.flatMap((kind) => {
    const difference = pairedInterval(
      atChosen(results, kind, 'heldOut'),
      withoutPenalty(results, kind, 'heldOut'),
    );
    const kept = meanInterval(atChosen(results, kind, 'kept'));
    const plainKept = meanInterval(withoutPenalty(results, kind, 'kept'));
    return [
      findingOf(
        `regularisation, ${results.size} people, ${KIND_WORDS[kind]}: held-out error against no penalty`,
        difference,
        `Share of the true variance; strength chosen on validation people (median ${typicalStrength(results, kind)}): ${verdictOf(difference, false)}.`,
      ),
      findingOf(
        `regularisation, ${results.size} people, ${KIND_WORDS[kind]}: share of the true variance between people that predictions keep`,
        kept,
        `At the strength chosen on validation people; without a penalty ${intervalText(plainKept, 2)}.`,
      ),
    ];
  });
}

function summarise(results: ReadonlyMap<string, unknown>): Figures {
  const all = REGULARISATION_SIZES.map((size): SizeResults => {
    const ids = Array.from({ length: REGULARISATION_REPETITIONS[size] }, (_, r) =>
      regularisationCellId(size, r),
    );
    return {
      size,
      repetitions: cellResults(results, ids, RegularisationCell).map((cell, r) => {
        const curves = cell[size];
        if (!curves) throw new Error(`cell ${ids[r]} has no result for ${size} people`);
        return curves;
      }),
    };
  });
  return {
    ...noFigures(),
    findings: all.flatMap(findings),
    plots: all.map(plot),
    tables: [choiceTable(all), ...TARGET_KINDS.map((kind) => sweepTable(all, kind))],
  };
}

export const REGULARISATION: Experiment = {
  name: 'regularisation',
  title: 'How strong a penalty, for how many people?',
  about: `Muscle parameters of simulated people from all inputs of tier 3, by ridge regression on the inputs and ${RANDOM_UNITS} fixed random tanh features (closed form, so that every strength is exact). Train and held-out error and the share of the true variance between people that the predictions keep, at 20, 100, 1,000 and 40,000 people. "None" is the solution of least norm, the plain twin. Repetitions share nobody (20; 8 at 40,000 people); t intervals over them.`,
  seed: REGULARISATION_SEED,
  dataSets: [],
  usesTensors: false,
  cells: regularisationCells,
  summarise,
};
