import type { DataSet } from './data-set.ts';

/** Every data set of the project by name; loaded when asked for. */
export const DATA_SETS: Readonly<Record<string, () => Promise<DataSet>>> = {};
