import type { Network } from '../networks/network.ts';
import type { Attribution, AttributionMethod, InputGroup, Reference } from './attribution.ts';
import { bandShapleyRun } from './band-shapley.ts';
import type { ResumableRun } from './coalition-run.ts';
import { deepLift } from './deep-lift.ts';
import { type ExplainedOutput, ensembleOutput } from './explained-output.ts';
import { gradientTimesInput } from './gradient-times-input.ts';
import { integratedGradientsRun } from './integrated-gradients.ts';
import { kernelGroupShapleyRun } from './kernel-shapley.ts';
import { limeDefaults, limeRun } from './lime.ts';
import { occlusion } from './occlusion.ts';
import { permitLayerWiseRelevance } from './relevance/availability.ts';
import type { LayerRule } from './relevance/composite.ts';
import { layerWiseRelevance } from './relevance/layer-wise-relevance.ts';
import { scalingAsAffine } from './relevance/scaling-layer.ts';
import { saliency } from './saliency.ts';
import { sampledGroupShapleyRun } from './sampled-shapley.ts';
import { smoothGradient } from './smooth-gradient.ts';

/** One number of one ensemble at one input: all that any explainer needs. */
export interface ExplainerQuestion {
  members: readonly Network[];
  /** Weight of each output in the explained number. */
  readout: Float64Array;
  unit: string;
  row: Float64Array;
  reference: Reference;
  /** Measurements, channels or time bands that are spoken of together; up to 12. */
  units: readonly InputGroup[];
  /** Names the random draws of the methods that have any. */
  seed: string;
  layerWiseRelevance: 'off' | 'on';
}

/** One method as the methods lab and the quality report run it. */
export interface Explainer {
  method: AttributionMethod;
  /** On the screen. */
  title: string;
  /** Gradient and relevance methods look inside the network, perturbation methods ask it again. */
  family: 'gradient' | 'relevance' | 'perturbation';
  /** False where the values are sizes without a direction. */
  isSigned: boolean;
  /** True where the values are meant to add up to output minus reference output. */
  isAdditive: boolean;
  /** @throws an error with a sentence when the network has a layer that the method does not know. */
  run(question: ExplainerQuestion): ResumableRun<Attribution>;
}

/** Draws of SmoothGrad, and its noise as a share of the distance between input and reference. */
const SMOOTH_DRAWS = 25;
const SMOOTH_NOISE = 0.15;
/** Pairs of random orders, and of coalitions above 12 units. */
const SAMPLED_PAIRS = 64;
const LIME_SAMPLES = 256;
/** Relevance rules: gamma below, epsilon in the last layer, "all" at the gates of an LSTM. */
const GAMMA = 0.25;
const EPSILON = 1e-6;

const explainedBy = ({ members, readout, unit }: ExplainerQuestion): ExplainedOutput =>
  ensembleOutput(members, readout, unit);

/** A method that is over in one step. */
const inOneStep = (explain: (question: ExplainerQuestion) => Attribution): Explainer['run'] =>
  // biome-ignore lint/correctness/useYield: nothing to wait for
  function* (question) {
    return explain(question);
  };

function relevanceRules(network: Network): LayerRule[] {
  const weighted = network.layers.filter(
    ({ kind }) => kind === 'dense' || kind === 'conv1d' || kind === 'lstm',
  );
  return weighted.map((layer, index): LayerRule => {
    if (layer.kind === 'lstm')
      return { rule: 'lstm', mode: 'all', epsilon: EPSILON, redistributesBias: false };
    return index === weighted.length - 1
      ? { rule: 'epsilon', epsilon: EPSILON }
      : { rule: 'gamma', gamma: GAMMA };
  });
}

