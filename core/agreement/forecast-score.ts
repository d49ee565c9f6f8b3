import { winklerScore } from '../uncertainty/interval-scores.ts';
import { patientCount, patientJackknife } from './patient-jackknife.ts';
import {
  NO_STATISTIC,
  partsOfPatients,
  type ShownFigure,
  shownPatientShare,
  shownStatistic,
} from './shown-figure.ts';

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
  /** It was asked and refused; only where `modelN` is null. */
  isModelRefused?: boolean;
}

/**
 * Half the width of "same as last time": with it, half of all simulated hands that did not change have their next best of
 * three trials inside, the last one being the best of three as well: of other numbers of trials nothing is scored. An assumption like the noise it was found with (training/dataset/pinch-trials.ts: trials, days and
 * the steps of a gauge); the published error of key pinch is one number for weak hands, and no 50 % range.
 */
export const SAME_AS_LAST = { baseN: 0.6, share: 0.05 } as const;

/**
 * "Same as last time": the range that measurement error alone fills in half of all unchanged hands. Without a width the last
 * value would lose to any honest range, and skill would come for nothing.
 * @param lastN - newtons, 0 or more.
 */
export function sameAsLastTimeN(lastN: number): [number, number] {
  const half = SAME_AS_LAST.baseN + SAME_AS_LAST.share * lastN;
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
   * will change. Its interval leaves out patients.
   */
  skill: ShownFigure;
  /** Mean width of the ranges, newtons; null without a forecast. */
  meanWidthN: number | null;
}

/** Both forecasters on the forecasts that both made: only there can they be compared. */
export interface PairedForecasts {
  n: number;
  patientCount: number;
  clinicianSkill: ShownFigure;
  modelSkill: ShownFigure;
  /** The clinician's skill minus the model's, patients being left out with both. */
  difference: ShownFigure;
  /** Of them, the clinician's range scored better. Equal scores count for nobody. */
  clinicianCloser: ShownFigure;
}

export interface ForecastDuel {
  clinician: ForecasterScore;
  model: ForecasterScore;
  paired: PairedForecasts;
  /** Scored forecasts of the clinician without a range of the model: it was asked and refused, or was not asked. */
  modelRefused: number;
  modelNotAsked: number;
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
  const patients = patientCount(rated);
  const inside = partsOfPatients(rated, ({ range, truthN }) => truthN >= range[0] && truthN <= range[1]);
  const found = patientJackknife(
    rated,
    ({ range, truthN, lastN }) => [scoreOf(range, truthN), scoreOf(sameAsLastTimeN(lastN), truthN)],
    (sums) => (sums[1]! > 0 ? 1 - sums[0]! / sums[1]! : null),
    'skill',
    (sums) => sums[1]!,
  );
  return {
    n,
    patientCount: patients,
    inside: shownPatientShare(inside, 1 - FORECAST_ALPHA),
    skill: shownStatistic({ n, patients }, found ?? NO_STATISTIC, {
      chance: 0,
    }),
    meanWidthN: n === 0 ? null : rated.reduce((sum, { range }) => sum + range[1] - range[0], 0) / n,
  };
}

/** Both forecasters on the same truths. @throws RangeError for a number that is not finite or a range turned around. */
export function forecastDuel(forecasts: readonly ScoredForecast[]): ForecastDuel {
  const both = forecasts.flatMap((each) => (each.modelN === null ? [] : [{ ...each, modelN: each.modelN }]));
  const without = forecasts.filter(({ modelN }) => modelN === null);
  const modelRefused = without.filter(({ isModelRefused }) => isModelRefused).length;
  return {
    clinician: forecasterScore(forecasts.map((each) => ({ ...each, range: each.clinicianN }))),
    model: forecasterScore(both.map((each) => ({ ...each, range: each.modelN }))),
    paired: pairedForecasts(both),
    modelRefused,
    modelNotAsked: without.length - modelRefused,
  };
}

type Both = Pick<ScoredForecast, 'patientId' | 'lastN' | 'truthN' | 'clinicianN'> & { modelN: Range };

function pairedForecasts(both: readonly Both[]): PairedForecasts {
  const count = { n: both.length, patients: patientCount(both) };
  const scored = both.map(({ patientId, lastN, truthN, clinicianN, modelN }) => ({
    patientId,
    clinician: rangeScoreN(clinicianN, truthN),
    model: rangeScoreN(modelN, truthN),
    same: rangeScoreN(sameAsLastTimeN(lastN), truthN),
  }));
  const figure = (
    worthOf: (clinician: number, model: number, same: number) => number,
    scale: 'skill' | 'unbounded' = 'skill',
  ) => {
    const found = patientJackknife(
      scored,
      ({ clinician, model, same }) => [clinician, model, same],
      (sums) => (sums[2]! > 0 ? worthOf(sums[0]!, sums[1]!, sums[2]!) : null),
      scale,
      // A patient counts as much as the score that both are held against.
      (sums) => sums[2]!,
    );
    return shownStatistic(count, found ?? NO_STATISTIC, {
      chance: 0,
    });
  };
  const decided = scored.filter(({ clinician, model }) => clinician !== model);
  return {
    n: count.n,
    patientCount: count.patients,
    clinicianSkill: figure((clinician, _model, same) => 1 - clinician / same),
    modelSkill: figure((_clinician, model, same) => 1 - model / same),
    difference: figure((clinician, model, same) => (model - clinician) / same, 'unbounded'),
    clinicianCloser: shownPatientShare(
      partsOfPatients(decided, ({ clinician, model }) => clinician < model),
      0.5,
    ),
  };
}
