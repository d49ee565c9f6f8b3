import type { Side } from '../contract/schemas/clinical.ts';
import type { TrendPoint } from '../contract/schemas/trend.ts';
import { SIDES } from './entry-walk.ts';
import { changeSentence, type MeasuredChange, measuredChange } from './measured-change.ts';
import { measureOf } from './measures.ts';

/** The points of one hand in order of time. */
export const pointsOfSide = (points: readonly TrendPoint[], side: Side): TrendPoint[] =>
  points.filter((point) => point.side === side).sort((a, b) => a.at.localeCompare(b.at));

/**
 * What a value was measured with, as a text that is equal for equal devices. Without a record a device is one of its own:
 * nothing says that two of them are the same. A range or a score is taken without a device.
 */
export function deviceKey(point: Pick<TrendPoint, 'deviceId' | 'sessionId' | 'measure'>): string {
  if (measureOf(point.measure).deviceRole === null) return 'no device';
  return point.deviceId ?? `unnamed ${point.sessionId}`;
}

/** Points of one hand with one device, without another device in between; right hand first, each in order of time. */
export function runsOf(points: readonly TrendPoint[]): TrendPoint[][] {
  const runs: TrendPoint[][] = [];
  for (const side of SIDES) {
    let device: string | null = null;
    for (const point of pointsOfSide(points, side)) {
      if (device !== deviceKey(point)) runs.push([]);
      device = deviceKey(point);
      runs.at(-1)?.push(point);
    }
  }
  return runs;
}

/** Two values of one hand on one device. */
export const changeBetween = (from: TrendPoint, to: TrendPoint): MeasuredChange =>
  measuredChange(to.measure, from.valueSi, to.valueSi, [from.trialCount, to.trialCount]);

/** The change since the first value that this hand gave on this device. */
export interface ChangeSinceFirst extends MeasuredChange {
  since: string;
}

/**
 * For each point, the change since the first value of its run (same hand, no other device in between); null on that first
 * value itself. Only within a run are two values comparable.
 * @param points of one measure.
 */
export function changesSinceFirst(points: readonly TrendPoint[]): Map<TrendPoint, ChangeSinceFirst | null> {
  const changes = new Map<TrendPoint, ChangeSinceFirst | null>();
  for (const run of runsOf(points)) {
    const first = run[0];
    for (const point of run) {
      changes.set(
        point,
        first === undefined || point === first ? null : { ...changeBetween(first, point), since: first.at },
      );
    }
  }
  return changes;
}

/**
 * The last change of one hand in words: against the visit before, or why the two are not compared.
 * @param points of one measure. @param dateText how a date is shown.
 */
export function lastChangeWords(
  points: readonly TrendPoint[],
  side: Side,
  unit: TrendPoint['typedUnit'],
  dateText: (at: string) => string,
): string {
  const own = pointsOfSide(points, side);
  const last = own.at(-1);
  const before = own.at(-2);
  if (!last) return 'not measured yet';
  if (!before) return `first measured on ${dateText(last.at)}; there is no change to tell yet`;
  const since = dateText(before.at);
  if (deviceKey(last) === deviceKey(before)) {
    return changeSentence(changeBetween(before, last), unit, since);
  }
  return last.deviceId === null || before.deviceId === null
    ? `the device is not named on both days, so the value is not compared with that of ${since}`
    : `the device changed since ${since}, so the two values are not compared`;
}
