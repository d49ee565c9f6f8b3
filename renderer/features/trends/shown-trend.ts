import { thresholdOf, thresholdText } from '../../../core/clinical/change-thresholds.ts';
import { measureOf } from '../../../core/clinical/measures.ts';
import { normLabel } from '../../../core/clinical/norms/norm-label.ts';
import { type NormStretch, normStretches } from '../../../core/clinical/norms/norm-lookup.ts';
import type { NormTable } from '../../../core/clinical/norms/norm-table.ts';
import { sentenceCase } from '../../../core/clinical/sentence-case.ts';
import { SIDE_NAMES } from '../../../core/clinical/side-names.ts';
import { fromStored, roundedText, unitText, valueText } from '../../../core/clinical/stored-value.ts';
import type { TrendPoint } from '../../../core/contract/channels/sessions.ts';
import type { Measure, Patient, Unit } from '../../../core/contract/schemas/clinical.ts';
import type { TrendBand } from '../../charts/trend-chart.tsx';
import type { LegendBand } from '../../charts/trend-legend.tsx';
import { changeBandsOf, chartWeek } from './trend-series.ts';

/** One measure's course as it is shown, copied and exported: every place takes its words from here. */
export interface ShownTrend {
  patient: Patient;
  measure: Measure;
  unit: Unit;
  /** Of this measure. */
  points: readonly TrendPoint[];
  /** Where week 0 is. */
  origin: string;
  xLabel: string;
  /** The table that is switched on; null for none. */
  norm: NormTable | null;
  /** Invented people are called so in everything that leaves the app. */
  isSample: boolean;
}

export const SAMPLE_WORDS = 'Invented people: sample clinic of Prehensa.';

/** "Key pinch": as a heading. */
export const measureTitle = (measure: Measure): string => sentenceCase(measureOf(measure).name);

/** "key pinch, kg"; a unit that is a sign has its word. */
export const axisTitle = ({ measure, unit }: Pick<ShownTrend, 'measure' | 'unit'>): string =>
  `${measureOf(measure).name}, ${unit === 'deg' ? 'degrees' : unitText(unit)}`;

/** A value of the chart, which is in the chosen unit already. */
export function shownValueText(value: number, unit: Unit): string {
  const isWhole = unit === 'N' || unit === 'deg' || unit === 's';
  return `${roundedText(value, isWhole ? 0 : 1)}${unit === 'deg' ? '' : ' '}${unitText(unit)}`;
}

const sidesOf = (points: readonly TrendPoint[]) =>
  (['right', 'left'] as const).filter((side) => points.some((point) => point.side === side));

/** What the switched-on table says of each hand over the course; empty without a table. */
export function normStretchesOf({ norm, patient, points }: ShownTrend): NormStretch[] {
  if (norm === null || points.length === 0) return [];
  const dates = points.map(({ at }) => at.slice(0, 10)).sort();
  return sidesOf(points).flatMap((side) =>
    normStretches(norm, patient, side, dates[0] ?? '', dates.at(-1) ?? ''),
  );
}

/** A stretch of one visit has no width of its own. */
const LEAST_WEEKS = 1;

/** Every band of the chart, the widest below. */
export function bandsOf(shown: ShownTrend): TrendBand[] {
  const { points, unit, origin } = shown;
  const norms = normStretchesOf(shown).flatMap(({ side, from, to, range }, index): TrendBand[] => {
    if (range.why !== null) return [];
    const start = chartWeek(origin, from);
    return [
      {
        id: `norm${index}`,
        kind: 'norm',
        side,
        from: start,
        to: Math.max(chartWeek(origin, to), start + LEAST_WEEKS),
        low: fromStored(range.lowN, unit),
        high: fromStored(range.highN, unit),
        middle: fromStored(range.middleN, unit),
      },
    ];
  });
  return [
    ...norms,
    ...changeBandsOf(points, 'important', unit, origin),
    ...changeBandsOf(points, 'error', unit, origin),
  ];
}

/** One line of the legend for each kind of band that is drawn. The norm's line carries its status: {@link normLabel}. */
export function legendOf(shown: ShownTrend): LegendBand[] {
  const { measure, unit, norm } = shown;
  const kinds = new Set(bandsOf(shown).map(({ kind }) => kind));
  const legend: LegendBand[] = [];
  if (norm !== null && kinds.has('norm')) {
    const meanings = normStretchesOf(shown).flatMap(({ range }) =>
      range.why === null ? [`${range.meaning}, ${range.ageBand} years`] : [],
    );
    legend.push({ kind: 'norm', text: `norms, ${[...new Set(meanings)].join(' and ')}: ${normLabel(norm)}` });
  }
  const error = thresholdOf(measure, 'MDC');
  if (error !== null && kinds.has('error')) {
    legend.push({
      kind: 'error',
      text: `within measurement error of the first value on that device (${thresholdText(error, unit)})`,
    });
  }
  const important = thresholdOf(measure, 'MCID');
  if (important !== null && kinds.has('important')) {
    legend.push({
      kind: 'important',
      text: `less than the smallest change called important from the first value (${thresholdText(important, unit)})`,
    });
  }
  return legend;
}

/** Why a switched-on table, or a limit, is not drawn: said instead of left out. */
export function missingWords(shown: ShownTrend): string[] {
  const { measure, norm } = shown;
  const words = normStretchesOf(shown).flatMap(({ side, range }) =>
    norm !== null && range.why !== null
      ? [`Norms for the ${SIDE_NAMES[side]} hand, ${normLabel(norm)}: ${range.why}.`]
      : [],
  );
  if (thresholdOf(measure, 'MDC') === null) {
    words.push(`No figure of measurement error was found for ${measureOf(measure).name}.`);
    if (thresholdOf(measure, 'MCID') !== null) {
      words.push(
        'Beyond the band of the smallest important change a difference may still be measurement error.',
      );
    }
  }
  if (thresholdOf(measure, 'MCID') === null) {
    words.push(`No smallest important change was found for ${measureOf(measure).name}.`);
  }
  return [...new Set(words)];
}

/** The norm of one value in words for tables and files, e.g. "5.9 to 7.7 kg (50-54 years)"; empty without a table. */
export function normCell(shown: ShownTrend, point: TrendPoint): string {
  const day = point.at.slice(0, 10);
  const stretch = normStretchesOf(shown).findLast(({ side, from }) => side === point.side && from <= day);
  if (stretch === undefined) return '';
  const { range } = stretch;
  if (range.why !== null) return range.why;
  const ends =
    range.lowN === range.highN
      ? valueText(range.middleN, shown.unit)
      : `${valueText(range.lowN, shown.unit)} to ${valueText(range.highN, shown.unit)}`;
  return `${ends} (${range.ageBand} years)`;
}

/** What stands below a picture that leaves the app: the marks, the sources, and what it must not be mistaken for. */
export function pictureLines(shown: ShownTrend): string[] {
  const look: Readonly<Record<LegendBand['kind'], string>> = {
    norm: 'grey, no edge',
    error: 'light grey, dotted edge',
    important: 'dashed frame',
  };
  return [
    'right: solid line, circles; left: dashed line, triangles; tint: spread of the trials (± population SD)',
    ...legendOf(shown).map(({ kind, text }) => `${look[kind]}: ${text}`),
    ...(shown.isSample ? [SAMPLE_WORDS] : []),
  ];
}
