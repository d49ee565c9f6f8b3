import styles from './force-ranges.module.css';

export interface ForceRange {
  id: string;
  name: string;
  /** Ends of the thick bar; null where there is only a point. In the shown unit, as everything here. */
  range: readonly [number, number] | null;
  /** Ends of the thin line around it. */
  wide: readonly [number, number] | null;
  point: number | null;
  kind: 'yours' | 'model' | 'last' | 'truth';
}

const WIDTH = 640;
const LABEL = 190;
const ROW = 34;
const AXIS = 30;

/** A few round numbers over a range. */
export function roundTicks(low: number, high: number, most = 5): number[] {
  const span = Math.max(high - low, 1e-9);
  const power = 10 ** Math.floor(Math.log10(span / most));
  const step =
    [1, 2, 5, 10].map((factor) => factor * power).find((each) => span / each <= most) ?? 10 * power;
  const first = Math.ceil(low / step);
  return Array.from({ length: Math.floor(high / step) - first + 1 }, (_, i) => (first + i) * step);
}

/**
 * Ranges of force under each other on one axis: the clinician's hatched, the model's filled with a thin line for its wider
 * interval, points as a diamond (last time) and a ring (what came). Every number stands in the table beside it.
 */
export function ForceRanges(props: { rows: readonly ForceRange[]; unit: string; label: string }) {
  const { rows, unit, label } = props;
  const numbers = rows.flatMap(({ range, wide, point }) => [
    ...(range ?? []),
    ...(wide ?? []),
    ...(point === null ? [] : [point]),
  ]);
  const low = Math.min(...numbers);
  const high = Math.max(...numbers);
  const margin = Math.max(0.08 * (high - low), 0.02 * high, 1e-6);
  const [from, to] = [Math.max(0, low - margin), high + margin];
  const x = (value: number) => LABEL + ((value - from) / (to - from)) * (WIDTH - LABEL - 16);
  const height = rows.length * ROW + AXIS;
  return (
    <svg className={styles.chart} viewBox={`0 0 ${WIDTH} ${height}`} role="img" aria-label={label}>
      <defs>
        <pattern
          id="hatch-yours"
          width="6"
          height="6"
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(45)"
        >
          <rect width="6" height="6" className={styles.hatchGround} />
          <line x1="0" y1="0" x2="0" y2="6" className={styles.hatchLine} />
        </pattern>
      </defs>
      {roundTicks(from, to).map((tick) => (
        <g key={tick}>
          <line className={styles.grid} x1={x(tick)} x2={x(tick)} y1={4} y2={rows.length * ROW} />
          <text className={styles.tick} x={x(tick)} y={rows.length * ROW + 18} textAnchor="middle">
            {Number(tick.toPrecision(6))}
          </text>
        </g>
      ))}
      <text className={styles.tick} x={WIDTH} y={rows.length * ROW + 18} textAnchor="end">
        {unit}
      </text>
      {rows.map((row, place) => {
        const y = place * ROW + ROW / 2;
        return (
          <g key={row.id} data-kind={row.kind}>
            <text className={styles.name} x={0} y={y + 4}>
              {row.name}
            </text>
            {row.wide && (
              <line className={styles.wide} x1={x(row.wide[0])} x2={x(row.wide[1])} y1={y} y2={y} />
            )}
            {row.range && (
              <rect
                className={row.kind === 'yours' ? styles.yours : styles.model}
                x={x(row.range[0])}
                width={Math.max(2, x(row.range[1]) - x(row.range[0]))}
                y={y - 8}
                height={16}
                rx={2}
              />
            )}
            {row.point !== null && row.kind === 'model' && (
              <line className={styles.middle} x1={x(row.point)} x2={x(row.point)} y1={y - 8} y2={y + 8} />
            )}
            {row.point !== null && row.kind === 'last' && (
              <path className={styles.last} d={`M${x(row.point)} ${y - 7}l7 7l-7 7l-7 -7z`} />
            )}
            {row.point !== null && row.kind === 'truth' && (
              <circle className={styles.truth} cx={x(row.point)} cy={y} r={7} />
            )}
          </g>
        );
      })}
    </svg>
  );
}
