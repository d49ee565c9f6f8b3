import styles from './reliability-plot.module.css';

export interface ReliabilityPoint {
  /** What the model said, 0..1: mean of the bin, or the level of a quantile. */
  said: number;
  /** How often it came true, with its 95 % interval. */
  came: number;
  low: number;
  high: number;
  n: number;
}

const SIZE = 260;
const LEFT = 44;
const BOTTOM = 40;
const TICKS = [0, 0.25, 0.5, 0.75, 1];
const x = (value: number) => LEFT + value * SIZE;
const y = (value: number) => 8 + (1 - value) * SIZE;
const percent = (share: number) => `${(100 * share).toFixed(0)} %`;

/** What was said against how often it came true; on the dashed line the two are equal. The table beside has the numbers. */
export function ReliabilityPlot(props: {
  points: readonly ReliabilityPoint[];
  label: string;
  saidHeading: string;
  cameHeading: string;
}) {
  return (
    <div className={styles.pair}>
      <svg
        className={styles.plot}
        viewBox={`0 0 ${LEFT + SIZE + 28} ${SIZE + BOTTOM + 12}`}
        role="img"
        aria-label={props.label}
      >
        {TICKS.map((tick) => (
          <g key={tick}>
            <line className={styles.grid} x1={x(0)} x2={x(1)} y1={y(tick)} y2={y(tick)} />
            <line className={styles.grid} x1={x(tick)} x2={x(tick)} y1={y(0)} y2={y(1)} />
            <text className={styles.tick} x={x(0) - 6} y={y(tick) + 4} textAnchor="end">
              {percent(tick)}
            </text>
            <text className={styles.tick} x={x(tick)} y={y(0) + 16} textAnchor="middle">
              {percent(tick)}
            </text>
          </g>
        ))}
        <line className={styles.equal} x1={x(0)} x2={x(1)} y1={y(0)} y2={y(1)} />
        {props.points.map(({ said, came, low, high }) => (
          <g key={said}>
            <line className={styles.interval} x1={x(said)} x2={x(said)} y1={y(low)} y2={y(high)} />
            <circle className={styles.value} cx={x(said)} cy={y(came)} r={4.5} />
          </g>
        ))}
        <text className={styles.tick} x={x(0.5)} y={SIZE + BOTTOM + 6} textAnchor="middle">
          {props.saidHeading}
        </text>
      </svg>
      <table className={styles.table}>
        <caption>Up the picture: {props.cameHeading.toLowerCase()}</caption>
        <thead>
          <tr>
            <th scope="col">{props.saidHeading}</th>
            <th scope="col">{props.cameHeading} (95 % interval)</th>
            <th scope="col" className={styles.number}>
              n
            </th>
          </tr>
        </thead>
        <tbody>
          {props.points.map(({ said, came, low, high, n }) => (
            <tr key={said}>
              <td data-length="short">{percent(said)}</td>
              <td data-length="short">
                {percent(came)} ({percent(low)} to {percent(high)})
              </td>
              <td className={styles.number} data-length="short">
                {n.toLocaleString('en-GB')}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
