/** Small real cases that run the shipped bundles on people whom they never saw. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { exactShapley } from '../../../core/explain/exact-shapley.ts';
import { wilsonInterval } from '../../../core/uncertainty/wilson-interval.ts';
import { ModelEvaluation } from '../../../training/evaluate/evaluation-file.ts';
import { modelInputOf } from '../../../training/evaluate/wrist-state-inputs.ts';
import { wristStatePeople } from '../../../training/fit/wrist-state-data.ts';
import {
  currentModelFolder,
  type LocalInference,
  openLocalInference,
} from '../../headless/local-inference.ts';
import type { SeedFigure } from '../rows.ts';

const PEOPLE = 900;
const percent = (value: number) => (100 * value).toFixed(1);

let opened: Promise<LocalInference> | null = null;
/** The Float64 engine: the same figures on every machine. */
const inference = () => {
  opened ??= openLocalInference('float64', () => 0);
  return opened;
};

async function answers(key: 'A' | 'B') {
  const { bundle, predict } = await inference();
  return wristStatePeople('seedCheck', PEOPLE, bundle.manifest.seed).map((person) => {
    const input = modelInputOf(person, key);
    return { person, input, prediction: predict(input) };
  });
}

/** Accuracy of both patterns on test people; B must beat A, A must beat chance. */
export async function wristState(): Promise<SeedFigure> {
  const figures: string[] = [];
  const lows: number[] = [];
  const shares: number[] = [];
  for (const key of ['A', 'B'] as const) {
    const rows = (await answers(key)).filter(({ prediction }) => prediction.probabilities !== null);
    const right = rows.filter(({ person, prediction }) => {
      const probabilities = prediction.probabilities ?? [0, 0, 0];
      const top = probabilities.indexOf(Math.max(...probabilities));
      return ['nonimpaired', 'four-corner-fusion', 'proximal-row-carpectomy'][top] === person.className;
    }).length;
    const [low, high] = wilsonInterval(right, rows.length);
    lows.push(low);
    shares.push(right / rows.length);
    figures.push(
      `pattern ${key}: n = ${rows.length}, ${percent(right / rows.length)} % (95 % interval ${percent(low)}-${percent(high)})`,
    );
  }
  return {
    ok: (lows[0] ?? 0) > 1 / 3 && (lows[1] ?? 0) > (shares[0] ?? 1),
    figure: `simulated people, classes differ by construction, chance 33 %; ${figures.join('; ')}`,
  };
}

/** Coverage of the sets of pattern B, all classes together. */
export async function coverage(): Promise<SeedFigure> {
  const rows = (await answers('B')).filter(({ prediction }) => prediction.probabilities !== null);
  const covered = rows.filter(({ person, prediction }) =>
    prediction.predictionSet.includes(person.className),
  ).length;
  const [low, high] = wilsonInterval(covered, rows.length);
  return {
    ok: low <= 0.9 && high >= 0.9,
    figure: `n = ${rows.length}, ${percent(covered / rows.length)} % of sets hold the right class (95 % interval ${percent(low)}-${percent(high)}), promised 90`,
  };
}

/** Exact Shapley values on test people: they add up, and the gate says how many may be shown. */
export async function localExplanation(): Promise<SeedFigure> {
  const { explain } = await inference();
  const rows = (await answers('B'))
    .filter(({ prediction }) => prediction.probabilities !== null)
    .slice(0, 60);
  const explanations = rows.map(({ input, prediction }) => explain(input, prediction));
  const worst = Math.max(...explanations.map((e) => Math.abs(e.residual)));
  const shown = explanations.filter((e) => e.isShown).length;
  // A two-player game with a known answer guards the method itself.
  const { values } = exactShapley(2, (mask) => [0, 1, 2, 5][mask] ?? 0);
  const isKnown = Math.abs((values[0] ?? 0) - 2) < 1e-12 && Math.abs((values[1] ?? 0) - 3) < 1e-12;
  return {
    ok: worst < 1e-9 && isKnown && shown > 0,
    figure: `n = ${explanations.length} people, largest residual ${worst.toExponential(1)}, ${shown} pass the gate and are shown`,
  };
}

/** From the committed evaluation, which names the bundle that it measured. */
export function parameterTiers(): SeedFigure {
  const folder = currentModelFolder('muscle-parameters-1');
  const evaluation = ModelEvaluation.parse(JSON.parse(readFileSync(join(folder, 'evaluation.json'), 'utf8')));
  const better = evaluation.findings.filter((finding) => finding.low > 0);
  const best = [...evaluation.findings].sort((a, b) => b.value - a.value)[0];
  return {
    ok: evaluation.checks.every((check) => check.ok !== false) && best !== undefined,
    figure: `tier 1, n = ${evaluation.testPeople}: ${better.length} of ${evaluation.findings.length} parameters beat the demographic prior; best ${best?.name} ${best?.value.toFixed(2)} (95 % interval ${best?.low.toFixed(2)}-${best?.high.toFixed(2)})`,
  };
}
