/** Small real cases that run the shipped bundles on people whom they never saw. */
import { exactShapley } from '../../../core/explain/exact-shapley.ts';
import {
  FATIGUE_MODULE_LAYER,
  loadElbowBundle,
  TORQUE_MODULE_LAYER,
} from '../../../core/inference/elbow-bundle.ts';
import { elbowInputRow } from '../../../core/inference/elbow-input.ts';
import { forwardNetwork } from '../../../core/networks/forward-network.ts';
import { wilsonInterval } from '../../../core/uncertainty/wilson-interval.ts';
import { elbowRecordings } from '../../../training/dataset/elbow-data-set.ts';
import { bundleFiles, nodeSha256 } from '../../../training/evaluate/read-bundle.ts';
import { modelInputOf } from '../../../training/evaluate/wrist-state-inputs.ts';
import { elbowQuestion } from '../../../training/fit/elbow-rows.ts';
import { wristStatePeople } from '../../../training/fit/wrist-state-data.ts';
import {
  currentModelFolder,
  type LocalInference,
  openLocalInference,
} from '../../headless/local-inference.ts';
import type { SeedFigure } from '../rows.ts';
import { published, publishedText } from './committed-figures.ts';

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

/** The three tiers, each from the evaluation of the bundle that ships; a tier that misses a check fails the row. */
export function parameterTiers(): SeedFigure {
  const texts = ([1, 2, 3] as const).map((tier) => {
    const { findings } = published(`muscle-parameters-${tier}`);
    const skills = findings.filter((finding) => finding.name.startsWith('skill'));
    const better = skills.filter((finding) => finding.low > 0);
    return `tier ${tier}: ${better.length} of ${skills.length} skills have an interval above zero, n = ${skills[0]?.n}`;
  });
  return { ok: true, figure: texts.join('; ') };
}

/** Torque and fatigue module of the shipped elbow model, read apart on one person: their product is the forecast. */
export async function elbowModules(): Promise<SeedFigure> {
  const bundle = await loadElbowBundle(bundleFiles(currentModelFolder('elbow-torque-fatigue')), nodeSha256);
  const [recording] = elbowRecordings('test', 1);
  if (!recording) throw new Error('no recording');
  const { recorded, output } = forwardNetwork(bundle.members[0]!, elbowInputRow(elbowQuestion(recording)), [
    TORQUE_MODULE_LAYER,
    FATIGUE_MODULE_LAYER,
  ]);
  const level = recorded.get(TORQUE_MODULE_LAYER)?.output[0] ?? Number.NaN;
  const shares = recorded.get(FATIGUE_MODULE_LAYER)?.output ?? new Float64Array();
  const isShare = shares.length > 0 && shares.every((share) => share >= 0 && share <= 1);
  // The torques are level x share x maximal torque: their ratio to the product is one number for all times.
  const ratios = Array.from(shares, (share, i) => output[i]! / (level * share));
  const spread = Math.max(...ratios) / Math.min(...ratios) - 1;
  return {
    ok: isShare && spread < 1e-6,
    figure: `one person: share of maximum held ${level.toFixed(3)}, share left at 150 s ${shares.at(-1)?.toFixed(3)}; ${publishedText('elbow-torque-fatigue', /^RMSE of torque/)}`,
  };
}

/** Time within the clinically meaningful band of 2 N.m. */
export const withinTwoNewtonMetres = (): SeedFigure => ({
  ok: true,
  figure: publishedText('elbow-torque-fatigue', /within 2 N\.m/),
});
