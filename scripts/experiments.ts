/**
 * Findings that need training. Each experiment is a list of cells; two run at a time, every finished cell is kept, and a run
 * that was interrupted goes on where it stopped.
 *   npm run experiments                     whatever is missing or stale, into models/evidence/
 *   npm run experiments -- --only NAME      one experiment (several: separated by commas)
 *   npm run experiments -- --again          also what is up to date
 *   npm run experiments -- --list           what there is and whether it is up to date
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  Evidence,
  hashOfCells,
  type PresentHashes,
  staleReasons,
} from '../training/experiments/evidence-file.ts';
import type { Experiment } from '../training/experiments/experiment.ts';
import { EXPERIMENTS } from '../training/experiments/experiments.ts';
import { presentHashes } from './experiments/present-hashes.ts';
import { readJsonOr, writeFileAtomically } from './processes/atomic-files.ts';
import { type PoolTask, runInProcesses } from './processes/process-pool.ts';

const { values } = parseArgs({
  args: process.argv.slice(2).filter((argument) => argument !== '--'),
  options: {
    only: { type: 'string' },
    again: { type: 'boolean', default: false },
    list: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  console.log('npm run experiments [-- --only NAME[,NAME] | --again | --list]');
  process.exit(0);
}
const started = performance.now();
const stamp = () => `${((performance.now() - started) / 1000).toFixed(1).padStart(7)} s `;

interface KeptCell {
  seconds: number;
  result: unknown;
}

interface Planned {
  experiment: Experiment;
  present: PresentHashes;
  folder: string;
}

const names = values.only?.split(',') ?? Object.keys(EXPERIMENTS);
const unknown = names.filter((name) => !Object.hasOwn(EXPERIMENTS, name));
if (unknown.length > 0) {
  console.error(
    `There is no experiment ${unknown.join(', ')}. Known: ${Object.keys(EXPERIMENTS).join(', ')}.`,
  );
  process.exit(1);
}

const evidencePath = (name: string) => join('models/evidence', `${name}.json`);
const cellPath = (plan: Planned, id: string) => join(plan.folder, `${id}.json`);

const plans: Planned[] = [];
let hasFailed = false;
for (const name of names) {
  try {
    await plan(name);
  } catch (cause) {
    // One experiment that cannot be read must not keep the others from running.
    console.error(`${name}: ${cause instanceof Error ? cause.message : String(cause)}`);
    hasFailed = true;
  }
}
if (values.list) process.exit(hasFailed ? 1 : 0);

async function plan(name: string): Promise<void> {
  const experiment = await EXPERIMENTS[name]!();
  const present = await presentHashes(experiment);
  const parsed = Evidence.safeParse(readJsonOr(evidencePath(name)));
  const reasons = parsed.success ? staleReasons(parsed.data, experiment, present) : ['never run'];
  const needs = experiment.needs;
  const isAbsent = needs !== undefined && present.dataHashes[needs] === undefined;
  if (isAbsent)
    console.log(
      `${name}: skipped: recordings of others are no part of the project (${needs}; PREHENSA_REFERENCE_DATA names their folder). Nothing is wrong`,
    );
  else if (reasons.length === 0 && !values.again) console.log(`${name}: up to date`);
  else {
    console.log(`${name}: ${reasons.join('; ') || 'again'} (${experiment.cells().length} cells)`);
    plans.push({ experiment, present, folder: join('out/experiments', name, keyOf(experiment, present)) });
  }
}
/** Cells of other code, data or seed are never mixed. */
function keyOf(experiment: Experiment, present: PresentHashes): string {
  const data = Object.values(present.dataHashes).map((hash) => (hash ?? 'none').slice(0, 8));
  return [present.codeHash.slice(0, 12), ...data, experiment.seed.replace(/\W+/g, '-')].join('_');
}

const tasks: PoolTask[] = plans.flatMap((plan) =>
  plan.experiment
    .cells()
    .filter((cell) => values.again || readJsonOr(cellPath(plan, cell.id)) === undefined)
    .map((cell) => ({
      id: `${plan.experiment.name}/${cell.id}`,
      payload: { name: plan.experiment.name, cell: cell.id },
    })),
);
const total = tasks.length;
let done = 0;
try {
  await runInProcesses(tasks, {
    worker: 'scripts/experiments/cell-worker.ts',
    log: (line) => console.log(`${stamp()} ${line}`),
    onResult: (task, result, seconds) => {
      const { name, cell } = task.payload as { name: string; cell: string };
      const plan = plans.find(({ experiment }) => experiment.name === name)!;
      const kept: KeptCell = { seconds, result };
      writeFileAtomically(cellPath(plan, cell), `${JSON.stringify(kept)}\n`);
      done += 1;
      console.log(`${stamp()} ${done} of ${total}: ${task.id} (${seconds.toFixed(1)} s)`);
    },
  });
} catch (cause) {
  console.error(cause instanceof Error ? cause.message : cause);
  hasFailed = true;
}
/** Nine significant digits: more than any figure means, and the same file on every run. */
const round = (_key: string, value: unknown): unknown =>
  typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(9)) : value;

for (const plan of plans) {
  const { experiment, present } = plan;
  const cells = experiment
    .cells()
    .map((cell) => [cell.id, readJsonOr<KeptCell>(cellPath(plan, cell.id))] as const);
  const missing = cells.filter(([, kept]) => kept === undefined).map(([id]) => id);
  if (missing.length > 0 || cells.length === 0) {
    const why = cells.length === 0 ? 'there is nothing to run' : `${missing.length} cells are missing`;
    console.log(
      `${experiment.name}: ${why}; the committed evidence stays; the same command goes on where it stopped`,
    );
    continue;
  }
  const results = JSON.parse(
    JSON.stringify(Object.fromEntries(cells.map(([id, kept]) => [id, kept?.result])), round),
  ) as Record<string, unknown>;
  const evidence: Evidence = {
    format: 'prehensa-evidence-1',
    name: experiment.name,
    seed: experiment.seed,
    codeHash: present.codeHash,
    dataHashes: Object.fromEntries(
      Object.entries(present.dataHashes).flatMap(([name, hash]) =>
        hash === undefined ? [] : [[name, hash]],
      ),
    ),
    seconds: cells.reduce((sum, [, kept]) => sum + (kept?.seconds ?? 0), 0),
    cellsHash: hashOfCells(results),
    cells: results,
  };
  const { findings } = experiment.summarise(new Map(Object.entries(evidence.cells)));
  writeFileAtomically(evidencePath(experiment.name), `${JSON.stringify(evidence, round)}\n`);
  console.log(`${stamp()} ${evidencePath(experiment.name)}: ${findings.length} findings`);
}
process.exitCode = hasFailed ? 1 : 0;
