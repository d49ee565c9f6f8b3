// @vitest-environment jsdom
import '../../app/testing/jsdom-gaps.ts';
import { screen } from '@testing-library/react';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { errorLimitSi } from '../../../core/clinical/measured-change.ts';
import { RECALLED_WORDS } from '../../../core/clinical/norms/norm-label.ts';
import { readNormTable } from '../../../core/clinical/norms/norm-table.ts';
import { changesSinceFirst } from '../../../core/clinical/trend-runs.ts';
import { testId, testPatient } from '../../app/testing/memory-host.ts';
import { bandsOf, legendOf, missingWords, pictureLines, type ShownTrend } from './shown-trend.ts';
import { COURSE, NORM_FILES, openTrends, trendPoint } from './testing/open-trends.tsx';
import { trendCsv } from './trend-csv.ts';
import { interventionFlags, operationFlags } from './trend-flags.ts';
import { changeBandsOf, chartWeek, deviceChangesOf, segmentsOf } from './trend-series.ts';

const shownOf = (change: Partial<ShownTrend> = {}): ShownTrend => ({
  patient: testPatient(1),
  measure: 'lateral-pinch',
  unit: 'kg',
  points: COURSE,
  origin: '2026-05-12',
  xLabel: 'weeks since surgery',
  norm: null,
  isSample: false,
  ...change,
});

describe('change against measurement error', () => {
  it('is told from the first value on the same device only, for each hand', () => {
    const changes = changesSinceFirst(COURSE);
    const told = COURSE.map((p) => changes.get(p)?.isBeyondError ?? 'first');
    expect(told).toEqual(['first', 'first', true, false, 'first']);
  });

  it('breaks the line where the device changes, and draws every visit, also two of one day', () => {
    const lines = segmentsOf(COURSE, 'kg', '2026-05-12').map((s) => s.points.length);
    expect(lines).toEqual([2, 2, 1]);
    const twice = COURSE.slice(0, 4).flatMap((p) => [
      p,
      { ...p, at: new Date(Date.parse(p.at) + 3_600_000).toISOString() },
    ]);
    for (const line of segmentsOf(twice, 'kg', '2026-05-12')) {
      const places = line.points.map((point) => point.x);
      expect(new Set(places).size).toBe(4);
    }
  });

  it('law: a point lies inside its band exactly when its change is within error', () => {
    const course = fc.array(
      fc.record({ kg: fc.double({ min: 0, max: 12, noNaN: true }), device: fc.constantFrom(701, 702) }),
      { minLength: 2, maxLength: 8 },
    );
    let twinFails = 0;
    fc.assert(
      fc.property(course, (list) => {
        const points = list.map(({ kg, device }, i) =>
          trendPoint(500 + i, `2026-06-${10 + i}`, 'left', kg, { device }),
        );
        const bands = changeBandsOf(points, 'error', 'N', '2026-06-01');
        const first = points[0]!.valueSi;
        for (const [p, change] of changesSinceFirst(points)) {
          if (change === null) continue;
          const x = chartWeek('2026-06-01', p.at);
          const own = bands.filter((b) => b.from <= x + 0.06 && x <= b.to + 0.06);
          const isInside = own.some((b) => p.valueSi >= b.low - 1e-9 && p.valueSi <= b.high + 1e-9);
          expect(isInside).toBe(!change.isBeyondError);
          // Broken twin: the band of the very first value, whatever the device.
          const limit = errorLimitSi('lateral-pinch', first) as number;
          if (Math.abs(p.valueSi - first) <= limit !== isInside) twinFails += 1;
        }
      }),
    );
    expect(twinFails).toBeGreaterThan(0);
  });

  it('names population and level in the legend of the chart and in the table', async () => {
    const { user } = await openTrends();
    expect(
      screen.getByText(
        /within measurement error of the first value.*MDC95 15 % of the value \(assumed\), at least 0\.41 kg \(the hand opposite the affected one, which has 0\.37 kg\): thumb base/,
      ),
    ).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Show the table' }));
    expect(screen.getByText(/against MDC95 15 % of the value.*thumb base osteoarthritis/)).toBeTruthy();
    const rows = screen.getAllByRole('row').map((r) => r.textContent ?? '');
    expect(rows.find((r) => r.includes('7 Jul') && r.includes('left'))).toMatch(/\+1\.10 kg, beyond error/);
    expect(rows.find((r) => r.includes('4 Aug'))).toMatch(/first value on this device/);
  });

  it('draws the smallest important change of grip with its population, and none where none was found', () => {
    const grip = [
      trendPoint(501, '2026-06-09', 'left', 20, { measure: 'grip-2' }),
      trendPoint(502, '2026-07-09', 'left', 28, { measure: 'grip-2' }),
    ];
    const legend = legendOf(shownOf({ measure: 'grip-2', points: grip }));
    expect(legend.find(({ kind }) => kind === 'important')?.text).toMatch(
      /MCID 6\.50 kg: broken distal radius with a plate, n = 50/,
    );
    expect(bandsOf(shownOf()).map(({ kind }) => kind)).not.toContain('important');
    expect(missingWords(shownOf())).toContain('No smallest important change was found for key pinch.');
    expect(missingWords(shownOf({ measure: 'score-dash', points: [], unit: 'points' })).join(' ')).toMatch(
      /No figure of measurement error.*may still be measurement error/,
    );
  });
});

