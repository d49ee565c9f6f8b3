/**
 * Trains the shipped bundles from seeds, two models at a time. An interrupted run goes on with the members that it has;
 * models/ changes only when a bundle is whole.
 *   npm run train                             every model, at most 60 minutes
 *   npm run train -- --model ID[,ID]          these models
 *   npm run train -- --check                  trains anew into out/ and compares the weights with the committed ones
 *   npm run train -- --fresh                  uses no kept member
 *   npm run train -- --smoke                  small bundles into out/smoke, at most 45 s
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { TRAINABLE_MODELS } from '../training/fit/trainable-models.ts';
import { readJsonOr, restoreFolder, withLock, writeFileAtomically } from './processes/atomic-files.ts';
import { runInProcesses } from './processes/process-pool.ts';
import { recordTime } from './processes/record-time.ts';
import type { TrainTask } from './train/train-worker.ts';

const CURRENT = 'models/current.json';

const started = performance.now();
const log = (line: string) =>
  console.log(`${((performance.now() - started) / 1000).toFixed(1).padStart(7)} s  ${line}`);

/** Hashes of the weight files of a bundle, by path. */
function weightHashes(folder: string): Map<string, string> {
  const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as {
    files: { path: string; sha256: string }[];
  };
  return new Map(
    manifest.files.filter(({ path }) => path.endsWith('.bin')).map(({ path, sha256 }) => [path, sha256]),
  );
}

/** @returns true when every committed weight file was made again, byte for byte. */
function isReproduced(model: string, version: string, root: string): boolean {
  const shipped = join('models', model, version);
  if (!existsSync(join(shipped, 'manifest.json'))) {
    log(`${model}: nothing committed to compare with`);
    return false;
  }
  const made = weightHashes(join(root, model, version));
  let isSame = true;
  for (const [path, hash] of weightHashes(shipped)) {
    const matches = made.get(path) === hash;
    isSame &&= matches;
    log(`${model} ${path}: ${hash.slice(0, 12)} ${matches ? 'reproduced' : `DIFFERS (${made.get(path)})`}`);
  }
  return isSame;
}

const { values } = parseArgs({
  // npm takes the "--" away, `node scripts/run.mjs train -- --smoke` does not.
  args: process.argv.slice(2).filter((argument) => argument !== '--'),
  options: {
    smoke: { type: 'boolean', default: false },
    model: { type: 'string' },
    check: { type: 'boolean', default: false },
    fresh: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
const known = Object.keys(TRAINABLE_MODELS);
if (values.help) {
  console.log(`npm run train [-- --smoke | --model ${known.join('|')} [--check] [--fresh]]`);
  process.exit(0);
}
const chosen = values.model?.split(',') ?? known;
const unknown = chosen.filter((model) => !known.includes(model));
if (unknown.length > 0) {
  console.error(`There is no model ${unknown.join(', ')}. Known: ${known.join(', ')}.`);
  process.exit(1);
}
const root = values.smoke ? 'out/smoke' : values.check ? 'out/retrained' : 'models';
let isGood = true;
for (const model of chosen) {
  const { version } = await TRAINABLE_MODELS[model]!.load();
  if (restoreFolder(join(root, model, version)))
    log(`${model} ${version}: put back after an interrupted run`);
}
try {
  await withLock('train', () =>
    runInProcesses(
      chosen.map((model) => ({
        id: model,
        payload: {
          model,
          isSmoke: values.smoke,
          root,
          isFresh: values.fresh || values.check,
        } satisfies TrainTask,
      })),
      {
        worker: 'scripts/train/train-worker.ts',
        log,
        onResult: ({ id }, result, seconds) => {
          const { version, bundleHash } = result as { version: string; bundleHash: string };
          log(`${id} ${version}: bundle ${bundleHash.slice(0, 12)} in ${seconds.toFixed(0)} s`);
          if (values.check) isGood = isReproduced(id, version, root) && isGood;
          if (values.smoke || values.check) return;
          const current = { ...readJsonOr<Record<string, string>>(CURRENT), [id]: version };
          const sorted = Object.fromEntries(Object.entries(current).sort(([a], [b]) => (a < b ? -1 : 1)));
          writeFileAtomically(CURRENT, `${JSON.stringify(sorted, null, 1)}\n`);
        },
      },
    ),
  );
} catch (cause) {
  console.error(cause instanceof Error ? cause.message : cause);
  isGood = false;
}
if (!values.smoke && !values.check && isGood) log('figures: npm run evaluate -- --publish');
// Kept members would make the time look better than a training from nothing.
if (!values.smoke && isGood && chosen.length === known.length && (values.fresh || values.check)) {
  recordTime('train', (performance.now() - started) / 1000, '<= 60 min');
}
process.exitCode = isGood ? 0 : 1;
