import styles from './interval-table.module.css';

export interface MeasuredRow {
  name: string;
  value: number;
  low: number;
  high: number;
  n: number;
}

const WIDTH = 200;
const HEIGHT = 24;

/**
 * Figures with their intervals, drawn and written in the same line: a dot with its 95 % interval on one common axis, a
 * dashed tick where the promise stands, then the numbers and the people behind them.
 */
export function IntervalTable(props: {
  caption: string;
  /** Heading of the names, e.g. "People". */
  nameHeading: string;
  rows: readonly MeasuredRow[];
  /** Ends of the axis. */
  from: number;
  to: number;
  /** What was promised; null where nothing was. */
  promised: { value: number; text: string } | null;
  text: (value: number) => string;
}) {
  const { rows, from, to, promised, text } = props;
  const axisText = (value: number) => text(value).replace(/\.0+(?= )/, '');
  const x = (value: number) =>
    8 + ((Math.min(to, Math.max(from, value)) - from) / (to - from)) * (WIDTH - 16);
  return (
    <div className={styles.frame}>
      <table className={styles.table}>
        <caption>{props.caption}</caption>
        <thead>
          <tr>
            <th scope="col">{props.nameHeading}</th>
            <th scope="col">
              <div className={styles.axis}>
                <span>{axisText(from)}</span>
                {promised !== null && <span className={styles.promise}>{promised.text}</span>}
                <span>{axisText(to)}</span>
              </div>
            </th>
            <th scope="col">Measured (95 % interval)</th>
            <th scope="col" className={styles.number}>
              n
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, value, low, high, n }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td data-length="short">
                <svg className={styles.plot} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
                  <line className={styles.base} x1={8} x2={WIDTH - 8} y1={HEIGHT / 2} y2={HEIGHT / 2} />
                  {promised !== null && (
                    <line
                      className={styles.promised}
                      x1={x(promised.value)}
                      x2={x(promised.value)}
                      y1={2}
                      y2={HEIGHT - 2}
                    />
                  )}
                  <line
                    className={styles.interval}
                    x1={x(low)}
                    x2={x(high)}
                    y1={HEIGHT / 2}
                    y2={HEIGHT / 2}
                  />
                  <circle className={styles.value} cx={x(value)} cy={HEIGHT / 2} r={5} />
                </svg>
              </td>
              <td data-length="short">
                {text(value)} ({text(low)} to {text(high)})
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
