/**
 * Keystroke-level estimate of hands-on time (after Card, Moran and Newell 1980; the operator times are the
 * project's assumptions, decisions.md 34). It leaves out the squeeze itself and the rest between trials.
 */
export const SECONDS_PER_KEY = 0.28;
export const SECONDS_PER_TOUCH = 0.4;
export const SECONDS_PER_DECISION = 1.2;

export interface HandsOnActions {
  keys: number;
  touches: number;
  /** Moments of thought: one a number read off the gauge, one a choice. */
  decisions: number;
}

/** Estimated hands-on time in seconds. @throws RangeError for a negative or fractional count. */
export function handsOnSeconds(actions: HandsOnActions): number {
  for (const count of Object.values(actions)) {
    if (!Number.isInteger(count) || count < 0) throw new RangeError('actions are whole numbers from 0');
  }
  return (
    actions.keys * SECONDS_PER_KEY +
    actions.touches * SECONDS_PER_TOUCH +
    actions.decisions * SECONDS_PER_DECISION
  );
}

/**
 * Actions for typing values into the grid: the characters of each value and one Enter (or "Next" on the number
 * pad), one decision a value.
 */
export function actionsForValues(typed: readonly string[], by: 'keyboard' | 'touch'): HandsOnActions {
  const strokes = typed.reduce((sum, text) => sum + text.length + 1, 0);
  return {
    keys: by === 'keyboard' ? strokes : 0,
    touches: by === 'touch' ? strokes : 0,
    decisions: typed.length,
  };
}
