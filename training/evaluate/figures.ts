import * as z from 'zod';

/** A statement that must hold. `ok` null: not judged here, with the reason in the bar. */
export const Check = z.strictObject({
  name: z.string(),
  value: z.number(),
  low: z.number(),
  high: z.number(),
  bar: z.string(),
  ok: z.boolean().nullable(),
  n: z.int(),
});
export type Check = z.output<typeof Check>;

/** A figure that is reported whichever way it comes out. */
export const Finding = z.strictObject({
  name: z.string(),
  value: z.number(),
  /** 95 % interval; both equal to the value where there is none, and the sentence says why. */
  low: z.number(),
  high: z.number(),
  /** What the literature reports for the nearest quantity, with its source; null: nothing was found. */
  literature: z.string().nullable(),
  n: z.int(),
  sentence: z.string(),
});
export type Finding = z.output<typeof Finding>;

/** One line of a plot: equally long arrays; `low` and `high` draw its band. */
export const PlotLine = z.strictObject({
  name: z.string(),
  x: z.array(z.number()),
  y: z.array(z.number()),
  low: z.array(z.number()).optional(),
  high: z.array(z.number()).optional(),
});
export type PlotLine = z.output<typeof PlotLine>;

/** A plot of the readable report. Axis titles carry the unit. */
export const Plot = z.strictObject({
  title: z.string(),
  xTitle: z.string(),
  yTitle: z.string(),
  /** Logarithmic x axis, for sample sizes and penalty strengths. */
  isLogX: z.boolean().optional(),
  /** 'line' joins the points, 'points' does not. */
  kind: z.enum(['line', 'points']),
  lines: z.array(PlotLine).min(1),
  /** One sentence: what a reader should see, whichever way it came out. */
  caption: z.string(),
});
export type Plot = z.output<typeof Plot>;

/** A table of the readable report. */
export const FigureTable = z.strictObject({
  title: z.string(),
  columns: z.array(z.string()).min(1),
  rows: z.array(z.array(z.union([z.string(), z.number()]))),
  caption: z.string(),
});
export type FigureTable = z.output<typeof FigureTable>;

/** What one part of the evaluation has to say. */
export const Figures = z.strictObject({
  checks: z.array(Check),
  findings: z.array(Finding),
  plots: z.array(Plot),
  tables: z.array(FigureTable),
});
export type Figures = z.output<typeof Figures>;

export const noFigures = (): Figures => ({ checks: [], findings: [], plots: [], tables: [] });

/** All parts after one another. */
export const joinFigures = (parts: readonly Figures[]): Figures => ({
  checks: parts.flatMap((part) => part.checks),
  findings: parts.flatMap((part) => part.findings),
  plots: parts.flatMap((part) => part.plots),
  tables: parts.flatMap((part) => part.tables),
});
