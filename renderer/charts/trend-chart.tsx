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
import styles from './trend-chart.module.css';
import type { TrendSegment } from './trend-segments.ts';
import { weekTicks } from './week-ticks.ts';

/** Values that differ from the first one by no more than measurement error, over the visits it holds for. */
export interface TrendErrorBand {
  id: string;
  side: 'right' | 'left';
  from: number;
  to: number;
  low: number;
  high: number;
}

export interface TrendChartProps {
  segments: readonly TrendSegment[];
  errorBands: readonly TrendErrorBand[];
  /** What the bands mean, with the population they come from; stands in the legend. */
  errorBandText: string;
  /** Events on the x axis, e.g. the operation. */
  flags: readonly { x: number; name: string }[];
  /** Positions on the x axis where a device changed, with the new device's name. */
  deviceChanges: readonly { x: number; name: string }[];
  xLabel: string;
  yLabel: string;
  /** As printed in the tooltip. */
  valueText: (value: number) => string;
  label: string;
  heightPx?: number;
}

type Row = Record<string, number | [number, number]>;

/** Right: solid line, filled circles. Left: dashed line, triangles. Hue is only the third difference. */
const LOOK = {
  right: { color: 'var(--hand-right)', tint: 'var(--hand-right-tint)', dash: 'none' },
  left: { color: 'var(--hand-left)', tint: 'var(--hand-left-tint)', dash: '7 5' },
} as const;

/** One measure of both hands; lines break where the device changes, the tint is the spread of the trials. */
export function TrendChart(props: TrendChartProps) {
  const { segments, deviceChanges, errorBands, flags } = props;
  const rows = rowsOf(segments);
  const positions = [
    ...segments.flatMap(({ points }) => points.map(({ x }) => x)),
    ...flags.map(({ x }) => x),
  ];
  const ticks = weekTicks(Math.min(...positions), Math.max(...positions));
  return (
    <figure className={styles.figure} aria-label={props.label}>
      <Legend errorBandText={errorBands.length > 0 ? props.errorBandText : null} />
      <ResponsiveContainer
        width="100%"
        height={props.heightPx ?? 340}
        initialDimension={{ width: 800, height: 340 }}
      >
        <ComposedChart
          data={rows}
          margin={{ top: 24, right: 24, bottom: 28, left: 12 }}
          accessibilityLayer={false}
        >
          <CartesianGrid stroke="var(--hairline)" vertical={false} />
          <XAxis
            dataKey="x"
            type="number"
            domain={[ticks[0] ?? 0, ticks.at(-1) ?? 1]}
            ticks={ticks}
            padding={{ left: 16, right: 16 }}
            tick={{ fill: 'var(--text-quiet)', fontSize: 13 }}
            stroke="var(--hairline-strong)"
            label={{ value: props.xLabel, position: 'bottom', fill: 'var(--text-quiet)', fontSize: 13 }}
          />
          <YAxis
            domain={[0, 'auto']}
            width={56}
            tick={{ fill: 'var(--text-quiet)', fontSize: 13 }}
            stroke="var(--hairline-strong)"
            label={{
              value: props.yLabel,
              angle: -90,
              position: 'insideLeft',
              fill: 'var(--text-quiet)',
              fontSize: 13,
            }}
          />
          {errorBands.map((band) => (
            <ReferenceArea
              key={`${band.id}-error`}
              x1={band.from}
              x2={band.to}
              y1={band.low}
              y2={band.high}
              ifOverflow="extendDomain"
              fill="var(--norm-band)"
              fillOpacity={0.6}
              stroke={LOOK[band.side].color}
              strokeOpacity={0.7}
              strokeDasharray="1 4"
            />
          ))}
          {flags.map(({ x, name }) => (
            <ReferenceLine
              key={`flag ${x}`}
              x={x}
              stroke="var(--text)"
              strokeWidth={1.5}
              label={<FlagLabel text={name} />}
            />
          ))}
          {deviceChanges.map(({ x, name }) => (
            <ReferenceLine
              key={x}
              x={x}
              stroke="var(--text-quiet)"
              strokeDasharray="2 4"
              label={{ value: `device: ${name}`, position: 'top', fill: 'var(--text-quiet)', fontSize: 13 }}
            />
          ))}
          {segments.map((segment) => (
            <Area
              key={`${segment.id}-band`}
              dataKey={`${segment.id}-band`}
              stroke="none"
              fill={LOOK[segment.side].tint}
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
              name={segment.side}
              stroke={LOOK[segment.side].color}
              strokeWidth={2.5}
              strokeDasharray={LOOK[segment.side].dash}
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

/** A small flag at the top of its line, its words to the right of it so that they stay inside the plot. */
function FlagLabel({ text, viewBox }: { text: string; viewBox?: { x?: number; y?: number } }) {
  const x = viewBox?.x ?? 0;
  const y = viewBox?.y ?? 0;
  return (
    <g>
      <path d={`M${x} ${y}l12 5l-12 5z`} fill="var(--text)" />
      <text x={x + 16} y={y + 10} fill="var(--text)" fontSize={13}>
        {text}
      </text>
    </g>
  );
}

function Legend({ errorBandText }: { errorBandText: string | null }) {
  return (
    <figcaption className={styles.legend}>
      {(['right', 'left'] as const).map((side) => (
        <span key={side} className={styles.legendEntry}>
          <svg width="44" height="16" aria-hidden="true">
            <line
              x1="0"
              x2="44"
              y1="8"
              y2="8"
              stroke={LOOK[side].color}
              strokeWidth="2.5"
              strokeDasharray={LOOK[side].dash}
            />
            {side === 'right' ? <CircleMarker cx={22} cy={8} /> : <TriangleMarker cx={22} cy={8} />}
          </svg>
          {side}
        </span>
      ))}
      <span className={styles.legendEntry}>
        <span className={styles.bandSwatch} aria-hidden="true" /> spread of the trials (± population SD)
      </span>
      {errorBandText !== null && (
        <span className={styles.legendEntry}>
          <svg width="32" height="14" aria-hidden="true">
            <rect
              x="0.5"
              y="0.5"
              width="31"
              height="13"
              fill="var(--norm-band)"
              stroke="var(--text-quiet)"
              strokeDasharray="1 3"
            />
          </svg>
          {errorBandText}
        </span>
      )}
    </figcaption>
  );
}

function CircleMarker({ cx, cy }: { cx?: number; cy?: number }) {
  if (cx === undefined || cy === undefined || Number.isNaN(cy)) return null;
  return <circle cx={cx} cy={cy} r={5} fill={LOOK.right.color} stroke="var(--surface)" strokeWidth={1.5} />;
}

function TriangleMarker({ cx, cy }: { cx?: number; cy?: number }) {
  if (cx === undefined || cy === undefined || Number.isNaN(cy)) return null;
  return (
    <path
      d={`M${cx} ${cy - 6.5}l6.5 11h-13z`}
      fill="var(--surface)"
      stroke={LOOK.left.color}
      strokeWidth={2}
    />
  );
}

function rowsOf(segments: readonly TrendSegment[]): Row[] {
  const rows = new Map<number, Row>();
  for (const segment of segments) {
    for (const { x, value, spread } of segment.points) {
      const row: Row = rows.get(x) ?? { x };
      row[segment.id] = value;
      if (spread !== null) row[`${segment.id}-band`] = [Math.max(0, value - spread), value + spread];
      rows.set(x, row);
    }
  }
  return [...rows].sort(([a], [b]) => a - b).map(([, row]) => row);
}
