import styles from './interval-rows.module.css';

export interface IntervalRow {
  id: string;
  name: string;
  /** Null: too few to say. */
  value: number | null;
  interval: readonly [number, number] | null;
  /** What chance gives. */
  chance: number | null;
  /** In place of the mark, e.g. "too few to say: n = 7". */
  instead: string;
}

const WIDTH = 560;
const LABEL = 190;
const ROW = 32;
const AXIS = 28;
const RIGHT = 24;
const LINE = 14;
/** What a line of the label holds; the whole name stands in the table. */
const LINE_CHARACTERS = 28;

/** A long name on two lines, broken between words; what is longer still ends in dots. */
export function labelLines(name: string): string[] {
  if (name.length <= LINE_CHARACTERS) return [name];
  const space = name.lastIndexOf(' ', LINE_CHARACTERS);
  const end = space > 0 ? space : LINE_CHARACTERS;
  const rest = name.slice(end).trim();
  return [
    name.slice(0, end),
    rest.length > LINE_CHARACTERS ? `${rest.slice(0, LINE_CHARACTERS - 1)}…` : rest,
  ];
}

/**
 * Figures under each other on one axis: a dot with its 95 % interval as a line, and a dashed tick where chance stands. The
 * same numbers stand in the table beside it.
 */
export function IntervalRows(props: {
  rows: readonly IntervalRow[];
  /** Ends of the axis, and what stands at its ticks. */
  from: number;
  to: number;
  ticks: readonly number[];
  tickText: (value: number) => string;
  label: string;
}) {
  const { rows, from, to, ticks, tickText, label } = props;
  const x = (value: number) =>
    LABEL + ((Math.min(to, Math.max(from, value)) - from) / (to - from)) * (WIDTH - LABEL - RIGHT);
  const bottom = rows.length * ROW;
  return (
    <svg className={styles.chart} viewBox={`0 0 ${WIDTH} ${bottom + AXIS}`} role="img" aria-label={label}>
      {ticks.map((tick) => (
        <g key={tick}>
          <line className={styles.grid} x1={x(tick)} x2={x(tick)} y1={2} y2={bottom} />
          <text className={styles.tick} x={x(tick)} y={bottom + 18} textAnchor="middle">
            {tickText(tick)}
          </text>
        </g>
      ))}
      {rows.map(({ id, name, value, interval, chance, instead }, place) => {
        const y = place * ROW + ROW / 2;
        return (
          <g key={id} data-row={id}>
            <text className={styles.name} x={0} y={y + 4}>
              {labelLines(name).map((line, place, { length }) => (
                <tspan key={line} x={0} dy={place > 0 ? LINE : (-LINE * (length - 1)) / 2}>
                  {line}
                </tspan>
              ))}
            </text>
            {value === null ? (
              <text className={styles.instead} x={LABEL + 4} y={y + 4}>
                {instead}
              </text>
            ) : (
              <>
                {chance !== null && (
                  <line className={styles.chance} x1={x(chance)} x2={x(chance)} y1={y - 11} y2={y + 11} />
                )}
                {interval && (
                  <line className={styles.interval} x1={x(interval[0])} x2={x(interval[1])} y1={y} y2={y} />
                )}
                <circle className={styles.value} cx={x(value)} cy={y} r={6} />
              </>
            )}
          </g>
        );
      })}
    </svg>
  );
}
