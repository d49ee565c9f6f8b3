import * as z from 'zod';
import table from '../../../resources/biomechanics/elbow-muscles.json' with { type: 'json' };

/** Muscles that share load and fatigue together; the first four flex the elbow, the last extends it. */
export const ELBOW_GROUPS = ['biceps', 'brachialis', 'brachioradialis', 'forearm', 'triceps'] as const;
export type ElbowGroup = (typeof ELBOW_GROUPS)[number];
/** Number of flexor groups: entries 0..3 of every array over groups. */
export const FLEXOR_GROUP_COUNT = 4;
/** Index of triceps in every array over groups. */
export const TRICEPS = 4;

const ElbowMuscle = z.strictObject({
  id: z.string(),
  group: z.enum(ELBOW_GROUPS),
  maxForceN: z.number().positive(),
  optimalFibreLengthMm: z.number().positive(),
  tendonSlackLengthMm: z.number().positive(),
  momentArmsMm: z.array(z.number()),
  forceLengthFactors: z.array(z.number().min(0).max(1)),
});

const ElbowMuscleTable = z
  .strictObject({
    source: z.string().min(1),
    status: z.string().min(1),
    units: z.record(z.string(), z.string()),
    anglesDeg: z.array(z.number()).min(2),
    muscles: z.array(ElbowMuscle).min(1),
  })
  .superRefine((read, context) => {
    const complain = (message: string) => context.addIssue({ code: 'custom', message });
    if (read.anglesDeg.some((angle, i) => i > 0 && angle <= read.anglesDeg[i - 1]!)) {
      complain('The angles of the elbow table must rise.');
    }
    for (const muscle of read.muscles) {
      for (const column of ['momentArmsMm', 'forceLengthFactors'] as const) {
        if (muscle[column].length !== read.anglesDeg.length) {
          complain(`${muscle.id} needs one of ${column} for each angle of the elbow table.`);
        }
      }
      const isFlexor = muscle.group !== 'triceps';
      if (muscle.momentArmsMm.some((arm) => (isFlexor ? arm <= 0 : arm >= 0))) {
        complain(`${muscle.id}: a flexor's moment arm is positive and an extensor's negative.`);
      }
    }
    for (const group of ELBOW_GROUPS) {
      if (!read.muscles.some((muscle) => muscle.group === group)) complain(`No muscle is in group ${group}.`);
    }
  });
export type ElbowMuscleTable = z.output<typeof ElbowMuscleTable>;

/**
 * Reads a table of elbow muscles (resources/biomechanics/elbow-muscles.json).
 * @throws ZodError with a sentence per fault when a column is missing, too short or of the wrong sign.
 */
export const readElbowMuscles = (content: unknown): ElbowMuscleTable => ElbowMuscleTable.parse(content);

/** The table that ships. */
export const ELBOW_MUSCLES = readElbowMuscles(table);

/** Linear between the two neighbouring angles of a column. */
function atAngle(anglesDeg: readonly number[], column: readonly number[], angleDeg: number): number {
  const last = anglesDeg.length - 1;
  if (!(angleDeg >= anglesDeg[0]! && angleDeg <= anglesDeg[last]!)) {
    throw new RangeError(`The elbow table covers ${anglesDeg[0]} to ${anglesDeg[last]} degrees.`);
  }
  let upper = 1;
  while (upper < last && anglesDeg[upper]! < angleDeg) upper += 1;
  const share = (angleDeg - anglesDeg[upper - 1]!) / (anglesDeg[upper]! - anglesDeg[upper - 1]!);
  return column[upper - 1]! + share * (column[upper]! - column[upper - 1]!);
}

/**
 * Largest torque about the elbow of each muscle, N.m, flexion positive: F0 x force-length factor x moment arm, with
 * all fibres active. Pennation at the elbow is small and ignored.
 * @param angleDeg - elbow flexion, 10 to 120 degrees. @throws RangeError outside the table.
 */
export function maximalMuscleTorquesNm(
  angleDeg: number,
  muscles: ElbowMuscleTable = ELBOW_MUSCLES,
): Map<string, number> {
  return new Map(
    muscles.muscles.map((muscle) => [
      muscle.id,
      (muscle.maxForceN *
        atAngle(muscles.anglesDeg, muscle.forceLengthFactors, angleDeg) *
        atAngle(muscles.anglesDeg, muscle.momentArmsMm, angleDeg)) /
        1000,
    ]),
  );
}

/**
 * Largest torque of each group, N.m, in the order of {@link ELBOW_GROUPS}; triceps negative.
 * @throws RangeError outside the table's angles.
 */
export function maximalGroupTorquesNm(
  angleDeg: number,
  muscles: ElbowMuscleTable = ELBOW_MUSCLES,
): Float64Array {
  const torques = maximalMuscleTorquesNm(angleDeg, muscles);
  const groups = new Float64Array(ELBOW_GROUPS.length);
  for (const muscle of muscles.muscles) {
    groups[ELBOW_GROUPS.indexOf(muscle.group)]! += torques.get(muscle.id)!;
  }
  return groups;
}

/**
 * Net torque about the elbow, N.m: sum over groups of activation x largest torque x active share.
 * @param activations - 0..1 a group, share of the fibres that are not fatigued.
 * @param activeShares - 0..1 a group, share of fibres that are not fatigued (1 - fatigued compartment).
 * @throws RangeError when a length differs.
 */
export function elbowTorqueNm(
  activations: ArrayLike<number>,
  activeShares: ArrayLike<number>,
  groupTorquesNm: ArrayLike<number>,
): number {
  const count = groupTorquesNm.length;
  if (activations.length !== count || activeShares.length !== count) {
    throw new RangeError('every group needs an activation and an active share');
  }
  let torqueNm = 0;
  for (let group = 0; group < count; group += 1) {
    torqueNm += activations[group]! * activeShares[group]! * groupTorquesNm[group]!;
  }
  return torqueNm;
}
