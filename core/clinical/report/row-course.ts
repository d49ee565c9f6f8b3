import type { DeviceId, Side, TrialEntry, Unit } from '../../contract/schemas/clinical.ts';
import type { TrendPoint } from '../../contract/schemas/trend.ts';
import { changeSentence } from '../measured-change.ts';
import { type MeasureId, measureOf } from '../measures.ts';
import { changeBetween, deviceKey, pointsOfSide, runsOf } from '../trend-runs.ts';

/** Measures of which the whole course counts, and not only the last step. */
const MAIN_MEASURES: readonly MeasureId[] = ['lateral-pinch', 'grip-2', 'score-quickdash', 'score-prwe'];

/** Longest name of a device in a row; the whole name stands with the session. */
const DEVICE_CHARACTERS = 40;

/**
 * What a value was measured with, e.g. "with B&L pinch gauge".
 * @param point the value at this visit; undefined where none is drawn.
 * @param deviceIds of the trials behind the value. @returns null for measures that are taken without a device.
 */
export function deviceText(
  measure: MeasureId,
  point: Pick<TrendPoint, 'deviceName'> | undefined,
  deviceIds: readonly (DeviceId | null)[],
): string | null {
  if (measureOf(measure).deviceRole === null) return null;
  if (new Set(deviceIds).size > 1) return 'with several devices';
  const name = point?.deviceName ?? '';
  if (name === '') return 'device not named';
  const signs = [...name];
  const shown =
    signs.length <= DEVICE_CHARACTERS
      ? name
      : `${signs
          .slice(0, DEVICE_CHARACTERS - 1)
          .join('')
          .trimEnd()}…`;
  return `with ${shown}`;
}

/** Device of each trial, or of the session where a trial names none. */
export const deviceIdsOf = (trials: readonly TrialEntry[], ofSession: DeviceId | null): (DeviceId | null)[] =>
  trials.filter(({ valueSi }) => valueSi !== null).map(({ deviceId }) => deviceId ?? ofSession);

/**
 * The change since the first visit with the same device, without another device in between.
 * @param points of one measure, up to this visit. @param dateText how a date is shown.
 * @returns null for other than the main measures, and where the visit before was the first one: then it is the last change.
 */
export function sinceFirstWords(
  points: readonly TrendPoint[],
  measure: MeasureId,
  side: Side,
  unit: Unit,
  dateText: (at: string) => string,
): string | null {
  if (!MAIN_MEASURES.includes(measure)) return null;
  const last = pointsOfSide(points, side).at(-1);
  const run = runsOf(points).find((one) => last !== undefined && one.includes(last));
  const first = run?.[0];
  if (last === undefined || first === undefined || (run?.length ?? 0) < 3) return null;
  const visit = deviceKey(last) === 'no device' ? 'the first visit' : 'the first visit with this device';
  return changeSentence(changeBetween(first, last), unit, `${dateText(first.at)}, ${visit}`);
}
