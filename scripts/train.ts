/**
 * Trains the shipped bundles from seeds.
 *   npm run train -- --smoke                  a small wrist-state into out/smoke, at most 45 s
 *   npm run train -- --model wrist-state      the shipped bundle, at most 5 minutes
 *   npm run train -- --model ID --check       trains into out/ and compares the weight hashes with the committed ones
 *   npm run train                             every model
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { startBackend } from '../core/learning/backend.ts';
import { evaluateMuscleParameters } from '../training/evaluate/evaluate-muscle-parameters.ts';
import { evaluateWristState } from '../training/evaluate/evaluate-wrist-state.ts';
import {
  MUSCLE_PARAMETERS_SIZE,
  MUSCLE_PARAMETERS_VERSION,
  trainMuscleParameters,
} from '../training/fit/train-muscle-parameters.ts';
import {
  SMOKE_SIZE,
  trainWristState,
  WRIST_STATE_SIZE,
  WRIST_STATE_VERSION,
} from '../training/fit/train-wrist-state.ts';

const MODELS = ['wrist-state', 'muscle-parameters-1'] as const;
type ModelId = (typeof MODELS)[number];
const VERSIONS: Readonly<Record<ModelId, string>> = {
  'wrist-state': WRIST_STATE_VERSION,
  'muscle-parameters-1': MUSCLE_PARAMETERS_VERSION,
};

const started = performance.now();
const log = (line: string) =>
  console.log(`${((performance.now() - started) / 1000).toFixed(1).padStart(6)} s  ${line}`);

/** @returns true when every judged check of the evaluation holds. */
async function trainOne(model: ModelId, folder: string, backend: string): Promise<boolean> {
  if (model === 'wrist-state') {
    const { bundleHash } = trainWristState(folder, WRIST_STATE_SIZE, backend, log);
    log(`${model}: bundle ${bundleHash.slice(0, 12)}; evaluating on people it never saw`);
    // A few people have one trial only and are left out: refused: this many leave more than 10,000 answers.
    const { checks } = await evaluateWristState(folder, 11_200, log);
    return checks.every((check) => check.ok !== false);
  } else {
    const { bundleHash } = trainMuscleParameters(folder, MUSCLE_PARAMETERS_SIZE, backend, log);
    log(`${model}: bundle ${bundleHash.slice(0, 12)}; evaluating on people it never saw`);
    const { checks } = await evaluateMuscleParameters(folder, 10_000, log);
    return checks.every((check) => check.ok !== false);
  }
}

/** Hashes of the weight files of a bundle, by path. */
function weightHashes(folder: string): Map<string, string> {
  const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as {
    files: { path: string; sha256: string }[];
  };
  return new Map(
    manifest.files.filter(({ path }) => path.endsWith('.bin')).map(({ path, sha256 }) => [path, sha256]),
  );
}

function compare(model: ModelId, made: string): boolean {
  const shipped = join('models', model, VERSIONS[model]);
  if (!existsSync(join(shipped, 'manifest.json'))) {
    log(`${model}: nothing committed to compare with`);
    return false;
  }
  const now = weightHashes(made);
  let isSame = true;
  for (const [path, hash] of weightHashes(shipped)) {
    const matches = now.get(path) === hash;
    isSame &&= matches;
    log(`${model} ${path}: ${hash.slice(0, 12)} ${matches ? 'reproduced' : `DIFFERS (${now.get(path)})`}`);
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
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  console.log('npm run train [-- --smoke | --model wrist-state|muscle-parameters-1 [--check]]');
  process.exit(0);
}
const chosen = MODELS.filter((model) => values.model === undefined || values.model === model);
if (chosen.length === 0) {
  console.error(`There is no model "${values.model}". Known: ${MODELS.join(', ')}.`);
  process.exit(1);
}
const wasmFolder = `${join(dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm/package.json')), 'dist')}/`;
// The threaded and the plain build of the library differ in the last bit; the committed weights come from one of them.
const backend = await startBackend(wasmFolder);
log(`tfjs backend: ${backend}`);
if (values.smoke) {
  const { bundleHash } = trainWristState('out/smoke/wrist-state/0.1.0', SMOKE_SIZE, backend, log);
  log(`smoke bundle ${bundleHash.slice(0, 12)}; not for use`);
  const { checks } = await evaluateWristState('out/smoke/wrist-state/0.1.0', 600, log);
  // Six hundred people judge refusals and units only; coverage and calibration are reported.
  process.exitCode = checks.every((check) => check.ok !== false) ? 0 : 1;
} else {
  // Weights that differ, or a check that fails, end with status 1.
  let isSame = true;
  for (const model of chosen) {
    const root = values.check ? 'out/retrained' : 'models';
    const folder = join(root, model, VERSIONS[model]);
    isSame = (await trainOne(model, folder, backend)) && isSame;
    if (values.check) isSame = compare(model, folder) && isSame;
  }
  if (!values.check) {
    const current = Object.fromEntries(
      MODELS.filter((model) => existsSync(join('models', model, VERSIONS[model]))).map((model) => [
        model,
        VERSIONS[model],
      ]),
    );
    writeFileSync('models/current.json', `${JSON.stringify(current, null, 1)}\n`);
  }
  process.exitCode = isSame ? 0 : 1;
}
