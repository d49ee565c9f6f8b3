import { ELBOW_BY_BAND } from '../clinical/elbow-hold.ts';
import { MUSCLE_GROUPS } from '../clinical/muscle-groups.ts';
import type {
  AnalysisExplanation,
  ElbowInput,
  ElbowPrediction,
  ExplainedNumber,
  MuscleInput,
  MusclePrediction,
} from '../contract/schemas/analysis.ts';
import type { InputGroup, Reference } from '../explain/attribution.ts';
import { deletionGain } from '../explain/deletion-gain.ts';
import type { ExplainedOutput } from '../explain/explained-output.ts';
import { completenessGap, gateVerdict, signAgreement } from '../explain/gate.ts';
import { type GroupShapley, groupShapley } from '../explain/group-shapley.ts';
import { strongestFirst, strongestUnit } from '../explain/strongest-units.ts';
import type { ElbowBundle } from './elbow-bundle.ts';
import { ELBOW_CHANNEL_COUNT, ELBOW_STEP_RATE_HZ } from './elbow-input.ts';
import { elbowQuestionOf } from './elbow-prediction.ts';
import { explainedElbow } from './explained-elbow.ts';
import { explainedMuscleParameter } from './explained-muscle-parameters.ts';
import { type ExplainedPrediction, explainedOutput, memberOutputs } from './explained-prediction.ts';
import { muscleInputRow } from './muscle-parameters.ts';
import type { MuscleParametersBundle } from './muscle-parameters-bundle.ts';

/** Repeats of the measurement with the noise of the devices. */
const NOISE_DRAWS = 20;
/** Up to this many groups noise stability repeats the exact values; above, occlusion, to stay within seconds (decision 22). */
const EXACT_NOISE_GROUPS = 4;

/** What the number loses when one group at a time takes the reference's values. */
function occlusion(
  output: ExplainedOutput,
  row: Float64Array,
  reference: Reference,
  groups: readonly InputGroup[],
): Float64Array {
  const whole = output.valueOf(row);
  return Float64Array.from(groups, ({ columns }) => {
    const without = row.slice();
    for (const column of columns) without[column] = reference.row[column]!;
    return whole - output.valueOf(without);
  });
}

/**
 * Exact Shapley values of one number over its groups, with the range over the members and the gate.
 * @param groups - which to share out among; those of the prediction, or its time bands.
 * @throws RangeError with more than 12 groups.
 */
export function explainNumber(
  explained: ExplainedPrediction,
  groups: readonly InputGroup[] = explained.groups,
): ExplainedNumber {
  const { row, reference } = explained;
  const output = explainedOutput(explained);
  const shapley = groupShapley(output, row, reference, groups);
  const { values } = shapley.attribution;
  const members = memberOutputs(explained).map(
    (member) => groupShapley(member, row, reference, groups).attribution.values,
  );
  // First values and repeated ones come from the same method, so that only noise can move them.
  const isExact = groups.length <= EXACT_NOISE_GROUPS;
  const valuesOf = (measured: Float64Array) =>
    isExact
      ? groupShapley(output, measured, reference, groups).attribution.values
      : occlusion(output, measured, reference, groups);
  const first = isExact ? values : valuesOf(row);
  const top = strongestUnit(first);
  const kept = values.length > 2 ? 2 : 1;
  let same = 0;
  for (let draw = 0; draw < NOISE_DRAWS; draw += 1) {
    const again = valuesOf(explained.repeated(draw));
    const isAmongTop = strongestFirst(again).slice(0, kept).includes(top);
    if (isAmongTop && Math.sign(again[top]!) === Math.sign(first[top]!)) same += 1;
  }
  return explainedNumber(explained, groups, { shapley, members, noiseStability: same / NOISE_DRAWS });
}

/**
 * A number with its shares and the gate, put together from what was computed of it.
 * @param computed.members - values of each member. @param computed.noiseStability - share of repeats, 0 to 1.
 */
export function explainedNumber(
  explained: Pick<ExplainedPrediction, 'asked' | 'unit' | 'reference'>,
  groups: readonly InputGroup[],
  computed: { shapley: GroupShapley; members: readonly Float64Array[]; noiseStability: number },
): ExplainedNumber {
  const { shapley, members, noiseStability } = computed;
  const { attribution, coalitions } = shapley;
  const { values } = attribution;
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
    noiseStability,
  });
  return {
    asked: explained.asked,
    unit: explained.unit,
    referenceName: explained.reference.name,
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
 * What the course of each muscle's EMG adds to the time to task failure, in ln(minutes), against a steady hold; then the
 * same by stretch of the first 30 s, all muscles together.
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
  const numbers = elbowNumbers(bundle, input).map(({ explained, groups }) =>
    explainNumber(explained, groups),
  );
  return { method: 'exact-shapley', numbers, durationMs: nowMs() - startedMs };
}

/** What is explained of a hold, in order: the time by muscle, then by stretch of the first 30 s. */
export function elbowNumbers(
  bundle: Pick<ElbowBundle, 'members'>,
  input: ElbowInput,
): { explained: ExplainedPrediction; groups: readonly InputGroup[] }[] {
  const explained = explainedElbow(bundle, elbowQuestionOf(input));
  return [
    { explained, groups: explained.groups },
    { explained: { ...explained, asked: ELBOW_BY_BAND }, groups: secondsBands(explained.bands ?? []) },
  ];
}

/** Time bands named by their seconds instead of their steps. */
const secondsBands = (bands: readonly InputGroup[]): InputGroup[] =>
  bands.map(({ columns }) => {
    const stepOf = (column: number) => Math.floor(column / ELBOW_CHANNEL_COUNT);
    const fromS = stepOf(Math.min(...columns)) / ELBOW_STEP_RATE_HZ;
    const toS = (stepOf(Math.max(...columns)) + 1) / ELBOW_STEP_RATE_HZ;
    return { name: `${fromS} to ${toS} s`, columns };
  });
