import type { InputSet } from '../../core/inference/muscle-parameters-columns.ts';
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

/** Sums of squared errors by target, over all people and in each of 400 resamples of them. */
export interface ResampledSums {
  people: number;
  /** Names the resampling: sums of one name and number of people are of the same resamples, hence paired. */
  name: string;
  total: Float64Array;
  draws: readonly Float64Array[];
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

/** @param errors - as {@link squaredErrors} gives them. @throws RangeError without people. */
export function resampleSums(errors: Float64Array, name: string): ResampledSums {
  const people = errors.length / TARGET_COUNT;
  if (!(people >= 1)) throw new RangeError('an error needs people');
  return {
    people,
    name,
    total: sumByTarget(errors, null),
    draws: Array.from(resampledTimes(people, name), (times) => sumByTarget(errors, times)),
  };
}

function estimates(figureOf: (draw: number | null, target: number) => number, draws: number): Estimate[] {
  return Array.from({ length: TARGET_COUNT }, (_, j) => {
    const [low, high] = interval(Array.from({ length: draws }, (_draw, draw) => figureOf(draw, j)));
    return { value: figureOf(null, j), low, high };
  });
}

/**
 * Skill of every target: 1 - mean squared error of the model / of the prior on the same people, with a paired bootstrap over
 * people (numerator and denominator resampled together).
 * @throws RangeError when the two are not sums of the same people and resamples.
 */
export function pairedSkill(own: ResampledSums, prior: ResampledSums): Estimate[] {
  if (own.people !== prior.people || own.name !== prior.name) {
    throw new RangeError('a skill compares two predictors on the same people');
  }
  const of = (sums: ResampledSums, draw: number | null, j: number): number =>
    (draw === null ? sums.total : sums.draws[draw]!)[j]!;
  return estimates((draw, j) => 1 - of(own, draw, j) / of(prior, draw, j), own.draws.length);
}

/** Root mean squared error of every target with its interval over people. */
export function rootMeanSquares(own: ResampledSums): Estimate[] {
  return estimates(
    // Every resample has as many people as there are.
    (draw, j) => Math.sqrt((draw === null ? own.total : own.draws[draw]!)[j]! / own.people),
    own.draws.length,
  );
}

/** Smallest skill beyond general strength that is shown to a clinician (decision 9). */
export const IDENTIFIABLE_SKILL = 0.05;

/** Skills in one contact model; null where the prior sees all that the model sees. */
export interface WorldSkill {
  D: Estimate;
  S: Estimate | null;
  G: Estimate | null;
}
/** Errors of the ensembles of one contact model on the same people, by what they see. */
export type ErrorsBySet = ReadonlyMap<InputSet, ResampledSums>;

/**
 * Skill of every target of one set of inputs against the priors.
 * @throws RangeError when the set or the prior D was not measured.
 */
export function worldSkills(errors: ErrorsBySet, own: InputSet): WorldSkill[] {
  const sums = errors.get(own);
  if (!sums) throw new RangeError(`nothing was measured with the inputs ${own}`);
  const against = (prior: InputSet): Estimate[] | null => {
    const priorSums = prior === own ? undefined : errors.get(prior);
    return priorSums === undefined ? null : pairedSkill(sums, priorSums);
  };
  const [D, S, G] = [against('D'), against('S'), against('G')];
  if (D === null) throw new RangeError('every tier is compared with the person alone');
  return D.map((skill, j) => ({ D: skill, S: S?.[j] ?? null, G: G?.[j] ?? null }));
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
