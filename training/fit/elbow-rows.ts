import { ELBOW_OUTPUT_COUNT, LOG_TIME_OUTPUT } from '../../core/inference/elbow-bundle.ts';
import {
  ELBOW_CHANNEL_COUNT,
  ELBOW_ENVELOPE_COUNT,
  ELBOW_HORIZON_S,
  ELBOW_INPUT_COUNT,
  ELBOW_STATIC,
  type ElbowQuestion,
  elbowInputRow,
} from '../../core/inference/elbow-input.ts';
import type { InputScaling } from '../../core/learning/start-weights.ts';
import type { TrainingRows } from '../../core/learning/training-loop.ts';
import type { ElbowRecording } from '../simulation/elbow/elbow-recording.ts';

/**
 * Weight of the time to failure beside the thirty torques in the loss (not tuned): 15 % off in time costs about as much as
 * 2 % of maximal torque at every time, which are the typical errors of either.
 */
const LOG_TIME_WEIGHT = 0.5;

/** What the model is asked about a recording. @throws RangeError for a factorial run, which is nobody. */
export function elbowQuestion(recording: ElbowRecording): ElbowQuestion {
  if (!recording.demographics)
    throw new RangeError('the model is asked about people, not about factorial runs');
  return {
    ...recording.demographics,
    level: recording.level,
    maximalTorqueNm: recording.maximalTorqueNm,
    envelopes: recording.envelopes,
  };
}

/** ln(time to failure / 60 s), censored at 150 s: the last target. */
export const logTimeTarget = (timeToFailureS: number): number =>
  Math.log(Math.min(ELBOW_HORIZON_S, timeToFailureS) / 60);

/** Truth of every output in the unit of the ensemble's answer: shares of maximal torque, then the log time. */
export function elbowTruths(recording: ElbowRecording): Float64Array {
  const truths = new Float64Array(ELBOW_OUTPUT_COUNT);
  recording.torqueNm.forEach((torqueNm, j) => {
    truths[j] = torqueNm / recording.maximalTorqueNm;
  });
  truths[LOG_TIME_OUTPUT] = logTimeTarget(recording.timeToFailureS);
  return truths;
}

/** Rows for training. Torque errors count as shares of the person's maximum, so that strong people do not decide alone. */
export function elbowTrainingRows(recordings: readonly ElbowRecording[]): TrainingRows {
  const count = recordings.length;
  const inputs = new Float32Array(count * ELBOW_INPUT_COUNT);
  const targets = new Float32Array(count * ELBOW_OUTPUT_COUNT);
  const targetMask = new Float32Array(count * ELBOW_OUTPUT_COUNT);
  recordings.forEach((recording, row) => {
    const first = row * ELBOW_OUTPUT_COUNT;
    inputs.set(elbowInputRow(elbowQuestion(recording)), row * ELBOW_INPUT_COUNT);
    targets.set(recording.torqueNm, first);
    targets[first + LOG_TIME_OUTPUT] = logTimeTarget(recording.timeToFailureS);
    targetMask.fill(1 / recording.maximalTorqueNm ** 2, first, first + LOG_TIME_OUTPUT);
    targetMask[first + LOG_TIME_OUTPUT] = LOG_TIME_WEIGHT;
  });
  return { count, inputs, targets, rowWeights: new Float32Array(count).fill(1), targetMask };
}

/** A map that takes off each column's mean and divides by its standard deviation. */
export function standardScaling(columns: readonly ArrayLike<number>[]): InputScaling {
  const size = columns.length;
  const kernel = new Float64Array(size * size);
  const bias = new Float64Array(size);
  columns.forEach((values, column) => {
    const count = values.length;
    if (count < 2) throw new RangeError('a scaling needs at least two values of each column');
    let mean = 0;
    for (let i = 0; i < count; i += 1) mean += values[i]! / count;
    let variance = 0;
    for (let i = 0; i < count; i += 1) variance += (values[i]! - mean) ** 2 / count;
    if (!(variance > 0)) throw new RangeError('a column without spread cannot be scaled');
    kernel[column * size + column] = 1 / Math.sqrt(variance);
    bias[column] = -mean / Math.sqrt(variance);
  });
  return { kernel, bias };
}

/** Scalings of the channels and of the static features, from the training people. */
export function elbowScalings(rows: TrainingRows): { activations: InputScaling; statics: InputScaling } {
  const at = (row: number, column: number) => rows.inputs[row * ELBOW_INPUT_COUNT + column]!;
  const channels = Array.from({ length: ELBOW_CHANNEL_COUNT }, (_, channel) => {
    const steps = ELBOW_ENVELOPE_COUNT / ELBOW_CHANNEL_COUNT;
    return Float64Array.from({ length: rows.count * steps }, (_, i) =>
      at(Math.floor(i / steps), (i % steps) * ELBOW_CHANNEL_COUNT + channel),
    );
  });
  const statics = ELBOW_STATIC.map((_, column) =>
    Float64Array.from({ length: rows.count }, (_, row) => at(row, ELBOW_ENVELOPE_COUNT + column)),
  );
  return { activations: standardScaling(channels), statics: standardScaling(statics) };
}
