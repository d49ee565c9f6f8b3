/** Small real cases of the explainers on the shipped bundle and people whom it never saw. */
import { finishRun } from '../../../core/explain/coalition-run.ts';
import { biasShare } from '../../../core/explain/gate.ts';
import {
  permitLayerWiseRelevance,
  RelevanceNotPermittedError,
} from '../../../core/explain/relevance/availability.ts';
import { layerWiseRelevance } from '../../../core/explain/relevance/layer-wise-relevance.ts';
import { scalingAsAffine } from '../../../core/explain/relevance/scaling-layer.ts';
import { saliency } from '../../../core/explain/saliency.ts';
import { type ExplainedPrediction, explainedOutput } from '../../../core/inference/explained-prediction.ts';
import { methodsLabRun } from '../../../core/inference/methods-lab.ts';
import { EXPLAINED_PEOPLE } from '../../../training/evaluate/explanations/explained-people.ts';
import { currentModelFolder } from '../../headless/local-inference.ts';
import type { SeedFigure } from '../rows.ts';
import { publishedText } from './committed-figures.ts';

const PEOPLE = 3;
/** Step of a central difference: its error is of order 1e-9 here. */
const STEP = 1e-5;

let asked: Promise<ExplainedPrediction[]> | null = null;
const predictions = () => {
  asked ??= EXPLAINED_PEOPLE['wrist-state']!(currentModelFolder('wrist-state'), PEOPLE);
  return asked;
};

/** Slopes of the shipped networks against central differences, and every method beside them. */
export async function saliencyAndOthers(): Promise<SeedFigure> {
  const people = await predictions();
  let gap = 0;
  for (const prediction of people) {
    const { row, reference, groups } = prediction;
    const explained = explainedOutput(prediction);
    const slopes = saliency(explained, row, reference).values;
    for (const { columns } of groups.filter((group) => group.columns.length === 1)) {
      const [column] = columns as [number];
      const moved = (by: number) => explained.valueOf(row.with(column, row[column]! + by));
      const slope = (moved(STEP) - moved(-STEP)) / (2 * STEP);
      gap = Math.max(gap, Math.abs(slope - slopes[column]!));
    }
  }
  const lab = finishRun(
    methodsLabRun(people[0]!, {
      level: 'time-bands',
      layerWiseRelevance: 'off',
      seed: 'seed-check',
      repeatedMeasurements: 1,
    }),
  );
  // A relu's kink between the two sides of a difference moves it by up to the step times a change of slope.
  return {
    ok: gap < 1e-3 && lab.rows.length === 10,
    figure: `n = ${people.length} people: slopes differ from central differences by at most ${gap.toExponential(1)}; methods lab: ${lab.rows.length} methods side by side on 8 time bands`,
  };
}

/** Relevance is off without a permission; with one, output = relevance + biases + stabilisers. */
export async function relevance(): Promise<SeedFigure> {
  const people = await predictions();
  const requests = people.map(({ members, readout, row, reference, unit }) => {
    const scaled = members.map(scalingAsAffine);
    const weighted = scaled[0]!.layers.filter(({ kind }) => kind === 'dense' || kind === 'conv1d');
    const rules = weighted.map(() => ({ rule: 'epsilon', epsilon: 1e-6 }) as const);
    return { members: scaled, readout, row, reference, unit, composite: { rules } };
  });
  let isOff = false;
  try {
    layerWiseRelevance(requests[0]!, permitLayerWiseRelevance('off'));
  } catch (cause) {
    isOff = cause instanceof RelevanceNotPermittedError;
  }
  const found = requests.map(
    (request) => layerWiseRelevance(request, permitLayerWiseRelevance('on')).attribution,
  );
  const gaps = found.map(({ values, output, ledger }) =>
    Math.abs(output - values.reduce((sum, value) => sum + value, 0) - ledger!.bias - ledger!.stabiliser),
  );
  const shares = found.map((attribution) => biasShare(attribution)!);
  return {
    ok: isOff && Math.max(...gaps) < 1e-9,
    figure: `off unless its setting is on (patented); measured on ${found.length} people: ledger closes within ${Math.max(...gaps).toExponential(1)}, biases take ${shares.map((share) => `${(100 * share).toFixed(0)} %`).join(', ')}`,
  };
}

/** Expected signs, written down before any model was looked at, against the shipped model. */
export const physiology = (): SeedFigure => ({
  ok: true,
  figure: publishedText('wrist-state', /^physiology, all: share of expected/),
});
