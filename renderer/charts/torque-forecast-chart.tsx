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
import styles from './envelope-chart.module.css';

export interface TorqueForecastChartProps {
  points: readonly { timeS: number; middleNm: number; interval: readonly [number, number] | null }[];
  /** What counts as close, N.m either side of the middle. */
  closeNm: number;
  targetNm: number;
  /** Clinician's range of failure, seconds; null: cannot tell. */
  ownFailureS: readonly [number, number] | null;
  /** Whose range that is. */
  ownLabel: string;
  /** Up to here the model has read the recording, seconds. */
  readS: number;
  label: string;
}

const HEIGHT_PX = 320;

/** Forecast torque over time: interval as a tint, middle as a line, what counts as close as dashes either side. */
export function TorqueForecastChart(props: TorqueForecastChartProps) {
  const { points, closeNm, targetNm, ownFailureS, readS } = props;
  const rows = points.map(({ timeS, middleNm, interval }) => ({
    t: timeS,
    middle: middleNm,
    low: Math.max(0, middleNm - closeNm),
    high: middleNm + closeNm,
    ...(interval ? { interval: [interval[0], interval[1]] } : {}),
  }));
  const fontPx = useSmallTextPx();
  const text = { fill: 'var(--text-quiet)', fontSize: fontPx };
  return (
    <figure className={styles.figure} aria-label={props.label}>
      <ul className={styles.legend} aria-label="What is drawn">
        <li>
          <Swatch className={styles.line} /> forecast torque
        </li>
        <li>
          <svg className={styles.swatch} viewBox="0 0 32 16" aria-hidden="true">
            <rect className={styles.tint} x="1" y="2" width="30" height="12" />
          </svg>{' '}
          interval
        </li>
        <li>
          <Swatch className={styles.close} /> ±{closeNm} N·m
        </li>
        <li>
          <Swatch className={styles.target} /> target {targetNm.toFixed(0)} N·m
        </li>
      </ul>
      <ResponsiveContainer
        width="100%"
        height={HEIGHT_PX * plotGrowth(fontPx)}
        initialDimension={{ width: 800, height: HEIGHT_PX }}
      >
        <ComposedChart
          data={rows}
          margin={{ top: 11 + fontPx, right: 24, bottom: 7 + fontPx, left: 12 }}
          accessibilityLayer={false}
        >
          <CartesianGrid stroke="var(--hairline)" vertical={false} />
          <XAxis
            dataKey="t"
            type="number"
            domain={[0, 150]}
            ticks={[0, 30, 60, 90, 120, 150]}
            tick={text}
            stroke="var(--hairline-strong)"
            label={{ ...text, value: 'time since the start of the hold, s', position: 'bottom' }}
          />
          <YAxis
            domain={[0, 'auto']}
            width={47 + fontPx}
            tick={text}
            stroke="var(--hairline-strong)"
            label={{
              ...text,
              value: 'torque, N·m',
              angle: -90,
              position: 'insideLeft',
              style: { textAnchor: 'middle' },
            }}
          />
          {ownFailureS && (
            <ReferenceArea
              x1={ownFailureS[0]}
              x2={Math.min(150, ownFailureS[1])}
              fill="var(--norm-band)"
              fillOpacity={0.7}
              label={{ ...text, value: props.ownLabel, position: 'insideTop' }}
            />
          )}
          <Area
            dataKey="interval"
            stroke="none"
            fill="var(--hand-right-tint)"
            fillOpacity={0.8}
            isAnimationActive={false}
            activeDot={false}
            tooltipType="none"
          />
          <ReferenceLine y={targetNm} stroke="var(--text-quiet)" strokeDasharray="1 3" />
          <ReferenceLine
            x={readS}
            stroke="var(--text)"
            strokeDasharray="4 3"
            label={{ ...text, value: 'read until here', position: 'top' }}
          />
          {(['low', 'high'] as const).map((key) => (
            <Line
              key={key}
              dataKey={key}
              stroke="var(--text)"
              strokeWidth={1.5}
              strokeDasharray="4 3"
              dot={false}
              activeDot={false}
              isAnimationActive={false}
              tooltipType="none"
            />
          ))}
          <Line
            dataKey="middle"
            name="forecast"
            stroke="var(--hand-right)"
            strokeWidth={2.5}
            dot={false}
            activeDot={false}
            isAnimationActive={false}
          />
          <Tooltip
            isAnimationActive={false}
            contentStyle={{
              background: 'var(--surface)',
              border: '1px solid var(--hairline-strong)',
              borderRadius: 6,
              color: 'var(--text)',
            }}
            labelFormatter={(t) => `${Number(t).toFixed(0)} s`}
            formatter={(value) => (typeof value === 'number' ? `${value.toFixed(1)} N·m` : String(value))}
          />
        </ComposedChart>
      </ResponsiveContainer>
    </figure>
  );
}

function Swatch({ className }: { className: string | undefined }) {
  return (
    <svg className={styles.swatch} viewBox="0 0 32 16" aria-hidden="true">
      <line className={className} x1="0" x2="32" y1="8" y2="8" />
    </svg>
  );
}
