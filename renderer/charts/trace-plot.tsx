import { useComputedColorScheme } from '@mantine/core';
import {
  type KeyboardEvent,
  type PointerEvent,
  type ReactNode,
  type RefObject,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import type { TraceSeries } from './trace-band-props.ts';
import { canDraw, drawTrace, plotFrame, type TraceCanvas } from './trace-canvas.ts';
import { nearestSample } from './trace-decimation.ts';
import styles from './trace-plot.module.css';
import { secondsText, valueWithUnit } from './trace-text.ts';
import { insideOf, panned, shortestWindowS, type TimeWindow, wholeWindow, zoomed } from './trace-window.ts';

/** Time to pixels of the plot and back, for what is drawn over it. */
export interface PlotScale {
  toPx(atS: number): number;
  toS(px: number): number;
  widthPx: number;
  heightPx: number;
  window: TimeWindow;
}

export interface TracePlotProps {
  series: TraceSeries;
  window: TimeWindow;
  onWindow: (window: TimeWindow) => void;
  /** Names the plot for a screen reader. */
  label: string;
  heightRem?: number;
  /** Dragging moves the trace, or draws a stretch over it. */
  drag?: 'pan' | 'brush';
  /** A stretch was drawn from one time to a later one. */
  onBrush?: (stretch: TimeWindow) => void;
  /** Above the plot, over it and below it, on the plot's own scale. */
  above?: (scale: PlotScale) => ReactNode;
  over?: (scale: PlotScale) => ReactNode;
  below?: (scale: PlotScale) => ReactNode;
  /** The canvas, for a picture of it. */
  canvasRef?: RefObject<HTMLCanvasElement | null>;
}

const WHEEL_FACTOR = 1.0015;
const KEY_PAN_SHARE = 0.1;
export const KEY_ZOOM = 0.7;
/** A drag shorter than this was a click, pixels. */
const MIN_BRUSH_PX = 4;

/**
 * A dense trace on a canvas. Wheel zooms time around the pointer, dragging pans, double-click fits; arrows move, + and -
 * zoom, Home fits. What the pointer or the middle of the plot is on is read out below.
 */
export function TracePlot(props: TracePlotProps) {
  const { series, window, drag = 'pan', heightRem = 18 } = props;
  const scheme = useComputedColorScheme('light');
  const host = useRef<HTMLDivElement>(null);
  const surface = useRef<HTMLDivElement>(null);
  const canvas = useRef<TraceCanvas | null>(null);
  const [size, setSize] = useState<{ widthPx: number; remPx: number } | null>(null);
  const [isEverySample, setIsEverySample] = useState(true);
  const [hoverS, setHoverS] = useState<number | null>(null);
  const [brush, setBrush] = useState<{ startPx: number; endPx: number } | null>(null);
  const dragging = useRef<{ startPx: number; window: TimeWindow } | null>(null);
  const whole = useMemo(() => wholeWindow(series.timeS), [series]);
  const shortestS = useMemo(() => shortestWindowS(series.timeS), [series]);
  const go = (wanted: TimeWindow) => props.onWindow(insideOf(whole, wanted, shortestS));
  const newest = useRef({ window, go });
  useEffect(() => {
    newest.current = { window, go };
  });

  useLayoutEffect(() => {
    const element = host.current;
    if (element === null) return;
    const measure = () => {
      const remPx = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
      const widthPx = Math.max(160, Math.floor(element.clientWidth || 800));
      setSize((old) => (old?.widthPx === widthPx && old.remPx === remPx ? old : { widthPx, remPx }));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const heightPx = heightRem * (size?.remPx ?? 16);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the colours of the scheme are read while drawing
  useLayoutEffect(() => {
    const target = host.current;
    if (target === null || size === null || !canDraw()) return;
    performance.mark('trace-drawing');
    const drawn = drawTrace(target, series, { ...size, heightPx });
    canvas.current = drawn;
    if (props.canvasRef) props.canvasRef.current = drawn.canvas();
    setIsEverySample(drawn.show(newest.current.window).isEverySample);
    const painted = requestAnimationFrame(() =>
      requestAnimationFrame(() => performance.mark('trace-painted')),
    );
    return () => {
      cancelAnimationFrame(painted);
      canvas.current = null;
      drawn.destroy();
    };
  }, [series, size, heightPx, scheme]);
  useLayoutEffect(() => {
    const shown = canvas.current?.show(window);
    if (shown) setIsEverySample(shown.isEverySample);
  }, [window]);

  const frame = plotFrame(size?.remPx ?? 16);
  const widthPx = Math.max(1, (size?.widthPx ?? 800) - frame.left - frame.right);
  const scale: PlotScale = {
    widthPx,
    heightPx: heightPx - frame.top - frame.bottom,
    window,
    toPx: (atS) => ((atS - window.fromS) / (window.toS - window.fromS)) * widthPx,
    toS: (px) => window.fromS + (px / widthPx) * (window.toS - window.fromS),
  };
  const newestScale = useRef(scale);
  useEffect(() => {
    newestScale.current = scale;
  });

  // React listens to wheels passively; the page must not scroll away under a zoom.
  useEffect(() => {
    const element = surface.current;
    if (element === null) return;
    const onWheel = (event: WheelEvent) => {
      event.preventDefault();
      const { toS } = newestScale.current;
      const atS = toS(event.clientX - element.getBoundingClientRect().left);
      newest.current.go(zoomed(newest.current.window, WHEEL_FACTOR ** event.deltaY, atS));
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, []);

  const pointerPx = (event: PointerEvent) => event.clientX - event.currentTarget.getBoundingClientRect().left;
  const onPointerDown = (event: PointerEvent) => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture?.(event.pointerId);
    const startPx = pointerPx(event);
    if (drag === 'brush') setBrush({ startPx, endPx: startPx });
    else dragging.current = { startPx, window };
  };
  const onPointerMove = (event: PointerEvent) => {
    const px = pointerPx(event);
    setHoverS(scale.toS(Math.min(widthPx, Math.max(0, px))));
    if (brush !== null) setBrush({ ...brush, endPx: Math.min(widthPx, Math.max(0, px)) });
    const from = dragging.current;
    if (from !== null) go(panned(from.window, (from.startPx - px) / widthPx));
  };
  const onPointerUp = () => {
    dragging.current = null;
    if (brush === null) return;
    setBrush(null);
    const [leftPx, rightPx] = [brush.startPx, brush.endPx].sort((a, b) => a - b) as [number, number];
    if (rightPx - leftPx < MIN_BRUSH_PX) return;
    const toS = Math.min(scale.toS(rightPx), whole.toS);
    const fromS = Math.max(scale.toS(leftPx), whole.fromS);
    if (toS > fromS) props.onBrush?.({ fromS, toS });
  };
  const middleS = (window.fromS + window.toS) / 2;
  const onKeyDown = (event: KeyboardEvent) => {
    const moves: Record<string, () => TimeWindow> = {
      ArrowLeft: () => panned(window, -KEY_PAN_SHARE),
      ArrowRight: () => panned(window, KEY_PAN_SHARE),
      PageUp: () => panned(window, -1),
      PageDown: () => panned(window, 1),
      '+': () => zoomed(window, KEY_ZOOM, middleS),
      '=': () => zoomed(window, KEY_ZOOM, middleS),
      '-': () => zoomed(window, 1 / KEY_ZOOM, middleS),
      Home: () => whole,
    };
    const move = event.ctrlKey || event.metaKey || event.altKey ? undefined : moves[event.key];
    if (move === undefined) return;
    event.preventDefault();
    setHoverS(null);
    go(move());
  };
  const atS = hoverS ?? middleS;
  const index = nearestSample(series.timeS, atS);
  const readout = index < 0 ? 'no sample' : readoutText(series, index);
  return (
    <div className={styles.plot}>
      {props.above !== undefined && (
        <div className={styles.lane} style={{ marginLeft: frame.left, width: widthPx }}>
          {props.above(scale)}
        </div>
      )}
      <div className={styles.canvas} ref={host} style={{ height: heightPx }}>
        <div
          ref={surface}
          className={styles.surface}
          data-drag={drag}
          style={{ left: frame.left, width: widthPx, top: frame.top, height: scale.heightPx }}
          role="slider"
          tabIndex={0}
          aria-label={props.label}
          aria-roledescription="trace"
          aria-valuemin={whole.fromS}
          aria-valuemax={whole.toS}
          aria-valuenow={atS}
          aria-valuetext={readout}
          onPointerDown={onPointerDown}
          onPointerMove={onPointerMove}
          onPointerUp={onPointerUp}
          onPointerCancel={onPointerUp}
          onPointerLeave={() => setHoverS(null)}
          onDoubleClick={() => go(whole)}
          onKeyDown={onKeyDown}
        >
          {props.over?.(scale)}
          {hoverS !== null && <div className={styles.cursor} style={{ left: scale.toPx(hoverS) }} />}
          {brush !== null && (
            <div
              className={styles.brush}
              style={{
                left: Math.min(brush.startPx, brush.endPx),
                width: Math.abs(brush.endPx - brush.startPx),
              }}
            />
          )}
        </div>
      </div>
      {props.below !== undefined && (
        <div className={styles.lane} style={{ marginLeft: frame.left, width: widthPx }}>
          {props.below(scale)}
        </div>
      )}
      <p className={styles.readout}>
        <output>{readout}</output>
        <span>{hoverS === null ? 'middle of the plot' : 'under the pointer'}</span>
        <span>{isEverySample ? 'drawn: every sample' : 'drawn: lowest and highest of each pixel'}</span>
      </p>
    </div>
  );
}

function readoutText(series: TraceSeries, index: number): string {
  return `${secondsText(series.timeS[index]!)}: ${valueWithUnit(series.values[index]!, series.unit)}`;
}
