import type { ElbowInput, ElbowPrediction } from '../contract/schemas/analysis.ts';
import type { ElbowBundle } from './elbow-bundle.ts';
import { forecastElbow } from './elbow-forecast.ts';
import type { ElbowQuestion } from './elbow-input.ts';
import { isBeyondPersonRange } from './person-range.ts';

/** The question of the elbow model that an input of the store is. */
export const elbowQuestionOf = (input: ElbowInput): ElbowQuestion => ({
  sex: input.sex,
  ageYears: input.ageYears,
  heightM: input.heightM,
  weightKg: input.weightKg,
  level: input.holdLevelPercent / 100,
  maximalTorqueNm: input.maximalTorqueNm,
  envelopes: input.envelopes,
});

/**
 * Torque to 150 s and time to task failure from the first 30 s, in the form in which the store keeps it.
 * @param nowMs - a clock in milliseconds, for the duration only.
 * @throws RangeError with a sentence when the input is incomplete or impossible.
 */
export function predictElbow(bundle: ElbowBundle, input: ElbowInput, nowMs: () => number): ElbowPrediction {
  const startedMs = nowMs();
  const forecast = forecastElbow(bundle, elbowQuestionOf(input));
  const base = {
    analysis: 'elbow-torque-fatigue' as const,
    modelId: 'elbow-torque-fatigue' as const,
    modelVersion: bundle.manifest.version,
    bundleHash: bundle.bundleHash,
    coverage: 1 - bundle.calibration.alpha,
    inRangeP: forecast.p,
    holdLevelPercent: input.holdLevelPercent,
    maximalTorqueNm: input.maximalTorqueNm,
  };
  // Intervals are calibrated for the ages, heights and weights of the training people.
  const reason = forecast.kind === 'refused' ? forecast.reason : null;
  if (forecast.kind === 'refused' || isBeyondPersonRange(input)) {
    return {
      ...base,
      refusals: [reason ?? 'out-of-range'],
      torque: [],
      timeToFailure: null,
      heldTorqueNm: null,
      sharesLeft: [],
      durationMs: nowMs() - startedMs,
    };
  }
  return {
    ...base,
    refusals: [],
    torque: forecast.torque.map(({ timeS, middleNm, intervalNm }) => ({
      timeS,
      middleNm,
      interval: intervalNm === 'unbounded' ? intervalNm : [intervalNm[0], intervalNm[1]],
    })),
    timeToFailure: forecast.timeToFailure,
    heldTorqueNm: forecast.heldTorqueNm,
    sharesLeft: [...forecast.sharesLeft],
    durationMs: nowMs() - startedMs,
  };
}
