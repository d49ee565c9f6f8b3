import type { InputGroup } from '../../../core/explain/attribution.ts';
import { attributionSimilarity } from '../../../core/explain/attribution-similarity.ts';
import { bandShapleyRun } from '../../../core/explain/band-shapley.ts';
import { finishRun } from '../../../core/explain/coalition-run.ts';
import { attributionEntropy, countForMass } from '../../../core/explain/complexity.ts';
import { mostRelevantFirst } from '../../../core/explain/deletion-curve.ts';
import { type Explainer, type ExplainerQuestion, unitValues } from '../../../core/explain/explainers.ts';
import { completenessGap } from '../../../core/explain/gate.ts';
import { attributionSensitivity } from '../../../core/explain/max-sensitivity.ts';
import { scalingAsAffine } from '../../../core/explain/relevance/scaling-layer.ts';
import { shuffled } from '../../../core/explain/sampled-shapley.ts';
import {
  redrawnWeights,
  weightedLayers,
  withLayerWeights,
} from '../../../core/explain/weight-randomisation.ts';
import { type ExplainedPrediction, explainedOutput } from '../../../core/inference/explained-prediction.ts';
import type { Network } from '../../../core/networks/network.ts';
import { randomStream } from '../../../core/numerics/random-stream.ts';

/** One person's prediction with what every explainer is held against; made once for all of them. */
export interface ExplainedPerson {
  prediction: ExplainedPrediction;
  units: readonly InputGroup[];
  /** Names the person's random draws. */
  subject: number;
  /** Output of every coalition of units; bit i says that unit i has its own values. */
  coalitions: Float64Array;
  /** Areas under the deletion curves of RANDOM_ORDERS orders that know nothing, in the explained unit. */
  randomAreas: readonly number[];
  /** A row in which one unit alone says anything, and that unit; null when no unit is louder than the noise. */
  planted: { unit: number; row: Float64Array } | null;
  /** The members with every learnt layer drawn anew, RANDOMISED_DRAWS times, and with the last one alone. */
  randomised: { all: readonly (readonly Network[])[]; last: readonly Network[] };
}

/** Measured of one explainer at one person. Null: the quantity does not exist there. */
export interface PersonQuality {
  values: Float64Array;
  completenessGap: number | null;
  /** Area under the deletion curve in the explainer's order. */
  deletionArea: number;
  /** Relative change of the values when measured again, mean over REPEATED measurements. */
  averageSensitivity: number;
  /** Mean |Spearman| between the map and those of networks with every layer drawn anew. */
  allLayersSpearman: number | null;
  /** Cosine to the map of networks whose last layer alone is drawn anew. */
  lastLayerCosine: number | null;
  /** Share of |values| in the planted unit. */
  plantedMass: number | null;
  /** Entropy of |values| in nats, and units that hold 80 % of their sum. */
  entropy: number | null;
  unitsForMass: number | null;
}

export const RANDOM_ORDERS = 200;
/** Repeated measurements a person. */
export const REPEATED = 3;
/** Sets of networks drawn anew a person: one alone scatters by a quarter. */
const RANDOMISED_DRAWS = 3;
/** Noisy references that say how loud the noise is. */
const NOISE_ROWS = 10;
const SEED = 'explanation-quality';
/** Repeated measurements of the planted row are no draws of the stability test. */
const PLANTED_DRAW = 1_000;

/**
 * Prepares one person. @param subject - names the person's random draws.
 * @throws RangeError when the prediction has more than 12 units.
 */
export function explainedPerson(
  prediction: ExplainedPrediction,
  units: readonly InputGroup[],
  subject: number,
): ExplainedPerson {
  const { coalitions } = finishRun(
    bandShapleyRun({ ...prediction, compared: prediction.reference, bands: units }),
  );
  const stream = randomStream(SEED, `${prediction.modelId}/orders`, subject);
  return {
    prediction,
    units,
    subject,
    coalitions,
    randomAreas: Array.from({ length: RANDOM_ORDERS }, () =>
      deletionArea(coalitions, shuffled(units.length, stream)),
    ),
    planted: plantedRow(prediction, units, coalitions, subject),
    randomised: {
      all: Array.from({ length: RANDOMISED_DRAWS }, (_, draw) =>
        redrawnMembers(prediction.members, (names) => names, drawOf(subject, draw)),
      ),
      last: redrawnMembers(prediction.members, (names) => names.slice(-1), drawOf(subject, 0)),
    },
  };
}

