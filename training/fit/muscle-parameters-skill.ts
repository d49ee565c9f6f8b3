import { randomStream } from '../../core/numerics/random-stream.ts';
import { TARGET_COUNT } from '../dataset/muscle-parameters-targets.ts';
import type { MuscleParameterPrediction } from './muscle-parameters-networks.ts';

/** A figure with its 95 % interval over people. */
export interface Estimate {
  value: number;
  low: number;
  high: number;
}

/** Squared errors of one predictor, [person][target] row after row, in the squared unit of the target. */
export function squaredErrors(
  predictions: readonly MuscleParameterPrediction[],
  people: readonly { targets: Float64Array }[],
): Float64Array {
  if (predictions.length !== people.length) throw new RangeError('every person needs one prediction');
  const errors = new Float64Array(people.length * TARGET_COUNT);
  people.forEach(({ targets }, i) => {
    for (let j = 0; j < TARGET_COUNT; j += 1) {
      errors[i * TARGET_COUNT + j] = (predictions[i]!.mean[j]! - targets[j]!) ** 2;
    }
  });
  return errors;
}

const RESAMPLES = 400;

/** 2.5 and 97.5 percentile of bootstrap values. */
function interval(values: number[]): [number, number] {
  values.sort((a, b) => a - b);
  return [values[Math.floor(values.length * 0.025)]!, values[Math.ceil(values.length * 0.975) - 1]!];
}

/** How often each of `count` people is drawn in every resample: one draw serves all figures that are compared. */
export function* resampledTimes(count: number, name: string, resamples = RESAMPLES): Generator<Uint16Array> {
  const stream = randomStream('people-bootstrap', name, 0);
  for (let draw = 0; draw < resamples; draw += 1) {
    const times = new Uint16Array(count);
    for (let i = 0; i < count; i += 1) times[stream.integer(count)]! += 1;
    yield times;
  }
}

function sumByTarget(errors: Float64Array, times: Uint16Array | null): Float64Array {
  const sums = new Float64Array(TARGET_COUNT);
  const count = errors.length / TARGET_COUNT;
  for (let i = 0; i < count; i += 1) {
    const weight = times === null ? 1 : times[i]!;
    if (weight === 0) continue;
    for (let j = 0; j < TARGET_COUNT; j += 1) sums[j]! += weight * errors[i * TARGET_COUNT + j]!;
  }
  return sums;
}

/**
 * Skill of every target against each prior: 1 - mean squared error of the model / of the prior on the same people, with a
 * paired bootstrap over people (numerator and denominator resampled together), 400 resamples.
 * @param own - as {@link squaredErrors} gives them; priors likewise, of the same people in the same order.
 * @returns one list of TARGET_COUNT estimates a prior. @throws RangeError when numbers of people differ.
 */
export function pairedSkills(own: Float64Array, priors: readonly Float64Array[], name: string): Estimate[][] {
  if (own.length === 0 || priors.some((prior) => prior.length !== own.length)) {
    throw new RangeError('a skill compares two predictors on the same people');
  }
  const skillsOf = (times: Uint16Array | null): number[][] => {
    const ownSums = sumByTarget(own, times);
    return priors.map((prior) => {
      const priorSums = sumByTarget(prior, times);
      return Array.from(ownSums, (sum, j) => 1 - sum / priorSums[j]!);
    });
  };
  const values = skillsOf(null);
  const draws = Array.from(resampledTimes(own.length / TARGET_COUNT, name), (times) => skillsOf(times));
  return values.map((skills, prior) =>
    skills.map((value, j) => {
      const [low, high] = interval(draws.map((draw) => draw[prior]![j]!));
      return { value, low, high };
    }),
  );
}

/** Root mean squared error of every target with a bootstrap interval over people. */
export function rootMeanSquares(own: Float64Array, name: string): Estimate[] {
  if (own.length === 0) throw new RangeError('an error needs people');
  const count = own.length / TARGET_COUNT;
  // Every resample has as many people as there are.
  const rootsOf = (times: Uint16Array | null) => sumByTarget(own, times).map((sum) => Math.sqrt(sum / count));
  const values = rootsOf(null);
  const draws = Array.from(resampledTimes(count, name), (times) => rootsOf(times));
  return Array.from(values, (value, j) => {
    const [low, high] = interval(draws.map((draw) => draw[j]!));
    return { value, low, high };
  });
}

/** Smallest skill beyond general strength that is shown to a clinician (decision 9). */
export const IDENTIFIABLE_SKILL = 0.05;

/** Skills in one contact model; null where the prior sees all that the model sees. */
export interface WorldSkill {
  D: Estimate;
  S: Estimate | null;
  G: Estimate | null;
}
export type Verdict = 'identifiable' | 'general-strength-only' | 'not-identifiable';

/**
 * Identifiable: in both contact models the lower bounds of skill against S, and where the tier has grip against G, reach
 * 0.05. General strength only: beats D in both, not these. Else not identifiable. Asking it of G too is stricter than
 * decision 9: grip alone lifts every muscle by the common factor, elasticity zero or not.
 */
export function verdictOf(worlds: readonly WorldSkill[]): Verdict {
  if (worlds.length === 0) throw new RangeError('a verdict needs a contact model');
  const isClear = (skill: Estimate | null): boolean => skill !== null && skill.low >= IDENTIFIABLE_SKILL;
  if (worlds.every(({ S, G }) => isClear(S) && (G === null || isClear(G)))) return 'identifiable';
  return worlds.every(({ D }) => D.low > 0) ? 'general-strength-only' : 'not-identifiable';
}
