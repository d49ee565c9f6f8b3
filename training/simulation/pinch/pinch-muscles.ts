import content from '../../../resources/biomechanics/lateral-pinch-muscles.json' with { type: 'json' };
import { PINCH_COORDINATES, PINCH_MUSCLES, readMuscleTable, type WristPosture } from './pinch-tables.ts';

export {
  PINCH_COORDINATES,
  PINCH_MUSCLES,
  type PinchMuscle,
  WRIST_POSTURES,
  type WristPosture,
} from './pinch-tables.ts';

const table = readMuscleTable(content);

export const PINCH_MUSCLE_COUNT = PINCH_MUSCLES.length;
export const COORDINATE_COUNT = PINCH_COORDINATES.length;
export const WRIST_FLEXION = 4;
export const WRIST_ULNAR = 5;

/**
 * One hand's muscles: arrays of sixteen in the order of {@link PINCH_MUSCLES}. Lengths are relative to hand
 * size, which cancels in static equilibrium (unit lengths, fibres, arms and contact levers scale together).
 */
export interface PinchHand {
  maxForceN: Float64Array;
  optimalFibreLengthMm: Float64Array;
  tendonSlackLengthMm: Float64Array;
  pennationRad: Float64Array;
  /** Factor on every moment arm of the muscle. */
  momentArmFactor: Float64Array;
  /** Further factors on the wrist moment arms alone: what surgery changes. */
  wristFlexionArmFactor: Float64Array;
  wristUlnarArmFactor: Float64Array;
}

const column = (pick: (row: (typeof table.muscles)[number]) => number): Float64Array =>
  Float64Array.from(table.muscles, pick);

/** The hand of the table (a young man's forces), a fresh copy. @param forceScale factor on every F0. */
export function genericHand(forceScale = 1): PinchHand {
  return {
    maxForceN: column((row) => row.maxForceN * forceScale),
    optimalFibreLengthMm: column((row) => row.optimalFibreLengthMm),
    tendonSlackLengthMm: column((row) => row.tendonSlackLengthMm),
    pennationRad: column((row) => row.pennationRad),
    momentArmFactor: column(() => 1),
    wristFlexionArmFactor: column(() => 1),
    wristUlnarArmFactor: column(() => 1),
  };
}

const byPosture = <T>(make: (posture: WristPosture) => T): Record<WristPosture, T> => ({
  neutral: make('neutral'),
  'extension-20': make('extension-20'),
  'flexion-20': make('flexion-20'),
  'ulnar-10': make('ulnar-10'),
});

/** Muscle-tendon lengths, millimetres. */
const UNIT_LENGTH_MM = byPosture((posture) => column((row) => row.unitLengthMm[posture]));

/** Table moment arms, millimetres, [muscle][coordinate], of a posture. */
export const MOMENT_ARMS_MM = byPosture((posture) =>
  table.muscles.map((row): readonly number[] => row.momentArmsMm[posture]),
);

/** Width of the Gaussian active force-length curve exp(-(l - 1)^2 / 0.45) (Thelen 2003). */
const FORCE_LENGTH_WIDTH = 0.45;

/**
 * Largest tendon force of one muscle in a posture, newtons: F0 x force-length factor x cos(pennation),
 * rigid tendon, pennation held at its value at optimal length (as the table was made).
 */
export function tendonForceN(hand: PinchHand, muscle: number, posture: WristPosture): number {
  const cosine = Math.cos(hand.pennationRad[muscle]!);
  const fibreMm = (UNIT_LENGTH_MM[posture][muscle]! - hand.tendonSlackLengthMm[muscle]!) / cosine;
  const stretch = fibreMm / hand.optimalFibreLengthMm[muscle]! - 1;
  return hand.maxForceN[muscle]! * Math.exp(-(stretch * stretch) / FORCE_LENGTH_WIDTH) * cosine;
}

/** Moment arm of one muscle about one coordinate with all factors of the hand, millimetres. */
export function momentArmMm(
  hand: PinchHand,
  muscle: number,
  coordinate: number,
  posture: WristPosture,
): number {
  const arm = MOMENT_ARMS_MM[posture][muscle]![coordinate]! * hand.momentArmFactor[muscle]!;
  if (coordinate === WRIST_FLEXION) return arm * hand.wristFlexionArmFactor[muscle]!;
  if (coordinate === WRIST_ULNAR) return arm * hand.wristUlnarArmFactor[muscle]!;
  return arm;
}
