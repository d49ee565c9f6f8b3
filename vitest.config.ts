import { defineConfig } from 'vitest/config';

/**
 * Suites of plain arithmetic: no tensors, whose backend is one for a whole process, and no replaced modules. They share one
 * module graph a worker, so that a hundred small files do not each load the core anew.
 */
const PLAIN_CORE =
  'core/{agreement,clinical,contract,explain,formats,networks,numerics,signals,uncertainty,units}/**/*.test.ts';
const PLAIN_TRAINING = [
  'training/simulation/**/*.test.ts',
  // The other one replaces a module.
  'training/population/!(population-laws).test.ts',
];
/** Suites of programs and of the host: no page and no replaced modules, so that they share a module graph as well. */
const SHARED = [
  'electron/host/**/*.test.ts',
  'scripts/**/*.test.ts',
  'training/{dataset,evaluate,experiments,fit,publish,train}/**/*.test.ts',
];
/** The longest of the screens and of the simulator: `npm run test:unit` and `test:full`, so that `npm test` keeps its eight minutes. */
const THOROUGH = [
  'renderer/app/{leaving,shortcuts,user-switch}.test.tsx',
  'renderer/features/bedside/{protocols-on-screen,bedside-saving}.test.tsx',
  'renderer/features/patients/{patient-form-screen,patient-list-screen}.test.tsx',
  'electron/host/app/user-switch.test.ts',
  'training/dataset/wrist-state.test.ts',
  'training/evaluate/explanations/quality-figures.test.ts',
];
const SHELLS = '{electron,scripts}/shells/**/*.test.ts';
const NEVER = ['**/*.slow.test.ts', 'node_modules/**'];

export default defineConfig({
  test: {
    testTimeout: 20_000,
    setupFiles: ['scripts/testing/property-seed.ts'],
    // One fewer than there are cores is the default: half of a machine with two.
    maxWorkers: '100%',
    projects: [
      {
        extends: true,
        test: { name: 'plain', include: [PLAIN_CORE, ...PLAIN_TRAINING], exclude: NEVER, isolate: false },
      },
      {
        extends: true,
        test: { name: 'shared', include: SHARED, exclude: [...NEVER, ...THOROUGH, SHELLS], isolate: false },
      },
      {
        extends: true,
        test: {
          name: 'isolated',
          include: ['{core,electron,renderer,training,scripts}/**/*.test.{ts,tsx}'],
          exclude: [...NEVER, ...THOROUGH, ...SHARED, PLAIN_CORE, ...PLAIN_TRAINING, SHELLS],
        },
      },
      { extends: true, test: { name: 'thorough', include: THOROUGH, exclude: NEVER } },
      { extends: true, test: { name: 'shells', include: [SHELLS], exclude: NEVER } },
      // Minutes: `npm run test:full` alone.
      {
        extends: true,
        test: {
          name: 'slow',
          include: ['{core,electron,renderer,training,scripts}/**/*.slow.test.ts'],
          exclude: ['node_modules/**'],
          testTimeout: 600_000,
        },
      },
    ],
  },
});
