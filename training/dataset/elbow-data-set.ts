import type { ElbowRecording } from '../simulation/elbow/elbow-recording.ts';
import { SIMULATION_RUN_COUNT, simulationRun } from '../simulation/elbow/simulation-runs.ts';
import {
  COHORT_COUNT,
  COHORT_SIZE,
  SURROGATE_SEED,
  surrogateCohort,
} from '../simulation/elbow/surrogate-recordings.ts';
import { virtualElbowRecordings } from '../simulation/elbow/virtual-elbow-person.ts';
import type { DataSet, DataSetPart } from './data-set.ts';
import { ELBOW_COLUMNS, elbowRow } from './elbow-rows.ts';

export const SIMULATION_RUNS_SEED = 'elbow-simulation-runs-1';
export const ELBOW_PEOPLE_SEED = 'elbow-torque-fatigue-0.1';

/**
 * First subject of each part, a million apart, and how many there are. The test people of development (3,000,000) had been
 * evaluated once before batch size and rates were changed; those measured now were never.
 */
export const ELBOW_PARTS = {
  train: { firstSubject: 0, count: 8_000 },
  validation: { firstSubject: 1_000_000, count: 2_000 },
  calibration: { firstSubject: 2_000_000, count: 12_000 },
  test: { firstSubject: 8_000_000, count: 10_600 },
} as const;
export type ElbowPart = keyof typeof ELBOW_PARTS;

/** Recordings of one part. @param count - the first so many; all when left out. */
export function elbowRecordings(part: ElbowPart, count: number = ELBOW_PARTS[part].count): ElbowRecording[] {
  return virtualElbowRecordings(count, ELBOW_PEOPLE_SEED, ELBOW_PARTS[part].firstSubject);
}

/** The 1,701 factorial runs of the plain simulation. */
export const simulationRuns = (): ElbowRecording[] =>
  Array.from({ length: SIMULATION_RUN_COUNT }, (_, run) => simulationRun(run, SIMULATION_RUNS_SEED));

function* rowsOf(recordings: Iterable<ElbowRecording>): Generator<number[]> {
  for (const recording of recordings) yield elbowRow(recording);
}

function* simulationRows(): Generator<number[]> {
  for (let run = 0; run < SIMULATION_RUN_COUNT; run += 1) {
    yield elbowRow(simulationRun(run, SIMULATION_RUNS_SEED));
  }
}

/** One at a time, so that thousands of recordings are never held together. */
function* peopleRows(part: ElbowPart): Generator<number[]> {
  const { firstSubject, count } = ELBOW_PARTS[part];
  for (let subject = firstSubject; subject < firstSubject + count; subject += 1) {
    yield* rowsOf(virtualElbowRecordings(1, ELBOW_PEOPLE_SEED, subject));
  }
}

/** Virtual people of the shipped model `elbow-torque-fatigue`. */
export const ELBOW_PEOPLE: DataSet = {
  name: 'elbow-torque-fatigue',
  about:
    'Sustained elbow flexions at 30 to 80 % of maximum of virtual people: four EMG envelopes of the first 30 s, torque to 150 s, time to task failure. Simulated.',
  columns: ELBOW_COLUMNS,
  parts: (Object.keys(ELBOW_PARTS) as ElbowPart[]).map((part) => ({
    name: part,
    count: ELBOW_PARTS[part].count,
    subjects: {
      seed: ELBOW_PEOPLE_SEED,
      first: ELBOW_PARTS[part].firstSubject,
      count: ELBOW_PARTS[part].count,
    },
    rows: () => peopleRows(part),
  })),
};

/** The plain simulation that transfer learning starts from. */
export const ELBOW_SIMULATION_RUNS: DataSet = {
  name: 'elbow-simulation-runs',
  about:
    '1,701 = 7 x 3^5 factor levels of the plain simulation with generic constants; nobody in particular.',
  columns: ELBOW_COLUMNS,
  parts: [{ name: 'train', count: SIMULATION_RUN_COUNT, rows: simulationRows }],
};

/** Surrogate recordings at gap 1: the cohort that splits are drawn from, then the independent ones. */
export const ELBOW_SURROGATES: DataSet = {
  name: 'elbow-surrogates',
  about:
    'Surrogate recordings: simulated with other constants and another model form than the plain simulation; they stand in for a laboratory.',
  columns: ELBOW_COLUMNS,
  parts: Array.from(
    { length: COHORT_COUNT },
    (_, cohort): DataSetPart => ({
      name: `cohort-${cohort}`,
      count: COHORT_SIZE,
      subjects: { seed: SURROGATE_SEED, first: cohort * COHORT_SIZE, count: COHORT_SIZE },
      rows: () => rowsOf(surrogateCohort(cohort)),
    }),
  ),
};
