import styles from './interval-scale.module.css';

export interface IntervalScaleProps {
  /** Ends of the line. */
  domain: readonly [number, number];
  ticks: readonly number[];
  tickText: (tick: number) => string;
  /** The model's middle; null draws none. */
  middle: number | null;
  /** Its interval; an end may be infinite; null draws none. */
  interval: readonly [number, number] | null;
  /** A stretch drawn in grey behind, e.g. "as expected". */
  expected?: readonly [number, number];
  /** Range of the clinician's own answer; an end may be infinite; null: none, or "cannot tell". */
  own: readonly [number, number] | null;
  /** What was measured, drawn as an open diamond. */
  measured?: number | null;
  /** What the picture says, for people who do not see it. */
  label: string;
}

const WIDTH = 400;
const INSET = 14;

/**
 * Values on one line: the model's interval as a band with a dot at its middle, the clinician's own range as a bracket
 * above, what was measured as a diamond. What lies beyond the line ends in an arrow.
 */
export function IntervalScale(props: IntervalScaleProps) {
  const { domain, ticks, middle, interval, expected, own, measured = null } = props;
  const [from, to] = domain;
  const x = (value: number) =>
    INSET + ((Math.min(to, Math.max(from, value)) - from) / (to - from)) * (WIDTH - 2 * INSET);
  return (
    <svg className={styles.scale} viewBox={`0 0 ${WIDTH} 54`} role="img" aria-label={props.label}>
      {expected && (
        <rect
          className={styles.expected}
          x={x(expected[0])}
          width={x(expected[1]) - x(expected[0])}
          y={10}
          height={26}
        />
      )}
      <line className={styles.axis} x1={x(from)} x2={x(to)} y1={24} y2={24} />
      {ticks.map((tick) => (
        <g key={tick}>
          <line className={styles.axis} x1={x(tick)} x2={x(tick)} y1={20} y2={28} />
          <text className={styles.tick} x={x(tick)} y={50} textAnchor="middle">
            {props.tickText(tick)}
          </text>
        </g>
      ))}
      {own && (
        <path
          className={styles.own}
          data-own="true"
          d={`M${x(own[0])} ${own[0] < from ? 5 : 11}V5H${x(own[1])}V${own[1] > to ? 5 : 11}`}
        />
      )}
      {interval && (
        <g data-interval="true">
          <rect
            className={styles.band}
            x={x(interval[0])}
            width={Math.max(2, x(interval[1]) - x(interval[0]))}
            y={16}
            height={16}
            rx={2}
          />
          {interval[0] < from && <path className={styles.beyond} d={`M${x(from) - 2} 24l8 -6v12z`} />}
          {interval[1] > to && <path className={styles.beyond} d={`M${x(to) + 2} 24l-8 -6v12z`} />}
        </g>
      )}
      {middle !== null && <circle className={styles.middle} cx={x(middle)} cy={24} r={6.5} />}
      {measured !== null && <path className={styles.measured} d={`M${x(measured)} 15l7 9l-7 9l-7 -9z`} />}
    </svg>
  );
}
