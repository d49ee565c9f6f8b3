/** Two engines may differ in the last bits of a power: relative to the larger of the two, and 1. */
const SAME_WITHIN = 1e-6;

/**
 * Whether two answers say the same: every word and shape equal, every number within 1e-6 of it. Times that a computation
 * took (`durationMs`) are of no interest.
 * @param own, given - plain data as it crosses the wire.
 */
export function isSameAnswer(own: unknown, given: unknown): boolean {
  if (typeof own === 'number' && typeof given === 'number') {
    return Math.abs(own - given) <= SAME_WITHIN * Math.max(1, Math.abs(own), Math.abs(given));
  }
  if (Array.isArray(own) && Array.isArray(given)) {
    return own.length === given.length && own.every((value, i) => isSameAnswer(value, given[i]));
  }
  if (isRecord(own) && isRecord(given)) {
    const names = new Set([...Object.keys(own), ...Object.keys(given)]);
    names.delete('durationMs');
    return [...names].every((name) => isSameAnswer(own[name], given[name]));
  }
  return own === given;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
