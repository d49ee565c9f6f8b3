/** Keys of one number follow each other within this time, milliseconds. */
const IN_A_ROW_MS = 400;

/** When the last digit or decimal mark was pressed; null when another key came after it. */
export type LastNumberKey = { atMs: number } | null;

/**
 * Whether a key stands alone or belongs to a number that somebody types into no field. "3.8" meant for the form before
 * must not choose the third answer: a digit that another digit follows at once, or a decimal mark at any time, is no answer.
 * @param key its `timeStamp` in milliseconds, of the same clock as `last`.
 */
export function numberKey(
  last: LastNumberKey,
  key: Pick<KeyboardEvent, 'key' | 'timeStamp'>,
): 'alone' | 'in-a-number' | 'other' {
  const isMark = key.key === '.' || key.key === ',';
  if (!isMark && !/^\d$/.test(key.key)) return 'other';
  if (isMark) return 'in-a-number';
  return last !== null && key.timeStamp - last.atMs < IN_A_ROW_MS ? 'in-a-number' : 'alone';
}