/** Every explainer, in the order of the screen; to add one: docs/how-to/add-an-explainer.md. */
export const EXPLAINERS: readonly Explainer[] = [
  {
    method: 'exact-shapley',
    title: 'Exact Shapley values',
    family: 'perturbation',
    isSigned: true,
    isAdditive: true,
    *run({ reference, units, ...question }) {
      return (yield* bandShapleyRun({ ...question, compared: reference, bands: units })).attribution;
    },
  },
  {
    method: 'occlusion',
    title: 'Occlusion',
    family: 'perturbation',
    isSigned: true,
    isAdditive: false,
    run: inOneStep((question) =>
      occlusion(explainedBy(question), question.row, question.reference, question.units),
    ),
  },
  {
    method: 'integrated-gradients',
    title: 'Integrated gradients',
    family: 'gradient',
    isSigned: true,
    isAdditive: true,
    run: (question) => integratedGradientsRun(explainedBy(question), question.row, question.reference),
  },
  {
    method: 'gradient-times-input',
    title: 'Gradient times input',
    family: 'gradient',
    isSigned: true,
    isAdditive: false,
    run: inOneStep((question) => gradientTimesInput(explainedBy(question), question.row, question.reference)),
  },
  {
    method: 'smooth-gradient',
    title: 'SmoothGrad times input',
    family: 'gradient',
    isSigned: true,
    isAdditive: false,
    run: inOneStep((question) => {
      const { row, reference, seed } = question;
      const standardDeviation = row.map((value, i) => SMOOTH_NOISE * Math.abs(value - reference.row[i]!));
      return smoothGradient(explainedBy(question), row, reference, {
        noise: { seed, drawCount: SMOOTH_DRAWS, standardDeviation },
        isTimesInput: true,
      });
    }),
  },
  {
    method: 'saliency',
    title: 'Saliency',
    family: 'gradient',
    isSigned: false,
    isAdditive: false,
    run: inOneStep((question) =>
      saliency(explainedBy(question), question.row, question.reference, { isAbsolute: true }),
    ),
  },
  {
    method: 'deep-lift',
    title: 'DeepLIFT (rescale rule)',
    family: 'gradient',
    isSigned: true,
    isAdditive: true,
    run: inOneStep((question) => deepLift(question, question.row, question.reference)),
  },
  {
    method: 'sampled-shapley',
    title: 'Shapley values from random orders',
    family: 'perturbation',
    isSigned: true,
    isAdditive: true,
    *run(question) {
      const { row, reference, units, seed } = question;
      const options = { pairs: SAMPLED_PAIRS, seed };
      return (yield* sampledGroupShapleyRun(explainedBy(question), row, reference, units, options))
        .attribution;
    },
  },
  {
    method: 'kernel-shapley',
    title: 'KernelSHAP',
    family: 'perturbation',
    isSigned: true,
    isAdditive: true,
    *run(question) {
      const { row, reference, units, seed } = question;
      const options = { pairs: SAMPLED_PAIRS, seed };
      return (yield* kernelGroupShapleyRun(explainedBy(question), row, reference, units, options))
        .attribution;
    },
  },
  {
    method: 'lime',
    title: 'LIME',
    family: 'perturbation',
    isSigned: true,
    isAdditive: false,
    *run(question) {
      const { row, reference, units, seed } = question;
      const options = { ...limeDefaults(units.length, seed), samples: LIME_SAMPLES };
      return (yield* limeRun(explainedBy(question), row, reference, units, options)).attribution;
    },
  },
  {
    method: 'layer-wise-relevance',
    title: 'Layer-wise relevance (patented; see the note)',
    family: 'relevance',
    isSigned: true,
    isAdditive: false,
    run: inOneStep((question) => {
      const { readout, unit, row, reference } = question;
      // A scaling of the inputs was never learnt and has no rule of its own.
      const members = question.members.map(scalingAsAffine);
      const composite = { rules: relevanceRules(members[0]!) };
      const permission = permitLayerWiseRelevance(question.layerWiseRelevance);
      return layerWiseRelevance({ members, readout, unit, row, reference, composite }, permission)
        .attribution;
    }),
  },
];

/**
 * Values of the units: sums over the columns of each where a method speaks of inputs, the values themselves where it
 * speaks of units already.
 * @throws RangeError when the attribution speaks of neither.
 */
export function unitValues(
  { values }: Attribution,
  units: readonly InputGroup[],
  inputCount: number,
): Float64Array {
  // A unit of one column each, and no other column: both readings are the same.
  if (values.length === inputCount) {
    return Float64Array.from(units, ({ columns }) =>
      columns.reduce((sum, column) => sum + values[column]!, 0),
    );
  }
  if (values.length === units.length) return values;
  throw new RangeError(
    `${values.length} values speak of neither ${units.length} units nor ${inputCount} inputs`,
  );
}
