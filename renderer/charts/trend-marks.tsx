/** Right: solid line, filled circles. Left: dashed line, triangles. Hue is only the third difference. */
export const HAND_LOOK = {
  right: { color: 'var(--hand-right)', tint: 'var(--hand-right-tint)', dash: 'none' },
  left: { color: 'var(--hand-left)', tint: 'var(--hand-left-tint)', dash: '7 5' },
} as const;

/** A hand in words where a chart is told none. */
export const HAND_NAMES = { right: 'right', left: 'left' } as const;

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

/** Height of one row of words above the plot, px. */
export const flagRowPx = (fontPx: number): number => fontPx + 7;

/**
 * A small flag on its line and its words, in a row of their own above the plot: never over the values.
 * @param row counted from the plot upwards. @param isLeft the words stand to the left of the line.
 */
export function FlagLabel(props: {
  text: string;
  row: number;
  isLeft: boolean;
  /** A hollow flag is no operation; a change of device has none. */
  look: 'filled' | 'hollow' | 'none';
  fontPx: number;
  viewBox?: { x?: number; y?: number };
}) {
  const { fontPx, look } = props;
  const x = props.viewBox?.x ?? 0;
  const bottom = props.viewBox?.y ?? 0;
  const base = bottom - props.row * flagRowPx(fontPx) - 7;
  const middle = base - fontPx * 0.36;
  const direction = props.isLeft ? -1 : 1;
  return (
    <g>
      <line
        x1={x}
        x2={x}
        y1={bottom}
        y2={middle - 6}
        stroke={look === 'none' ? 'var(--text-quiet)' : 'var(--text)'}
        strokeDasharray={look === 'none' ? '2 4' : 'none'}
      />
      {look !== 'none' && (
        <path
          d={`M${x} ${middle - 6}l${direction * 12} 6l${-direction * 12} 6z`}
          fill={look === 'hollow' ? 'var(--surface)' : 'var(--text)'}
          stroke="var(--text)"
        />
      )}
      <text
        x={x + direction * (look === 'none' ? 5 : FLAG_PX)}
        y={base}
        fill={look === 'none' ? 'var(--text-quiet)' : 'var(--text)'}
        fontSize={fontPx}
        textAnchor={props.isLeft ? 'end' : 'start'}
        // A line that goes up behind the words does not run through them.
        stroke="var(--surface)"
        strokeWidth={4}
        paintOrder="stroke"
      >
        {props.text}
      </text>
    </g>
  );
}

/** From the line to the words, past the flag. */
export const FLAG_PX = 16;
