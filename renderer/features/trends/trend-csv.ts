import { KEY_PINCH_MDC95_POPULATION, mdcText } from '../../../core/clinical/measured-change.ts';
import type { TrendPoint } from '../../../core/contract/channels/sessions.ts';
import { type ForceUnit, fromNewtons } from '../../../core/units/quantities.ts';
import { changesSinceFirst, weeksSince } from './trend-series.ts';

const HEADER = [
  'date',
  'weeks',
  'hand',
  'pinch',
  'unit',
  'pinch_newton',
  'spread_population_sd_newton',
  'trials',
  'device',
  'change_since_first_newton',
  'beyond_mdc95',
  'mdc95_population',
];

/**
 * The course as CSV (RFC 4180), oldest first: the shown unit beside newtons at full precision. No name stands in it.
 * @param isSample invented people must be called so wherever their numbers go.
 */
export function trendCsv(
  points: readonly TrendPoint[],
  unit: ForceUnit,
  origin: string,
  isSample: boolean,
): string {
  const changes = changesSinceFirst(points);
  const rows = [...points]
    .sort((a, b) => a.at.localeCompare(b.at) || b.side.localeCompare(a.side))
    .map((point) => {
      const change = changes.get(point) ?? null;
      return [
        point.at.slice(0, 10),
        String(weeksSince(origin, point.at)),
        point.side,
        fromNewtons(point.pinchN, unit).toFixed(unit === 'N' ? 1 : 2),
        unit,
        String(point.pinchN),
        point.spreadN === null ? '' : String(point.spreadN),
        String(point.trialCount),
        point.deviceName === '' ? 'not named' : point.deviceName,
        change === null ? '' : String(change.changeN),
        change === null ? '' : change.isBeyondError ? 'beyond' : 'within',
        KEY_PINCH_MDC95_POPULATION,
      ];
    });
  const head = [
    ...(isSample ? [['invented people: sample clinic of Prehensa']] : []),
    [`lateral pinch; change since the first value on the same device; ${mdcText(unit)}`],
    HEADER,
  ];
  return [...head, ...rows].map((cells) => cells.map(quoted).join(',')).join('\r\n');
}

/** Quoted where needed; a text that a spreadsheet would run as a formula gets an apostrophe. Numbers stay numbers. */
function quoted(cell: string): string {
  const isNumber = cell !== '' && Number.isFinite(Number(cell));
  const safe = !isNumber && /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
