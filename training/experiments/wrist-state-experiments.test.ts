import { describe, expect, it } from 'vitest';
import { WRIST_PATIENT_SPREAD } from './wrist-patient-spread.ts';
import { SPREAD_FACTORS, SPREAD_PATTERNS } from './wrist-patient-spread-cells.ts';
import { traceBranchCheck, WRIST_TRACE_GAIN } from './wrist-trace-gain.ts';
import { TRACE_WORLDS } from './wrist-trace-gain-cells.ts';

const interval = (value: number) => ({ value, low: value - 0.01, high: value + 0.01, n: 10_000 });
const traceCells = (gain: number) =>
  new Map<string, unknown>(
    Object.keys(TRACE_WORLDS).map((world) => [
      world,
      {
        accuracy: interval(0.7),
        permutedAccuracy: interval(0.7 - gain),
        gain: interval(world === 'both' ? gain : 0),
        logLossGain: interval(gain),
        misledLoss: interval(0.1),
      },
    ]),
  );
const spreadCells = () =>
  new Map<string, unknown>(
    Object.keys(SPREAD_FACTORS).map((world) => [
      world,
      Object.keys(SPREAD_FACTORS).flatMap((testedIn) =>
        SPREAD_PATTERNS.map((pattern) => ({
          pattern,
          testedIn,
          accuracy: interval(0.6),
          confusion: [
            [1, 0, 0],
            [0, 1, 0],
            [0, 0, 1],
          ],
        })),
      ),
    ]),
  );

describe('the trace branch', () => {
  it('ships only with a gain above zero; without it any gain will do', () => {
    expect(traceBranchCheck(interval(0.02), true).ok).toBe(true);
    expect(traceBranchCheck(interval(0.005), true).ok).toBe(false);
    expect(traceBranchCheck(interval(-0.05), true).ok).toBe(false);
    expect(traceBranchCheck(interval(-0.05), false).ok).toBe(true);
  });

  it('is judged by the world of the shipped data, not by the others', () => {
    const [check] = WRIST_TRACE_GAIN.summarise(traceCells(0.03)).checks;
    expect(check).toMatchObject({ value: 0.03, n: 10_000 });
    expect(check?.low).toBeCloseTo(0.02, 12);
  });
});

describe.each([
  { experiment: WRIST_TRACE_GAIN, cells: traceCells(0.03) },
  { experiment: WRIST_PATIENT_SPREAD, cells: spreadCells() },
])('$experiment.name', ({ experiment, cells }) => {
  it('reports every cell and says that the networks are held fixed', () => {
    const { findings, tables, plots } = experiment.summarise(cells);
    expect(findings).toHaveLength(experiment.name === 'wrist-trace-gain' ? 12 : 27);
    for (const { sentence } of findings) expect(sentence).toContain('given these networks');
    expect(tables[0]!.caption).toContain('given these networks');
    expect(plots[0]!.caption).toContain('given these networks');
  });

  it('stops at a missing or malformed cell instead of leaving it out (broken twin: a summary of the rest)', () => {
    const [first = ''] = cells.keys();
    const missing = new Map(cells);
    missing.delete(first);
    expect(() => experiment.summarise(missing)).toThrow(first);
    expect(() => experiment.summarise(new Map(cells).set(first, { accuracy: 0.6 }))).toThrow(first);
  });
});
