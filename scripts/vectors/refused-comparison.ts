import type { Comparison } from './comparison.ts';

/** Input that nothing can be said of: our function refuses it with a RangeError, never with a number. */
export function refused(what: string, call: () => unknown): Comparison {
  let actual = 'an answer';
  try {
    call();
  } catch (cause) {
    actual = cause instanceof RangeError ? 'refused' : String(cause);
  }
  return { what, expected: 'refused', actual };
}
