/**
 * Measures what ships: the bundles on frozen test people whom no network saw, the simulators, and the committed evidence of
 * the experiments. Writes out/evaluation.json and out/evaluation/index.html. At most 5 minutes.
 *   npm run evaluate                      everything; status 1 when a check that must hold fails
 *   npm run evaluate -- --only ID[,ID]    some parts (then out/evaluation.json holds these only)
 *   npm run evaluate -- --publish         also evaluation.json and model-facts.md beside each bundle
 */
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Manifest } from '../core/inference/manifest.ts';
import { Evaluation, ModelEvaluation, roundFigures } from '../training/evaluate/evaluation-file.ts';
import { EVALUATORS, SIMULATOR_FIGURES } from '../training/evaluate/evaluators.ts';
import { type Figures, joinFigures } from '../training/evaluate/figures.ts';
import { EXPERIMENTS } from '../training/experiments/experiments.ts';
import { modelFacts } from '../training/publish/model-facts.ts';
import { type ReportSection, reportPage } from '../training/publish/report-page.ts';
import { robustnessTable } from '../training/publish/robustness-table.ts';
import { type ReadEvidence, readEvidence } from './evaluate/committed-evidence.ts';
import type { EvaluatedPart, EvaluateTask } from './evaluate/evaluate-worker.ts';
import { referenceFolder } from './experiments/present-hashes.ts';
import { writeFileAtomically } from './processes/atomic-files.ts';
import { type PoolTask, runInProcesses } from './processes/process-pool.ts';
import { recordTime } from './processes/record-time.ts';

