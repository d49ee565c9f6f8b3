/**
 * Generates every data set and holds it against the frozen hashes.
 *   npm run data-sets                   generates and compares; status 1 when one differs
 *   npm run data-sets -- --only NAME    one set
 *   npm run data-sets -- --freeze       writes the hashes of new sets; a frozen set that changed needs --refreeze NAME
 */
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { DATA_SETS } from '../training/dataset/data-sets.ts';
import {
  FROZEN_DATA_SETS_FILE,
  type FrozenDataSet,
  type FrozenDataSets,
  readFrozenDataSets,
} from '../training/dataset/frozen-data-sets.ts';
import { writeFileAtomically } from './processes/atomic-files.ts';
import { runInProcesses } from './processes/process-pool.ts';
import { recordTime } from './processes/record-time.ts';

const { values } = parseArgs({
  args: process.argv.slice(2).filter((argument) => argument !== '--'),
  options: {
    only: { type: 'string' },
    freeze: { type: 'boolean', default: false },
    refreeze: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  console.log('npm run data-sets [-- --only NAME | --freeze | --refreeze NAME]');
  process.exit(0);
}
const started = performance.now();
const seconds = () => ((performance.now() - started) / 1000).toFixed(1).padStart(6);
const chosen = Object.keys(DATA_SETS).filter((name) =>
  values.refreeze ? name === values.refreeze : values.only === undefined || name === values.only,
);
if (chosen.length === 0) {
  console.error(`There is no such data set. Known: ${Object.keys(DATA_SETS).join(', ')}.`);
  process.exit(1);
}
const isWriting = values.freeze || values.refreeze !== undefined;
// A file that is there but damaged stops the program: started anew, it would lose every other hash.
const frozen: FrozenDataSets = isWriting && !existsSync(FROZEN_DATA_SETS_FILE) ? {} : readFrozenDataSets();
let isSame = true;
/** After every set, so that an interrupted run keeps what it has. */
function write(): void {
  const sorted = Object.fromEntries(Object.entries(frozen).sort(([a], [b]) => (a < b ? -1 : 1)));
  writeFileAtomically(FROZEN_DATA_SETS_FILE, `${JSON.stringify(sorted, null, 2)}\n`);
}
try {
  await runInProcesses(
    chosen.map((name) => ({ id: name, payload: { kind: 'hash', name } })),
    {
      worker: 'scripts/data-sets/hash-worker.ts',
      log: (line) => console.log(`${seconds()} s  ${line}`),
      onResult: (task, result, taken) => {
        const made = result as FrozenDataSet;
        const was = frozen[task.id];
        const people = Object.entries(made)
          .map(([part, { count }]) => `${count} ${part}`)
          .join(', ');
        const matches = JSON.stringify(was) === JSON.stringify(made);
        if (!matches && (was === undefined || values.refreeze === task.id) && isWriting) {
          frozen[task.id] = made;
          write();
          console.log(`${seconds()} s  ${task.id}: frozen (${people}; ${taken.toFixed(1)} s)`);
        } else {
          isSame &&= matches;
          const state = matches
            ? 'as frozen'
            : was
              ? `DIFFERS from the frozen set: code or packages make other people than the models were trained on; undo the change, or, if it is meant: npm run data-sets -- --refreeze ${task.id}, then train and evaluate again`
              : 'was never frozen: npm run data-sets -- --freeze';
          console.log(`${seconds()} s  ${task.id}: ${state} (${people}; ${taken.toFixed(1)} s)`);
        }
      },
    },
  );
} catch (cause) {
  console.error(cause instanceof Error ? cause.message : cause);
  isSame = false;
}
console.log(`${chosen.length} data sets in${seconds()} s`);
if (isSame && chosen.length === Object.keys(DATA_SETS).length) {
  recordTime('data-sets', (performance.now() - started) / 1000, '<= 15 min');
}
process.exitCode = isSame ? 0 : 1;
