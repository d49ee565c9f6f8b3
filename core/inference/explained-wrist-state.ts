import { ANSWER_NAMES } from '../clinical/answer-names.ts';
import { WRIST_CLASSES } from '../clinical/wrist-classes.ts';
import type { FeatureId, ModelInput } from '../contract/schemas/judgement.ts';
import type { InputGroup } from '../explain/attribution.ts';
import { timeBands } from '../explain/time-bands.ts';
import { FEATURE_IDS } from '../signals/feature-ids.ts';
import type { WristStateBundle } from './bundle.ts';
import { type ExplainedPrediction, readoutOf } from './explained-prediction.ts';
import { measuredAgain } from './measured-again.ts';
import { networkInput, TRACE_COMPONENTS, TRACE_SAMPLES, traceColumns } from './network-input.ts';
import { measurementOf } from './wrist-state.ts';

/** Name of the group that holds the whole trace. */
export const TRACE_GROUP = 'trace';
/** Bands inside the trace (decision 22). */
export const TRACE_BANDS = 8;

/**
 * Margin of the averaged member logits between two classes, against nonimpaired people of the same sex, age and size
 * (decision 22). What was not measured belongs to no group: its columns are the same in both rows.
 * @param predicted, against - indices into WRIST_CLASSES.
 */
export function explainedWristState(
  bundle: Pick<WristStateBundle, 'layout' | 'members' | 'calibration' | 'manifest'>,
  input: ModelInput,
  predicted: number,
  against: number,
): ExplainedPrediction {
  const { layout, calibration, members } = bundle;
  const measured = measurementOf(bundle, input);
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
    repeated: (draw) => networkInput(layout, measurementOf(bundle, measuredAgain(input, draw))),
  };
}
