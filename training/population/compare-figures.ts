/**
 * Every place where two tables of figures differ, one line each: path, committed and computed value.
 * @param committed - numbers, texts, lists and records as JSON gives them.
 */
export function differences(committed: unknown, computed: unknown, path = ''): string[] {
  if (isRecord(committed) && isRecord(computed)) {
    const keys = new Set([...Object.keys(committed), ...Object.keys(computed)]);
    return [...keys].flatMap((key) =>
      differences(committed[key], computed[key], path === '' ? key : `${path}.${key}`),
    );
  }
  return Object.is(committed, computed)
    ? []
    : [
        `${path}: committed ${JSON.stringify(committed) ?? 'nothing'}, rows ${JSON.stringify(computed) ?? 'nothing'}`,
      ];
}

/** Lists are records by position. */
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;
