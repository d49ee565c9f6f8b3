import type { ForecastQuestion, ModelForecast } from '../contract/schemas/forecast.ts';
import { forecastNextVisit } from './next-visit.ts';
import type { NextVisitBundle } from './next-visit-bundle.ts';

/** Two engines may differ in the last bits of a power: relative, on every quantile. */
const SAME_WITHIN = 1e-6;

/**
 * The forecast as it is stored: what the bundle answers, with its name and hash.
 * @throws RangeError as forecastNextVisit, when the question is malformed.
 */
export function modelForecastOf(bundle: NextVisitBundle, question: ForecastQuestion): ModelForecast {
  const answer = forecastNextVisit(bundle, question);
  const named = {
    modelId: 'next-visit',
    modelVersion: bundle.manifest.version,
    bundleHash: bundle.bundleHash,
  } as const;
  if (answer.kind === 'refused') {
    return {
      ...named,
      refusal: answer.reason,
      quantilesN: null,
      intervalN: null,
      inRangeP: answer.p,
      reasons: [],
    };
  }
  const floored = (forceN: number) => Math.max(0, forceN);
  const { intervalN } = answer;
  return {
    ...named,
    refusal: null,
    quantilesN: Array.from(answer.quantilesN, floored) as NonNullable<ModelForecast['quantilesN']>,
    intervalN: intervalN === 'unbounded' ? intervalN : [floored(intervalN[0]), floored(intervalN[1])],
    inRangeP: answer.p,
    reasons: answer.reasons,
  };
}

/** Whether two engines gave the same forecast: everything decided equal, every force within 1e-6 of it. */
export function isSameForecast(own: ModelForecast, given: ModelForecast): boolean {
  const forcesOf = ({ quantilesN, intervalN }: ModelForecast) => [
    ...(quantilesN ?? []),
    ...(Array.isArray(intervalN) ? intervalN : []),
  ];
  const decidedOf = ({ refusal, quantilesN, intervalN, inRangeP, reasons, bundleHash }: ModelForecast) =>
    JSON.stringify([
      refusal,
      quantilesN === null,
      Array.isArray(intervalN) ? 'bounded' : intervalN,
      inRangeP === null,
      reasons,
      bundleHash,
    ]);
  const a = forcesOf(own);
  const b = forcesOf(given);
  return (
    decidedOf(own) === decidedOf(given) &&
    a.length === b.length &&
    a.every((forceN, i) => Math.abs(forceN - b[i]!) <= SAME_WITHIN * Math.max(1, forceN)) &&
    Math.abs((own.inRangeP ?? 0) - (given.inRangeP ?? 0)) <= 0.02
  );
}
