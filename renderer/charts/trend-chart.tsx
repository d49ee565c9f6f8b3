import {
  Area,
  CartesianGrid,
  ComposedChart,
  Line,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import styles from './trend-chart.module.css';
import type { TrendSegment } from './trend-segments.ts';
import { weekTicks } from './week-ticks.ts';

export interface TrendChartProps {
  segments: readonly TrendSegment[];
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
  const { segments, deviceChanges } = props;
  const rows = rowsOf(segments);
  const positions = segments.flatMap(({ points }) => points.map(({ x }) => x));
  const ticks = weekTicks(Math.min(...positions), Math.max(...positions));
  return (
    <figure className={styles.figure} aria-label={props.label}>
      <Legend />
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
            labelFormatter={(x) => `${props.xLabel}: ${x}`}
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

function Legend() {
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
