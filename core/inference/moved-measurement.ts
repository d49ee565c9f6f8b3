import type { FeatureId, ModelInput } from '../contract/schemas/judgement.ts';
import { expectedStrength } from '../signals/expected-strength.ts';
import { FEATURE_IDS } from '../signals/feature-ids.ts';
import type { WristStateBundle } from './bundle.ts';
import { measurementOf } from './wrist-state.ts';

/** One measured quantity that can be moved alone, named by the feature that it carries. */
export interface MovableMeasurement {
  feature: FeatureId;
  /** Of the feature, as measured: percent of expected, or a ratio. */
  own: number;
  /** Values of the feature at which nothing that moves along leaves the range of the training people (or where it is). */
  low: number;
  high: number;
  /** The same person with this quantity measured so that the feature has this value. @param value - above 0 for a ratio. */
  movedTo(value: number): ModelInput;
}

const POSTURE_FIELDS: Readonly<
  Partial<Record<FeatureId, 'pinchFlexion20N' | 'pinchExtension20N' | 'pinchUlnar10N'>>
> = {
  'pinch-flexion-20-ratio': 'pinchFlexion20N',
  'pinch-extension-20-ratio': 'pinchExtension20N',
  'pinch-ulnar-10-ratio': 'pinchUlnar10N',
};
const STRENGTH_FIELDS = {
  'wrist-extension-percent-expected': 'wristExtensionNm',
  'wrist-flexion-percent-expected': 'wristFlexionNm',
  'wrist-radial-percent-expected': 'wristRadialNm',
  'wrist-ulnar-percent-expected': 'wristUlnarNm',
} as const;

/**
 * The quantities behind the features that the bundle reads of this input, in the order of the features. A feature cannot be
 * moved by itself where several are made of one measurement: another key pinch is another percent of expected, another ratio
 * to the other hand and other posture ratios, all at once.
 * @param input - with a key pinch above 0. @throws RangeError when the input cannot be described.
 */
export function movableMeasurements(
  bundle: Pick<WristStateBundle, 'layout' | 'manifest'>,
  input: ModelInput,
): MovableMeasurement[] {
  const { values, mask } = measurementOf(bundle, input);
  const present = bundle.layout.features.flatMap((feature, column) =>
    mask[feature] === 1
      ? [
          {
            feature: FEATURE_IDS[feature] as FeatureId,
            own: values[feature]!,
            low: Math.min(bundle.manifest.inputs[column]!.low, values[feature]!),
            high: Math.max(bundle.manifest.inputs[column]!.high, values[feature]!),
          },
        ]
      : [],
  );
  return present.map((one) => {
    const movedTo = (value: number) => movedInput(input, one.feature, value, one.own);
    if (one.feature !== 'pinch-percent-expected') return { ...one, movedTo };
    // Ratios with the moved pinch above their line move by its factor, those with it below by the inverse.
    const factors = present
      .filter(({ feature, own }) => own > 0 && feature.startsWith('pinch-'))
      .map(({ feature, own, low, high }) =>
        feature in POSTURE_FIELDS ? [own / high, own / low] : [low / own, high / own],
      );
    const low = one.own * Math.max(...factors.map(([from]) => from!));
    const high = one.own * Math.min(...factors.map(([, to]) => to!));
    return { ...one, low, high, movedTo };
  });
}

function movedInput(input: ModelInput, feature: FeatureId, value: number, own: number): ModelInput {
  const pinchN = input.pinchPeakN ?? 0;
  const posture = POSTURE_FIELDS[feature];
  if (posture !== undefined) return { ...input, [posture]: value * pinchN };
  if (feature === 'pinch-ratio-other-hand') return { ...input, otherHandPinchPeakN: pinchN / value };
  if (feature !== 'pinch-percent-expected') {
    const field = STRENGTH_FIELDS[feature as keyof typeof STRENGTH_FIELDS];
    return { ...input, [field]: (value / 100) * expectedStrength(input, input.side)[field] };
  }
  const factor = value / own;
  return {
    ...input,
    pinchTrialsN: input.pinchTrialsN.map((trialN) => trialN * factor),
    pinchPeakN: pinchN * factor,
    // A stronger pull of the same shape.
    ...(input.pinchTraceN && {
      pinchTraceN: input.pinchTraceN.map(([palmar, longitudinal, transverse]): [number, number, number] => [
        palmar * factor,
        longitudinal * factor,
        transverse * factor,
      ]),
    }),
  };
}