const { values } = parseArgs({
  args: process.argv.slice(2).filter((argument) => argument !== '--'),
  options: {
    only: { type: 'string' },
    publish: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
const known = [...Object.keys(EVALUATORS), ...Object.keys(SIMULATOR_FIGURES), ...Object.keys(EXPERIMENTS)];
if (values.help) {
  console.log(`npm run evaluate [-- --only ${known.join('|')} | --publish]`);
  process.exit(0);
}
const chosen = values.only?.split(',') ?? known;
const unknown = chosen.filter((id) => !known.includes(id));
if (unknown.length > 0) {
  console.error(`There is no part ${unknown.join(', ')}. Known: ${known.join(', ')}.`);
  process.exit(1);
}
const started = performance.now();
const log = (line: string) =>
  console.log(`${((performance.now() - started) / 1000).toFixed(1).padStart(7)} s  ${line}`);

const taskOf = (kind: EvaluateTask['kind'], id: string): PoolTask => ({
  id,
  payload: { kind, id } satisfies EvaluateTask,
});
const tasks = [
  ...Object.keys(EVALUATORS).map((id) => taskOf('model', id)),
  ...Object.keys(SIMULATOR_FIGURES).map((id) => taskOf('simulator', id)),
].filter(({ id }) => chosen.includes(id));
const parts = new Map<string, EvaluatedPart>();
let hasFailed = false;
try {
  await runInProcesses(tasks, {
    worker: 'scripts/evaluate/evaluate-worker.ts',
    log,
    onResult: ({ id }, result, seconds) => {
      parts.set(id, result as EvaluatedPart);
      log(`${id} in ${seconds.toFixed(1)} s`);
    },
  });
} catch (cause) {
  console.error(cause instanceof Error ? cause.message : cause);
  hasFailed = true;
}
const evidence = new Map<string, ReadEvidence>();
for (const name of Object.keys(EXPERIMENTS)) {
  const isOnPage = Object.entries(EVALUATORS).some(
    ([id, { evidence: names }]) => chosen.includes(id) && names.includes(name),
  );
  if (chosen.includes(name) || isOnPage) evidence.set(name, await readEvidence(name));
}

const absent = known.flatMap((id) => {
  if (parts.has(id) || evidence.has(id)) return [];
  return [`${id} (${chosen.includes(id) ? 'failed' : 'left out by --only'})`];
});
/** Every row under the name of its part, so that two parts never share a name. */
function named(prefix: string, { checks, findings, plots, tables }: Figures): Figures {
  const name = <Row extends { name: string }>(row: Row): Row => ({ ...row, name: `${prefix}: ${row.name}` });
  return { checks: checks.map(name), findings: findings.map(name), plots, tables };
}
const order = chosen.filter((id) => parts.has(id) || evidence.has(id));
const all = joinFigures(
  order.map((id) => named(id, parts.get(id)?.figures ?? evidence.get(id)?.figures ?? joinFigures([]))),
);
const REFERENCE_DATA = ['real/grip_survey', 'real/emg_grip', 'real/pinch_pulses', 'norms'];
const evaluation: Evaluation = Evaluation.parse({
  checks: all.checks,
  findings: all.findings,
  sources: {
    models: order.flatMap((id) => {
      const model = parts.get(id)?.model;
      return model ? [{ modelId: id, version: model.version, bundleHash: model.bundleHash }] : [];
    }),
    evidence: [...evidence.values()].map(({ name, state }) => ({ name, state })),
    referenceData: REFERENCE_DATA.map((name) => ({
      name,
      isPresent: existsSync(join(referenceFolder(), name)),
    })),
  },
});
mkdirSync('out', { recursive: true });
writeFileAtomically('out/evaluation.json', `${JSON.stringify(evaluation, roundFigures, 1)}\n`);
const sections: ReportSection[] = order.map((id) => {
  const part = parts.get(id);
  const read = evidence.get(id);
  return {
    id,
    title: read?.title ?? (part?.model ? `${id} ${part.model.version}` : id),
    lead: read ? `${read.about} Evidence: ${read.state}.` : (part?.model?.notes.join(' ') ?? ''),
    figures: part?.figures ?? read?.figures ?? joinFigures([]),
  };
});
const robustness = robustnessTable(
  order.map((id) => ({ model: id, tables: parts.get(id)?.figures.tables ?? [] })),
);
if (robustness) {
  sections.unshift({
    id: 'robustness',
    title: 'Robust, not only calibrated',
    lead: 'The shipped bundles, never retrained, on people simulated and measured otherwise than they were calibrated for.',
    figures: { checks: [], findings: [], plots: [], tables: [robustness] },
  });
}
writeFileAtomically('out/evaluation/index.html', reportPage(sections, absent));

if (values.publish) {
  for (const [id, { figures, model }] of parts) {
    if (!model) continue;
    const folder = join('models', id, model.version);
    const own = (EVALUATORS[id]?.evidence ?? []).map((name) =>
      named(name, evidence.get(name)?.figures ?? joinFigures([])),
    );
    const { checks, findings, tables } = joinFigures([figures, ...own]);
    const published = JSON.parse(
      JSON.stringify(
        ModelEvaluation.parse({
          modelId: id,
          version: model.version,
          bundleHash: model.bundleHash,
          checks,
          findings,
          tables,
        }),
        roundFigures,
      ),
    ) as ModelEvaluation;
    const manifest = Manifest.parse(JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')));
    writeFileAtomically(join(folder, 'evaluation.json'), `${JSON.stringify(published, null, 1)}\n`);
    writeFileAtomically(
      join(folder, 'model-facts.md'),
      modelFacts(published, manifest, model.notes, EVALUATORS[id]!.headlines),
    );
    log(`${folder}: evaluation.json and model-facts.md written`);
  }
}
const judged = evaluation.checks.filter((check) => check.ok !== null);
const missed = judged.filter((check) => check.ok === false);
for (const check of missed) log(`MISSED ${check.name}: ${check.value.toPrecision(4)}, bar ${check.bar}`);
for (const check of evaluation.checks.filter((each) => each.ok === null)) {
  log(`not judged: ${check.name}: ${check.bar}`);
}
for (const { name, state } of evaluation.sources.evidence) {
  if (state !== 'up to date') log(`evidence ${name}: ${state}`);
}
log(
  `${judged.length - missed.length} of ${judged.length} checks hold, ${evaluation.checks.length - judged.length} not judged, ${evaluation.findings.length} findings`,
);
if (absent.length > 0) log(`INCOMPLETE, not measured: ${absent.join(', ')}`);
log(
  missed.length > 0
    ? 'a check that must hold does not (docs/adr/0009 names the one that is known): out/evaluation/index.html'
    : 'report: out/evaluation/index.html',
);
if (values.only === undefined && !hasFailed) {
  recordTime('evaluate', (performance.now() - started) / 1000, '<= 5 min');
}
process.exitCode = hasFailed || missed.length > 0 ? 1 : 0;
