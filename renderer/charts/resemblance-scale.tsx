import styles from './resemblance-scale.module.css';

export interface ResemblanceScaleProps {
  /** Probability of nonimpaired, 0..1. */
  value: number;
  /** Lowest and highest answer of the networks, 0..1; null when unknown. */
  band: readonly [number, number] | null;
  /** Value of an earlier session, 0..1. */
  earlier: { value: number; label: string } | null;
  /** What the picture says, for people who do not see it. */
  label: string;
}

const WIDTH = 260;
const INSET = 8;
const x = (probability: number) => INSET + probability * (WIDTH - 2 * INSET);

/** One line from 0 to 100 %: the doubt as a lighter band, today as a filled dot, earlier as an open diamond. */
export function ResemblanceScale({ value, band, earlier, label }: ResemblanceScaleProps) {
  return (
    <svg className={styles.scale} viewBox={`0 0 ${WIDTH} 40`} role="img" aria-label={label}>
      <line className={styles.axis} x1={x(0)} x2={x(1)} y1={14} y2={14} />
      {[0, 0.5, 1].map((tick) => (
        <g key={tick}>
          <line className={styles.axis} x1={x(tick)} x2={x(tick)} y1={10} y2={18} />
          <text
            className={styles.tick}
            x={x(tick)}
            y={35}
            textAnchor={tick === 0 ? 'start' : tick === 1 ? 'end' : 'middle'}
          >
            {tick * 100} %
          </text>
        </g>
      ))}
      {band && (
        <rect
          className={styles.band}
          x={x(band[0])}
          width={Math.max(2, x(band[1]) - x(band[0]))}
          y={6}
          height={16}
          rx={2}
        />
      )}
      {earlier && (
        <path
          className={styles.earlier}
          d={`M${x(earlier.value)} 7l6 7l-6 7l-6 -7z`}
          data-earlier={earlier.label}
        />
      )}
      <circle className={styles.today} cx={x(value)} cy={14} r={6.5} />
    </svg>
  );
}
