// @vitest-environment jsdom
import '../../app/testing/jsdom-gaps.ts';
import { MantineProvider } from '@mantine/core';
import { render } from '@testing-library/react';
import type { ReactNode } from 'react';
import { describe, expect, it } from 'vitest';
import { NO_FILTER } from '../../../core/agreement/concordance-filter.ts';
import { MUSCLE_GROUPS } from '../../../core/clinical/muscle-groups.ts';
import type { MuscleConcordanceRow } from '../../../core/contract/schemas/concordance.ts';
import type { ForecastRow } from '../../../core/contract/schemas/forecast.ts';
import { testId } from '../../app/testing/memory-host.ts';
import { AnalysesSection } from './analyses-section.tsx';
import { forecastsCsv } from './concordance-csv.ts';
import { ForecastsSection } from './forecasts-section.tsx';

const shown = (node: ReactNode) => render(<MantineProvider env="test">{node}</MantineProvider>).container;
/** Texts of the cells of each row, by its head. */
const rowsOf = (container: HTMLElement) =>
  [...container.querySelectorAll('tbody tr')].map((row) => ({
    head: row.querySelector('th')?.textContent ?? '',
    cells: [...row.querySelectorAll('td')].map((cell) => cell.textContent ?? ''),
  }));

type Model = NonNullable<ForecastRow['model']>;
const model = (change: Partial<Model>): Model => ({
  modelId: 'next-visit',
  modelVersion: '0.1.0',
  bundleHash: 'ab'.repeat(32),
  refusal: null,
  quantilesN: [40, 43, 45, 47, 50],
  intervalN: [38, 52],
  inRangeP: 0.4,
  reasons: [],
  ...change,
});
const REFUSED = model({ refusal: 'out-of-range', quantilesN: null, intervalN: null });
/** The clinician is as good as the model where both forecast, and far off elsewhere. */
const forecast = (i: number, answer: Model | null, isFarFromPlan = false): ForecastRow => ({
  sessionId: testId(100 + i),
  patientId: testId(200 + (i % 12)),
  clinician: {
    id: testId(300 + i),
    userId: testId(901),
    userName: 'Dr A. Lindgren',
    side: 'left',
    lowN: answer?.quantilesN ? 43 : 80,
    highN: answer?.quantilesN ? 47 : 90,
    typedLow: '40',
    typedHigh: '50',
    unit: 'N',
    plannedOn: '2026-08-01',
    lastN: 40,
    lockedAt: '2026-07-01T08:00:00.000Z',
  },
  model: answer,
  outcome: {
    kind: 'scored',
    sessionId: testId(400 + i),
    at: '2026-08-01T08:00:00.000Z',
    pinchPeakN: 44 + (i % 5),
    isFarFromPlan,
  },
});
const ROWS = [
  ...Array.from({ length: 12 }, (_, i) => forecast(i, model({}))),
  ...Array.from({ length: 3 }, (_, i) => forecast(12 + i, REFUSED)),
  ...Array.from({ length: 2 }, (_, i) => forecast(15 + i, null)),
  // In no figure: far from the plan with both ranges, and the hand that is not affected.
  forecast(17, model({}), true),
  { ...forecast(18, REFUSED), isOfSoundHand: true },
];

describe('forecasts of both', () => {
  it('stand beside each other on the same forecasts, with the refusals and the questions never asked', () => {
    const container = shown(
      <ForecastsSection
        board={{ rows: ROWS, heldBack: 0 }}
        clinicianId={testId(901)}
        filterNote=""
        isSample={false}
      />,
    );
    const [paired, own, others] = rowsOf(container);
    expect(paired?.head).toBe('Dr A. Lindgren and model');
    expect(paired?.cells[0]).toBe('12of 12 patients');
    // The same range on the same visits is the same skill, and a difference of nothing.
    expect(paired?.cells[1]).toBe(paired?.cells[2]);
    expect(paired?.cells[3]).toMatch(/: 0\.00/);
    expect(paired?.cells[4]).toBe('model refused 3, not asked 2');
    expect(own?.cells[0]).toBe('17of 12 patients');
    expect(own?.cells[2]).not.toBe(paired?.cells[1]);
    expect(others?.cells[0]).toBe('12of 12 patients');
    expect(container.textContent).toContain('17 scored, 0 waiting');
    expect(container.textContent).toMatch(
      /In no figure.*: 1 whose next visit came at less than half or more/,
    );
    expect(container.textContent).toMatch(/In no figure.*: 1 of the hand that is not affected/);
  });

  it('tell a refusal from a question never asked, and the time from the plan, in the CSV too', () => {
    const lines = forecastsCsv(ROWS, { decimalMark: '.', isSample: false }).split('\r\n');
    const cellsOf = (line: number) => lines[line]!.split(',');
    const place = cellsOf(0).indexOf('model_answer');
    expect([1, 13, 16].map((line) => cellsOf(line)[place])).toEqual([
      'range given',
      'refused: unlike the simulated courses it was trained on',
      'not asked',
    ]);
    expect([1, 18].map((line) => cellsOf(line).at(-2))).toEqual(['as planned', 'far from the plan']);
    expect([1, 18, 19].map((line) => cellsOf(line).at(-1))).toEqual([
      'yes',
      'no: far from the planned time',
      'no: not the affected hand',
    ]);
  });
});

describe('muscle groups', () => {
  const judged = (i: number, flags: MuscleConcordanceRow['flags']): MuscleConcordanceRow => ({
    sessionId: testId(500 + i),
    patientId: testId(600 + i),
    clinicianId: testId(901),
    clinicianName: 'Dr A. Lindgren',
    lockedAt: '2026-06-01T09:00:00.000Z',
    isBlinded: true,
    flags,
    groups: MUSCLE_GROUPS.map((group, g) => ({
      group,
      answer: (['weaker', 'as-expected'] as const)[(i + g) % 2]!,
      modelPercent: [60, 100][(i + g) % 2]!,
    })),
  });
  const rows = [
    ...Array.from({ length: 12 }, (_, i) => judged(i, [])),
    judged(12, ['under-3-seconds']),
    judged(13, ['repeated-pattern']),
  ];
  const section = (muscles: MuscleConcordanceRow[], endKnown = 0) =>
    shown(
      <AnalysesSection
        analyses={{
          muscles,
          elbow: [],
          leftOut: { heldBack: 0, changedAfterLock: 0, withoutResult: 0, endKnown },
        }}
        filter={NO_FILTER}
        filterNote=""
      />,
    );

  it('are counted with and without quick or repeated locks', () => {
    const found = rowsOf(section(rows));
    expect(found[0]).toMatchObject({ head: 'all groups' });
    expect(found[0]?.cells[0]).toMatch(/^14/);
    expect(found[1]?.head).toBe('all groups, without quick or repeated locks');
    expect(found[1]?.cells[0]).toMatch(/^12/);
  });

  it('say that no lock was quick or repeated, and how many holds were known', () => {
    const container = section(rows.slice(0, 12), 2);
    expect(container.textContent).toContain('0 of 12 locks under 3 seconds');
    expect(rowsOf(container).map(({ head }) => head)).not.toContain(
      'all groups, without quick or repeated locks',
    );
    expect(container.textContent).toContain('2 whose end was known before the lock');
  });
});
