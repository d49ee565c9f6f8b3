import { PEOPLE_DOMAIN_NAMES, REPETITIONS } from '../augmentation/augmentation-people.ts';
import { findingOf, intervalText } from '../augmentation/interval-text.ts';
import { meanInterval, pairedInterval, verdictOf } from '../augmentation/paired-interval.ts';
import { type Figures, type FigureTable, type Finding, noFigures } from '../evaluate/figures.ts';
import { cellResults } from './cell-results.ts';
import {
  PENALTIES,
  PENALTY_SEED,
  PENALTY_SIZES,
  PENALTY_STRENGTHS,
  PENALTY_TEST_PER_CLASS,
  PenaltyCell,
  type PenaltyKind,
  penaltyCellId,
  penaltyCells,
} from './covariance-penalty-cells.ts';
import type { Experiment } from './experiment.ts';

type Domain = (typeof PEOPLE_DOMAIN_NAMES)[number];
type Measure = 'accuracy' | 'logLoss';

const PENALTY_WORDS: Readonly<Record<PenaltyKind, string>> = {
  none: 'none',
  ridge: 'plain ridge',
  covariance: 'covariance-weighted',
};
const DOMAIN_WORDS: Readonly<Record<Domain, string>> = {
  same: 'same population',
  surrogate: 'surrogate people',
};

const valuesOf = (
  cells: readonly PenaltyCell[],
  kind: PenaltyKind,
  domain: Domain,
  measure: Measure,
): number[] => cells.map((cell) => cell[kind][domain][measure]);

function difference(
  cells: readonly PenaltyCell[],
  kinds: readonly [PenaltyKind, PenaltyKind],
  domain: Domain,
  measure: Measure,
): string[] {
  const [kind, other] = kinds;
  if (kind === other) return ['', ''];
  const made = pairedInterval(
    valuesOf(cells, kind, domain, measure),
    valuesOf(cells, other, domain, measure),
  );
  const isMoreBetter = measure === 'accuracy';
  return [isMoreBetter ? intervalText(made, 1, 100) : intervalText(made, 3), verdictOf(made, isMoreBetter)];
}

function table(size: number, cells: readonly PenaltyCell[], domain: Domain): FigureTable {
  return {
    title: `Penalty on the first layer, ${size} people a class (${DOMAIN_WORDS[domain]})`,
    columns: [
      'penalty',
      'strength (median)',
      'accuracy, %',
      'log loss, nats',
      'accuracy against none, points',
      'reads',
      'log loss against none',
      'reads',
      'log loss against plain ridge',
      'reads',
    ],
    rows: PENALTIES.map((kind) => {
      const strengths = cells.map((cell) => cell[kind].strength).sort((a, b) => a - b);
      return [
        PENALTY_WORDS[kind],
        strengths[Math.floor(strengths.length / 2)]!,
        intervalText(meanInterval(valuesOf(cells, kind, domain, 'accuracy')), 1, 100),
        intervalText(meanInterval(valuesOf(cells, kind, domain, 'logLoss')), 3),
        ...difference(cells, [kind, 'none'], domain, 'accuracy'),
        ...difference(cells, [kind, 'none'], domain, 'logLoss'),
        ...(kind === 'covariance' ? difference(cells, [kind, 'ridge'], domain, 'logLoss') : ['', '']),
      ];
    }),
    caption: `Mean [95 % t interval] over ${cells.length} repetitions with people of their own, ${3 * PENALTY_TEST_PER_CLASS} test people; differences are paired. Strengths ${PENALTY_STRENGTHS.join(', ')}, chosen on validation people, who also stop every network: "none" is regularised by stopping.`,
  };
}

function findings(size: number, cells: readonly PenaltyCell[]): Finding[] {
  return PEOPLE_DOMAIN_NAMES.flatMap((domain) =>
    (['none', 'ridge'] as const).map((other) => {
      const of = (measure: Measure) =>
        pairedInterval(
          valuesOf(cells, 'covariance', domain, measure),
          valuesOf(cells, other, domain, measure),
        );
      const [loss, accuracy] = [of('logLoss'), of('accuracy')];
      return findingOf(
        `covariance-weighted penalty against ${other === 'none' ? 'no penalty' : 'plain ridge'}, ${size} a class, ${DOMAIN_WORDS[domain]}: log loss, nats`,
        loss,
        `Less is better: ${verdictOf(loss, false)}. Accuracy: ${intervalText(accuracy, 1, 100)} points, ${verdictOf(accuracy, true)}. Paired over ${cells.length} repetitions.`,
      );
    }),
  );
}

function summarise(results: ReadonlyMap<string, unknown>): Figures {
  const bySize = PENALTY_SIZES.map((size) => {
    const ids = Array.from({ length: REPETITIONS }, (_, repetition) => penaltyCellId(size, repetition));
    return { size, cells: cellResults(results, ids, PenaltyCell) };
  });
  return {
    ...noFigures(),
    findings: bySize.flatMap(({ size, cells }) => findings(size, cells)),
    tables: bySize.flatMap(({ size, cells }) =>
      PEOPLE_DOMAIN_NAMES.map((domain) => table(size, cells, domain)),
    ),
  };
}

export const COVARIANCE_PENALTY: Experiment = {
  name: 'covariance-penalty',
  title: 'A covariance-weighted penalty on the first layer against plain ridge and none',
  about:
    "Three classes from nine features of simulated people, a dense network with 16 hidden units. The first layer's kernel W is held back by strength x tr(W' M W): M the inverse of the shrunk feature covariance scaled to a mean diagonal of 1, the identity (plain ridge), or nothing (the plain twins). Strengths are chosen on 300 validation people, who also stop the training. Untouched people of the same population, and surrogate people (contact model B, muscle spread doubled). 20 repetitions share nobody; paired t intervals over them.",
  seed: PENALTY_SEED,
  dataSets: [],
  usesTensors: true,
  cells: penaltyCells,
  summarise,
};
