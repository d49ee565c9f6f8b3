import styles from './trend-chart.module.css';
import { BAND_LOOK, type BandKind, CircleMarker, HAND_LOOK, TriangleMarker } from './trend-marks.tsx';

export interface LegendBand {
  kind: BandKind;
  /** What the band means, with the population and the source it comes from. */
  text: string;
}

/** What the marks of a trend mean. @param spreadText null where no tint is drawn. */
export function TrendLegend(props: {
  sides: readonly ('right' | 'left')[];
  sideText: (side: 'right' | 'left') => string;
  spreadText: string | null;
  bands: readonly LegendBand[];
  /** Absent: small. */
  fontPx?: number;
}) {
  return (
    <figcaption
      className={styles.legend}
      {...(props.fontPx === undefined ? {} : { style: { fontSize: props.fontPx } })}
    >
      {props.sides.map((side) => (
        <span key={side} className={styles.legendEntry}>
          <svg width="44" height="16" aria-hidden="true">
            <line
              x1="0"
              x2="44"
              y1="8"
              y2="8"
              stroke={HAND_LOOK[side].color}
              strokeWidth="2.5"
              strokeDasharray={HAND_LOOK[side].dash}
            />
            {side === 'right' ? <CircleMarker cx={22} cy={8} /> : <TriangleMarker cx={22} cy={8} />}
          </svg>
          {props.sideText(side)}
        </span>
      ))}
      {props.spreadText !== null && (
        <span className={styles.legendEntry}>
          <span className={styles.bandSwatch} aria-hidden="true" /> {props.spreadText}
        </span>
      )}
      {props.bands.map(({ kind, text }) => (
        <span key={kind} className={styles.legendEntry}>
          <svg width="32" height="14" aria-hidden="true" className={styles.legendSwatch}>
            <rect
              x="0.5"
              y="0.5"
              width="31"
              height="13"
              fill={BAND_LOOK[kind].fill}
              fillOpacity={BAND_LOOK[kind].fillOpacity}
              stroke="var(--text-quiet)"
              strokeDasharray={BAND_LOOK[kind].dash}
            />
          </svg>
          <span>{text}</span>
        </span>
      ))}
    </figcaption>
  );
}
