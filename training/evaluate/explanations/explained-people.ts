import { loadWristStateBundle } from '../../../core/inference/bundle.ts';
import { loadElbowBundle } from '../../../core/inference/elbow-bundle.ts';
import { explainedElbow } from '../../../core/inference/explained-elbow.ts';
import { explainedMuscleParameter } from '../../../core/inference/explained-muscle-parameters.ts';
import { explainedNextVisit } from '../../../core/inference/explained-next-visit.ts';
import type { ExplainedPrediction } from '../../../core/inference/explained-prediction.ts';
import { explainedWristState } from '../../../core/inference/explained-wrist-state.ts';
import { inputsOf, TIER_INPUTS, type Tier } from '../../../core/inference/muscle-parameters-columns.ts';
import { networkInput } from '../../../core/inference/network-input.ts';
import { loadNextVisitBundle } from '../../../core/inference/next-visit-bundle.ts';
import { measurementOf } from '../../../core/inference/wrist-state.ts';
import { averageLogits } from '../../../core/networks/ensemble-forward.ts';
import { forwardNetwork } from '../../../core/networks/forward-network.ts';
import { elbowRecordings } from '../../dataset/elbow-data-set.ts';
import { muscleParameterPeople } from '../../dataset/muscle-parameters-data-set.ts';
import { nextVisitPeople } from '../../dataset/next-visit-data-set.ts';
import { wristStateParts } from '../../dataset/wrist-state-parts.ts';
import { elbowQuestion } from '../../fit/elbow-rows.ts';
import { loadMuscleParameters } from '../muscle-parameters-bundle.ts';
import { bundleFiles, nodeSha256 } from '../read-bundle.ts';
import { modelInputOf } from '../wrist-state-inputs.ts';

/** Predictions of a bundle for people whom it never saw, as questions to explainers. @param count - people. */
export type ExplainedPeople = (folder: string, count: number) => Promise<ExplainedPrediction[]>;

/** Output of muscle-parameters whose explanations are measured: the muscle that key pinch rests on most. */
export const EXPLAINED_MUSCLE_OUTPUT = 'percent-expected-thumb-flexor';

async function wristStatePredictions(folder: string, count: number): Promise<ExplainedPrediction[]> {
  const bundle = await loadWristStateBundle(bundleFiles(folder), nodeSha256);
  return wristStateParts('test', count).map((person) => {
    const input = modelInputOf(person, 'C');
    const row = networkInput(bundle.layout, measurementOf(bundle, input));
    const logits = averageLogits(bundle.members.map((member) => forwardNetwork(member, row).output));
    const [first, second] = [...logits.keys()].sort((a, b) => logits[b]! - logits[a]!);
    return explainedWristState(bundle, input, first!, second!);
  });
}

const musclePredictions =
  (tier: Tier): ExplainedPeople =>
  async (folder, count) => {
    const { verified, calibration } = await loadMuscleParameters(folder);
    const model = { modelId: verified.manifest.modelId, members: verified.members, calibration };
    return muscleParameterPeople('test')
      .slice(0, count)
      .map(({ inputs }) =>
        explainedMuscleParameter(model, inputsOf(inputs, TIER_INPUTS[tier]), EXPLAINED_MUSCLE_OUTPUT),
      );
  };

/** How to ask every shipped model. */
export const EXPLAINED_PEOPLE: Readonly<Record<string, ExplainedPeople>> = {
  'wrist-state': wristStatePredictions,
  'muscle-parameters-1': musclePredictions(1),
  'muscle-parameters-2': musclePredictions(2),
  'muscle-parameters-3': musclePredictions(3),
  'elbow-torque-fatigue': async (folder, count) => {
    const bundle = await loadElbowBundle(bundleFiles(folder), nodeSha256);
    return elbowRecordings('test', count).map((recording) =>
      explainedElbow(bundle, elbowQuestion(recording)),
    );
  },
  'next-visit': async (folder, count) => {
    const bundle = await loadNextVisitBundle(bundleFiles(folder), nodeSha256);
    return nextVisitPeople('test', 'exponential-approach', count).map((person) =>
      explainedNextVisit(bundle, person),
    );
  },
};
