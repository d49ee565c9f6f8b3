/**
 * Time constants of first-order muscle activation, seconds: 15 ms up, 50 ms down, a young adult's in Thelen 2003,
 * J Biomech Eng 125:70 (RECALLED; the same order as Zajac 1989). One pair for all muscles is an assumption.
 */
export const ACTIVATION_RISE_S = 0.015;
export const ACTIVATION_DECAY_S = 0.05;

/**
 * One exact step of da/dt = (target - a) / tau over a sample in which the target is constant: tau is the rise
 * constant while the target is above, the decay constant while it is below. Stable for any step.
 * @param activation - before the step, 0..1. @param target - command, 0..1. @param stepS - seconds, positive.
 */
export function stepActivation(activation: number, target: number, stepS: number): number {
  const constantS = target > activation ? ACTIVATION_RISE_S : ACTIVATION_DECAY_S;
  return target + (activation - target) * Math.exp(-stepS / constantS);
}

/** One exact step of a first-order lag, the same in both directions. @param constantS - seconds, 0: no lag. */
export function stepLag(value: number, target: number, stepS: number, constantS: number): number {
  return constantS === 0 ? target : target + (value - target) * Math.exp(-stepS / constantS);
}
