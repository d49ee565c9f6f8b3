import { WRIST_CLASSES } from '../../../core/clinical/wrist-classes.ts';
import type { InputGroup } from '../../../core/explain/attribution.ts';
import { bandShapleyRun } from '../../../core/explain/band-shapley.ts';
import { finishRun } from '../../../core/explain/coalition-run.ts';
import { MAX_PLAYERS } from '../../../core/explain/exact-shapley.ts';
import { ensembleOutput } from '../../../core/explain/explained-output.ts';
import { occlusion } from '../../../core/explain/occlusion.ts';
import type { PersonEffect } from '../../../core/explain/physiology-agreement.ts';
import { loadWristStateBundle } from '../../../core/inference/bundle.ts';
import { loadElbowBundle } from '../../../core/inference/elbow-bundle.ts';
import { ELBOW_ENVELOPE_COUNT, ELBOW_INPUTS } from '../../../core/inference/elbow-input.ts';
import { explainedElbow } from '../../../core/inference/explained-elbow.ts';
import { explainedMuscleParameter } from '../../../core/inference/explained-muscle-parameters.ts';
import { explainedNextVisit } from '../../../core/inference/explained-next-visit.ts';
import type { ExplainedPrediction } from '../../../core/inference/explained-prediction.ts';
import { explainedWristState } from '../../../core/inference/explained-wrist-state.ts';
import { inputsOf, TIER_INPUTS, type Tier } from '../../../core/inference/muscle-parameters-columns.ts';
import { loadNextVisitBundle } from '../../../core/inference/next-visit-bundle.ts';
import { elbowRecordings } from '../../dataset/elbow-data-set.ts';
import { muscleParameterPeople } from '../../dataset/muscle-parameters-data-set.ts';
import { nextVisitPeople } from '../../dataset/next-visit-data-set.ts';
import { wristStateParts } from '../../dataset/wrist-state-parts.ts';
import { elbowQuestion } from '../../fit/elbow-rows.ts';
import { loadMuscleParameters } from '../muscle-parameters-bundle.ts';
import { bundleFiles, nodeSha256 } from '../read-bundle.ts';
import { modelInputOf } from '../wrist-state-inputs.ts';

/** What an explanation of a prediction needs: other inputs may stand in groups than the app speaks of. */
export type PhysiologyQuestion = Pick<
  ExplainedPrediction,
  'members' | 'readout' | 'unit' | 'row' | 'reference' | 'groups'
>;

/** The same test people for any named output. @throws RangeError for an output that the model does not have. */
export type QuestionsOf = (output: string) => PhysiologyQuestion[];

async function wristState(folder: string, count: number): Promise<QuestionsOf> {
  const bundle = await loadWristStateBundle(bundleFiles(folder), nodeSha256);
  const people = wristStateParts('test', count).map((person) => modelInputOf(person, 'C'));
  return (output) => {
    const [predicted, against] = contrastOf(output);
    return people.map((input) => explainedWristState(bundle, input, predicted, against));
  };
}

/** Indices of the classes in "nonimpaired rather than four-corner-fusion". */
export function contrastOf(output: string): [number, number] {
  const classes = output
    .split(' rather than ')
    .map((name) => (WRIST_CLASSES as readonly string[]).indexOf(name));
  const [predicted, against] = classes;
  if (classes.length !== 2 || predicted === undefined || against === undefined || classes.includes(-1))
    throw new RangeError(`"${output}" names no two classes`);
  return [predicted, against];
}

const muscleParameters =
  (tier: Tier) =>
  async (folder: string, count: number): Promise<QuestionsOf> => {
    const { verified, calibration } = await loadMuscleParameters(folder);
    const model = { modelId: verified.manifest.modelId, members: verified.members, calibration };
    const rows = muscleParameterPeople('test')
      .slice(0, count)
      .map(({ inputs }) => inputsOf(inputs, TIER_INPUTS[tier]));
    return (output) => rows.map((row) => explainedMuscleParameter(model, row, output));
  };

async function elbow(folder: string, count: number): Promise<QuestionsOf> {
  const bundle = await loadElbowBundle(bundleFiles(folder), nodeSha256);
  const questions = elbowRecordings('test', count).map(elbowQuestion);
  return (output) => {
    const torque = /^torque at (\d+) s$/.exec(output);
    if (!torque && output !== 'time to task failure') throw new RangeError(`there is no output "${output}"`);
    const asked = torque ? { torqueAtS: Number(torque[1]) } : 'time-to-failure';
    const predictions = questions.map((question) => explainedElbow(bundle, question, asked));
    const average = averageOf(predictions.map(({ row }) => row));
    return predictions.map((prediction) => againstAverage(prediction, average));
  };
}

const averageOf = (rows: readonly Float64Array[]): Float64Array =>
  Float64Array.from(rows[0]!, (_, column) => rows.reduce((sum, row) => sum + row[column]! / rows.length, 0));

/** The person and the level as inputs too, all against the average hold: the app's own reference leaves both unasked. */
function againstAverage(prediction: PhysiologyQuestion, average: Float64Array): PhysiologyQuestion {
  const person: InputGroup[] = ELBOW_INPUTS.slice(ELBOW_ENVELOPE_COUNT).map(({ name }, i) => ({
    name,
    columns: [ELBOW_ENVELOPE_COUNT + i],
  }));
  return {
    ...prediction,
    reference: { name: 'the average of these test people', row: average },
    groups: [...prediction.groups, ...person],
  };
}

async function nextVisit(folder: string, count: number): Promise<QuestionsOf> {
  const bundle = await loadNextVisitBundle(bundleFiles(folder), nodeSha256);
  const questions = nextVisitPeople('test', 'exponential-approach', count).map((person) =>
    explainedNextVisit(bundle, person),
  );
  return (output) => {
    if (questions.some(({ asked }) => asked !== output))
      throw new RangeError(`there is no output "${output}"`);
    return questions;
  };
}

/** How to ask every shipped model about any of its outputs. @param count - test people, whom it never saw. */
export const PHYSIOLOGY_PEOPLE: Readonly<
  Record<string, (folder: string, count: number) => Promise<QuestionsOf>>
> = {
  'wrist-state': wristState,
  'muscle-parameters-1': muscleParameters(1),
  'muscle-parameters-2': muscleParameters(2),
  'muscle-parameters-3': muscleParameters(3),
  'elbow-torque-fatigue': elbow,
  'next-visit': nextVisit,
};

/**
 * Deviation and contribution of every input of one person, by the name of its group: exact Shapley values, or what the
 * output loses without the input where there are more than 12.
 */
export function effectsOf(question: PhysiologyQuestion): ReadonlyMap<string, PersonEffect> {
  const { groups, row, reference } = question;
  const values =
    groups.length <= MAX_PLAYERS
      ? finishRun(bandShapleyRun({ ...question, compared: reference, bands: groups })).attribution.values
      : occlusion(ensembleOutput(question.members, question.readout, question.unit), row, reference, groups)
          .values;
  return new Map(
    groups.map(({ name, columns }, i) => [
      name,
      {
        deviation: columns.reduce((sum, column) => sum + row[column]! - reference.row[column]!, 0),
        contribution: values[i]!,
      },
    ]),
  );
}
