import { type RefObject, useMemo, useState } from 'react';
import type { TraceSeries } from './trace-band-props.ts';
import { type DrawnMark, MarkHandles, MarkLines } from './trace-marks.tsx';
import { type PlotScale, TracePlot } from './trace-plot.tsx';
import styles from './trace-view.module.css';
import { type TimeWindow, wholeWindow } from './trace-window.ts';
import { TraceZoomButtons } from './trace-zoom-buttons.tsx';

export interface TraceViewProps {
  series: TraceSeries;
  /** Names the whole figure for a screen reader. */
  label: string;
  marks?: readonly DrawnMark[];
  /** Absent: marks are only shown. */
  onMarkMoved?: (id: string, atS: number) => void;
  /** Told when another stretch is shown, for what is exported. */
  onWindow?: (window: TimeWindow) => void;
  canvasRef?: RefObject<HTMLCanvasElement | null>;
  heightRem?: number;
}

/** A recording over time with its marks: zoom, pan, read, move. Give it a `key` of the recording and its crop. */
export function TraceView(props: TraceViewProps) {
  const { series, onMarkMoved } = props;
  const whole = useMemo(() => wholeWindow(series.timeS), [series]);
  const [window, setWindow] = useState<TimeWindow>(whole);
  /** A mark on its way; its place is stored when it is let go. */
  const [moving, setMoving] = useState<{ id: string; atS: number } | null>(null);
  const marks = (props.marks ?? []).map((mark) =>
    mark.id === moving?.id ? { ...mark, atS: moving.atS } : mark,
  );
  const show = (wanted: TimeWindow) => {
    setWindow(wanted);
    props.onWindow?.(wanted);
  };
  return (
    <figure className={styles.figure} aria-label={props.label}>
      <TracePlot
        series={series}
        window={window}
        onWindow={show}
        label={`${series.name} over time; arrows move, plus and minus zoom, Home shows all`}
        over={(scale) => <MarkLines marks={marks} scale={scale} />}
        {...(props.heightRem ? { heightRem: props.heightRem } : {})}
        {...(props.canvasRef ? { canvasRef: props.canvasRef } : {})}
        {...(onMarkMoved && marks.length > 0
          ? {
              below: (scale: PlotScale) => (
                <MarkHandles
                  marks={marks}
                  scale={scale}
                  range={whole}
                  onMove={(id, atS) => setMoving({ id, atS })}
                  onMoved={(id, atS) => {
                    setMoving(null);
                    onMarkMoved(id, atS);
                  }}
                />
              ),
            }
          : {})}
      />
      <TraceZoomButtons timeS={series.timeS} window={window} onWindow={show} />
    </figure>
  );
}
