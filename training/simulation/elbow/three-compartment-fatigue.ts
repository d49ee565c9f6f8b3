import * as z from 'zod';
import table from '../../../resources/biomechanics/three-compartment-fatigue.json' with { type: 'json' };

const FatigueSet = z.strictObject({
  id: z.string(),
  region: z.string(),
  sex: z.enum(['female', 'male', 'pooled']),
  fatiguePerS: z.number().positive(),
  recoveryPerS: z.number().positive(),
  restMultiplier: z.number().min(1),
  source: z.string().min(1),
  status: z.string().min(1),
});

const FatigueTable = z.strictObject({
  source: z.string().min(1),
  units: z.record(z.string(), z.string()),
  sets: z.array(FatigueSet).min(1),
});

/** Constants of one muscle group. */
export interface FatigueConstants {
  /** F, 1/s: active fibres that fatigue. */
  fatiguePerS: number;
  /** R, 1/s: fatigued fibres that recover. */
  recoveryPerS: number;
  /** r >= 1: recovery is r x R in true rest, and only then. */
  restMultiplier: number;
}

/**
 * Reads a table of fatigue constants (resources/biomechanics/three-compartment-fatigue.json).
 * @throws ZodError naming the field that is missing or not positive.
 */
export const readFatigueTable = (content: unknown): z.output<typeof FatigueTable> =>
  FatigueTable.parse(content);

/**
 * One set of constants by its id.
 * @throws RangeError when the table has no such set.
 */
export function fatigueConstants(id: string, content: unknown = table): FatigueConstants {
  const set = readFatigueTable(content).sets.find((candidate) => candidate.id === id);
  if (!set) throw new RangeError(`The fatigue table has no set "${id}".`);
  const { fatiguePerS, recoveryPerS, restMultiplier } = set;
  return { fatiguePerS, recoveryPerS, restMultiplier };
}

/** Frey Law et al. 2012: elbow, both sexes. What "generic" means in this folder. */
export const GENERIC_FLEXORS = fatigueConstants('elbow-flexors-generic');
/** Rakshit et al. 2021: elbow flexors and extensors by sex. */
export const FLEXORS_BY_SEX = {
  female: fatigueConstants('elbow-flexors-female'),
  male: fatigueConstants('elbow-flexors-male'),
} as const;
export const EXTENSORS_BY_SEX = {
  female: fatigueConstants('elbow-extensors-female'),
  male: fatigueConstants('elbow-extensors-male'),
} as const;

/** Shares of a group's fibres. The third compartment, resting, is 1 - active - fatigued. */
export interface Compartments {
  /** MA, 0..1. */
  active: number;
  /** MF, 0..1. */
  fatigued: number;
}

/** How fast the drive follows its target, 1/s, up and down (LD = LR in the papers). */
export const DRIVE_RATE_PER_S = 10;
/** Longest step for which the explicit rule below is used, seconds: 1 / DRIVE_RATE_PER_S is its stability limit. */
export const STEP_S = 0.1;

/**
 * One explicit step of the three-compartment model, in place:
 * dMA = C - F MA, dMF = F MA - Rr MF, where C moves the active share towards the target.
 *
 * Recovery is r x R only in true rest (target 0). Code that tests "MA >= target" instead switches to r x R in every
 * steady hold, because there MA sits at the target: endurance then comes out far too long.
 * Source: Xia & Frey Law 2008; Looft et al. 2018 (3CC-r).
 * @param target - TL, 0..1, share of the group's fibres asked for.
 * @param durationS - above 0, at most {@link STEP_S}.
 */
export function advanceCompartments(
  state: Compartments,
  target: number,
  constants: FatigueConstants,
  durationS: number,
): void {
  const resting = 1 - state.active - state.fatigued;
  const gap = target - state.active;
  const recovery = constants.recoveryPerS * (target === 0 ? constants.restMultiplier : 1);
  const fatiguing = constants.fatiguePerS * state.active;
  // Nothing is switched off that is not there any more: fatigue takes its part of the active fibres first.
  const drive =
    gap > 0
      ? DRIVE_RATE_PER_S * Math.min(gap, resting)
      : Math.max(DRIVE_RATE_PER_S * gap, fatiguing - state.active / durationS);
  const recovering = recovery * state.fatigued;
  state.active += durationS * (drive - fatiguing);
  state.fatigued += durationS * (fatiguing - recovering);
}

/** Share of the target below which a hold has failed: steady holding sits 0.1 % below it (F / LD). */
export const FAILURE_SHARE = 0.99;

/** Signature of {@link advanceCompartments}, so that a law can be tried on a wrong twin. */
export type AdvanceCompartments = typeof advanceCompartments;

/**
 * Time for which one group holds a share of its maximum, seconds; from rest, without a ramp.
 * @param level - above 0, at most 1.
 * @returns Infinity when it holds longer than `limitS`.
 * @throws RangeError when the level is not in range.
 */
export function enduranceTimeS(
  level: number,
  constants: FatigueConstants,
  limitS = 3600,
  advance: AdvanceCompartments = advanceCompartments,
): number {
  if (!(level > 0 && level <= 1)) throw new RangeError('a hold level lies above 0 and at most at 1');
  const state: Compartments = { active: 0, fatigued: 0 };
  let isHeld = false;
  for (let step = 1; step * STEP_S <= limitS; step += 1) {
    advance(state, level, constants, STEP_S);
    const isAtTarget = state.active >= FAILURE_SHARE * level;
    if (isHeld && !isAtTarget) return step * STEP_S;
    isHeld ||= isAtTarget;
  }
  return Number.POSITIVE_INFINITY;
}
