import type { InputGroup } from '../explain/attribution.ts';
import { timeBands } from '../explain/time-bands.ts';
import { randomStream } from '../numerics/random-stream.ts';
import { type ElbowBundle, LOG_TIME_OUTPUT } from './elbow-bundle.ts';
import {
  ELBOW_CHANNEL_COUNT,
  ELBOW_CHANNELS,
  ELBOW_ENVELOPE_COUNT,
  ELBOW_STEP_COUNT,
  ELBOW_TORQUE_TIMES_S,
  type ElbowQuestion,
  elbowInputRow,
} from './elbow-input.ts';
import { type ExplainedPrediction, readoutOf } from './explained-prediction.ts';

/** Bands of the first 30 s (decision 22). */
export const ELBOW_BAND_COUNT = 8;
/** Scatter of half a second of an EMG envelope, share of its value (assumption; the simulator's is about this). */
const ENVELOPE_NOISE = 0.1;

/** What of the elbow model is explained. */
export type ElbowAsked = 'time-to-failure' | { torqueAtS: number };

/**
 * Time to task failure, or torque at a time, against the same hold without any change: each channel at its own mean
 * over the 30 s. So the explanation says what the course of the EMG adds, not what the person or the level does.
 * @throws RangeError as elbowInputRow, or for a time that is not predicted.
 */
export function explainedElbow(
  bundle: Pick<ElbowBundle, 'members'>,
  question: ElbowQuestion,
  asked: ElbowAsked = 'time-to-failure',
): ExplainedPrediction {
  const row = elbowInputRow(question);
  const isTime = asked === 'time-to-failure';
  const output = isTime ? LOG_TIME_OUTPUT : ELBOW_TORQUE_TIMES_S.indexOf(asked.torqueAtS);
  const columnsOf = (channel: number) =>
    Array.from({ length: ELBOW_STEP_COUNT }, (_, step) => step * ELBOW_CHANNEL_COUNT + channel);
  const groups: InputGroup[] = ELBOW_CHANNELS.map((name, channel) => ({ name, columns: columnsOf(channel) }));
  const steady = row.slice();
  for (const { columns } of groups) {
    const mean = columns.reduce((sum, column) => sum + row[column]! / ELBOW_STEP_COUNT, 0);
    for (const column of columns) steady[column] = mean;
  }
  return {
    modelId: 'elbow-torque-fatigue',
    asked: isTime ? 'time to task failure' : `torque at ${asked.torqueAtS} s`,
    members: bundle.members,
    readout: readoutOf(bundle.members[0]?.outputCount ?? 0, output),
    unit: isTime ? 'ln(min)' : 'N.m',
    row,
    reference: { name: 'the same hold with steady muscle activity (each channel at its mean)', row: steady },
    groups,
    bands: timeBands({ steps: ELBOW_STEP_COUNT, channels: ELBOW_CHANNEL_COUNT }, ELBOW_BAND_COUNT),
    limits: null,
    repeated: (draw) => {
      const stream = randomStream('explanation-noise', 'envelope', draw);
      return row.map((value, i) =>
        i < ELBOW_ENVELOPE_COUNT ? value * Math.exp(ENVELOPE_NOISE * stream.normal()) : value,
      );
    },
  };
}
