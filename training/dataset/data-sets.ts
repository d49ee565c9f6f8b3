import type { DataSet } from './data-set.ts';

/** Every data set of the project by name; loaded when asked for. */
export const DATA_SETS: Readonly<Record<string, () => Promise<DataSet>>> = {
  'muscle-parameters': async () => (await import('./muscle-parameters-data-set.ts')).MUSCLE_PARAMETERS_DATA,
  'wrist-state': async () => (await import('./wrist-state-data-set.ts')).WRIST_STATE_DATA_SET,
  'elbow-torque-fatigue': async () => (await import('./elbow-data-set.ts')).ELBOW_PEOPLE,
  'elbow-simulation-runs': async () => (await import('./elbow-data-set.ts')).ELBOW_SIMULATION_RUNS,
  'elbow-surrogates': async () => (await import('./elbow-data-set.ts')).ELBOW_SURROGATES,
  'next-visit': async () => (await import('./next-visit-data-set.ts')).NEXT_VISIT_DATA_SET,
};
