import type { Plot, PlotLine } from '../evaluate/figures.ts';

export const escapeText = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const SIZE = { width: 760, height: 380, left: 72, right: 208, top: 16, bottom: 52 } as const;
/** Hue, dash and marker change together: no line is told from another by colour alone. */
const LOOKS = [
  { colour: '#2b66b1', dash: '', marker: 'circle' },
  { colour: '#c4621b', dash: '7 4', marker: 'square' },
  { colour: '#3f7d52', dash: '2 4', marker: 'triangle' },
  { colour: '#8a4f9e', dash: '10 3 2 3', marker: 'diamond' },
  { colour: '#8c6d1f', dash: '4 2', marker: 'cross' },
  { colour: '#5a6372', dash: '1 3', marker: 'circle' },
] as const;

/** Round numbers that cover [low, high], about five. */
export function roundTicks(low: number, high: number): number[] {
  if (!(high > low)) return [low];
  const rough = (high - low) / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((each) => each >= rough) ?? rough;
  const ticks: number[] = [];
  // Multiples of the step, not a running sum: on a narrow range far from 0 the sum would drift off the round numbers.
  for (let i = Math.ceil(low / step - 1e-9); i * step <= high + step * 1e-9; i += 1) {
    ticks.push(Number((i * step).toPrecision(15)));
  }
  return ticks;
}

const logTicks = (low: number, high: number): number[] => {
  const ticks: number[] = [];
  for (let power = Math.floor(Math.log10(low)); power <= Math.ceil(Math.log10(high)); power += 1) {
    const tick = 10 ** power;
    if (tick >= low * 0.999 && tick <= high * 1.001) ticks.push(tick);
  }
  return ticks.length > 1 ? ticks : [low, high];
};

function markerSvg(marker: string, x: number, y: number, colour: string): string {
  const fill = `fill="${colour}"`;
  if (marker === 'square') return `<rect x="${x - 4}" y="${y - 4}" width="8" height="8" ${fill}/>`;
  if (marker === 'triangle') return `<path d="M${x} ${y - 5}L${x + 5} ${y + 4}L${x - 5} ${y + 4}Z" ${fill}/>`;
  if (marker === 'diamond')
    return `<path d="M${x} ${y - 5}L${x + 5} ${y}L${x} ${y + 5}L${x - 5} ${y}Z" ${fill}/>`;
  if (marker === 'cross')
    return `<path d="M${x - 4} ${y - 4}L${x + 4} ${y + 4}M${x - 4} ${y + 4}L${x + 4} ${y - 4}" stroke="${colour}" stroke-width="2"/>`;
  return `<circle cx="${x}" cy="${y}" r="4" ${fill}/>`;
}

const extent = (values: readonly number[]): [number, number] => [Math.min(...values), Math.max(...values)];

/** Refuses what would be drawn wrongly without a word. */
function checkLine(title: string, line: PlotLine, isLogX: boolean): void {
  const arrays = [line.y, line.low ?? line.y, line.high ?? line.y];
  if (line.x.length === 0 || arrays.some((values) => values.length !== line.x.length)) {
    throw new RangeError(`plot "${title}", line "${line.name}": x and y differ in length`);
  }
  if ([line.x, ...arrays].some((values) => values.some((value) => !Number.isFinite(value)))) {
    throw new RangeError(`plot "${title}", line "${line.name}": a value is not a number`);
  }
  if (isLogX && line.x.some((x) => x <= 0)) {
    throw new RangeError(`plot "${title}": a logarithmic axis needs positive x`);
  }
}

