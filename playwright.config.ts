import { defineConfig } from 'playwright/test';

/** The app starts once a test: two at a time fit two cores. No retries: a flaky test is a defect. */
export default defineConfig({
  testDir: 'e2e/specs',
  outputDir: 'out/test/e2e',
  fullyParallel: true,
  workers: 2,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  forbidOnly: true,
});
