/**
 * Where the page lives in each shell. Exact strings: they are compared, never parsed, because
 * `new URL('app://bundle').origin` is the string "null".
 */
export const PAGE_ORIGINS = {
  electron: 'app://bundle',
  browser: 'https://app.prehensa.invalid',
} as const;
