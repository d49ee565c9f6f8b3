import {
  CartesianGrid,
  Legend,
  Line,
  LineChart,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
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
const FONT_PX = 13;

/** Muscle activity over time, one line a channel, in percent of the amplitude at maximal effort. */
export function EnvelopeChart(props: EnvelopeChartProps) {
  const { channels, envelopes, stepS } = props;
  const rows = Array.from({ length: Math.floor(envelopes.length / channels.length) }, (_, step) => ({
    t: (step + 1) * stepS,
    ...Object.fromEntries(
      channels.map((name, channel) => [name, 100 * envelopes[step * channels.length + channel]!]),
    ),
  }));
  const text = { fill: 'var(--text-quiet)', fontSize: FONT_PX };
  return (
    <figure className={styles.figure} aria-label={props.label}>
      <ResponsiveContainer
        width="100%"
        height={props.heightPx ?? 300}
        initialDimension={{ width: 800, height: 300 }}
      >
        <LineChart
          data={rows}
          margin={{ top: 20, right: 24, bottom: 20, left: 12 }}
          accessibilityLayer={false}
        >
          <CartesianGrid stroke="var(--hairline)" vertical={false} />
          <XAxis
            dataKey="t"
            type="number"
            domain={[0, 'dataMax']}
            tick={text}
            stroke="var(--hairline-strong)"
            label={{ ...text, value: 'time, s', position: 'bottom' }}
          />
          <YAxis
            width={60}
            tick={text}
            stroke="var(--hairline-strong)"
            label={{ ...text, value: 'activity, % of maximum', angle: -90, position: 'insideLeft', dy: 70 }}
          />
          {props.marks.map(({ atS, name }) => (
            <ReferenceLine
              key={name}
              x={atS}
              stroke="var(--text)"
              strokeDasharray="4 3"
              label={{ ...text, value: name, position: 'top' }}
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
          <Legend verticalAlign="top" align="left" iconType="plainline" iconSize={32} />
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
