import type { ModelInput } from '../contract/schemas/judgement.ts';
import { WRIST_FEATURE_GROUPS, type WristFeatures } from '../signals/wrist-features.ts';
import type { PatternKey } from './calibration-file.ts';

/**
 * Columns of the first `wrist-state` network: six features and two masks. Posture ratios (features 2-4) wait for a
 * later version; a form that has them is answered as if it had not.
 */
export const NETWORK_FEATURES = [
  ...WRIST_FEATURE_GROUPS.pinch,
  ...WRIST_FEATURE_GROUPS.otherHand,
  ...WRIST_FEATURE_GROUPS.wristStrength,
] as const;
export const NETWORK_INPUT_COUNT = NETWORK_FEATURES.length + 2;
export const OTHER_HAND_MASK = NETWORK_FEATURES.length;
export const WRIST_STRENGTH_MASK = NETWORK_FEATURES.length + 1;

const isPresent = (features: Pick<WristFeatures, 'mask'>, group: readonly number[]) =>
  group.every((position) => features.mask[position] === 1);

/** Calibration that belongs to what was measured. */
export function patternKeyOf(features: Pick<WristFeatures, 'mask'>): PatternKey {
  const hasStrength = isPresent(features, WRIST_FEATURE_GROUPS.wristStrength);
  const hasOther = isPresent(features, WRIST_FEATURE_GROUPS.otherHand);
  return `${hasStrength ? 'B' : 'A'}${hasOther ? '' : '-one-hand'}`;
}

/**
 * The network's input: features in the order of NETWORK_FEATURES, zero where absent, then the masks of the other
 * hand and of wrist strength (1 present, 0 absent).
 */
export function networkInput(features: Pick<WristFeatures, 'values' | 'mask'>): Float64Array {
  const input = new Float64Array(NETWORK_INPUT_COUNT);
  for (const [column, feature] of NETWORK_FEATURES.entries()) {
    if (features.mask[feature] === 1) input[column] = features.values[feature] ?? 0;
  }
  input[OTHER_HAND_MASK] = isPresent(features, WRIST_FEATURE_GROUPS.otherHand) ? 1 : 0;
  input[WRIST_STRENGTH_MASK] = isPresent(features, WRIST_FEATURE_GROUPS.wristStrength) ? 1 : 0;
  return input;
}

/** Smallest share of its reference that a feature is given in the logarithm; below it all are equally far out. */
const LOG_FLOOR = 1e-3;

/**
 * Logarithms of the present features: on this scale "ten times too much" and "a tenth" lie equally far out, as
 * wrong units do.
 */
export function rangeVector(features: Pick<WristFeatures, 'values' | 'mask'>): Float64Array {
  const values: number[] = [];
  for (const feature of NETWORK_FEATURES) {
    if (features.mask[feature] !== 1) continue;
    values.push(Math.log(Math.max(LOG_FLOOR, features.values[feature] ?? 0)));
  }
  return Float64Array.from(values);
}

/** Fields of ModelInput that the features are made of; posture peaks are not part of the contract yet. */
export type FeatureSource = Omit<ModelInput, 'sessionId' | 'pinchTrialsN' | 'typedUnits'>;
