import type { Experiment } from './experiment.ts';

/** Loaded one by one, so that a process pays for the experiment that it runs only. */
export const EXPERIMENTS: Readonly<Record<string, () => Promise<Experiment>>> = {};
