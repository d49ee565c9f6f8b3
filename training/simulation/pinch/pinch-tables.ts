import * as z from 'zod';

/** The sixteen muscles of the pinch model, in the order of every array of sixteen in this folder. */
export const PINCH_MUSCLES = [
  'FPL',
  'EPL',
  'EPB',
  'APL',
  'APB',
  'FPB',
  'OPP',
  'ADPt',
  'ADPo',
  '1stDI_MC1',
  'ECRL',
  'ECRB',
  'ECU',
  'FCR',
  'FCU',
  'PL',
] as const;
export type PinchMuscle = (typeof PINCH_MUSCLES)[number];

/** Wrist postures that the contact table covers; the thumb stays in the reference lateral-pinch posture. */
export const WRIST_POSTURES = ['neutral', 'extension-20', 'flexion-20', 'ulnar-10'] as const;
export type WristPosture = (typeof WRIST_POSTURES)[number];

/** Joint coordinates in the order of every row of six. */
export const PINCH_COORDINATES = [
  'cmc-flexion',
  'cmc-abduction',
  'mp-flexion',
  'ip-flexion',
  'wrist-flexion',
  'wrist-ulnar-deviation',
] as const;

/** The same thing for each of the four postures, no more and no fewer. */
const byPosture = <T extends z.ZodType>(of: T) =>
  z.strictObject({ neutral: of, 'extension-20': of, 'flexion-20': of, 'ulnar-10': of });

const sixJoints = <T extends z.ZodType>(of: T) => z.tuple([of, of, of, of, of, of]);
/** Millimetres; no moment arm or lever of a thumb or wrist comes near 200 mm: such a number is in another unit. */
const LeverMm = z.number().min(-200).max(200);
const UnitPart = z.number().min(-1).max(1);
const PositiveMm = z.number().positive().max(1000);

const MuscleTable = z
  .strictObject({
    source: z.string().min(1),
    units: z.record(z.string(), z.string()),
    muscles: z.array(
      z.strictObject({
        id: z.string(),
        maxForceN: z.number().positive(),
        optimalFibreLengthMm: PositiveMm,
        tendonSlackLengthMm: PositiveMm,
        pennationRad: z
          .number()
          .min(0)
          .lt(Math.PI / 2),
        unitLengthMm: byPosture(PositiveMm),
        momentArmsMm: byPosture(sixJoints(LeverMm)),
      }),
    ),
  })
  .superRefine(({ muscles }, context) => {
    if (muscles.length !== PINCH_MUSCLES.length) {
      const message = `The muscle table has ${muscles.length} muscles; ${PINCH_MUSCLES.length} are needed.`;
      context.addIssue({ code: 'custom', path: ['muscles'], message });
    }
    PINCH_MUSCLES.forEach((name, index) => {
      const found = muscles[index]?.id;
      if (found === undefined || found === name) return;
      const message = `The muscle table has ${found} where ${name} belongs.`;
      context.addIssue({ code: 'custom', path: ['muscles', index, 'id'], message });
    });
  });

const ContactTable = z.strictObject({
  source: z.string().min(1),
  coordinates: z.array(z.string()).refine((names) => names.join() === PINCH_COORDINATES.join(), {
    message: `The contact table must name the coordinates ${PINCH_COORDINATES.join(', ')}, in this order.`,
  }),
  postures: byPosture(
    z.strictObject({
      /** Joint moment per newton of pad force, [coordinate][palmar, longitudinal, transverse], millimetres. */
      forceLeversMm: sixJoints(z.tuple([LeverMm, LeverMm, LeverMm])),
      /** Joint moment per unit pad moment about the same axes, [coordinate][axis]: parts of unit vectors. */
      momentLevers: sixJoints(z.tuple([UnitPart, UnitPart, UnitPart])),
    }),
  ),
});

/**
 * Reads the table of muscles (resources/biomechanics/lateral-pinch-muscles.json).
 * @throws ZodError that names the muscle, posture and field: a missing or negative constant, a length that is no
 * length, moment arms that are not six, muscles missing or in another order.
 */
export const readMuscleTable = (content: unknown): z.output<typeof MuscleTable> => MuscleTable.parse(content);

/**
 * Reads the table of contact levers (resources/biomechanics/lateral-pinch-contact.json).
 * @throws ZodError that names the posture and field.
 */
export const readContactTable = (content: unknown): z.output<typeof ContactTable> =>
  ContactTable.parse(content);
