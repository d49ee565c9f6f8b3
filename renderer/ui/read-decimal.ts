/**
 * A typed number with one decimal mark, point or comma; null for anything else. "1.234,5" or "1 234" has two readings and
 * is none.
 */
export function readDecimal(typed: string): number | null {
  const text = typed.trim();
  return /^-?(\d+([.,]\d*)?|[.,]\d+)$/.test(text) ? Number(text.replace(',', '.')) : null;
}
