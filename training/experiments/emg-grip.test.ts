import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { EMG_GRIP_EXPERIMENT, emgGripCells } from './emg-grip.ts';
import { rmsePercent } from './emg-grip-network.ts';

const folder = mkdtempSync(join(tmpdir(), 'emg-grip-cells-'));
afterAll(() => rmSync(folder, { recursive: true }));
const HEADER = `time_s,${Array.from({ length: 8 }, (_, i) => `emg${i + 1}_int8`).join(',')},fsr_adc10bit`;
const write = (name: string, pace: number) =>
  writeFileSync(
    join(folder, `${name}.csv`),
    [
      HEADER,
      ...Array.from({ length: 1200 }, (_, i) => {
        const effort = Math.max(0, Math.sin(i / pace));
        return `${(i * 0.005).toFixed(3)},${Array.from({ length: 8 }, (_, k) => (i % (k + 2)) * Math.round(9 * effort)).join(',')},${Math.round(300 * effort)}`;
      }),
    ].join('\n'),
  );

/** Results as cells give them, with differences transfer - direct as asked. */
const resultsWith = (differences: readonly number[]) =>
  new Map<string, unknown>(
    differences.flatMap((difference, i) => {
      const common = {
        recording: `forearm ${i}`,
        windows: 500,
        rmseOfStarts: [10, 11],
        learningRate: 0.003,
        epochs: 9,
      };
      return [
        [
          `${i}.transfer`,
          {
            ...common,
            arm: 'transfer',
            rmsePercent: 12 + difference,
            plain: { rmsePercent: 20, biasPercent: -5 },
          },
        ],
        [`${i}.direct`, { ...common, arm: 'direct', rmsePercent: 12, straightLineRmsePercent: 14 }],
      ];
    }),
  );
const mainFinding = (differences: readonly number[]) =>
  EMG_GRIP_EXPERIMENT.summarise(resultsWith(differences)).findings[0]!;

describe('cells', () => {
  it('are none without data or with too few recordings, copies counted once', () => {
    expect(emgGripCells(join(folder, 'nowhere'))).toEqual([]);
    write('a', 90);
    write('b', 120);
    write('copy of b', 120);
    expect(emgGripCells(folder)).toEqual([]);
  });
  it('are two for each recording left out, with names that a file may have', () => {
    write('C (second)', 150);
    const ids = emgGripCells(folder).map(({ id }) => id);
    expect(ids.length).toBe(6);
    expect(new Set(ids).size).toBe(6);
    for (const id of ids) expect(id).toMatch(/^[a-z0-9.-]+$/);
  });
});

describe('summary', () => {
  it('judges nothing without recordings and says why', () => {
    const { checks, findings } = EMG_GRIP_EXPERIMENT.summarise(new Map());
    expect(findings).toEqual([]);
    expect(checks.map(({ ok }) => ok)).toEqual([null]);
    expect(checks[0]!.bar).toMatch(/fewer than 3 recordings/);
  });
  it('concludes nothing from three recordings', () => {
    const finding = mainFinding([-3, -3, -3]);
    expect(finding.sentence).toMatch(/Not enough to conclude/);
    expect([finding.low, finding.high]).toEqual([finding.value, finding.value]);
  });
  it('gives an interval over recordings from six on, whichever way it comes out', () => {
    expect(mainFinding([-3, -2, -4, -3, -2, -3]).sentence).toMatch(/^Transfer has the smaller error/);
    expect(mainFinding([3, 2, 4, 3, 2, 3]).sentence).toMatch(/^Transfer has the larger error/);
    expect(mainFinding([3, -2, 4, -3, 2, -3]).sentence).toMatch(/^No difference/);
    const { low, value, high } = mainFinding([3, -2, 4, -3, 2, -3]);
    expect(low).toBeLessThan(value);
    expect(high).toBeGreaterThan(value);
  });
  it('leaves out a recording of which one arm is missing', () => {
    const results = resultsWith([1, 2, 3]);
    results.delete('1.direct');
    expect(EMG_GRIP_EXPERIMENT.summarise(results).findings[0]!.n).toBe(2);
  });
  it('refuses a result of another shape', () => {
    expect(() => EMG_GRIP_EXPERIMENT.summarise(new Map([['x', { arm: 'transfer' }]]))).toThrow();
  });
});

describe('error', () => {
  it('is a root mean square in percent of maximum', () => {
    expect(rmsePercent([10, 50], [0.13, 0.46])).toBeCloseTo(Math.sqrt((9 + 16) / 2), 12);
    expect(() => rmsePercent([], [])).toThrow(RangeError);
  });
});
