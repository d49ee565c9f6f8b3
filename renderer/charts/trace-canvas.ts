import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import type { TraceSeries } from './trace-band-props.ts';
import { decimateTrace } from './trace-decimation.ts';
import type { TimeWindow } from './trace-window.ts';

/** Room for the axes around the plot, CSS pixels. */
export interface PlotFrame {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

export interface TraceCanvas {
  /** Draws another stretch; @returns whether every sample of it is drawn. */
  show(window: TimeWindow): { isEverySample: boolean };
  canvas(): HTMLCanvasElement;
  destroy(): void;
}

/** A test environment without a canvas draws nothing; the words and tables beside the plot say the same. */
export const canDraw = (): boolean => 'Path2D' in globalThis;

/** Frame for the present size of text. @param remPx - pixels of the root font. */
export const plotFrame = (remPx: number): PlotFrame => ({
  left: Math.round(4.25 * remPx),
  right: Math.round(0.75 * remPx),
  top: Math.round(0.5 * remPx),
  bottom: Math.round(3.25 * remPx),
});

/** Lowest and highest value with a little air; zero is always in view, so that heights can be compared. */
function valueRange(values: Float64Array): [number, number] {
  let low = 0;
  let high = 0;
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (low === high) high = low + 1;
  const air = (high - low) * 0.05;
  return [low < 0 ? low - air : low, high + air];
}

function samplesAlone(values: ArrayLike<number | null | undefined>): number[] | null {
  const alone: number[] = [];
  for (let i = 0; i < values.length; i++) {
    if (values[i] != null && values[i - 1] == null && values[i + 1] == null) alone.push(i);
  }
  return alone.length === 0 ? null : alone;
}

/** Puts a trace into `target`. Colours and sizes are those of the page at this moment. */
export function drawTrace(
  target: HTMLElement,
  series: TraceSeries,
  size: { widthPx: number; heightPx: number; remPx: number },
): TraceCanvas {
  const style = getComputedStyle(target);
  const color = (name: string) => style.getPropertyValue(name).trim() || '#555555';
  const frame = plotFrame(size.remPx);
  const font = `${Math.round(0.8125 * size.remPx)}px ${style.fontFamily}`;
  const [low, high] = valueRange(series.values);
  const axis = {
    stroke: color('--text-quiet'),
    font,
    labelFont: font,
    labelSize: Math.round(1.375 * size.remPx),
    grid: { stroke: color('--hairline'), width: 1 },
    ticks: { stroke: color('--hairline-strong'), width: 1 },
  };
  const line = color('--trace-line');
  // Dots where there is room for them, and always on a sample that stands alone between two gaps.
  const points: uPlot.Series.Points = {
    size: Math.max(4, size.remPx / 4),
    fill: line,
    width: 0,
    filter: (chart, _series, isShown) => (isShown ? null : samplesAlone(chart.data[1] ?? [])),
  };
  const plot = new uPlot(
    {
      width: size.widthPx,
      height: size.heightPx,
      padding: [frame.top, frame.right, 0, 0],
      cursor: { show: false },
      legend: { show: false },
      scales: { x: { time: false, auto: false }, y: { range: [low, high] } },
      axes: [
        {
          ...axis,
          size: Math.round(1.875 * size.remPx),
          label: 'seconds from the first sample',
          space: 5 * size.remPx,
        },
        {
          ...axis,
          size: Math.round(2.875 * size.remPx),
          label: `${series.name}, ${series.unit}`,
          space: 3 * size.remPx,
        },
      ],
      series: [{}, { stroke: line, width: 1.25, points, spanGaps: false }],
    },
    [[], []],
    target,
  );
  const columns = Math.max(1, Math.round(plot.bbox.width));
  return {
    show(window) {
      const drawn = decimateTrace(series.timeS, series.values, window, columns);
      plot.batch(() => {
        plot.setData([drawn.timeS, drawn.values], false);
        plot.setScale('x', { min: window.fromS, max: window.toS });
      });
      return { isEverySample: drawn.isEverySample };
    },
    canvas: () => plot.ctx.canvas,
    destroy: () => plot.destroy(),
  };
}