/** A plot as SVG text. @throws RangeError when lengths differ or a value is not finite. */
export function plotSvg(plot: Plot): string {
  const isLogX = plot.isLogX === true;
  for (const line of plot.lines) checkLine(plot.title, line, isLogX);
  const [xLow, xHigh] = extent(plot.lines.flatMap((line) => line.x));
  const [yLow, yHigh] = extent(
    plot.lines.flatMap((line) => [...line.y, ...(line.low ?? []), ...(line.high ?? [])]),
  );
  const margin = yHigh > yLow ? 0.06 * (yHigh - yLow) : Math.max(1, Math.abs(yHigh)) * 0.1;
  const [yFrom, yTo] = [yLow - margin, yHigh + margin];
  const place = isLogX ? Math.log10 : (value: number) => value;
  const xSpan = place(xHigh) - place(xLow) || 1;
  const right = SIZE.width - SIZE.right;
  const bottom = SIZE.height - SIZE.bottom;
  const toX = (x: number) =>
    Number((SIZE.left + ((place(x) - place(xLow)) / xSpan) * (right - SIZE.left)).toFixed(1));
  const toY = (y: number) =>
    Number((bottom - ((y - yFrom) / (yTo - yFrom)) * (bottom - SIZE.top)).toFixed(1));
  const tick = (value: number) => escapeText(String(Number(value.toPrecision(4))));
  const grid = [
    ...roundTicks(yFrom, yTo).map(
      (y) =>
        `<line x1="${SIZE.left}" x2="${right}" y1="${toY(y)}" y2="${toY(y)}" stroke="#8884" /><text x="${SIZE.left - 8}" y="${toY(y) + 4}" text-anchor="end">${tick(y)}</text>`,
    ),
    ...(isLogX ? logTicks(xLow, xHigh) : roundTicks(xLow, xHigh)).map(
      (x) => `<text x="${toX(x)}" y="${bottom + 18}" text-anchor="middle">${tick(x)}</text>`,
    ),
  ];
  const drawn = plot.lines.map((line, index) => {
    const look = LOOKS[index % LOOKS.length]!;
    const points = line.x.map((x, i) => [toX(x), toY(line.y[i]!)] as const);
    const { low, high } = line;
    const band =
      low && high && plot.kind === 'line'
        ? `<polygon fill="${look.colour}" opacity="0.15" points="${[
            ...line.x.map((x, i) => `${toX(x)},${toY(high[i]!)}`),
            ...line.x.map((x, i) => `${toX(x)},${toY(low[i]!)}`).reverse(),
          ].join(' ')}"/>`
        : (low ?? [])
            .map(
              (value, i) =>
                `<line x1="${points[i]![0]}" x2="${points[i]![0]}" y1="${toY(value)}" y2="${toY(high?.[i] ?? line.y[i]!)}" stroke="${look.colour}" stroke-width="1.5"/>`,
            )
            .join('');
    const joined =
      plot.kind === 'line'
        ? `<polyline fill="none" stroke="${look.colour}" stroke-width="2" stroke-dasharray="${look.dash}" points="${points.map((p) => p.join(',')).join(' ')}"/>`
        : '';
    // Markers on a long line would hide it.
    const marks =
      plot.kind === 'points' || points.length <= 30
        ? points.map(([x, y]) => markerSvg(look.marker, x, y, look.colour)).join('')
        : '';
    const keyY = SIZE.top + 12 + index * 22;
    const key = `<line x1="${right + 16}" x2="${right + 44}" y1="${keyY}" y2="${keyY}" stroke="${look.colour}" stroke-width="2" stroke-dasharray="${look.dash}"/>${markerSvg(look.marker, right + 30, keyY, look.colour)}<text x="${right + 52}" y="${keyY + 4}">${escapeText(line.name)}</text>`;
    return band + joined + marks + key;
  });
  return `<svg viewBox="0 0 ${SIZE.width} ${SIZE.height}" width="${SIZE.width}" height="${SIZE.height}" role="img" aria-label="${escapeText(plot.title)}" font-size="12" fill="currentColor">${grid.join('')}<line x1="${SIZE.left}" x2="${right}" y1="${bottom}" y2="${bottom}" stroke="currentColor"/>${drawn.join('')}<text x="${(SIZE.left + right) / 2}" y="${SIZE.height - 10}" text-anchor="middle">${escapeText(plot.xTitle)}</text><text transform="translate(16 ${(SIZE.top + bottom) / 2}) rotate(-90)" text-anchor="middle">${escapeText(plot.yTitle)}</text></svg>`;
}
