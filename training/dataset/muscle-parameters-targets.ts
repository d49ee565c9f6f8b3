import {
  genericHand,
  momentArmMm,
  PINCH_COORDINATES,
  PINCH_MUSCLES,
  type PinchHand,
  type PinchMuscle,
} from '../simulation/pinch/pinch-muscles.ts';

/** The four groups that a clinician judges: share of expected strength, percent (decision 9). */
export const MUSCLE_GROUPS = {
  'thumb-flexor': { muscles: ['FPL'], coordinate: 'cmc-flexion' },
  'adductor-and-first-interosseous': { muscles: ['ADPt', 'ADPo', '1stDI_MC1'], coordinate: 'cmc-flexion' },
  abductors: { muscles: ['APL', 'APB'], coordinate: 'cmc-abduction' },
  'wrist-extensors': { muscles: ['ECRL', 'ECRB', 'ECU'], coordinate: 'wrist-flexion' },
} as const satisfies Record<
  string,
  { muscles: readonly PinchMuscle[]; coordinate: (typeof PINCH_COORDINATES)[number] }
>;
export type MuscleGroup = keyof typeof MUSCLE_GROUPS;
export const MUSCLE_GROUP_NAMES = Object.keys(MUSCLE_GROUPS) as MuscleGroup[];

/** A number that `muscle-parameters` predicts. */
export interface MuscleParameterTarget {
  name: string;
  unit: 'log N' | 'log mm' | '%';
}

/** Targets, in order: log F0 (N) of the sixteen, log FPL optimal and slack length (mm), four groups (% of expected). */
export const MUSCLE_PARAMETER_TARGETS: readonly MuscleParameterTarget[] = [
  ...PINCH_MUSCLES.map((muscle) => ({ name: `log-max-force-${muscle}`, unit: 'log N' as const })),
  { name: 'log-optimal-length-FPL', unit: 'log mm' },
  { name: 'log-slack-length-FPL', unit: 'log mm' },
  ...MUSCLE_GROUP_NAMES.map((group) => ({ name: `percent-expected-${group}`, unit: '%' as const })),
];
export const TARGET_COUNT = MUSCLE_PARAMETER_TARGETS.length;

const FLEXOR = PINCH_MUSCLES.indexOf('FPL');
const OPTIMAL_LENGTH = PINCH_MUSCLES.length;
const SLACK_LENGTH = PINCH_MUSCLES.length + 1;

/**
 * The true targets of a hand, in the order of {@link MUSCLE_PARAMETER_TARGETS}.
 * @param expectedForceScale - factor on the generic F0 for a person of this sex, age and size.
 */
export function targetsOf(hand: PinchHand, expectedForceScale: number): Float64Array {
  return Float64Array.from([
    ...hand.maxForceN.map(Math.log),
    Math.log(hand.optimalFibreLengthMm[FLEXOR]!),
    Math.log(hand.tendonSlackLengthMm[FLEXOR]!),
    ...groupPercents(hand, expectedForceScale),
  ]);
}

/**
 * The hand that a set of targets describes: sixteen F0 and the two FPL lengths are taken over; everything that is not
 * predicted (other lengths, pennation, moment arms) stays generic.
 * @param targets - in the order of {@link MUSCLE_PARAMETER_TARGETS}; the groups are not needed.
 * @throws RangeError when a number is missing or not finite.
 */
export function handOfTargets(targets: ArrayLike<number>): PinchHand {
  const hand = genericHand();
  const read = (index: number): number => {
    const value = targets[index];
    if (value === undefined || !Number.isFinite(value)) {
      throw new RangeError(`the target ${MUSCLE_PARAMETER_TARGETS[index]?.name} is not a finite number`);
    }
    return Math.exp(value);
  };
  for (let muscle = 0; muscle < PINCH_MUSCLES.length; muscle += 1) hand.maxForceN[muscle] = read(muscle);
  hand.optimalFibreLengthMm[FLEXOR] = read(OPTIMAL_LENGTH);
  hand.tendonSlackLengthMm[FLEXOR] = read(SLACK_LENGTH);
  return hand;
}

/**
 * Strength of the four groups in percent of expected: sum of F0 x moment arm about the group's own axis, over the same
 * sum of the generic hand at the expected force scale.
 */
export function groupPercents(hand: PinchHand, expectedForceScale: number): number[] {
  const generic = genericHand(expectedForceScale);
  return MUSCLE_GROUP_NAMES.map((name) => (100 * groupTorque(hand, name)) / groupTorque(generic, name));
}

function groupTorque(hand: PinchHand, name: MuscleGroup): number {
  const group = MUSCLE_GROUPS[name];
  const coordinate = PINCH_COORDINATES.indexOf(group.coordinate);
  return group.muscles.reduce((sum, id) => {
    const muscle = PINCH_MUSCLES.indexOf(id);
    return sum + hand.maxForceN[muscle]! * Math.abs(momentArmMm(hand, muscle, coordinate, 'neutral'));
  }, 0);
}
