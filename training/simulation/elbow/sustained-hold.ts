import { ELBOW_HORIZON_S, ELBOW_STEP_RATE_HZ } from '../../../core/inference/elbow-input.ts';
import { ELBOW_GROUPS, FLEXOR_GROUP_COUNT, maximalGroupTorquesNm, TRICEPS } from './elbow-muscles.ts';
import { type ElbowPerson, HOLD_ANGLE_DEG } from './elbow-person.ts';
import { shareLoad } from './load-sharing.ts';
import {
  type AdvanceCompartments,
  advanceCompartments,
  type Compartments,
  FAILURE_SHARE,
  STEP_S,
} from './three-compartment-fatigue.ts';

/** The recording's horizon, seconds: what is not over by then is censored. */
export const HORIZON_S = ELBOW_HORIZON_S;
/** Samples a second of everything a hold returns. */
export const SAMPLE_RATE_HZ = ELBOW_STEP_RATE_HZ;
export const SAMPLE_COUNT = HORIZON_S * SAMPLE_RATE_HZ;

/** A sustained flexion: means over half seconds; sample i covers (i, i + 1] / 2 s. */
export interface SustainedHold {
  /** True maximal net torque before the hold, N.m. */
  maximalTorqueNm: number;
  /** Net torque, N.m, without unsteadiness; length {@link SAMPLE_COUNT}. */
  torqueNm: Float64Array;
  /** Active and fatigued share of each group, [sample][group], length SAMPLE_COUNT * 5. */
  active: Float64Array;
  fatigued: Float64Array;
  /** Seconds from the start to the first fall below 99 % of the target; Infinity when censored at 150 s. */
  timeToFailureS: number;
}

/** Largest net flexion torque of a rested person, N.m. */
export function maximalNetTorqueNm(
  person: Pick<ElbowPerson, 'strengthFactor' | 'coContraction'>,
  angleDeg = HOLD_ANGLE_DEG,
): number {
  const torquesNm = maximalGroupTorquesNm(angleDeg);
  let netNm = person.coContraction * torquesNm[TRICEPS]!;
  for (let group = 0; group < FLEXOR_GROUP_COUNT; group += 1) netNm += torquesNm[group]!;
  return netNm * person.strengthFactor;
}

/**
 * Simulates a hold at a share of the person's own maximum. The person follows the target as long as any sharing of the
 * load can carry it, and gives everything afterwards, so that torque then is the capacity that is left.
 * @param level - target, share of maximal torque, above 0 to 1.
 * @param advance - the fatigue rule; another one only to try a law on it.
 * @throws RangeError when the level is out of range, or when the co-contraction leaves no flexion torque.
 */
export function simulateHold(
  person: ElbowPerson,
  level: number,
  advance: AdvanceCompartments = advanceCompartments,
): SustainedHold {
  if (!(level > 0 && level <= 1)) throw new RangeError('a hold level lies above 0 and at most at 1');
  const maximalTorqueNm = maximalNetTorqueNm(person);
  if (!(maximalTorqueNm > 0)) throw new RangeError('the person has no flexion torque');
  const groupCount = ELBOW_GROUPS.length;
  const torquesNm = maximalGroupTorquesNm(HOLD_ANGLE_DEG).map((torqueNm) => torqueNm * person.strengthFactor);
  const groups: Compartments[] = ELBOW_GROUPS.map(() => ({ active: 0, fatigued: 0 }));
  const hold: SustainedHold = {
    maximalTorqueNm,
    torqueNm: new Float64Array(SAMPLE_COUNT),
    active: new Float64Array(SAMPLE_COUNT * groupCount),
    fatigued: new Float64Array(SAMPLE_COUNT * groupCount),
    timeToFailureS: Number.POSITIVE_INFINITY,
  };
  const targets = new Float64Array(FLEXOR_GROUP_COUNT);
  const capacities = new Float64Array(FLEXOR_GROUP_COUNT);
  const weights = Float64Array.from(person.sharing);
  const stepsPerSample = Math.round(1 / (SAMPLE_RATE_HZ * STEP_S));
  const { depth, periodS, phasesRad } = person.sharingRotation;
  const fullNm = level * maximalTorqueNm;
  let hasReached = false;
  for (let step = 0; step < SAMPLE_COUNT * stepsPerSample; step += 1) {
    const timeS = (step + 1) * STEP_S;
    const targetNm = fullNm * Math.min(1, timeS / person.rampS);
    for (let group = 0; group < FLEXOR_GROUP_COUNT; group += 1) {
      capacities[group] = 1 - groups[group]!.fatigued;
      if (depth > 0) {
        const turn = Math.sin((2 * Math.PI * timeS) / periodS + phasesRad[group]!);
        weights[group] = person.sharing[group]! * Math.exp(depth * turn);
      }
    }
    // Triceps pulls against the flexors, so they carry its torque as well.
    const opposingNm = -torquesNm[TRICEPS]! * groups[TRICEPS]!.active;
    shareLoad(targetNm + opposingNm, weights, capacities, torquesNm, targets);
    let flexionNm = 0;
    let activeSum = 0;
    for (let group = 0; group < FLEXOR_GROUP_COUNT; group += 1) {
      advance(groups[group]!, targets[group]!, person.fatigue[group]!, STEP_S);
      flexionNm += groups[group]!.active * torquesNm[group]!;
      activeSum += groups[group]!.active;
    }
    advance(
      groups[TRICEPS]!,
      (person.coContraction * activeSum) / FLEXOR_GROUP_COUNT,
      person.fatigue[TRICEPS]!,
      STEP_S,
    );
    const netNm = flexionNm + torquesNm[TRICEPS]! * groups[TRICEPS]!.active;
    const isAtTarget = netNm >= FAILURE_SHARE * fullNm;
    if (hasReached && !isAtTarget && hold.timeToFailureS === Number.POSITIVE_INFINITY) {
      hold.timeToFailureS = timeS;
    }
    hasReached ||= isAtTarget;
    const sample = Math.floor(step / stepsPerSample);
    hold.torqueNm[sample]! += netNm / stepsPerSample;
    for (let group = 0; group < groupCount; group += 1) {
      hold.active[sample * groupCount + group]! += groups[group]!.active / stepsPerSample;
      hold.fatigued[sample * groupCount + group]! += groups[group]!.fatigued / stepsPerSample;
    }
  }
  return hold;
}
