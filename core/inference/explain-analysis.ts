import { MUSCLE_GROUPS } from '../clinical/muscle-groups.ts';
import type {
  AnalysisExplanation,
  ElbowInput,
  ElbowPrediction,
  ExplainedNumber,
  MuscleInput,
  MusclePrediction,
} from '../contract/schemas/analysis.ts';
import { deletionGain } from '../explain/deletion-gain.ts';
import { completenessGap, gateVerdict, signAgreement } from '../explain/gate.ts';
import { groupShapley } from '../explain/group-shapley.ts';
import { strongestFirst, strongestUnit } from '../explain/strongest-units.ts';
import type { ElbowBundle } from './elbow-bundle.ts';
import { elbowQuestionOf } from './elbow-prediction.ts';
import { explainedElbow } from './explained-elbow.ts';
import { explainedMuscleParameter } from './explained-muscle-parameters.ts';
import { type ExplainedPrediction, explainedOutput, memberOutputs } from './explained-prediction.ts';
import { muscleInputRow } from './muscle-parameters.ts';
import type { MuscleParametersBundle } from './muscle-parameters-bundle.ts';

/** Repeats of the measurement with the noise of the devices. */
const NOISE_DRAWS = 20;

/**
 * Exact Shapley values of one number over its groups, with the range over the members and the gate.
 * @param groups - which to share out among; those of the prediction, or its time bands.
 * @param draws - repeats with noise. @throws RangeError with more than 12 groups.
 */
export function explainNumber(
  explained: ExplainedPrediction,
  groups = explained.groups,
  draws = NOISE_DRAWS,
): ExplainedNumber {
  const { row, reference } = explained;
  const output = explainedOutput(explained);
  const { attribution, coalitions } = groupShapley(output, row, reference, groups);
  const { values } = attribution;
  const members = memberOutputs(explained).map(
    (member) => groupShapley(member, row, reference, groups).attribution.values,
  );
  const top = strongestUnit(values);
  const kept = values.length > 2 ? 2 : 1;
  let same = 0;
  for (let draw = 0; draw < draws; draw += 1) {
    const again = groupShapley(output, explained.repeated(draw), reference, groups).attribution.values;
    const isAmongTop = strongestFirst(again).slice(0, kept).includes(top);
    if (isAmongTop && Math.sign(again[top]!) === Math.sign(values[top]!)) same += 1;
  }
  // Where the number falls short of its reference, "down in the order of the explanation" runs the other way.
  const direction = attribution.output >= attribution.referenceOutput ? 1 : -1;
  const { isReliable, checks } = gateVerdict({
    completenessGap: completenessGap(attribution),
    signAgreement: signAgreement(values, members),
    deletionGain: deletionGain(
      values.map((value) => direction * value),
      coalitions.map((value) => direction * value),
    ),
    unitCount: values.length,
    noiseStability: same / draws,
  });
  return {
    asked: explained.asked,
    unit: explained.unit,
    referenceName: reference.name,
    output: attribution.output,
    referenceOutput: attribution.referenceOutput,
    residual: attribution.residual,
    contributions: strongestFirst(values).map((group) => {
      const range = members.map((each) => each[group]!);
      return {
        name: groups[group]!.name,
        value: values[group]!,
        memberLow: Math.min(...range),
        memberHigh: Math.max(...range),
      };
    }),
    gate: checks,
    isShown: isReliable,
  };
}

function requireOwn(bundle: { bundleHash: string }, prediction: { bundleHash: string }): void {
  if (prediction.bundleHash !== bundle.bundleHash)
    throw new RangeError('the prediction is of another bundle');
}

/** The network answers around the mean of the training people: both numbers are put on the scale that is shown. */
const shifted = (number: ExplainedNumber, by: number): ExplainedNumber => ({
  ...number,
  output: number.output + by,
  referenceOutput: number.referenceOutput + by,
});

/**
 * What each measurement adds to each muscle group that is shown, in points of percent of expected.
 * @param prediction - of the same bundle and input. @throws RangeError when it is of another bundle.
 */
export function explainMuscleParameters(
  bundle: MuscleParametersBundle,
  input: MuscleInput,
  prediction: MusclePrediction,
  nowMs: () => number,
): AnalysisExplanation {
  const startedMs = nowMs();
  requireOwn(bundle, prediction);
  const model = { modelId: prediction.modelId, members: bundle.members, calibration: bundle.calibration };
  const shown = prediction.outputs.filter(
    ({ name, middle }) =>
      middle !== null && MUSCLE_GROUPS.some((group) => name === `percent-expected-${group}`),
  );
  const numbers = shown.map(({ name }) => {
    const { mean } = bundle.calibration.outputs.find((output) => output.name === name)!;
    const row = muscleInputRow(input, bundle.tier);
    return shifted(explainNumber(explainedMuscleParameter(model, row, name)), mean);
  });
  return { method: 'exact-shapley', numbers, durationMs: nowMs() - startedMs };
}

/**
 * What the course of each muscle's EMG adds to the time to task failure, in ln(minutes), against a steady hold.
 * @param prediction - of the same bundle and input. @throws RangeError when it is of another bundle.
 */
export function explainElbow(
  bundle: ElbowBundle,
  input: ElbowInput,
  prediction: ElbowPrediction,
  nowMs: () => number,
): AnalysisExplanation {
  const startedMs = nowMs();
  requireOwn(bundle, prediction);
  if (prediction.timeToFailure === null) throw new RangeError('a refused prediction has nothing to explain');
  const explained = explainedElbow(bundle, elbowQuestionOf(input));
  return { method: 'exact-shapley', numbers: [explainNumber(explained)], durationMs: nowMs() - startedMs };
}
