import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react';
import styles from './trace-marks.module.css';
import type { PlotScale } from './trace-plot.tsx';
import { secondsText } from './trace-text.ts';

/** A mark on a trace, with who put it there in words. */
export interface DrawnMark {
  id: string;
  /** e.g. "onset". */
  name: string;
  atS: number;
  /** e.g. "proposed by Prehensa" or a user's name. */
  placedBy: string;
  /** Row of handles it sits in, from 0: marks that are often close to each other get different rows. */
  row: number;
}

const FAR_STEP_PX = 10;

/** The lines of the marks, over the plot. */
export function MarkLines({ marks, scale }: { marks: readonly DrawnMark[]; scale: PlotScale }) {
  return marks
    .filter(({ atS }) => atS >= scale.window.fromS && atS <= scale.window.toS)
    .map((mark) => (
      <span
        key={mark.id}
        className={styles.line}
        data-row={mark.row}
        style={{ left: scale.toPx(mark.atS) }}
      />
    ));
}

/**
 * The handles of the marks, below the plot: dragged with mouse or finger, moved with the arrow keys (one pixel, with Shift
 * ten), so closer zoom means finer steps. A mark outside the stretch shown waits at its edge.
 */
export function MarkHandles(props: {
  marks: readonly DrawnMark[];
  scale: PlotScale;
  /** Where a mark may stand. */
  range: { fromS: number; toS: number };
  /** While it is dragged. */
  onMove: (id: string, atS: number) => void;
  /** When it was let go, or after a key. */
  onMoved: (id: string, atS: number) => void;
}) {
  const rows = Math.max(1, ...props.marks.map(({ row }) => row + 1));
  return (
    <div className={styles.handles} style={{ height: `calc(${rows} * var(--target))` }}>
      {props.marks.map((mark) => (
        <MarkHandle key={mark.id} {...props} mark={mark} />
      ))}
    </div>
  );
}

function MarkHandle(props: Parameters<typeof MarkHandles>[0] & { mark: DrawnMark }) {
  const { mark, scale, range } = props;
  const [isDragged, setIsDragged] = useState(false);
  const grabbed = useRef<{ startX: number; startPx: number; atS: number } | null>(null);
  const inRange = (atS: number) => Math.min(range.toS, Math.max(range.fromS, atS));
  const isBefore = mark.atS < scale.window.fromS;
  const isAfter = mark.atS > scale.window.toS;
  const px = Math.min(scale.widthPx, Math.max(0, scale.toPx(mark.atS)));
  const onPointerDown = (event: PointerEvent) => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture?.(event.pointerId);
    grabbed.current = { startX: event.clientX, startPx: px, atS: mark.atS };
    setIsDragged(true);
  };
  const onPointerMove = (event: PointerEvent) => {
    const from = grabbed.current;
    if (from === null) return;
    from.atS = inRange(scale.toS(from.startPx + event.clientX - from.startX));
    props.onMove(mark.id, from.atS);
  };
  const onPointerUp = (event: PointerEvent) => {
    const from = grabbed.current;
    grabbed.current = null;
    setIsDragged(false);
    if (from !== null && event.clientX !== from.startX) props.onMoved(mark.id, from.atS);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const direction = { ArrowLeft: -1, ArrowRight: 1, ArrowDown: -1, ArrowUp: 1 }[event.key];
    if (direction === undefined) return;
    event.preventDefault();
    const pixelS = (scale.window.toS - scale.window.fromS) / scale.widthPx;
    props.onMoved(mark.id, inRange(mark.atS + direction * pixelS * (event.shiftKey ? FAR_STEP_PX : 1)));
  };
  return (
    <div
      className={styles.handle}
      data-dragged={isDragged || undefined}
      data-outside={isBefore || isAfter || undefined}
      // Near the right edge the words stand to the left of the line.
      data-flip={px > scale.widthPx * 0.7 || undefined}
      style={{ left: px, top: `calc(${mark.row} * var(--target))` }}
      role="slider"
      tabIndex={0}
      aria-label={`${mark.name}, ${mark.placedBy}`}
      aria-valuemin={range.fromS}
      aria-valuemax={range.toS}
      aria-valuenow={mark.atS}
      aria-valuetext={secondsText(mark.atS)}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerUp}
      onPointerCancel={onPointerUp}
      onKeyDown={onKeyDown}
    >
      <span className={styles.words}>
        {mark.name} {secondsText(mark.atS)}
        {isBefore && ', before this stretch'}
        {isAfter && ', after this stretch'}
      </span>
    </div>
  );
}
