import type * as z from 'zod';

/**
 * Results of the cells `ids`, checked. @throws Error when a cell is missing or does not have the form of this code.
 */
export function cellResults<T>(
  results: ReadonlyMap<string, unknown>,
  ids: readonly string[],
  schema: z.ZodType<T>,
): T[] {
  return ids.map((id) => {
    const parsed = schema.safeParse(results.get(id));
    if (!parsed.success) throw new Error(`the result of cell ${id} is missing or of another form`);
    return parsed.data;
  });
}
