import { TRIALS_OF_A_VERDICT, thresholdOf } from '../../../core/clinical/change-thresholds.ts';
import { errorLimitSi } from '../../../core/clinical/measured-change.ts';
import { shareOfOtherHand } from '../../../core/clinical/other-hand.ts';
import { fromStored } from '../../../core/clinical/stored-value.ts';
import { deviceKey, pointsOfSide, runsOf } from '../../../core/clinical/trend-runs.ts';
import type { TrendPoint } from '../../../core/contract/channels/sessions.ts';
import type { Patient, Side, Unit } from '../../../core/contract/schemas/clinical.ts';
import type { TrendBand } from '../../charts/trend-chart.tsx';
import { type TrendSegment, trendSegments } from '../../charts/trend-segments.ts';

const WEEK_MS = 7 * 86_400_000;
const SIDES = ['right', 'left'] as const satisfies readonly Side[];

/**
 * Place on the chart's time axis, in weeks from `origin` (a calendar date or instant), not rounded: two visits of one day must
 * not fall on each other. Tables, files and sentences say completed weeks.
 */
export const chartWeek = (origin: string, at: string): number =>
  (Date.parse(at) - Date.parse(origin)) / WEEK_MS;

const LONGEST_NAME = 40;
/** A name as a label: a long one is cut, as it must stay inside chart and table. */
export const labelText = (text: string): string =>
  text.length > LONGEST_NAME ? `${text.slice(0, LONGEST_NAME)}…` : text;

/** The device as a label; a range and a score have none. */
export function deviceText(point: Pick<TrendPoint, 'deviceName' | 'deviceId' | 'sessionId' | 'measure'>) {
  if (deviceKey(point) === 'no device') return 'none needed';
  return point.deviceName === '' ? 'not named' : labelText(point.deviceName);
}

/** Lines of both hands in the chosen unit. @param points of one measure. @param origin where week 0 is. */
export function segmentsOf(points: readonly TrendPoint[], unit: Unit, origin: string): TrendSegment[] {
  return SIDES.flatMap((side) =>
    trendSegments(
      side,
      pointsOfSide(points, side).map((point) => ({
        x: chartWeek(origin, point.at),
        value: fromStored(point.valueSi, unit),
        spread: point.spreadSi === null ? null : fromStored(point.spreadSi, unit),
        device: deviceKey(point),
      })),
    ),
  );
}

/** Where a device took over from another, once a visit. */
export function deviceChangesOf(
  points: readonly TrendPoint[],
  origin: string,
): { x: number; name: string }[] {
  const changes = new Map<number, string>();
  for (const side of SIDES) {
    const own = pointsOfSide(points, side);
    own.forEach((point, index) => {
      const before = own[index - 1];
      if (before && deviceKey(before) !== deviceKey(point)) {
        changes.set(chartWeek(origin, point.at), deviceText(point));
      }
    });
  }
  return [...changes].map(([x, name]) => ({ x, name }));
}

/**
 * Measurement error, or the smallest important change, around the first value of each run with more than one visit:
 * values inside it differ from the first by no more than that.
 */
export function changeBandsOf(
  points: readonly TrendPoint[],
  kind: 'error' | 'important',
  unit: Unit,
  origin: string,
): TrendBand[] {
  return runsOf(points).flatMap((run, index): TrendBand[] => {
    const first = run[0];
    const last = run.at(-1);
    if (!first || !last || run.length < 2) return [];
    const limitSi =
      kind === 'error'
        ? errorLimitSi(first.measure, first.valueSi)
        : (thresholdOf(first.measure, 'MCID')?.limitAt(first.valueSi) ?? null);
    // A first value of few trials is held against no error.
    if (limitSi === null || (kind === 'error' && first.trialCount < TRIALS_OF_A_VERDICT)) return [];
    const value = fromStored(first.valueSi, unit);
    const half = fromStored(limitSi, unit);
    return [
      {
        id: `${first.side}${index}`,
        kind,
        side: first.side,
        from: chartWeek(origin, first.at),
        to: chartWeek(origin, last.at),
        low: Math.max(0, value - half),
        high: value + half,
      },
    ];
  });
}

/** One visit's percentage of the other hand, or why there is none. */
export interface SharePoint {
  point: TrendPoint;
  percent: number | null;
  reason: string | null;
}

/** The hand whose percentage of the other is told: the affected one; the non-dominant one where none is affected. */
export function comparedSide(patient: Pick<Patient, 'affectedSide' | 'dominantHand'>): Side {
  if (patient.affectedSide === 'right' || patient.affectedSide === 'left') return patient.affectedSide;
  return patient.dominantHand === 'right' ? 'left' : 'right';
}

/** The compared hand in percent of the other, visit by visit. @param points of one measure. */
export function sharesOf(
  points: readonly TrendPoint[],
  patient: Pick<Patient, 'affectedSide' | 'dominantHand'>,
): SharePoint[] {
  const side = comparedSide(patient);
  return pointsOfSide(points, side).map((point) => {
    const other = points.find((one) => one.sessionId === point.sessionId && one.side !== side);
    const share = shareOfOtherHand(
      point.measure,
      patient.affectedSide,
      { valueSi: point.valueSi, device: deviceKey(point) },
      other ? { valueSi: other.valueSi, device: deviceKey(other) } : null,
    );
    return { point, ...share };
  });
}

/** The shares as lines, broken where the device changes. */
export const shareSegments = (shares: readonly SharePoint[], origin: string): TrendSegment[] =>
  trendSegments(
    shares[0]?.point.side ?? 'left',
    shares.flatMap(({ point, percent }) =>
      percent === null
        ? []
        : [
            {
              x: chartWeek(origin, point.at),
              value: percent,
              spread: null,
              device: deviceKey(point),
            },
          ],
    ),
  );
