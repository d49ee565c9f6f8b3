import type { SessionView } from '../../../core/contract/channels/sessions.ts';
import type { Side } from '../../../core/contract/schemas/clinical.ts';
import { type TrendSegment, trendSegments } from '../../charts/trend-segments.ts';
import { chartWeek } from './trend-series.ts';

/** One result of the model that gave a number. */
export interface ModelPoint {
  sessionId: string;
  at: string;
  side: Side;
  /** Of nonimpaired, 0..1. */
  probability: number;
  /** Lowest and highest of the member networks. */
  band: readonly [number, number] | null;
  modelText: string;
  inputsText: string;
}

const INPUTS = {
  A: 'key pinch',
  B: 'key pinch, wrist strength',
  C: 'key pinch, wrist strength, postures, trace',
} as const;

/** Results of a patient's sessions, oldest first; refusals before a number are left out. */
export function modelPoints(rows: readonly Omit<SessionView, 'patient'>[]): ModelPoint[] {
  return rows
    .flatMap(({ session, prediction }): ModelPoint[] =>
      prediction === null || prediction.probabilities === null || session.judgedSide === null
        ? []
        : [
            {
              sessionId: session.id,
              at: session.startedAt,
              side: session.judgedSide,
              probability: prediction.probabilities[0],
              band: prediction.nonimpairedBand,
              modelText: `${prediction.modelId} ${prediction.modelVersion} (${prediction.bundleHash.slice(0, 8)})`,
              inputsText: INPUTS[prediction.inputPattern],
            },
          ],
    )
    .sort((a, b) => a.at.localeCompare(b.at));
}

/** Lines of both hands in percent; a result of another model or from other inputs starts a new one. */
export const modelSegments = (points: readonly ModelPoint[], origin: string): TrendSegment[] =>
  (['right', 'left'] as const).flatMap((side) =>
    trendSegments(
      side,
      points
        .filter((point) => point.side === side)
        .map((point) => ({
          x: chartWeek(origin, point.at),
          value: 100 * point.probability,
          spread: null,
          ...(point.band === null
            ? {}
            : { band: [100 * point.band[0], 100 * point.band[1]] satisfies [number, number] }),
          device: `${point.modelText} ${point.inputsText}`,
        })),
    ),
  );
