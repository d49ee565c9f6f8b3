import { expectedStrength } from './expected-strength.ts';

/**
 * What the features of `wrist-state` are made of. The contract's ModelInput fits this shape; posture peaks
 * are optional and absent in the first patterns.
 */
export interface WristFeatureInput {
  sex: 'female' | 'male';
  ageYears: number;
  heightM: number;
  weightKg: number;
  /** The hand in question. */
  side: 'right' | 'left';
  affectedSide: 'right' | 'left' | 'both' | 'none';
  /** Best key pinch of the hand in question, newtons; null when not measured. */
  pinchPeakN: number | null;
  /** Best key pinch of the other hand, newtons; null when not measured. */
  otherHandPinchPeakN: number | null;
  /** Maximal wrist torques of the hand in question, newton metres; null when not measured. */
  wristExtensionNm: number | null;
  wristFlexionNm: number | null;
  wristRadialNm: number | null;
  wristUlnarNm: number | null;
  /** Best key pinch with the wrist in another posture, newtons. */
  pinchFlexion20N?: number | null | undefined;
  pinchExtension20N?: number | null | undefined;
  pinchUlnar10N?: number | null | undefined;
}

export const WRIST_FEATURE_COUNT = 9;

/** Positions of the feature groups in the vector, in the order of the contract's FEATURE_IDS. */
export const WRIST_FEATURE_GROUPS = {
  pinch: [0],
  otherHand: [1],
  postures: [2, 3, 4],
  wristStrength: [5, 6, 7, 8],
} as const;

export type InputPattern = 'A' | 'B' | 'C';

export interface WristFeatures {
  /**
   * Nine values in the order of FEATURE_IDS. 0, 5-8: percent of expected (100 = as expected). 1-4: ratios
   * (1 = equal). A value whose mask is 0 is 0 and says nothing.
   */
  values: Float64Array;
  /** 1 where the value was measured and may be used. */
  mask: Uint8Array;
  /** A: pinch, with the other hand where it may be compared. B: A and all four wrist strengths. C: B and all postures. */
  pattern: InputPattern;
}

/**
 * The nine features of `wrist-state` (design decision 7), the only place that defines them.
 *
 * A group that is not complete is masked as a whole: the network was trained with whole groups absent, never
 * with three wrist strengths of four. The other hand is masked when both hands are affected (it is no
 * reference then) or when its peak is zero. Percent of expected compares the best trial with the norm's mean
 * of three trials: nonimpaired people average a few percent above 100, in training and in the clinic alike.
 * @throws RangeError when a given measurement is negative or not finite, or demographics are unusable.
 */
export function wristFeatures(input: WristFeatureInput): WristFeatures {
  const expected = expectedStrength(input, input.side);
  const pinchN = present(input.pinchPeakN, 'key pinch');
  const otherN = present(input.otherHandPinchPeakN, 'key pinch of the other hand');
  const values = new Float64Array(WRIST_FEATURE_COUNT);
  const mask = new Uint8Array(WRIST_FEATURE_COUNT);
  const write = (group: readonly number[], made: readonly (number | null)[]): boolean => {
    if (made.some((value) => value === null)) return false;
    group.forEach((position, index) => {
      values[position] = made[index]!;
      mask[position] = 1;
    });
    return true;
  };
  write(WRIST_FEATURE_GROUPS.pinch, [percent(pinchN, expected.pinchN)]);
  write(WRIST_FEATURE_GROUPS.otherHand, [input.affectedSide === 'both' ? null : ratio(pinchN, otherN)]);
  const hasStrength = write(WRIST_FEATURE_GROUPS.wristStrength, [
    percent(present(input.wristExtensionNm, 'wrist extension'), expected.wristExtensionNm),
    percent(present(input.wristFlexionNm, 'wrist flexion'), expected.wristFlexionNm),
    percent(present(input.wristRadialNm, 'radial deviation'), expected.wristRadialNm),
    percent(present(input.wristUlnarNm, 'ulnar deviation'), expected.wristUlnarNm),
  ]);
  const postures = [
    ratio(present(input.pinchFlexion20N ?? null, 'key pinch in flexion'), pinchN),
    ratio(present(input.pinchExtension20N ?? null, 'key pinch in extension'), pinchN),
    ratio(present(input.pinchUlnar10N ?? null, 'key pinch in ulnar deviation'), pinchN),
  ];
  // Pattern C is the only one that knows postures; without wrist strength they stay out.
  const hasPostures = hasStrength && write(WRIST_FEATURE_GROUPS.postures, postures);
  return { values, mask, pattern: hasPostures ? 'C' : hasStrength ? 'B' : 'A' };
}

function present(value: number | null, name: string): number | null {
  if (value === null) return null;
  if (!Number.isFinite(value) || value < 0) {
    throw new RangeError(`The ${name} must be a number of zero or more.`);
  }
  return value;
}

const percent = (value: number | null, expected: number): number | null =>
  value === null ? null : (100 * value) / expected;

const ratio = (value: number | null, reference: number | null): number | null =>
  value === null || reference === null || reference === 0 ? null : value / reference;
