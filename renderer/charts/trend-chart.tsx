import { useState } from 'react';
import {
  Area,
  CartesianGrid,
  ComposedChart,
  Line,
  ReferenceArea,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { plotGrowth, useSmallTextPx } from './chart-text.ts';
import { flagRows, wordsWidthPx } from './flag-rows.ts';
import styles from './trend-chart.module.css';
import { type LegendBand, TrendLegend } from './trend-legend.tsx';
import {
  BAND_LOOK,
  type BandKind,
  CircleMarker,
  FLAG_PX,
  FlagLabel,
  flagRowPx,
  HAND_LOOK,
  HAND_NAMES,
  TriangleMarker,
} from './trend-marks.tsx';
import type { TrendSegment } from './trend-segments.ts';
import { weekTicks } from './week-ticks.ts';

/** A range of values over a stretch of time: published norms, measurement error, the smallest important change. */
export interface TrendBand {
  id: string;
  kind: BandKind;
  side: 'right' | 'left';
  from: number;
  to: number;
  low: number;
  high: number;
  /** Drawn as a thin line; absent: none. */
  middle?: number;
}

export interface TrendFlag {
  x: number;
  name: string;
  kind: 'operation' | 'intervention';
}

export interface TrendChartProps {
  segments: readonly TrendSegment[];
  bands: readonly TrendBand[];
  /** One entry for each kind of band that is drawn. */
  legend: readonly LegendBand[];
  /** What the tint around a line is; null where none is drawn. */
  spreadText?: string | null;
  sideText?: (side: 'right' | 'left') => string;
  /** Events on the x axis, e.g. the operation or a splint. */
  flags: readonly TrendFlag[];
  /** Positions on the x axis where a device changed, with the new device's name. */
  deviceChanges: readonly { x: number; name: string }[];
  xLabel: string;
  yLabel: string;
  yDomain?: [number, number | 'auto'];
  /** As printed in the tooltip. */
  valueText: (value: number) => string;
  label: string;
  /** Without the rows of flags above the plot. */
  heightPx?: number;
  /** A fixed width, where paper must show what the screen shows; absent: as wide as there is room. */
  widthPx?: number;
  /** Of every word in the plot; absent: small, in proportion to the size of all text. */
  fontPx?: number;
}

type Row = Record<string, number | [number, number]>;

/** One measure of both hands; lines break where the device changes, the tint is the doubt of each value. */
export function TrendChart(props: TrendChartProps) {
  const { segments, bands, flags } = props;
  const [drawnWidthPx, setDrawnWidthPx] = useState(800);
  const smallTextPx = useSmallTextPx();
  const fontPx = props.fontPx ?? smallTextPx;
  const rows = rowsOf(segments);
  const positions = [
    ...segments.flatMap(({ points }) => points.map(({ x }) => x)),
    ...flags.map(({ x }) => x),
  ];
  const ticks = weekTicks(Math.min(...positions), Math.max(...positions));
  const [first, last] = [ticks[0] ?? 0, ticks.at(-1) ?? 1];
  const plotWidthPx = (props.widthPx ?? drawnWidthPx) - 2 * AXIS_PADDING_PX - 36 - (43 + fontPx);
  const marks = placedMarks(props, fontPx, [first, last], plotWidthPx);
  const rowCount = Math.max(1, ...marks.map(({ row }) => row + 1));
  const growth = props.fontPx === undefined ? plotGrowth(fontPx) : 1;
  const plotHeightPx = (props.heightPx ?? 340) * growth;
  const axisText = { fill: 'var(--text-quiet)', fontSize: fontPx };
  const sides = (['right', 'left'] as const).filter((side) => segments.some((s) => s.side === side));
  const hasTint = segments.some(({ points }) => points.some((p) => p.spread !== null || p.band));
  const spreadText =
    props.spreadText === undefined ? 'spread of the trials (± population SD)' : props.spreadText;
  return (
    <figure className={styles.figure} aria-label={props.label}>
      <TrendLegend
        sides={sides}
        sideText={props.sideText ?? ((side) => HAND_NAMES[side])}
        spreadText={hasTint ? spreadText : null}
        bands={props.legend}
        {...(props.fontPx === undefined ? {} : { fontPx: props.fontPx })}
      />
      <ResponsiveContainer
        width={props.widthPx ?? '100%'}
        height={plotHeightPx + (rowCount - 1) * flagRowPx(fontPx)}
        initialDimension={{ width: 800, height: 340 }}
        onResize={(width) => setDrawnWidthPx(width)}
      >
        <ComposedChart
          data={rows}
          margin={{ top: 5 + rowCount * flagRowPx(fontPx), right: 24, bottom: 15 + fontPx, left: 12 }}
          accessibilityLayer={false}
        >
          <CartesianGrid stroke="var(--hairline)" vertical={false} />
          <XAxis
            dataKey="x"
            type="number"
            domain={[first, last]}
            ticks={ticks}
            padding={{ left: AXIS_PADDING_PX, right: AXIS_PADDING_PX }}
            tick={axisText}
            stroke="var(--hairline-strong)"
            label={{ ...axisText, value: props.xLabel, position: 'bottom' }}
          />
          <YAxis
            domain={props.yDomain ?? [0, 'auto']}
            width={43 + fontPx}
            tick={axisText}
            stroke="var(--hairline-strong)"
            label={{
              ...axisText,
              value: props.yLabel,
              angle: -90,
              position: 'insideLeft',
              style: { textAnchor: 'middle' },
            }}
          />
          {bands.map((band) => (
            <ReferenceArea
              key={`${band.id}-${band.kind}`}
              x1={band.from}
              x2={band.to}
              y1={band.low}
              y2={band.high}
              ifOverflow="extendDomain"
              fill={BAND_LOOK[band.kind].fill}
              fillOpacity={BAND_LOOK[band.kind].fillOpacity}
              stroke={HAND_LOOK[band.side].color}
              strokeOpacity={band.kind === 'norm' ? 0 : 0.7}
              strokeDasharray={BAND_LOOK[band.kind].dash}
            />
          ))}
          {bands
            .filter((band) => band.middle !== undefined)
            .map(({ id, kind, side, from, to, middle = 0 }) => (
              <ReferenceLine
                key={`${id}-${kind}-middle`}
                segment={[
                  { x: from, y: middle },
                  { x: to, y: middle },
                ]}
                ifOverflow="extendDomain"
                stroke="var(--text-quiet)"
                strokeWidth={1}
                strokeDasharray={HAND_LOOK[side].dash}
              />
            ))}
          {marks.map(({ x, text, look, row, isLeft }) => (
            <ReferenceLine
              key={`flag ${x} ${text}`}
              x={x}
              stroke={look === 'none' ? 'var(--text-quiet)' : 'var(--text)'}
              strokeWidth={look === 'filled' ? 1.5 : 1}
              {...(look === 'filled' ? {} : { strokeDasharray: look === 'none' ? '2 4' : '4 3' })}
              label={<FlagLabel text={text} row={row} isLeft={isLeft} look={look} fontPx={fontPx} />}
            />
          ))}
          {segments.map((segment) => (
            <Area
              key={`${segment.id}-band`}
              dataKey={`${segment.id}-band`}
              stroke="none"
              fill={HAND_LOOK[segment.side].tint}
              fillOpacity={0.7}
              connectNulls
              isAnimationActive={false}
              activeDot={false}
              tooltipType="none"
            />
          ))}
          {segments.map((segment) => (
            <Line
              key={segment.id}
              dataKey={segment.id}
              name={HAND_NAMES[segment.side]}
              stroke={HAND_LOOK[segment.side].color}
              strokeWidth={2.5}
              strokeDasharray={HAND_LOOK[segment.side].dash}
              dot={segment.side === 'right' ? <CircleMarker /> : <TriangleMarker />}
              activeDot={false}
              connectNulls
              isAnimationActive={false}
            />
          ))}
          <Tooltip
            isAnimationActive={false}
            contentStyle={{
              background: 'var(--surface)',
              border: '1px solid var(--hairline-strong)',
              borderRadius: 6,
              color: 'var(--text)',
            }}
            labelFormatter={(x) => `${props.xLabel}: ${Number(x).toFixed(1)}`}
            formatter={(value, name) => [
              typeof value === 'number' ? props.valueText(value) : String(value),
              String(name),
            ]}
          />
        </ComposedChart>
      </ResponsiveContainer>
    </figure>
  );
}

const AXIS_PADDING_PX = 16;

/** Events and changes of device with their rows above the plot; the highest first, so that its line lies under lower words. */
function placedMarks(
  { flags, deviceChanges }: Pick<TrendChartProps, 'flags' | 'deviceChanges'>,
  fontPx: number,
  [first, last]: [number, number],
  plotWidthPx: number,
) {
  const marks = [
    ...flags.map(({ x, name, kind }) => ({
      x,
      text: name,
      look: kind === 'operation' ? ('filled' as const) : ('hollow' as const),
    })),
    ...deviceChanges.map(({ x, name }) => ({ x, text: `device: ${name}`, look: 'none' as const })),
  ];
  const placed = flagRows(
    marks.map(({ x, text }) => ({
      x: (plotWidthPx * (x - first)) / (last - first || 1),
      width: FLAG_PX + wordsWidthPx(text, fontPx),
    })),
    plotWidthPx,
  );
  return marks
    .map((mark, index) => ({ ...mark, row: 0, isLeft: false, ...placed[index] }))
    .sort((a, b) => b.row - a.row);
}

function rowsOf(segments: readonly TrendSegment[]): Row[] {
  const rows = new Map<number, Row>();
  for (const segment of segments) {
    for (const { x, value, spread, band } of segment.points) {
      const row: Row = rows.get(x) ?? { x };
      row[segment.id] = value;
      if (band) row[`${segment.id}-band`] = [band[0], band[1]];
      else if (spread !== null) row[`${segment.id}-band`] = [Math.max(0, value - spread), value + spread];
      rows.set(x, row);
    }
  }
  return [...rows].sort(([a], [b]) => a - b).map(([, row]) => row);
}
