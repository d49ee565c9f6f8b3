import { ANSWER_NAMES } from '../clinical/answer-names.ts';
import { WRIST_CLASSES } from '../clinical/wrist-classes.ts';
import type { FeatureId } from '../contract/schemas/judgement.ts';
import type { InputGroup } from '../explain/attribution.ts';
import { timeBands } from '../explain/time-bands.ts';
import { randomStream } from '../numerics/random-stream.ts';
import { FEATURE_IDS } from '../signals/feature-ids.ts';
import type { WristStateBundle } from './bundle.ts';
import { type ExplainedPrediction, readoutOf } from './explained-prediction.ts';
import { PINCH_NOISE, TORQUE_NOISE } from './measured-again.ts';
import {
  type NetworkMeasurement,
  networkInput,
  TRACE_COMPONENTS,
  TRACE_SAMPLES,
  traceColumns,
} from './network-input.ts';

/** Name of the group that holds the whole trace. */
export const TRACE_GROUP = 'trace';
/** Bands inside the trace (decision 22). */
export const TRACE_BANDS = 8;
/** Noise of one sample of a recorded pull, share of the best reading: a load cell's 1 % class (assumption). */
const TRACE_NOISE = 0.01;

/**
 * Margin of the averaged member logits between two classes, against nonimpaired people of the same sex, age and size
 * (decision 22). What was not measured belongs to no group: its columns are the same in both rows.
 * @param measured - as readableBy leaves it. @param predicted, against - indices into WRIST_CLASSES.
 */
export function explainedWristState(
  bundle: Pick<WristStateBundle, 'layout' | 'members' | 'calibration' | 'manifest'>,
  measured: NetworkMeasurement,
  predicted: number,
  against: number,
): ExplainedPrediction {
  const { layout, calibration, members } = bundle;
  const hasTrace = measured.trace !== null;
  const present = layout.features.flatMap((feature, column) =>
    measured.mask[feature] === 1 ? [{ name: FEATURE_IDS[feature] as FeatureId, columns: [column] }] : [],
  );
  const ofTrace = hasTrace ? traceColumns(layout) : [];
  const groups: InputGroup[] = [...present, ...(hasTrace ? [{ name: TRACE_GROUP, columns: ofTrace }] : [])];
  const row = networkInput(layout, measured);
  const referenceRow = networkInput(layout, {
    ...measured,
    values: calibration.reference,
    trace: hasTrace ? calibration.referenceTrace : null,
  });
  return {
    modelId: 'wrist-state',
    asked: `${ANSWER_NAMES[WRIST_CLASSES[predicted]!]} rather than ${ANSWER_NAMES[WRIST_CLASSES[against]!]}`,
    members,
    readout: readoutOf(WRIST_CLASSES.length, predicted, against),
    unit: 'logit',
    row,
    reference: { name: 'nonimpaired people of the same sex, age and size (simulated)', row: referenceRow },
    groups,
    bands: hasTrace
      ? timeBands({ steps: TRACE_SAMPLES, channels: TRACE_COMPONENTS, offset: ofTrace[0]! }, TRACE_BANDS)
      : null,
    limits: present.flatMap(({ columns: [column] }) => {
      const { low, high } = bundle.manifest.inputs[column!]!;
      return [{ column: column!, low: Math.min(low, row[column!]!), high: Math.max(high, row[column!]!) }];
    }),
    repeated: (draw) => repeatedRow(row, present, ofTrace, draw),
  };
}

/** Noise of the devices on the row itself: one pinch reading stands in every ratio, as it does at the bedside. */
function repeatedRow(
  row: Float64Array,
  present: readonly InputGroup[],
  ofTrace: readonly number[],
  draw: number,
): Float64Array {
  const again = row.slice();
  const factor = (name: string, noise: number) =>
    Math.exp(noise * randomStream('explanation-noise', name, draw).normal());
  const pinch = factor('pinch', PINCH_NOISE);
  for (const { name, columns } of present) {
    const own = name.startsWith('wrist-') ? factor(name, TORQUE_NOISE) : factorOfPinch(name, pinch, factor);
    for (const column of columns) again[column]! *= own;
  }
  const sample = randomStream('explanation-noise', TRACE_GROUP, draw);
  for (const column of ofTrace) again[column]! += TRACE_NOISE * sample.normal();
  return again;
}

function factorOfPinch(name: string, pinch: number, factor: (name: string, noise: number) => number): number {
  if (name === 'pinch-percent-expected') return pinch;
  // Neutral pinch over the other hand's; a posture's pinch over the neutral one.
  return name === 'pinch-ratio-other-hand'
    ? pinch / factor(name, PINCH_NOISE)
    : factor(name, PINCH_NOISE) / pinch;
}
