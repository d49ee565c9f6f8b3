import { originText, thresholdOf, thresholdText } from '../../../core/clinical/change-thresholds.ts';
import { completedWeeks } from '../../../core/clinical/judged-later.ts';
import { measureOf } from '../../../core/clinical/measures.ts';
import { normLabel, READING_WORDS } from '../../../core/clinical/norms/norm-label.ts';
import { fromStored, storedUnitOf, unitText } from '../../../core/clinical/stored-value.ts';
import { type ChangeSinceFirst, changesSinceFirst } from '../../../core/clinical/trend-runs.ts';
import type { Measure, Unit } from '../../../core/contract/schemas/clinical.ts';
import { normCell, SAMPLE_WORDS, type ShownTrend } from './shown-trend.ts';
import { sharesOf } from './trend-series.ts';

const HEADER = [
  'date',
  'completed_weeks',
  'hand',
  'measure',
  'value',
  'unit',
  'value_si',
  'spread_population_sd_si',
  'unit_si',
  'trials',
  'device',
  'percent_of_other_hand',
  'change_since_first_si',
  'against_mdc95',
  'norm',
  'norm_source',
];
const DIGITS: Readonly<Record<string, number>> = { N: 1, deg: 0, s: 1, points: 1 };

/**
 * The course as CSV (RFC 4180), oldest first: the shown unit beside the stored one at full precision. No name stands in it.
 * A norm carries its source and status in its own column, row by row: a row that is copied alone keeps them.
 * @param decimalMark with a comma the cells are parted by semicolons, as programs of such languages expect.
 */
export function trendCsv(shown: ShownTrend, decimalMark: '.' | ',' = '.'): string {
  const { points, unit, origin, measure, norm, patient } = shown;
  const changes = changesSinceFirst(points);
  const shares = new Map(sharesOf(points, patient).map((share) => [share.point, share]));
  const rows = [...points]
    .sort((a, b) => a.at.localeCompare(b.at) || b.side.localeCompare(a.side))
    .map((point) => {
      const change = changes.get(point) ?? null;
      const percent = shares.get(point)?.percent ?? null;
      const normText = normCell(shown, point);
      return [
        point.at.slice(0, 10),
        String(completedWeeks(origin, point.at)),
        measureOf(measure).isSided ? point.side : 'person',
        measure,
        fromStored(point.valueSi, unit).toFixed(DIGITS[unit] ?? 2),
        unit,
        String(point.valueSi),
        point.spreadSi === null ? '' : String(point.spreadSi),
        storedUnitOf(measure),
        String(point.trialCount),
        point.deviceName === '' ? 'not named' : point.deviceName,
        percent === null ? '' : percent.toFixed(1),
        change === null ? '' : String(change.changeSi),
        change === null ? '' : againstError(change),
        normText,
        norm === null || normText === '' ? '' : normLabel(norm),
      ];
    });
  const about = `${measureOf(measure).name} in ${unitText(unit)}; change since the first value on the same device`;
  const limits = [limitWords(measure, 'MDC', unit), limitWords(measure, 'MCID', unit)];
  const head = [...(shown.isSample ? [[SAMPLE_WORDS]] : []), [[about, ...limits].join('; ')], HEADER];
  const separator = decimalMark === ',' ? ';' : ',';
  return [...head, ...rows]
    .map((cells) => cells.map((cell) => quoted(cell, decimalMark)).join(separator))
    .join('\r\n');
}

/** A limit with its population, its source and how it came to us. */
function limitWords(measure: Measure, kind: 'MDC' | 'MCID', unit: Unit): string {
  const limit = thresholdOf(measure, kind);
  if (limit === null) {
    return kind === 'MDC'
      ? 'no figure of measurement error was found'
      : 'no smallest important change was found';
  }
  return `${thresholdText(limit, unit)} (${limit.source}; ${originText(limit, unit, READING_WORDS[limit.reading])})`;
}

function againstError({ isBeyondError, isOfFewTrials }: ChangeSinceFirst): string {
  if (isOfFewTrials) return 'fewer than three trials';
  return isBeyondError === null ? 'no figure' : isBeyondError ? 'beyond' : 'within';
}

/** Quoted where needed; a text that a spreadsheet would run as a formula gets an apostrophe. Numbers stay numbers. */
export function quoted(cell: string, decimalMark: '.' | ',' = '.'): string {
  const isNumber = cell !== '' && Number.isFinite(Number(cell));
  if (isNumber) return cell.replace('.', decimalMark);
  const safe = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",;\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
