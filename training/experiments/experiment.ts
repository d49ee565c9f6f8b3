import type { Figures } from '../evaluate/figures.ts';

/** The smallest piece of an experiment that is run, kept and resumed on its own. */
export interface ExperimentCell {
  /** Unique in the experiment: small letters, digits, "-" and ".". Names the file that keeps the result. */
  id: string;
  /**
   * Runs the cell. All randomness comes from named streams, so that a cell gives the same result whichever cells ran
   * before it and in whichever process. @returns plain JSON, a few kilobytes at most.
   */
  run(log: (line: string) => void): unknown;
}

/**
 * A finding that needs training: its cells run by `npm run experiments`, two at a time, and its summary is committed
 * as models/evidence/<name>.json with the hash of the code, of the data sets and of the seed.
 */
export interface Experiment {
  /** Small letters, digits and "-". */
  name: string;
  title: string;
  /** The question, what is compared with what, on whom, what is "real" here, and how the interval is made. */
  about: string;
  seed: string;
  /** Names of frozen data sets that the cells read; empty when they draw their own people. */
  dataSets: readonly string[];
  /** Folder of the reference data (below PREHENSA_REFERENCE_DATA) without which it cannot run, e.g. "real/emg_grip". */
  needs?: string;
  /** Starts tfjs (wasm) before the first cell. */
  usesTensors: boolean;
  cells(): readonly ExperimentCell[];
  /** Figures from the results of all cells, by id. Pure and quick: also run by `npm run evaluate`. */
  summarise(results: ReadonlyMap<string, unknown>): Figures;
}
