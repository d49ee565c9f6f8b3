import { inputNames, layoutOf } from '../../core/inference/network-input.ts';
import { type Part, wristStatePeople } from '../fit/wrist-state-data.ts';
import { ALL_MECHANISMS } from '../simulation/pinch/trace-assumptions.ts';
import type { WristStateOptions, WristStatePerson } from './wrist-state.ts';

/** Seed of the people of `wrist-state` 0.2. */
export const WRIST_STATE_DATA_SEED = 'wrist-state-0.2';
/** Whether the shipped network reads the force trace (decision 14: settled by the experiment wrist-trace-gain). */
export const HAS_TRACE = true;
export const WRIST_STATE_LAYOUT = layoutOf(
  inputNames(HAS_TRACE).map((name) => ({ name, unit: '', low: 0, high: 0 })),
);
/** What every person of the shipped data is simulated with. */
export const WRIST_STATE_WORLD: WristStateOptions = HAS_TRACE ? { trace: ALL_MECHANISMS } : {};

/** Subjects of each part; about 4 % have one trial only and are left out. */
export const WRIST_STATE_COUNTS = {
  train: 12_000,
  validation: 3_000,
  calibration: 15_000,
  test: 13_000,
} as const;
export type WristStatePart = keyof typeof WRIST_STATE_COUNTS & Part;

const made = new Map<WristStatePart, WristStatePerson[]>();

/**
 * The people of one part, made once a process: hashing, training and evaluation read the same ones.
 * @param limit - at most this many of them, from the first; fewer subjects are simulated then.
 */
export function wristStateParts(part: WristStatePart, limit = Number.POSITIVE_INFINITY): WristStatePerson[] {
  const all = WRIST_STATE_COUNTS[part];
  if (limit < all) return wristStatePeople(part, limit, WRIST_STATE_DATA_SEED, WRIST_STATE_WORLD);
  const known = made.get(part) ?? wristStatePeople(part, all, WRIST_STATE_DATA_SEED, WRIST_STATE_WORLD);
  made.set(part, known);
  return known;
}
