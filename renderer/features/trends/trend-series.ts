import { changeSentence, measuredChange } from '../../../core/clinical/measured-change.ts';
import type { TrendPoint } from '../../../core/contract/channels/sessions.ts';
import type { Side } from '../../../core/contract/schemas/clinical.ts';
import { type ForceUnit, fromNewtons } from '../../../core/units/quantities.ts';
import { type TrendSegment, trendSegments } from '../../charts/trend-segments.ts';
import { shortDate } from '../../ui/calendar-date.ts';

const WEEK_MS = 7 * 86_400_000;

/** Weeks from `origin` (a calendar date or instant) to `at`, one decimal. */
export const weeksSince = (origin: string, at: string): number =>
  Math.round((10 * (Date.parse(at) - Date.parse(origin))) / WEEK_MS) / 10;

const ofSide = (points: readonly TrendPoint[], side: Side) =>
  points.filter((point) => point.side === side).sort((a, b) => a.at.localeCompare(b.at));

/** A device without a record is one of its own: nothing says that two of them are the same. */
const deviceKey = (point: TrendPoint) => point.deviceId ?? `unnamed ${point.sessionId}`;

/** Lines of both hands in the chosen unit. @param origin where week 0 is. */
export function segmentsOf(points: readonly TrendPoint[], unit: ForceUnit, origin: string): TrendSegment[] {
  return (['right', 'left'] as const).flatMap((side) =>
    trendSegments(
      side,
      ofSide(points, side).map((point) => ({
        x: weeksSince(origin, point.at),
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
        changes.set(weeksSince(origin, point.at), point.deviceName === '' ? 'not named' : point.deviceName);
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
