/** Right: solid line, filled circles. Left: dashed line, triangles. Hue is only the third difference. */
export const HAND_LOOK = {
  right: { color: 'var(--hand-right)', tint: 'var(--hand-right-tint)', dash: 'none' },
  left: { color: 'var(--hand-left)', tint: 'var(--hand-left-tint)', dash: '7 5' },
} as const;

/** How the three kinds of bands differ without colour: a filled one, one with dotted edges, one with dashed edges. */
export const BAND_LOOK = {
  norm: { fill: 'var(--norm-band)', fillOpacity: 0.75, dash: 'none' },
  error: { fill: 'var(--norm-band)', fillOpacity: 0.35, dash: '1 4' },
  important: { fill: 'none', fillOpacity: 0, dash: '8 4' },
} as const;

export type BandKind = keyof typeof BAND_LOOK;

export function CircleMarker({ cx, cy }: { cx?: number; cy?: number }) {
  if (cx === undefined || cy === undefined || Number.isNaN(cy)) return null;
  return (
    <circle cx={cx} cy={cy} r={5} fill={HAND_LOOK.right.color} stroke="var(--surface)" strokeWidth={1.5} />
  );
}

export function TriangleMarker({ cx, cy }: { cx?: number; cy?: number }) {
  if (cx === undefined || cy === undefined || Number.isNaN(cy)) return null;
  return (
    <path
      d={`M${cx} ${cy - 6.5}l6.5 11h-13z`}
      fill="var(--surface)"
      stroke={HAND_LOOK.left.color}
      strokeWidth={2}
    />
  );
}

/**
 * A small flag at its line, its words beside it and inside the plot. @param row which line of words it stands in, so that flags
 * close to each other do not cover each other's words. @param isLeft the words stand to the left of the line.
 */
export function FlagLabel(props: {
  text: string;
  row: number;
  isLeft: boolean;
  /** A hollow flag is no operation. */
  isHollow: boolean;
  fontPx: number;
  viewBox?: { x?: number; y?: number };
}) {
  const x = props.viewBox?.x ?? 0;
  const y = (props.viewBox?.y ?? 0) + props.row * (props.fontPx + 5);
  const direction = props.isLeft ? -1 : 1;
  return (
    <g>
      <path
        d={`M${x} ${y}l${direction * 12} 5l${-direction * 12} 5z`}
        fill={props.isHollow ? 'var(--surface)' : 'var(--text)'}
        stroke="var(--text)"
      />
      <text
        x={x + direction * 16}
        y={y + 10}
        fill="var(--text)"
        fontSize={props.fontPx}
        textAnchor={props.isLeft ? 'end' : 'start'}
      >
        {props.text}
      </text>
    </g>
  );
}
