import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{core,electron,renderer,training,scripts}/**/*.test.{ts,tsx}'],
    exclude: ['**/*.slow.test.ts', 'node_modules/**'],
    testTimeout: 20_000,
  },
});
