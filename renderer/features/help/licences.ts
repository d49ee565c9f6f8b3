/** What runs inside the app, by package. A test compares the licences with the installed packages. */
export const LICENCES = [
  { name: '@fontsource-variable/inter', what: 'Inter, the typeface', licence: 'OFL-1.1' },
  { name: '@mantine/core', what: 'form and dialog components', licence: 'MIT' },
  { name: '@tabler/icons-react', what: 'icons', licence: 'MIT' },
  { name: '@tensorflow/tfjs', what: 'neural networks on this computer', licence: 'Apache-2.0' },
  { name: 'better-sqlite3', what: 'the encrypted store', licence: 'MIT' },
  { name: 'electron', what: 'the window of the desktop app', licence: 'MIT' },
  { name: 'kysely', what: 'typed queries', licence: 'MIT' },
  { name: 'ml-matrix', what: 'linear algebra', licence: 'MIT' },
  { name: 'playwright-core', what: 'the window of the browser shell', licence: 'Apache-2.0' },
  { name: 'react', what: 'the page', licence: 'MIT' },
  { name: 'recharts', what: 'charts', licence: 'MIT' },
  { name: 'simple-statistics', what: 'statistics', licence: 'ISC' },
  { name: 'uplot', what: 'dense traces', licence: 'MIT' },
  { name: 'zod', what: 'checks of every message', licence: 'MIT' },
] as const;
