import { completedWeeks } from '../../../core/clinical/judged-later.ts';
import type { SessionView } from '../../../core/contract/channels/sessions.ts';
import type { Side } from '../../../core/contract/schemas/clinical.ts';
import { type TrendSegment, trendSegments } from '../../charts/trend-segments.ts';
import { SAMPLE_WORDS } from './shown-trend.ts';
import { quoted } from './trend-csv.ts';
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
      prediction === null ||
      prediction.probabilities === null ||
      session.judgedSide === null ||
      session.startedAt === null
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

/** What must stand beside every result of the model that leaves the app. */
export const MODEL_WORDS =
  'resemblance to nonimpaired; model trained on simulated people; research use, not a medical device';

/** The model's results as CSV (RFC 4180), oldest first, each row with the model that gave it. No name stands in it; decimal
 * mark and separator as in the course's own table. */
export function modelCsv(
  points: readonly ModelPoint[],
  origin: string,
  isSample: boolean,
  decimalMark: '.' | ',' = '.',
): string {
  const header = [
    'date',
    'completed_weeks',
    'hand',
    'resembles_nonimpaired_percent',
    'lowest_network_percent',
    'highest_network_percent',
    'inputs',
    'model',
    'origin_and_use',
  ];
  const rows = points.map(({ at, side, probability, band, inputsText, modelText }) => [
    at.slice(0, 10),
    String(completedWeeks(origin, at)),
    side,
    (100 * probability).toFixed(1),
    band === null ? '' : (100 * band[0]).toFixed(1),
    band === null ? '' : (100 * band[1]).toFixed(1),
    inputsText,
    modelText,
    MODEL_WORDS,
  ]);
  return [...(isSample ? [[SAMPLE_WORDS]] : []), header, ...rows]
    .map((cells) => cells.map((cell) => quoted(cell, decimalMark)).join(decimalMark === ',' ? ';' : ','))
    .join('\r\n');
}
