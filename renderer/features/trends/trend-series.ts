import { changeSentence, errorLimitN, measuredChange } from '../../../core/clinical/measured-change.ts';
import type { TrendPoint } from '../../../core/contract/channels/sessions.ts';
import type { Side } from '../../../core/contract/schemas/clinical.ts';
import { type ForceUnit, fromNewtons } from '../../../core/units/quantities.ts';
import type { TrendErrorBand } from '../../charts/trend-chart.tsx';
import { type TrendSegment, trendSegments } from '../../charts/trend-segments.ts';
import { shortDate } from '../../ui/calendar-date.ts';

const WEEK_MS = 7 * 86_400_000;

const exactWeeksSince = (origin: string, at: string): number =>
  (Date.parse(at) - Date.parse(origin)) / WEEK_MS;

/** Weeks from `origin` (a calendar date or instant) to `at`, one decimal: for tables and files. */
export const weeksSince = (origin: string, at: string): number =>
  Math.round(10 * exactWeeksSince(origin, at)) / 10;

/** Place on the chart's time axis, in weeks, not rounded: two visits of one day must not fall on each other. */
export const chartWeek = exactWeeksSince;

const ofSide = (points: readonly TrendPoint[], side: Side) =>
  points.filter((point) => point.side === side).sort((a, b) => a.at.localeCompare(b.at));

/** A device without a record is one of its own: nothing says that two of them are the same. */
const deviceKey = (point: TrendPoint) => point.deviceId ?? `unnamed ${point.sessionId}`;

const LONGEST_NAME = 40;

/** The device as a label: a long name is cut, as it must stay inside chart and table. */
export function deviceText({ deviceName }: Pick<TrendPoint, 'deviceName'>): string {
  if (deviceName === '') return 'not named';
  return deviceName.length > LONGEST_NAME ? `${deviceName.slice(0, LONGEST_NAME)}…` : deviceName;
}

/** Lines of both hands in the chosen unit. @param origin where week 0 is. */
export function segmentsOf(points: readonly TrendPoint[], unit: ForceUnit, origin: string): TrendSegment[] {
  return (['right', 'left'] as const).flatMap((side) =>
    trendSegments(
      side,
      ofSide(points, side).map((point) => ({
        x: chartWeek(origin, point.at),
        value: fromNewtons(point.pinchN, unit),
        spread: point.spreadN === null ? null : fromNewtons(point.spreadN, unit),
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
  for (const side of ['right', 'left'] as const) {
    const own = ofSide(points, side);
    own.forEach((point, index) => {
      const before = own[index - 1];
      if (before && deviceKey(before) !== deviceKey(point)) {
        changes.set(chartWeek(origin, point.at), deviceText(point));
      }
    });
  }
  return [...changes].map(([x, name]) => ({ x, name }));
}

/** The last change of one hand in words. */
export function lastChangeWords(points: readonly TrendPoint[], side: Side, unit: ForceUnit): string {
  const own = ofSide(points, side);
  const last = own.at(-1);
  const before = own.at(-2);
  if (!last) return 'not measured yet';
  if (!before) return `first measured on ${shortDate(last.at)}; there is no change to tell yet`;
  if (deviceKey(last) !== deviceKey(before)) {
    return `the device changed since ${shortDate(before.at)}, so the two values are not compared`;
  }
  return changeSentence(measuredChange(before.pinchN, last.pinchN), unit, shortDate(before.at));
}

/** The change since the first value that this hand gave on this device; null on that first value itself. */
export interface ChangeSinceFirst {
  changeN: number;
  limitN: number;
  isBeyondError: boolean;
  since: string;
}

/**
 * For each point, the change since the first value of its run (same hand, no other device in between).
 * Only within a run are two values comparable.
 */
export function changesSinceFirst(points: readonly TrendPoint[]): Map<TrendPoint, ChangeSinceFirst | null> {
  const changes = new Map<TrendPoint, ChangeSinceFirst | null>();
  for (const run of runsOf(points)) {
    const first = run[0];
    for (const point of run) {
      changes.set(
        point,
        first === undefined || point === first
          ? null
          : { ...measuredChange(first.pinchN, point.pinchN), since: first.at },
      );
    }
  }
  return changes;
}

/**
 * MDC95 around the first value of each run with more than one visit: values inside it differ from the first by no
 * more than measurement error.
 */
export function errorBandsOf(
  points: readonly TrendPoint[],
  unit: ForceUnit,
  origin: string,
): TrendErrorBand[] {
  return runsOf(points).flatMap((run, index) => {
    const first = run[0];
    const last = run.at(-1);
    if (!first || !last || run.length < 2) return [];
    const value = fromNewtons(first.pinchN, unit);
    const half = fromNewtons(errorLimitN(first.pinchN), unit);
    return [
      {
        id: `${first.side}${index}`,
        side: first.side,
        from: chartWeek(origin, first.at),
        to: chartWeek(origin, last.at),
        low: Math.max(0, value - half),
        high: value + half,
      },
    ];
  });
}

/** Points of one hand with one device, without another device in between; in order of time. */
function runsOf(points: readonly TrendPoint[]): TrendPoint[][] {
  const runs: TrendPoint[][] = [];
  for (const side of ['right', 'left'] as const) {
    let device: string | null = null;
    for (const point of ofSide(points, side)) {
      if (device !== deviceKey(point)) runs.push([]);
      device = deviceKey(point);
      runs.at(-1)?.push(point);
    }
  }
  return runs;
}
