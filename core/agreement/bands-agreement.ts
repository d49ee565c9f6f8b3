import type { ConcordanceRow } from '../contract/schemas/concordance.ts';
import { equalAreaMeasure } from './mask-overlap.ts';
import { type OverlapMeasure, readableValue } from './overlap-measure.ts';
import { patientCount, patientJackknife } from './patient-jackknife.ts';
import { pointingGame } from './pointing-game.ts';
import { chanceOfRandomMarks } from './random-marks.ts';
import { relevanceMass } from './relevance-mass.ts';
import { NO_STATISTIC, type ShownFigure, shownStatistic } from './shown-figure.ts';
import { maskOfEvents, type TraceMask } from './trace-marks.ts';

/** Brushed bands beside the model's relevance over the same trace; chance is marks of the same lengths elsewhere. */
export interface BandsAgreement {
  /** Judgements with a brushed band on a trace that the model explained step by step. */
  n: number;
  /** Shared over united steps, as many of the most relevant ones as were brushed. */
  equalArea: ShownFigure;
  /** Is the most relevant step brushed? */
  pointing: ShownFigure;
  /** Share of the relevance inside the brushed bands. */
  mass: ShownFigure;
}

type Measure = (relevance: ArrayLike<number>, mask: TraceMask) => OverlapMeasure;
const MEASURES = {
  equalArea: (relevance, mask) => equalAreaMeasure('intersectionOverUnion', relevance, mask),
  pointing: (relevance, mask) => pointingGame(relevance, mask),
  mass: (relevance, mask) => relevanceMass(relevance, mask, 'absolute'),
} as const satisfies Record<string, Measure>;
const DRAWS = 200;

/** Judgements whose marks say nothing (none, or the whole trace) or without any relevance are left out. */
export function bandsAgreement(
  rows: readonly Pick<ConcordanceRow, 'patientId' | 'markedTrace'>[],
): BandsAgreement {
  const traced = rows.flatMap(({ patientId, markedTrace }) =>
    markedTrace === null || markedTrace.marks.length === 0
      ? []
      : [
          {
            patientId,
            relevance: markedTrace.relevance,
            mask: maskOfEvents(markedTrace.marks, markedTrace.relevance.length),
          },
        ],
  );
  const figureOf = (measure: Measure): ShownFigure => {
    const compared = traced.flatMap(({ patientId, relevance, mask }) => {
      const value = readableValue(measure(relevance, mask));
      const random = chanceOfRandomMarks(mask, (marks) => readableValue(measure(relevance, marks)), {
        seed: 'concordance',
        draws: DRAWS,
      });
      return value === null || random === null ? [] : [{ patientId, value, chance: random.mean }];
    });
    const n = compared.length;
    const found = patientJackknife(
      compared,
      ({ value }) => [value, 1],
      (sums) => (sums[1]! > 0 ? sums[0]! / sums[1]! : null),
      'share',
    );
    const count = { n, patients: patientCount(compared) };
    return shownStatistic(count, found ?? NO_STATISTIC, {
      chance: n === 0 ? null : compared.reduce((sum, { chance }) => sum + chance, 0) / n,
    });
  };
  return {
    n: traced.length,
    equalArea: figureOf(MEASURES.equalArea),
    pointing: figureOf(MEASURES.pointing),
    mass: figureOf(MEASURES.mass),
  };
}