/** Area under the deletion curve by trapezoids over the share of units removed, from outputs that are known already. */
function deletionArea(coalitions: Float64Array, order: readonly number[]): number {
  let mask = coalitions.length - 1;
  let area = 0;
  for (const unit of order) {
    const before = coalitions[mask]!;
    mask &= ~(1 << unit);
    area += (before + coalitions[mask]!) / 2 / order.length;
  }
  return area;
}

/**
 * The reference as it would be measured, with one unit put to this person's values: a signal whose place is known. The unit
 * is drawn from those to which the model reacts more than to the noise of all others, so that no unit is favoured and
 * there is a signal at all; null when there is none.
 */
function plantedRow(
  prediction: ExplainedPrediction,
  units: readonly InputGroup[],
  coalitions: Float64Array,
  subject: number,
): ExplainedPerson['planted'] {
  const { row, reference } = prediction;
  const explained = explainedOutput(prediction);
  const noisy = Array.from({ length: NOISE_ROWS }, (_, draw) => {
    const again = prediction.repeated(drawOf(subject, PLANTED_DRAW + draw));
    return reference.row.map((value, i) => value + again[i]! - row[i]!);
  });
  const outputs = noisy.map((each) => explained.valueOf(each) - coalitions[0]!);
  const noise = Math.hypot(...outputs) / Math.sqrt(outputs.length);
  const loud = [...units.keys()].filter((unit) => Math.abs(coalitions[1 << unit]! - coalitions[0]!) > noise);
  if (loud.length === 0) return null;
  const unit = loud[randomStream(SEED, `${prediction.modelId}/planted`, subject).integer(loud.length)]!;
  const planted = noisy[0]!.slice();
  for (const column of units[unit]!.columns) planted[column] = row[column]!;
  return { unit, row: planted };
}

/** Draws of one person's repeated measurements; nobody shares another one's noise. */
const drawOf = (subject: number, draw: number) => 10_000 * (subject + 1) + draw;

function redrawnMembers(
  members: readonly Network[],
  choose: (names: string[]) => string[],
  draw: number,
): Network[] {
  return members.map((member, index) => {
    // A scaling of the inputs was never learnt.
    const learnt = scalingAsAffine(member);
    return choose(weightedLayers(learnt)).reduce(
      (network, name) =>
        withLayerWeights(network, name, redrawnWeights(network, name, `${SEED}/member-${index}`, draw)),
      learnt,
    );
  });
}

/** Measures one explainer at one person. @throws an error naming the layer that the explainer does not know. */
export function personQuality(explainer: Explainer, person: ExplainedPerson): PersonQuality {
  const { prediction, units, coalitions, planted, randomised, subject } = person;
  const { row } = prediction;
  const question: ExplainerQuestion = {
    members: prediction.members,
    readout: prediction.readout,
    unit: prediction.unit,
    row,
    reference: prediction.reference,
    units,
    seed: SEED,
    layerWiseRelevance: 'on',
  };
  const attribution = finishRun(explainer.run(question));
  const values = unitValues(attribution, units, row.length);
  const valuesOf = (changes: Partial<ExplainerQuestion>) =>
    unitValues(finishRun(explainer.run({ ...question, ...changes })), units, row.length);
  const repeated = Array.from({ length: REPEATED }, (_, draw) =>
    prediction.repeated(drawOf(subject, draw)).map((value, i) => value - row[i]!),
  );
  const correlations = randomised.all.flatMap((members) => {
    const alike = attributionSimilarity(values, valuesOf({ members }));
    const correlation = explainer.isSigned ? alike.spearman : alike.spearmanOfMagnitudes;
    return correlation === null ? [] : [Math.abs(correlation)];
  });
  const last = attributionSimilarity(values, valuesOf({ members: randomised.last }));
  return {
    values,
    completenessGap: explainer.isAdditive ? completenessGap(attribution) : null,
    deletionArea: deletionArea(coalitions, mostRelevantFirst(values)),
    averageSensitivity: attributionSensitivity((again) => valuesOf({ row: again }), row, repeated)
      .averageSensitivity,
    allLayersSpearman:
      correlations.length === 0
        ? null
        : correlations.reduce((sum, each) => sum + each, 0) / correlations.length,
    lastLayerCosine: last.cosine,
    plantedMass: planted === null ? null : massOf(valuesOf({ row: planted.row }), planted.unit),
    entropy: attributionEntropy(values),
    unitsForMass: countForMass(values),
  };
}

/** Share of |values| in one unit; 0 of nothing is nothing. */
function massOf(values: Float64Array, unit: number): number {
  const total = values.reduce((sum, value) => sum + Math.abs(value), 0);
  return total === 0 ? 0 : Math.abs(values[unit]!) / total;
}
