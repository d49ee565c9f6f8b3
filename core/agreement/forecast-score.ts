import { errorLimitSi } from '../clinical/measured-change.ts';
import { winklerScore } from '../uncertainty/interval-scores.ts';
import { patientBootstrap, patientCount } from './patient-bootstrap.ts';
import { type ShownFigure, shownShare, shownStatistic } from './shown-figure.ts';

/** A 50 % range misses half of the time. */
export const FORECAST_ALPHA = 0.5;

type Range = readonly [number, number];

/** A forecast whose next visit has come, newtons. */
export interface ScoredForecast {
  patientId: string;
  /** Value of the visit at which it was made. */
  lastN: number;
  truthN: number;
  clinicianN: Range;
  /** 25 and 75 % quantiles of the network; null where it gave none. */
  modelN: Range | null;
}

/** Quantile of the normal distribution that leaves a quarter above, over the one that leaves 2.5 %: 0.6745 / 1.9600. */
const HALF_OF_95 = 0.6744897501960817 / 1.959963984540054;

/**
 * "Same as last time": the range that measurement error alone fills in half of all unchanged hands. Without a width the last
 * value would lose to any honest range, and skill would come for nothing.
 * @param lastN - newtons, 0 or more.
 */
export function sameAsLastTimeN(lastN: number): [number, number] {
  const half = HALF_OF_95 * (errorLimitSi('lateral-pinch', lastN) ?? 0);
  return [Math.max(0, lastN - half), lastN + half];
}

/** What one forecaster's ranges were worth. */
export interface ForecasterScore {
  n: number;
  patientCount: number;
  /** The next visit lay inside the 50 % range; one half is what such ranges promise. */
  inside: ShownFigure;
  /**
   * 1 minus the sum of interval scores over that of "same as last time": above 0 better, below 0 worse than saying nothing
   * will change. Bootstrap over patients.
   */
  skill: ShownFigure;
  /** Mean width of the ranges, newtons; null without a forecast. */
  meanWidthN: number | null;
}

export interface ForecastDuel {
  clinician: ForecasterScore;
  model: ForecasterScore;
  /** Of the forecasts that both made: the clinician's range scored better. Equal scores count for nobody. */
  clinicianCloser: ShownFigure;
}

/**
 * Interval score of one range of 50 % (Winkler 1972; Gneiting & Raftery 2007, J Am Stat Assoc 102:359, section 6.2), newtons:
 * width plus four times the distance of a truth outside. It is proper: the best range to say is the one believed in.
 */
export const rangeScoreN = (range: Range, truthN: number): number =>
  winklerScore([truthN], [[range[0], range[1]]], FORECAST_ALPHA);

type Rated = { patientId: string; lastN: number; truthN: number; range: Range };

/** @param scoreOf - the score of a range; smaller is better. */
export function forecasterScore(
  rated: readonly Rated[],
  scoreOf: (range: Range, truthN: number) => number = rangeScoreN,
): ForecasterScore {
  const n = rated.length;
  const inside = rated.filter(({ range, truthN }) => truthN >= range[0] && truthN <= range[1]).length;
  const bootstrap = patientBootstrap(
    rated,
    ({ range, truthN, lastN }) => [scoreOf(range, truthN), scoreOf(sameAsLastTimeN(lastN), truthN)],
    (sums) => (sums[1]! > 0 ? 1 - sums[0]! / sums[1]! : null),
  );
  return {
    n,
    patientCount: patientCount(rated),
    inside: shownShare(inside, n, 1 - FORECAST_ALPHA),
    skill: shownStatistic(n, bootstrap ?? { estimate: null, interval: null, reason: null }, { chance: 0 }),
    meanWidthN: n === 0 ? null : rated.reduce((sum, { range }) => sum + range[1] - range[0], 0) / n,
  };
}

/** Both forecasters on the same truths. @throws RangeError for a number that is not finite or a range turned around. */
export function forecastDuel(forecasts: readonly ScoredForecast[]): ForecastDuel {
  const both = forecasts.flatMap((each) => (each.modelN === null ? [] : [{ ...each, modelN: each.modelN }]));
  const scores = both.map(({ clinicianN, modelN, truthN }) => ({
    clinician: rangeScoreN(clinicianN, truthN),
    model: rangeScoreN(modelN, truthN),
  }));
  const decided = scores.filter(({ clinician, model }) => clinician !== model);
  return {
    clinician: forecasterScore(forecasts.map((each) => ({ ...each, range: each.clinicianN }))),
    model: forecasterScore(both.map((each) => ({ ...each, range: each.modelN }))),
    clinicianCloser: shownShare(
      decided.filter(({ clinician, model }) => clinician < model).length,
      decided.length,
      0.5,
    ),
  };
}
