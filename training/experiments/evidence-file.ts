import { createHash } from 'node:crypto';
import * as z from 'zod';
import { type Figures, noFigures } from '../evaluate/figures.ts';
import type { Experiment } from './experiment.ts';

/** Results of an experiment as they are committed: models/evidence/<name>.json. */
export const Evidence = z.strictObject({
  format: z.literal('prehensa-evidence-1'),
  name: z.string(),
  seed: z.string(),
  /** Of the code that ran the cells, with every table it reads and the numeric packages. */
  codeHash: z.string().length(64),
  /** Frozen hash of every data set that the cells read; of recordings that may not be committed, of their files. */
  dataHashes: z.record(z.string(), z.string()),
  /** Processor seconds of all cells on the machine that ran them. */
  seconds: z.number(),
  /** Of `cells` as they were measured: an edit by hand or a merge gone wrong makes the evidence stale. */
  cellsHash: z.string().length(64),
  cells: z.record(z.string(), z.unknown()),
  /** Set when the hash was moved without running the cells again: scripts/rebind-evidence.ts showed the same code. */
  reboundFrom: z
    .strictObject({
      commit: z.string().length(40),
      codeHash: z.string().length(64),
      redirects: z.record(z.string(), z.string()),
    })
    .optional(),
});
export type Evidence = z.output<typeof Evidence>;

/** sha256 of cells in the order of their names; numbers as they stand in the file. */
export function hashOfCells(cells: Readonly<Record<string, unknown>>): string {
  const sorted = Object.entries(cells).sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(sorted)).digest('hex');
}

/** What is true now of the things that an evidence file was made from; undefined: not to be had here. */
export interface PresentHashes {
  codeHash: string;
  dataHashes: Readonly<Record<string, string | undefined>>;
}

/** Why committed evidence no longer speaks for the present code, data or seed; empty when it does. */
export function staleReasons(evidence: Evidence, experiment: Experiment, present: PresentHashes): string[] {
  const reasons: string[] = [];
  if (evidence.codeHash !== present.codeHash) reasons.push('the code has changed since');
  if (evidence.seed !== experiment.seed) reasons.push('the seed has changed since');
  for (const [name, hash] of Object.entries(present.dataHashes)) {
    if (hash !== undefined && evidence.dataHashes[name] !== hash) reasons.push(`${name} has changed since`);
  }
  if (hashOfCells(evidence.cells) !== evidence.cellsHash) reasons.push('its cells were edited');
  const expected = experiment.cells().map((cell) => cell.id);
  // Recordings that are not here say nothing about which cells there should be.
  if (experiment.needs !== undefined && present.dataHashes[experiment.needs] === undefined) return reasons;
  const missing = expected.filter((id) => !Object.hasOwn(evidence.cells, id));
  const foreign = Object.keys(evidence.cells).filter((id) => !expected.includes(id));
  if (missing.length > 0) reasons.push(`${missing.length} cells were never run`);
  if (foreign.length > 0) reasons.push(`${foreign.length} cells belong to no experiment`);
  return reasons;
}

/**
 * Figures of committed evidence. Stale evidence keeps its values, judges nothing (`ok` null) and says so in every row.
 */
export function figuresOfEvidence(
  evidence: Evidence,
  experiment: Experiment,
  reasons: readonly string[],
): Figures {
  let figures: Figures;
  try {
    figures = experiment.summarise(new Map(Object.entries(evidence.cells)));
  } catch (cause) {
    if (reasons.length === 0) throw cause;
    figures = noFigures();
  }
  if (reasons.length === 0) return figures;
  const mark = `STALE (${reasons.join('; ')}): run npm run experiments -- --only ${experiment.name}. `;
  return {
    checks: figures.checks.map((check) => ({ ...check, ok: null, bar: `${mark}${check.bar}` })),
    findings: figures.findings.map((finding) => ({ ...finding, sentence: `${mark}${finding.sentence}` })),
    plots: figures.plots.map((plot) => ({ ...plot, caption: `${mark}${plot.caption}` })),
    tables: figures.tables.map((table) => ({ ...table, caption: `${mark}${table.caption}` })),
  };
}
