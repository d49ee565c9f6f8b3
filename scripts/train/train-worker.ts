import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { ModelFiles } from '../../core/learning/serialise-model.ts';
import { DATA_SETS } from '../../training/dataset/data-sets.ts';
import {
  BUNDLE_PARTS,
  bundleDataHash,
  hashDataSet,
  readFrozenDataSets,
  requireFrozen,
} from '../../training/dataset/frozen-data-sets.ts';
import type { TrainingContext } from '../../training/fit/trainable-model.ts';
import { TRAINABLE_MODELS } from '../../training/fit/trainable-models.ts';
import { writeBundle } from '../../training/publish/write-bundle.ts';
import { replaceFolder, writeFileAtomically } from '../processes/atomic-files.ts';
import { codeHash } from '../processes/code-hash.ts';
import { serveTasks } from '../processes/serve-tasks.ts';
import { startWasm } from '../processes/start-wasm.ts';

/** What one child is asked to do. */
export interface TrainTask {
  model: string;
  isSmoke: boolean;
  /** Folder that gets <id>/<version>/. */
  root: string;
  /** Train every member anew, whatever an earlier run has kept. */
  isFresh: boolean;
}

const KEPT = 'out/training/members';

interface KeptPaths {
  json: string;
  bin: string;
  sha256: string;
}

const hashOf = ({ modelJson, weightsBin }: ModelFiles): string =>
  createHash('sha256').update(modelJson).update(weightsBin).digest('hex');

/** A member as an earlier run kept it; undefined when a file is missing, was cut short or changed since. */
function readKept({ json, bin, sha256 }: KeptPaths): ModelFiles | undefined {
  if (![json, bin, sha256].every((path) => existsSync(path))) return undefined;
  const files: ModelFiles = {
    modelJson: new Uint8Array(readFileSync(json)),
    weightsBin: new Uint8Array(readFileSync(bin)),
  };
  return hashOf(files) === readFileSync(sha256, 'utf8') ? files : undefined;
}

/** Members of an interrupted run are used again; a file that was cut short is not. */
function memberKeeper(
  prefix: string,
  isFresh: boolean,
  log: (line: string) => void,
): TrainingContext['member'] {
  return (key, train) => {
    const name = createHash('sha256').update(`${prefix}|${key}`).digest('hex').slice(0, 24);
    const paths: KeptPaths = {
      json: join(KEPT, `${name}.json`),
      bin: join(KEPT, `${name}.bin`),
      sha256: join(KEPT, `${name}.sha256`),
    };
    const kept = isFresh ? undefined : readKept(paths);
    if (kept) {
      log(`${key}: kept from an earlier run`);
      return kept;
    }
    const made = train();
    writeFileAtomically(paths.bin, made.weightsBin);
    writeFileAtomically(paths.json, made.modelJson);
    // Written last: without it, or with another, the two files are not used.
    writeFileAtomically(paths.sha256, hashOf(made));
    return made;
  };
}

async function trainOne(task: TrainTask, log: (line: string) => void) {
  const registered = TRAINABLE_MODELS[task.model];
  if (!registered) throw new Error(`there is no model ${task.model}`);
  const model = await registered.load();
  const backend = await startWasm();
  const frozen = task.isSmoke ? null : readFrozenDataSets();
  if (frozen) {
    const load = DATA_SETS[model.dataSet];
    if (!load) throw new Error(`there is no data set ${model.dataSet}`);
    requireFrozen(model.dataSet, hashDataSet(await load(), BUNDLE_PARTS), frozen);
    log(`data set ${model.dataSet} is as frozen`);
  }
  const dataHash = frozen ? bundleDataHash(model.dataSet, frozen) : '0'.repeat(64);
  const prefix = [await codeHash(registered.module), dataHash, backend, task.isSmoke ? 'smoke' : 'full'].join(
    '|',
  );
  const context: TrainingContext = {
    backend,
    log,
    member: memberKeeper(prefix, task.isFresh || task.isSmoke, log),
  };
  const make = task.isSmoke ? model.smoke : model.train;
  if (!make) throw new Error(`${model.id} has no smoke training`);
  const parts = make(context);
  const staging = join('out/training/staging', String(process.pid), model.id, model.version);
  const bundleHash = writeBundle(staging, parts, { modelId: model.id, version: model.version, dataHash });
  // Training keeps the event loop busy, so the end of the parent is seen here first: nobody would name this bundle.
  if (!process.connected) process.exit(1);
  const place = join(task.root, model.id, model.version);
  // The same bundle stays where it is, with the figures that were published beside it.
  const standing = join(place, 'manifest.json');
  const isSame =
    existsSync(standing) && createHash('sha256').update(readFileSync(standing)).digest('hex') === bundleHash;
  if (isSame) log('the same bundle stands already; its published figures stay');
  else replaceFolder(staging, place);
  rmSync(join('out/training/staging', String(process.pid)), { recursive: true, force: true });
  return { version: model.version, bundleHash };
}

serveTasks((payload, log) => trainOne(payload as TrainTask, log));
