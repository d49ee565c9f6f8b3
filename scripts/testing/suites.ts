/** The suites of `npm test`: what each runs, and how its counts are read. */
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { runStep, type StepResult } from './run-step.ts';

export interface SuiteResult {
  passed: number;
  failed: number;
  /** Why tests were skipped, one sentence each with its count. */
  skipped: { count: number; why: string }[];
  shells: string;
}

export interface Suite {
  name: string;
  run(): Promise<SuiteResult>;
}

const REPORTS = 'out/test';

const single = (step: StepResult): SuiteResult => ({
  passed: step.status === 0 ? 1 : 0,
  failed: step.status === 0 ? 0 : 1,
  skipped: [],
  shells: '-',
});

/** A program that passes or fails as a whole; its output is shown when it fails. */
export function programSuite(
  name: string,
  command: string,
  args: string[],
  isQuiet = true,
  env: Record<string, string> = {},
): Suite {
  return {
    name,
    run: async () => {
      const step = await runStep(name, command, args, { isQuiet, env });
      if (isQuiet && step.status !== 0) console.log(step.output);
      return single(step);
    },
  };
}

const PROJECTS = [
  'core',
  'core/learning',
  'electron',
  'electron/shells',
  'renderer',
  'training',
  'scripts',
  '.',
];

export const typesSuite: Suite = {
  name: 'types',
  run: async () => {
    const result: SuiteResult = { passed: 0, failed: 0, skipped: [], shells: '-' };
    for (const project of PROJECTS) {
      const step = await runStep(`types ${project}`, 'tsc', ['-p', `${project}/tsconfig.json`], {
        isQuiet: true,
      });
      if (step.status === 0) result.passed++;
      else {
        result.failed++;
        console.log(step.output);
      }
    }
    return result;
  },
};

interface VitestReport {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTotalTests: number;
  success: boolean;
}

/** Vitest over the given patterns. A file that could not even start counts as a failure. */
export function vitestSuite(name: string, args: string[], shells = '-'): Suite {
  return {
    name,
    run: async () => {
      mkdirSync(REPORTS, { recursive: true });
      const file = `${REPORTS}/${name.replace(/\W+/g, '-')}.json`;
      rmSync(file, { force: true });
      const step = await runStep(name, 'vitest', [
        'run',
        ...args,
        '--reporter=dot',
        '--reporter=json',
        `--outputFile.json=${file}`,
      ]);
      if (!existsSync(file)) return { passed: 0, failed: 1, skipped: [], shells };
      const report = JSON.parse(readFileSync(file, 'utf8')) as VitestReport;
      const why = /^skipped: .*$/m.exec(step.output)?.[0] ?? 'see the lines above';
      return {
        passed: report.numPassedTests,
        failed: report.numFailedTests + (step.status !== 0 && report.numFailedTests === 0 ? 1 : 0),
        skipped: report.numPendingTests > 0 ? [{ count: report.numPendingTests, why }] : [],
        shells,
      };
    },
  };
}

interface PlaywrightReport {
  stats: { expected: number; unexpected: number; skipped: number; flaky: number };
}

/**
 * Playwright's specs in one shell. A flaky test counts as failed: retries are off.
 * @param isWhole - false leaves out what is tagged @full: `npm test` keeps within its eight minutes.
 */
export function endToEndSuite(
  shell: 'browser' | 'electron',
  environment: Record<string, string>,
  isWhole: boolean,
): Suite {
  const name = `end-to-end (${shell})`;
  const which = isWhole ? [] : ['--grep-invert', '@full'];
  return {
    name,
    run: async () => {
      const file = `${REPORTS}/e2e-${shell}.json`;
      mkdirSync(REPORTS, { recursive: true });
      rmSync(file, { force: true });
      const step = await runStep(name, 'playwright', ['test', '--reporter=list,json', ...which], {
        env: { ...environment, PREHENSA_SHELL: shell, PLAYWRIGHT_JSON_OUTPUT_NAME: file },
      });
      if (!existsSync(file)) return { passed: 0, failed: 1, skipped: [], shells: shell };
      const { stats } = JSON.parse(readFileSync(file, 'utf8')) as PlaywrightReport;
      const failed = stats.unexpected + stats.flaky;
      return {
        passed: stats.expected,
        failed: failed + (step.status !== 0 && failed === 0 ? 1 : 0),
        skipped: stats.skipped > 0 ? [{ count: stats.skipped, why: 'see the list above' }] : [],
        shells: shell,
      };
    },
  };
}
