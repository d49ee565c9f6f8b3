import { solve } from 'yalps';
import content from '../../../resources/biomechanics/lateral-pinch-contact.json' with { type: 'json' };
import {
  COORDINATE_COUNT,
  momentArmMm,
  PINCH_MUSCLE_COUNT,
  type PinchHand,
  tendonForceN,
  type WristPosture,
} from './pinch-muscles.ts';
import { readContactTable } from './pinch-tables.ts';

const contact = readContactTable(content);

/**
 * The two contact models (design decision 2). A: soft contact, no reserve; used for training and surgery.
 * B: A plus a reserve of +-0.3 N.m on the four thumb joints, an assumption that the optimiser may use;
 * sensitivity only.
 */
export type ContactModel = 'A' | 'B';

export interface ContactLaw {
  /** Tangential force per newton of palmar force along each axis (a box, so that the problem stays linear). */
  friction: number;
  /** Shift of the centre of pressure that a transverse pad moment stands for, mm. */
  longitudinalShiftMm: number;
  /** The same for a longitudinal pad moment, mm. */
  transverseShiftMm: number;
  /** Torsional friction lever, mm. */
  torsionMm: number;
  /** Reserve torque on each thumb joint, N.mm. */
  reserveNmm: number;
}

export const CONTACT_LAWS: Readonly<Record<ContactModel, ContactLaw>> = {
  A: { friction: 0.5, longitudinalShiftMm: 6, transverseShiftMm: 4, torsionMm: 4, reserveNmm: 0 },
  B: { friction: 0.5, longitudinalShiftMm: 6, transverseShiftMm: 4, torsionMm: 4, reserveNmm: 300 },
};

const THUMB_JOINT_COUNT = 4;

export interface MaximalPinch {
  /** Largest palmar force in equilibrium, newtons. */
  forceN: number;
  /** Tangential forces along the thumb and across it, newtons, of the same solution. */
  longitudinalN: number;
  transverseN: number;
  /** Pad moments about the palmar, longitudinal and transverse axis, N.mm, of the same solution. */
  padMomentsNmm: readonly [number, number, number];
  /** Activations 0..1 in the order of PINCH_MUSCLES. */
  activations: Float64Array;
}

/** Equilibrium of one hand as the solver takes it; "force" is the palmar force, "effort" the sum of activations. */
interface PinchProblem {
  constraints: [string, { equal?: number; max?: number }][];
  variables: [string, [string, number][]][];
  /** Bounds of the five signed contact unknowns, as multiples of the palmar force. */
  limits: readonly number[];
}

/**
 * Largest lateral pinch of a hand: activations 0..1, six joints in equilibrium, palmar force s maximised.
 * @throws Error when the solver finds no optimum: zero force is always feasible in A, so that is a defect.
 */
export function maximalPinch(
  hand: PinchHand,
  posture: WristPosture = 'neutral',
  law: ContactLaw = CONTACT_LAWS.A,
): MaximalPinch {
  const { constraints, variables, limits } = pinchProblem(hand, posture, law);
  const solution = solve({ direction: 'maximize', objective: 'force', constraints, variables });
  return readPinch(solution, limits);
}

/**
 * The same pinch held at a given palmar force with the least effort: the sum of activations is minimised, the linear
 * form of the minimum-stress criterion (Crowninshield 1978, recalled). How people share a sub-maximal force between
 * muscles is an assumption; it decides the direction of the force below the maximum.
 * @param forceN - palmar force, above 0, at most the maximum of this hand in this posture.
 * @throws RangeError when the hand cannot hold this force.
 */
export function minimumEffortPinch(
  hand: PinchHand,
  forceN: number,
  posture: WristPosture = 'neutral',
  law: ContactLaw = CONTACT_LAWS.A,
): MaximalPinch {
  if (!(forceN > 0)) throw new RangeError('a pinch is held at a force above 0 N');
  const { constraints, variables, limits } = pinchProblem(hand, posture, law);
  constraints.push(['force', { equal: forceN }]);
  const solution = solve({ direction: 'minimize', objective: 'effort', constraints, variables });
  if (solution.status === 'infeasible') {
    throw new RangeError(`this hand cannot hold ${forceN.toFixed(1)} N in this posture`);
  }
  return readPinch(solution, limits);
}

