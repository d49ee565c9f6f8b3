import {
  CartesianGrid,
  Line,
  LineChart,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { plotGrowth, useSmallTextPx } from './chart-text.ts';
import styles from './envelope-chart.module.css';

export interface EnvelopeChartProps {
  /** Names in the order of the channels. */
  channels: readonly string[];
  /** [step][channel], share of maximal amplitude. */
  envelopes: ArrayLike<number>;
  /** Seconds of one step. */
  stepS: number;
  /** Upright lines with a word, seconds. */
  marks: readonly { atS: number; name: string }[];
  label: string;
  heightPx?: number;
}

/** Colour is the third carrier, after the dash and the thickness of each line. */
const LOOKS = [
  { stroke: 'var(--hand-right)', strokeWidth: 2.5, strokeDasharray: '' },
  { stroke: 'var(--hand-left)', strokeWidth: 2.5, strokeDasharray: '8 4' },
  { stroke: 'var(--text)', strokeWidth: 1.5, strokeDasharray: '2 3' },
  { stroke: 'var(--text-quiet)', strokeWidth: 3, strokeDasharray: '10 3 2 3' },
] as const;
const HEIGHT_PX = 300;
const MOST_TICKS = 7;

/** Whole steps of a clock from 0 to the end. */
function secondTicks(endS: number): number[] {
  const step = [5, 10, 15, 30, 60, 120, 300, 600].find((each) => endS / each <= MOST_TICKS - 1) ?? 600;
  return Array.from({ length: Math.floor(endS / step) + 1 }, (_, i) => i * step);
}

/** Muscle activity over time, one line a channel, in percent of the amplitude at maximal effort. */
export function EnvelopeChart(props: EnvelopeChartProps) {
  const { channels, envelopes, stepS } = props;
  const rows = Array.from({ length: Math.floor(envelopes.length / channels.length) }, (_, step) => ({
    t: (step + 1) * stepS,
    ...Object.fromEntries(
      channels.map((name, channel) => [name, 100 * envelopes[step * channels.length + channel]!]),
    ),
  }));
  const endS = rows.length * stepS;
  const fontPx = useSmallTextPx();
  const labelRowPx = fontPx + 3;
  const text = { fill: 'var(--text-quiet)', fontSize: fontPx };
  return (
    <figure className={styles.figure} aria-label={props.label}>
      <ul className={styles.legend} aria-label="What is drawn">
        {channels.map((name, index) => (
          <li key={name}>
            <svg className={styles.swatch} viewBox="0 0 32 16" aria-hidden="true">
              <line x1="0" x2="32" y1="8" y2="8" {...LOOKS[index % LOOKS.length]} />
            </svg>
            {name}
          </li>
        ))}
      </ul>
      <ResponsiveContainer
        width="100%"
        height={(props.heightPx ?? HEIGHT_PX) * plotGrowth(fontPx)}
        initialDimension={{ width: 800, height: HEIGHT_PX }}
      >
        <LineChart
          data={rows}
          margin={{
            top: 12 + labelRowPx * Math.max(1, props.marks.length),
            right: 24,
            bottom: 7 + fontPx,
            left: 12,
          }}
          accessibilityLayer={false}
        >
          <CartesianGrid stroke="var(--hairline)" vertical={false} />
          <XAxis
            dataKey="t"
            type="number"
            domain={[0, endS]}
            ticks={secondTicks(endS)}
            tick={text}
            stroke="var(--hairline-strong)"
            label={{ ...text, value: 'time, s', position: 'bottom' }}
          />
          <YAxis
            width={47 + fontPx}
            tick={text}
            stroke="var(--hairline-strong)"
            label={{
              ...text,
              value: 'activity, % of maximum',
              angle: -90,
              position: 'insideLeft',
              style: { textAnchor: 'middle' },
            }}
          />
          {props.marks.map(({ atS, name }, row) => (
            <ReferenceLine
              key={name}
              x={atS}
              stroke="var(--text)"
              strokeDasharray="4 3"
              // A row each: two marks may stand close to one another.
              label={{ ...text, value: name, position: 'top', dy: -labelRowPx * row }}
            />
          ))}
          {channels.map((name, index) => (
            <Line
              key={name}
              dataKey={name}
              {...LOOKS[index % LOOKS.length]}
              dot={false}
              activeDot={false}
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
            labelFormatter={(t) => `${Number(t).toFixed(1)} s`}
            formatter={(value) => (typeof value === 'number' ? `${value.toFixed(0)} %` : String(value))}
          />
        </LineChart>
      </ResponsiveContainer>
    </figure>
  );
}