describe('norms', () => {
  it('law: wherever a recalled table is shown, it says that it was transcribed from memory', async () => {
    for (const file of NORM_FILES) {
      const norm = readNormTable(file);
      const points = [
        trendPoint(501, '2026-06-09', 'left', 4, { measure: norm.measure }),
        trendPoint(502, '2026-07-09', 'right', 5, { measure: norm.measure }),
      ];
      const shown = shownOf({ measure: norm.measure, points, norm });
      const child = shownOf({ ...shown, patient: testPatient(1, { birthDate: '2016-01-01' }) });
      const csvRows = trendCsv(shown).split('\r\n').slice(2);
      const places = {
        legend: legendOf(shown)
          .map(({ text }) => text)
          .join(' '),
        picture: pictureLines(shown).join(' '),
        'first row of the file': csvRows[0] ?? '',
        'last row of the file': csvRows.at(-1) ?? '',
        'outside the ages': missingWords(child).join(' '),
      };
      for (const [place, text] of Object.entries(places)) {
        expect(text.includes(RECALLED_WORDS), `${norm.id}: ${place}`).toBe(norm.reading === 'recalled');
      }
      // Broken twin: the source alone, as a legend usually has it.
      expect(norm.source).not.toContain(RECALLED_WORDS);
    }
  });

  it('a recalled table is drawn only when it is switched on; then chart, table and notice say so', async () => {
    const { user } = await openTrends({ points: COURSE.slice(0, 4) });
    // In the list of what could be chosen it stands with its status; nowhere else.
    expect(screen.queryByText(/norms, mean/)).toBeNull();
    await user.selectOptions(screen.getByLabelText('Published norms'), 'mathiowetz-1985-key-pinch');
    expect(screen.getByText(/^norms, mean ± 1 SD.*transcribed from memory, unverified/)).toBeTruthy();
    expect(screen.getByText('These norms were transcribed from memory, unverified.')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Show the table' }));
    expect(screen.getByRole('table').querySelector('caption')?.textContent).toContain(RECALLED_WORDS);
  });

  it('a table that was read is drawn at once, with source, device and population', async () => {
    const grip = [trendPoint(501, '2026-06-09', 'left', 20, { measure: 'grip-2' })];
    await openTrends({ points: grip });
    expect(screen.getByText(/^norms, .*\(read in the source or a public copy/)).toBeTruthy();
  });
});

describe('a device with a long name', () => {
  it('is cut where it would run out of the chart or widen the table, and whole in the CSV', async () => {
    const long = COURSE.map((p) =>
      p.deviceId === COURSE[0]?.deviceId ? p : { ...p, deviceName: 'G'.repeat(120) },
    );
    expect(deviceChangesOf(long, '2026-05-12')[0]?.name.length).toBeLessThan(50);
    expect(trendCsv(shownOf({ points: long }))).toContain('G'.repeat(120));
    const { user } = await openTrends({ points: long });
    await user.click(screen.getByRole('button', { name: 'Show the table' }));
    expect(screen.queryByText('G'.repeat(120))).toBeNull();
    expect(screen.getByTitle('G'.repeat(120)).textContent).toMatch(/^G{40}…$/);
  });
});

describe('flags on the time axis', () => {
  it('the operation stands at its date, and nowhere while it is hidden or unknown', () => {
    expect(operationFlags(testPatient(1), '2026-05-12')).toEqual([
      { x: 0, name: 'four-corner fusion, 12 May 2026', kind: 'operation' },
    ]);
    expect(operationFlags(testPatient(1, { isBlinded: true }), '2026-05-12')).toEqual([]);
    expect(operationFlags(testPatient(1, { operation: 'none' }), '2026-05-12')).toEqual([]);
    expect(operationFlags(testPatient(1, { operationDate: null }), '2026-05-12')).toEqual([]);
  });

  it('a long note is cut, so that it does not run out of the chart', () => {
    const note = 'x'.repeat(300);
    const [operation] = operationFlags(
      testPatient(1, { operation: 'other', operationNote: note }),
      '2026-05-12',
    );
    const mark = { id: testId<string>(1), kind: 'other', side: null, onDate: '2026-06-01', note } as const;
    const more = { patientId: testId<never>(1), userName: '', createdAt: '2026-06-01T08:00:00.000Z' };
    const [flag] = interventionFlags([{ ...mark, ...more }], '2026-05-12');
    expect(operation?.name.length).toBeLessThan(60);
    expect(flag?.name.length).toBeLessThan(60);
  });
});

describe('copying and saving', () => {
  it('gives the course as CSV with units, both hands and no name; invented people are called so', async () => {
    const { user } = await openTrends({ isSample: true, patient: { displayName: 'Kowalska, Anna' } });
    await user.click(screen.getByRole('button', { name: 'Copy as CSV' }));
    expect(await screen.findByText(/paste it into a table/)).toBeTruthy();
    const text = await navigator.clipboard.readText();
    const lines = text.split('\r\n');
    expect(lines[0]).toMatch(/^Invented people/);
    expect(lines[1]).toMatch(
      /MDC95 15 % of the value \(assumed\), at least 0\.41 kg \(the hand opposite.*in no source\)/,
    );
    expect(lines).toHaveLength(3 + COURSE.length);
    expect(lines[3]).toMatch(
      /^2026-06-09,4,right,lateral-pinch,7\.00,kg,68\.646\d+,2,N,3,B&L pinch gauge,,,,,$/,
    );
    expect(text).not.toContain('Kowalska');
  });

  it('tells the weeks since surgery as the report does: completed, never rounded up', async () => {
    // 17 days and a half, which rounds to 3 weeks by way of 2.5.
    const visit = { ...trendPoint(501, '2026-05-29', 'left', 4), at: '2026-05-29T11:00:00.000Z' };
    const patient = testPatient(1, { operationDate: '2026-05-12' });
    expect(
      trendCsv(shownOf({ points: [visit], patient }))
        .split('\r\n')
        .at(-1),
    ).toMatch(/^2026-05-29,2,left/);
    const { user } = await openTrends({ points: [visit], patient: { operationDate: '2026-05-12' } });
    await user.click(screen.getByRole('button', { name: 'Show the table' }));
    expect(screen.getAllByRole('row').at(-1)?.textContent).toMatch(/^29 May 20262left/);
  });

  it('saves the table as a file without a name in the file’s name, and says where it is', async () => {
    const { user, host } = await openTrends({
      patient: { displayName: 'Kowalska, Anna' },
      handlers: { 'reports.saveFile': () => ({ savedTo: '/exports/course.csv' }) },
    });
    await user.click(screen.getByRole('button', { name: 'Save as a file' }));
    await user.click(await screen.findByRole('menuitem', { name: 'Table (CSV)' }));
    expect(await screen.findByText('/exports/course.csv')).toBeTruthy();
    const [asked] = host.inputsOf('reports.saveFile') as { suggestedName: string; content: string }[];
    expect(asked?.suggestedName).toBe('lateral-pinch course.csv');
    expect(asked?.content).toContain('2026-06-09');
  });

  it('says when it could not be copied', async () => {
    const { user } = await openTrends();
    navigator.clipboard.writeText = () => Promise.reject(new Error('refused'));
    await user.click(screen.getByRole('button', { name: 'Copy as CSV' }));
    expect(await screen.findByText(/could not be copied/)).toBeTruthy();
  });

  it('quotes what a spreadsheet would read otherwise, and runs nothing', () => {
    const odd = { ...COURSE[0]!, deviceName: '=cmd("x"), gauge' };
    const line =
      trendCsv(shownOf({ points: [odd] }))
        .split('\r\n')
        .at(-1) ?? '';
    expect(line).toContain('"\'=cmd(""x""), gauge"');
  });
});
