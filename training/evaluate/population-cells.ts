import type { Check, Figures, FigureTable } from './figures.ts';
import {
  type Estimate,
  type FullSample,
  farthest,
  meanDifference,
  sdDifference,
} from './population-comparison.ts';

/** Simulated people of one sex, age band and so on beside those of a table. */
export interface Cell {
  name: string;
  made: FullSample;
  known: FullSample;
}
/** Percent; null: not judged, the table shows it. */
type Bars = { meanPercent: number; sdPercent: number | null };

/** Checks of the worst mean and the worst SD of some cells, and the table of all of them. */
export function cellFigures(title: string, cells: readonly Cell[], bars: Bars, caption: string): Figures {
  const table: FigureTable = {
    title,
    columns: ['Cell', 'n simulated', 'Mean', 'SD', 'n known', 'Known mean', 'Known SD', 'Mean, %', 'SD, %'],
    rows: cells.map(({ name, made, known }) => [
      name,
      made.count,
      digits(made.mean),
      digits(made.sd),
      known.count,
      digits(known.mean),
      digits(known.sd),
      digits(meanDifference(made, known).value, 1),
      digits(sdDifference(made, known).value, 1),
    ]),
    caption,
  };
  const checks = [worstMeanCheck(title, cells, bars.meanPercent)];
  if (bars.sdPercent !== null) checks.push(worstSdCheck(title, cells, bars.sdPercent));
  return { checks, findings: [], plots: [], tables: [table] };
}

function worstMeanCheck(title: string, cells: readonly Cell[], bar: number): Check {
  const worst = farthest(cells.map((cell) => ({ ...cell, estimate: meanDifference(cell.made, cell.known) })));
  return cellCheck(`${title}: largest difference of a mean (${worst.name}), %`, worst, cells.length, bar);
}

export function worstSdCheck(title: string, cells: readonly Cell[], bar: number): Check {
  const worst = farthest(cells.map((cell) => ({ ...cell, estimate: sdDifference(cell.made, cell.known) })));
  return cellCheck(`${title}: largest difference of an SD (${worst.name}), %`, worst, cells.length, bar);
}

const cellCheck = (
  name: string,
  worst: Cell & { estimate: Estimate },
  count: number,
  bar: number,
): Check => ({
  name,
  ...worst.estimate,
  bar: `each of ${count} cells within ${bar} %`,
  ok: Math.abs(worst.estimate.value) <= bar,
  n: worst.made.count,
});

const digits = (value: number, places = 3): number => Number(value.toFixed(places));

/** What cannot be judged here, and why. */
export const absentCheck = (name: string, reason: string): Check => ({
  name,
  value: 0,
  low: 0,
  high: 0,
  bar: reason,
  ok: null,
  n: 0,
});
