import type { Attribution, AttributionMethod, InputGroup, Reference } from '../explain/attribution.ts';
import { type AttributionSimilarity, attributionSimilarity } from '../explain/attribution-similarity.ts';
import { type BandCounterfactual, bandCounterfactual } from '../explain/band-counterfactual.ts';
import { ensembleScores } from '../explain/class-scores.ts';
import type { ResumableRun } from '../explain/coalition-run.ts';
import type { ExplainedOutput } from '../explain/explained-output.ts';
import { EXPLAINERS, type Explainer, type ExplainerQuestion, unitValues } from '../explain/explainers.ts';
import { type FeatureFlips, featureFlips } from '../explain/feature-flip.ts';
import { biasShare, completenessGap, signAgreement } from '../explain/gate.ts';
import { attributionSensitivity } from '../explain/max-sensitivity.ts';
import { randomOrderTest } from '../explain/random-order-test.ts';
import { type ExplainedPrediction, explainedOutput } from './explained-prediction.ts';

/** Everything measured of one explainer at one recording. */
export interface LabRow {
  method: AttributionMethod;
  title: string;
  family: Explainer['family'];
  isSigned: boolean;
  attribution: Attribution;
  /** One value a unit, in the unit of the explained number (slopes for saliency). */
  values: Float64Array;
  /** What the values leave unsaid, over what they should add up to; null for methods that do not add up by intention. */
  completenessGap: number | null;
  /** Share of relevance that biases took; null for methods without a ledger. */
  biasShare: number | null;
  /** Mean area under random deletion orders less that under the method's, and the chance of doing as well; null below 4 units, and for sizes, which say nothing about direction. */
  deletion: { gain: number; p: number } | null;
  /** Share of members that give the strongest unit the same sign; null for unsigned methods. */
  signAgreement: number | null;
  /** Largest relative change of the values over repeated measurements. */
  maxSensitivity: number;
}

/** A method that cannot explain this network. */
export interface LabRefusal {
  method: AttributionMethod;
  title: string;
  /** A sentence that names the layer. */
  why: string;
}

/** How alike two methods are at this recording. */
export interface LabAgreement {
  first: AttributionMethod;
  second: AttributionMethod;
  /** Rank correlation of the values; of their sizes where one of the two is unsigned. Null when one is constant. */
  spearman: number | null;
  /** Share of units with the same sign; null where one is unsigned. */
  signAgreement: number | null;
  topKOverlap: AttributionSimilarity['topKOverlap'];
}

/** Every explainer for one recording, side by side. */
export interface MethodsLab {
  modelId: string;
  asked: string;
  unit: string;
  referenceName: string;
  units: readonly string[];
  output: number;
  referenceOutput: number;
  rows: readonly LabRow[];
  refusals: readonly LabRefusal[];
  agreements: readonly LabAgreement[];
  /** What would change the call, one measurement alone; null where the answer is no class. */
  flips: FeatureFlips | null;
  /** The same for one time band alone; null without a trace or a class. */
  bandFlips: BandCounterfactual | null;
  repeatedMeasurements: number;
  seed: string;
}

export interface LabOptions {
  /** What is compared: measurements as a clinician names them, or time bands of the recording. */
  level: 'measurements' | 'time-bands';
  layerWiseRelevance: 'off' | 'on';
  seed: string;
  /** Repeated measurements for stability, at least 1. */
  repeatedMeasurements?: number;
}

/** Enough to see an unstable method; each costs one more run of every method. */
const REPEATED = 5;
const RANDOM_ORDERS = 200;
/** 3! = 6 orders: even the best of them is no rarer than 1 in 6. */
export const LEAST_ORDERED_UNITS = 4;
/** Values tried along a measurement before the change is narrowed down. */
const SCAN_POINTS = 64;

/**
 * Runs every explainer on one prediction: values of the same units, completeness gap, deletion gain against random orders,
 * agreement of members, stability under the devices' noise, agreement of every pair of methods, and what would change
 * the call. In steps, one a run of a method; drive it with controlledRun for progress and cancel.
 * @throws RangeError at once when the prediction has no units of this level or no repeated measurement is asked for.
 */