/**
 * The linear problem. Each joint: sum r F a + reserve = J (s, e_lon, e_trv) + W (m_pal, m_lon, m_trv), the five others
 * bounded by multiples of s. Every signed unknown x in [-k s, k s] enters as x = k s (2 u - 1), with u s in [0, s] as
 * the solver's variable, which keeps the problem small (one bound a variable).
 */
function pinchProblem(hand: PinchHand, posture: WristPosture, law: ContactLaw): PinchProblem {
  const levers = contact.postures[posture];
  const limits = [
    law.friction,
    law.friction,
    law.torsionMm,
    law.transverseShiftMm,
    law.longitudinalShiftMm,
  ] as const;
  const constraints: [string, { equal?: number; max?: number }][] = [];
  const variables: [string, [string, number][]][] = [];
  const pinch: [string, number][] = [['force', 1]];
  const contactColumns: [string, number][][] = limits.map((_, index) => [[`bound${index}`, 1]]);
  const isReserved = law.reserveNmm > 0;
  for (let joint = 0; joint < COORDINATE_COUNT; joint += 1) {
    const [palmar, longitudinal, transverse] = levers.forceLeversMm[joint]!;
    const moments = levers.momentLevers[joint]!;
    const slopes = [longitudinal!, transverse!, moments[0]!, moments[1]!, moments[2]!];
    // Torques are in N.cm so that the tableau's numbers are all of the order of ten.
    let own = palmar! / 10;
    slopes.forEach((slope, index) => {
      const scaled = (slope * limits[index]!) / 10;
      own -= scaled;
      contactColumns[index]!.push([`joint${joint}`, -2 * scaled]);
    });
    pinch.push([`joint${joint}`, -own]);
    const hasReserve = isReserved && joint < THUMB_JOINT_COUNT;
    constraints.push([`joint${joint}`, { equal: hasReserve ? law.reserveNmm / 10 : 0 }]);
  }
  limits.forEach((_, index) => {
    constraints.push([`bound${index}`, { max: 0 }]);
    pinch.push([`bound${index}`, -1]);
  });
  variables.push(['pinch', pinch]);
  contactColumns.forEach((column, index) => {
    variables.push([`contact${index}`, column]);
  });
  for (let muscle = 0; muscle < PINCH_MUSCLE_COUNT; muscle += 1) {
    const forceN = tendonForceN(hand, muscle, posture);
    const column: [string, number][] = [
      [`limit${muscle}`, 1],
      ['effort', 1],
    ];
    for (let joint = 0; joint < COORDINATE_COUNT; joint += 1) {
      const torque = (forceN * momentArmMm(hand, muscle, joint, posture)) / 10;
      if (torque !== 0) column.push([`joint${joint}`, torque]);
    }
    variables.push([`muscle${muscle}`, column]);
    constraints.push([`limit${muscle}`, { max: 1 }]);
  }
  if (isReserved) {
    for (let joint = 0; joint < THUMB_JOINT_COUNT; joint += 1) {
      variables.push([
        `reserve${joint}`,
        [
          [`joint${joint}`, 1],
          [`reserve${joint}`, 1],
        ],
      ]);
      constraints.push([`reserve${joint}`, { max: law.reserveNmm / 5 }]);
    }
  }
  return { constraints, variables, limits };
}

function readPinch(
  solution: ReturnType<typeof solve<string, string>>,
  limits: readonly number[],
): MaximalPinch {
  if (solution.status !== 'optimal') throw new Error(`the pinch problem ended as ${solution.status}`);
  const found = new Map(solution.variables);
  const forceN = found.get('pinch') ?? 0;
  const signed = (index: number): number =>
    limits[index]! * (2 * (found.get(`contact${index}`) ?? 0) - forceN);
  return {
    forceN,
    longitudinalN: signed(0),
    transverseN: signed(1),
    padMomentsNmm: [signed(2), signed(3), signed(4)],
    activations: Float64Array.from({ length: PINCH_MUSCLE_COUNT }, (_, m) => found.get(`muscle${m}`) ?? 0),
  };
}
