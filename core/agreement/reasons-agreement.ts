import type { ConcordanceRow } from '../contract/schemas/concordance.ts';
import { patientCount, patientJackknife } from './patient-jackknife.ts';
import { rankBiasedOverlap, rankedReasonOverlap } from './rank-biased-overlap.ts';
import { NO_STATISTIC, type ShownFigure, shownStatistic } from './shown-figure.ts';
import { signAgreement } from './sign-agreement.ts';
import { topKOverlap } from './top-k-overlap.ts';

/** Weight of the first places in the overlap of rankings: 0.8 gives the first three about 0.9 of it. */
export const RANKING_PERSISTENCE = 0.8;

/** Agreement of reasons. Every figure has its chance level; none of them says that a reason is right. */
export interface ReasonsAgreement {
  /** Judgements with at least one driver and an explanation that passed its checks. */
  n: number;
  patientCount: number;
  withoutDriver: number;
  withoutExplanation: number;
  /** Drivers named, on average. */
  namedMean: number | null;
  /** Share of the named drivers that are among as many of the model's strongest. */
  shared: ShownFigure;
  /** Of the shared ones that can be compared: pointing the same way. Its n are the judgements that have such. */
  sameSign: ShownFigure;
  /** Rank-biased overlap of the two orders, {@link RANKING_PERSISTENCE}. */
  ranking: ShownFigure;
}

interface ComparedReasons {
  patientId: string;
  named: number;
  overlap: number;
  overlapChance: number;
  ranking: number;
  rankingChance: number;
  /** Signs towards the class that the model explains, one pair a shared driver. */
  signs: readonly (readonly [number, number])[];
}

type ReasonRow = Pick<ConcordanceRow, 'patientId' | 'answer' | 'drivers' | 'explanation'>;

/** @throws RangeError when a driver or a feature stands twice or a contribution is not finite. */
export function reasonsAgreement(rows: readonly ReasonRow[]): ReasonsAgreement {
  const withDriver = rows.filter(({ drivers }) => drivers.length > 0);
  const compared = withDriver.flatMap((row) => compareReasons(row) ?? []);
  const n = compared.length;
  const mean = (of: (each: ComparedReasons) => number) =>
    compared.reduce((sum, each) => sum + of(each), 0) / n;
  const ratio = (part: (each: ComparedReasons) => number, whole: (each: ComparedReasons) => number) =>
    patientJackknife(
      compared,
      (each) => [part(each), whole(each)],
      (sums) => (sums[1]! > 0 ? sums[0]! / sums[1]! : null),
      'share',
    ) ?? NO_STATISTIC;
  const directed = compared.filter(({ signs }) => signs.length > 0);
  const pairs = directed.flatMap(({ signs }) => signs);
  const count = { n, patients: patientCount(compared) };
  const signed = signAgreement(
    pairs.map(([own]) => own),
    pairs.map(([, model]) => model),
  );
  return {
    n,
    patientCount: count.patients,
    withoutDriver: rows.length - withDriver.length,
    withoutExplanation: withDriver.length - n,
    namedMean: n === 0 ? null : mean(({ named }) => named),
    shared: shownStatistic(
      count,
      ratio(
        ({ overlap }) => overlap,
        ({ named }) => named,
      ),
      { chance: n === 0 ? null : mean((each) => each.overlapChance) / mean(({ named }) => named) },
    ),
    sameSign: shownStatistic(
      { n: directed.length, patients: patientCount(directed) },
      ratio(
        ({ signs }) => signs.filter(([own, model]) => own === model).length,
        ({ signs }) => signs.length,
      ),
      { chance: signed.chance },
    ),
    ranking: shownStatistic(
      count,
      ratio(
        ({ ranking }) => ranking,
        () => 1,
      ),
      { chance: n === 0 ? null : mean(({ rankingChance }) => rankingChance) },
    ),
  };
}

function compareReasons({ patientId, answer, drivers, explanation }: ReasonRow): ComparedReasons | null {
  if (explanation === null || explanation.contributions.length === 0) return null;
  const { contributions, predictedClass, againstClass } = explanation;
  const named = drivers.map(({ feature }) => feature);
  const top = topKOverlap(
    named,
    contributions.map(({ feature, value }) => ({ name: feature, relevance: value })),
  );
  const order = [...contributions].sort((a, b) => Math.abs(b.value) - Math.abs(a.value));
  const ranking = order.map(({ feature }) => feature);
  const strongest = order.slice(0, named.length);
  // A direction is relative to the clinician's answer; it can be compared where that is one of the two classes explained.
  const towards = answer === predictedClass ? 1 : answer === againstClass ? -1 : 0;
  const signs = drivers.flatMap(({ feature, direction }) => {
    const match = strongest.find((each) => each.feature === feature);
    if (match === undefined || towards === 0 || match.value === 0) return [];
    return [[towards * (direction === 'for' ? 1 : -1), Math.sign(match.value)] as const];
  });
  return {
    patientId,
    named: named.length,
    overlap: top.overlap,
    overlapChance: top.chance,
    ranking: rankBiasedOverlap(named, ranking, RANKING_PERSISTENCE)!,
    rankingChance: chanceOfRanking(named, ranking),
    signs,
  };
}

/** The chance level depends on how many are named of how many, and which of them were read: worked out once each. */
const knownChances = new Map<string, number>();
function chanceOfRanking(named: readonly string[], ranking: readonly string[]): number {
  const key = `${ranking.length}/${named.map((item) => (ranking.includes(item) ? 1 : 0)).join('')}`;
  const known = knownChances.get(key);
  if (known !== undefined) return known;
  const { chance } = rankedReasonOverlap(named, ranking, {
    persistence: RANKING_PERSISTENCE,
    seed: 'concordance',
    draws: 100,
  });
  knownChances.set(key, chance ?? 0);
  return chance ?? 0;
}