export function methodsLabRun(
  prediction: ExplainedPrediction,
  options: LabOptions,
): ResumableRun<MethodsLab> {
  const units = options.level === 'time-bands' ? prediction.bands : prediction.groups;
  const repeats = options.repeatedMeasurements ?? REPEATED;
  if (!units || units.length === 0)
    throw new RangeError(`this prediction has no ${options.level} to explain`);
  if (!Number.isInteger(repeats) || repeats < 1)
    throw new RangeError('stability needs a repeated measurement');
  return (function* () {
    const explained = explainedOutput(prediction);
    const question: ExplainerQuestion = {
      members: prediction.members,
      readout: prediction.readout,
      unit: prediction.unit,
      row: prediction.row,
      reference: referenceOf(prediction, units),
      units,
      seed: options.seed,
      layerWiseRelevance: options.layerWiseRelevance,
    };
    const rows: LabRow[] = [];
    const refusals: LabRefusal[] = [];
    const asked = EXPLAINERS.filter(
      ({ method }) => method !== 'layer-wise-relevance' || options.layerWiseRelevance === 'on',
    );
    for (const [done, explainer] of asked.entries()) {
      try {
        const steps = labRow(explainer, question, explained, prediction, repeats);
        for (let step = steps.next(); ; step = steps.next()) {
          if (step.done) {
            rows.push(step.value);
            break;
          }
          // A step inside a method: whoever waits may stop here, and the count stays that of methods.
          yield { done, total: asked.length };
        }
      } catch (cause) {
        // Only "this layer has no rule": anything else is a defect and must be seen.
        if (!(cause instanceof Error && 'layer' in cause)) throw cause;
        refusals.push({ method: explainer.method, title: explainer.title, why: cause.message });
      }
      yield { done: done + 1, total: asked.length };
    }
    const classes = prediction.limits ? ensembleScores(prediction.members) : null;
    return {
      modelId: prediction.modelId,
      asked: prediction.asked,
      unit: prediction.unit,
      referenceName: prediction.reference.name,
      units: units.map(({ name }) => name),
      output: explained.valueOf(prediction.row),
      referenceOutput: explained.valueOf(question.reference.row),
      rows,
      refusals,
      agreements: agreementsOf(rows),
      flips: classes && featureFlips(classes, prediction.row, prediction.limits!, SCAN_POINTS),
      bandFlips:
        classes && prediction.bands
          ? bandCounterfactual(classes, prediction.row, question.reference, prediction.bands)
          : null,
      repeatedMeasurements: repeats,
      seed: options.seed,
    };
  })();
}

function* labRow(
  explainer: Explainer,
  question: ExplainerQuestion,
  explained: ExplainedOutput,
  prediction: ExplainedPrediction,
  repeats: number,
): Generator<unknown, LabRow, void> {
  const { units, row } = question;
  function* valuesAt(at: ExplainerQuestion) {
    const values = unitValues(yield* explainer.run(at), units, row.length);
    // A method that is over in one step still leaves room for others after each of its runs.
    yield;
    return values;
  }
  const attribution = yield* explainer.run(question);
  const values = unitValues(attribution, units, row.length);
  const ofMembers: Float64Array[] = [];
  for (const member of question.members) ofMembers.push(yield* valuesAt({ ...question, members: [member] }));
  const perturbations = Array.from({ length: repeats }, (_, draw) =>
    prediction.repeated(draw).map((value, i) => value - row[i]!),
  );
  const known = new Map([[row.join(), values]]);
  for (const perturbation of perturbations) {
    const again = row.map((value, i) => value + perturbation[i]!);
    known.set(again.join(), yield* valuesAt({ ...question, row: again }));
  }
  const { maxSensitivity } = attributionSensitivity((at) => known.get(at.join())!, row, perturbations);
  return {
    method: explainer.method,
    title: explainer.title,
    family: explainer.family,
    isSigned: explainer.isSigned,
    attribution,
    values,
    completenessGap: explainer.isAdditive ? completenessGap(attribution) : null,
    biasShare: biasShare(attribution),
    deletion: explainer.isSigned ? deletionOf(explained, question, values) : null,
    signAgreement: explainer.isSigned ? signAgreement(values, ofMembers) : null,
    maxSensitivity,
  };
}

function deletionOf(
  explained: ExplainedOutput,
  { row, reference, units, seed }: ExplainerQuestion,
  values: Float64Array,
): LabRow['deletion'] {
  if (units.length < LEAST_ORDERED_UNITS) return null;
  const question = { explained, row, reference, groups: units };
  const { area, randomMean, p } = randomOrderTest(question, values, { seed, draws: RANDOM_ORDERS });
  return { gain: randomMean - area, p };
}

/** The reference with everything that is no unit as it was measured: values then add up over the units alone. */
function referenceOf({ row, reference }: ExplainedPrediction, units: readonly InputGroup[]): Reference {
  const own = row.slice();
  for (const { columns } of units) for (const column of columns) own[column] = reference.row[column]!;
  return { name: reference.name, row: own };
}

function agreementsOf(rows: readonly LabRow[]): LabAgreement[] {
  return rows.flatMap((a, index) =>
    rows.slice(index + 1).map((b): LabAgreement => {
      const alike = attributionSimilarity(a.values, b.values);
      const isSigned = a.isSigned && b.isSigned;
      return {
        first: a.method,
        second: b.method,
        spearman: isSigned ? alike.spearman : alike.spearmanOfMagnitudes,
        signAgreement: isSigned ? alike.signAgreement : null,
        topKOverlap: alike.topKOverlap,
      };
    }),
  );
}
