import { expect, it } from 'vitest';
import { coverageOf, type Setting } from './testing/interval-coverage.ts';
import { ANSWERS, FORECASTS, REASONS } from './testing/simulated-clinics.ts';

const SIZES = [
  [5, 4],
  [5, 'uneven'],
  [8, 3],
  [8, 'uneven'],
  [12, 3],
  [20, 3],
] as const;

/** The table of ADR 26, printed. */
it('law: holds in at least 93 of 100 in every simulated clinic, and the percentile interval does not', () => {
  const settings: Setting[] = SIZES.flatMap(([patients, sessions]) => [
    { kind: ANSWERS, patients, sessions, shares: [0.7, 0.3] },
    { kind: ANSWERS, patients, sessions, shares: [0.85, 0.15] },
    { kind: REASONS, patients, sessions, shares: [0.5, 0.4] },
    { kind: REASONS, patients, sessions, shares: [0.8, 0.2] },
    { kind: FORECASTS, patients, sessions, shares: [0.5, 0.5] },
  ]);
  const lines = settings.flatMap((setting) =>
    coverageOf(setting, 2000).map((found) => ({
      patients: setting.patients,
      sessions: setting.sessions,
      shares: setting.shares.join(' ± '),
      ...found,
    })),
  );
  console.table(lines);
  // Three standard errors of 0.93 over 2,000 are 0.017.
  for (const line of lines) expect(line.held, JSON.stringify(line)).toBeGreaterThan(0.913);
  expect(Math.min(...lines.map(({ percentile }) => percentile))).toBeLessThan(0.8);
});
