import type { TraceMark } from '../../../core/contract/schemas/recording.ts';
import type { TraceSeries } from '../../charts/trace-band-props.ts';
import { firstAtOrAfter, nearestSample } from '../../charts/trace-decimation.ts';
import type { TimeWindow } from '../../charts/trace-window.ts';

export interface TraceFacts {
  sampleCount: number;
  missingCount: number;
  durationS: number;
  /** Null when every sample is missing. */
  largest: { value: number; atS: number } | null;
}

/** What a series holds, from all its samples. */
export function traceFacts(series: TraceSeries): TraceFacts {
  let missingCount = 0;
  let best = -1;
  for (let i = 0; i < series.values.length; i++) {
    const value = series.values[i]!;
    if (Number.isNaN(value)) missingCount++;
    else if (best < 0 || value > series.values[best]!) best = i;
  }
  return {
    sampleCount: series.values.length,
    missingCount,
    durationS: (series.timeS.at(-1) ?? 0) - (series.timeS[0] ?? 0),
    largest: best < 0 ? null : { value: series.values[best]!, atS: series.timeS[best]! },
  };
}

/** The value of the sample nearest to a time; NaN when it is missing. */
export function valueAt(series: TraceSeries, atS: number): number {
  const index = nearestSample(series.timeS, atS);
  return index < 0 ? Number.NaN : series.values[index]!;
}

/**
 * The value a peak stands on: of several samples at the time of the nearest one (a clock too coarse for its samples, or a
 * column that is no clock) the largest, as the facts name it. NaN when all of them are missing.
 */
export function peakAt(series: TraceSeries, atS: number): number {
  const index = nearestSample(series.timeS, atS);
  if (index < 0) return Number.NaN;
  const sameS = series.timeS[index]!;
  let largest = Number.NaN;
  for (let i = firstAtOrAfter(series.timeS, sameS); series.timeS[i] === sameS; i++) {
    const value = series.values[i]!;
    if (!(value <= largest)) largest = Number.isNaN(value) ? largest : value;
  }
  return largest;
}

/** Mean of the samples between the two plateau marks; null while one of them is not placed, or there is no value. */
export function plateauMean(
  series: TraceSeries,
  marks: readonly Pick<TraceMark, 'kind' | 'atS'>[],
): { mean: number; durationS: number } | null {
  const fromS = marks.find(({ kind }) => kind === 'plateau-start')?.atS;
  const toS = marks.find(({ kind }) => kind === 'plateau-end')?.atS;
  if (fromS === undefined || toS === undefined || toS <= fromS) return null;
  let sum = 0;
  let count = 0;
  for (let i = firstAtOrAfter(series.timeS, fromS); i < series.timeS.length; i++) {
    if (series.timeS[i]! > toS) break;
    const value = series.values[i]!;
    if (Number.isNaN(value)) continue;
    sum += value;
    count++;
  }
  return count === 0 ? null : { mean: sum / count, durationS: toS - fromS };
}

/** More rows than this are no table that somebody pastes. */
export const MAX_CSV_ROWS = 200_000;

/**
 * Every sample of a stretch as text, with the unit in the heading and the zero said above. With a decimal comma the two
 * columns are parted by a semicolon.
 * @returns null when the stretch has more rows than {@link MAX_CSV_ROWS}.
 */
export function stretchCsv(
  series: TraceSeries,
  window: TimeWindow,
  tareText: string,
  decimalMark: '.' | ',' = '.',
): string | null {
  const first = firstAtOrAfter(series.timeS, window.fromS);
  let end = firstAtOrAfter(series.timeS, window.toS);
  while (end < series.timeS.length && series.timeS[end]! <= window.toS) end++;
  if (end - first > MAX_CSV_ROWS) return null;
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
  const separator = decimalMark === ',' ? ';' : ',';
  const marked = (value: number) => String(value).replace('.', decimalMark);
  const rows = Array.from({ length: end - first }, (_, i) => {
    const value = series.values[first + i]!;
    return `${marked(series.timeS[first + i]!)}${separator}${Number.isNaN(value) ? '' : marked(value)}`;
  });
  return [
    quoted(`zero: ${tareText}`),
    `time (s)${separator}${quoted(`${series.name} (${series.unit})`)}`,
    ...rows,
    '',
  ].join('\n');
}
