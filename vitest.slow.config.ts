import { defineConfig } from 'vitest/config';

/** Slow statistical tests; npm run test:full. */
export default defineConfig({
  test: { include: ['{core,training}/**/*.slow.test.ts'], testTimeout: 600_000, passWithNoTests: true },
});
