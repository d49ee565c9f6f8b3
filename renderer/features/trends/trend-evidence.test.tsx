// @vitest-environment jsdom
import '../../app/testing/jsdom-gaps.ts';
import { MantineProvider } from '@mantine/core';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { errorLimitN } from '../../../core/clinical/measured-change.ts';
import type { TrendPoint } from '../../../core/contract/channels/sessions.ts';
import type { Patient, Side } from '../../../core/contract/schemas/clinical.ts';
import { toNewtons } from '../../../core/units/quantities.ts';
import { startMemoryHost, testId, testPatient } from '../../app/testing/memory-host.ts';
import { ApiProvider } from '../../platform/api.tsx';
import { operationFlags } from './operation-flags.ts';
import { trendCsv } from './trend-csv.ts';
import { changesSinceFirst, deviceChangesOf, errorBandsOf } from './trend-series.ts';
import { TrendsScreen } from './trends-screen.tsx';

const point = (number: number, at: string, side: Side, kg: number, device = 701): TrendPoint => ({
  sessionId: testId(number),
  at: `${at}T08:00:00.000Z`,
  side,
  pinchN: toNewtons(kg, 'kg'),
  spreadN: 2,
  trialCount: 3,
  deviceId: testId(device),
  deviceName: device === 701 ? 'B&L pinch gauge' : 'Digital gauge',
});

const COURSE = [
  point(501, '2026-06-09', 'left', 3),
  point(501, '2026-06-09', 'right', 7),
  point(502, '2026-07-07', 'left', 4.1),
  point(502, '2026-07-07', 'right', 7.1),
  point(503, '2026-08-04', 'left', 4.2, 702),
];

async function open(options: { points?: TrendPoint[]; patient?: Partial<Patient>; isSample?: boolean } = {}) {
  const host = startMemoryHost({
    'patients.get': () => testPatient(1, options.patient),
    'sessions.trend': () => options.points ?? COURSE,
  });
  // Installs a clipboard: what it holds can be read back.
  const user = userEvent.setup();
  render(
    <MantineProvider env="test">
      <ApiProvider api={host.api}>
        <TrendsScreen patientId={testId(1)} isSample={options.isSample ?? false} />
      </ApiProvider>
    </MantineProvider>,
  );
  await screen.findByRole('heading', { name: 'Lateral pinch' });
  return { user };
}

describe('change against measurement error', () => {
  it('is told from the first value on the same device only, for each hand', () => {
    const changes = changesSinceFirst(COURSE);
    const told = COURSE.map((p) => changes.get(p)?.isBeyondError ?? 'first');
    expect(told).toEqual(['first', 'first', true, false, 'first']);
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
          point(500 + i, `2026-06-${10 + i}`, 'left', kg, device),
        );
        const bands = errorBandsOf(points, 'N', '2026-06-01');
        for (const [p, change] of changesSinceFirst(points)) {
          if (change === null) continue;
          const x = (Date.parse(p.at) - Date.parse('2026-06-01')) / (7 * 86_400_000);
          const own = bands.filter((b) => b.from <= x + 0.06 && x <= b.to + 0.06);
          const isInside = own.some((b) => p.pinchN >= b.low - 1e-9 && p.pinchN <= b.high + 1e-9);
          expect(isInside).toBe(!change.isBeyondError);
          // Broken twin: the band of the very first value, whatever the device.
          if (Math.abs(p.pinchN - points[0]!.pinchN) <= errorLimitN(points[0]!.pinchN) !== isInside)
            twinFails += 1;
        }
      }),
    );
    expect(twinFails).toBeGreaterThan(0);
  });

  it('names the population in the legend of the chart and in the table', async () => {
    const { user } = await open();
    expect(
      screen.getByText(
        /within measurement error of the first value.*MDC95 15 % of the value, at least 0\.41 kg: thumb base osteoarthritis/,
      ),
    ).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Show the table' }));
    expect(
      screen.getByText(/against MDC95 15 % of the value, at least 0\.41 kg: thumb base osteoarthritis/),
    ).toBeTruthy();
    const rows = screen.getAllByRole('row').map((r) => r.textContent ?? '');
    expect(rows.find((r) => r.includes('7 Jul') && r.includes('left'))).toMatch(/\+1\.10 kg, beyond error/);
    expect(rows.find((r) => r.includes('4 Aug'))).toMatch(/first value on this device/);
  });
});

describe('a device with a long name', () => {
  it('is cut where it would run out of the chart or widen the table, and whole in the CSV', async () => {
    const long = COURSE.map((p) =>
      p.deviceId === COURSE[0]?.deviceId ? p : { ...p, deviceName: 'G'.repeat(120) },
    );
    expect(deviceChangesOf(long, '2026-05-12')[0]?.name.length).toBeLessThan(50);
    expect(trendCsv(long, 'kg', '2026-05-12', false)).toContain('G'.repeat(120));
    const { user } = await open({ points: long });
    await user.click(screen.getByRole('button', { name: 'Show the table' }));
    expect(screen.queryByText('G'.repeat(120))).toBeNull();
    expect(screen.getByTitle('G'.repeat(120)).textContent).toMatch(/^G{40}…$/);
  });
});

describe('the operation on the time axis', () => {
  it('stands at its date, and nowhere while it is hidden or unknown', () => {
    expect(operationFlags(testPatient(1), '2026-05-12')).toEqual([
      { x: 0, name: 'four-corner fusion, 12 May 2026' },
    ]);
    expect(operationFlags(testPatient(1, { isBlinded: true }), '2026-05-12')).toEqual([]);
    expect(operationFlags(testPatient(1, { operation: 'none' }), '2026-05-12')).toEqual([]);
    expect(operationFlags(testPatient(1, { operationDate: null }), '2026-05-12')).toEqual([]);
  });

  it('cuts a long note, so that it does not run out of the chart', () => {
    const [flag] = operationFlags(
      testPatient(1, { operation: 'other', operationNote: 'x'.repeat(300) }),
      '2026-05-12',
    );
    expect(flag?.name.length).toBeLessThan(60);
  });
});

describe('copying', () => {
  it('gives the course as CSV with units, both hands and no name; invented people are called so', async () => {
    const { user } = await open({ isSample: true, patient: { displayName: 'Kowalska, Anna' } });
    await user.click(screen.getByRole('button', { name: 'Copy as CSV' }));
    expect(await screen.findByText(/paste it into a table/)).toBeTruthy();
    const text = await navigator.clipboard.readText();
    const lines = text.split('\r\n');
    expect(lines[0]).toMatch(/^invented people/);
    expect(lines[1]).toMatch(/MDC95 15 % of the value, at least 0\.41 kg: thumb base osteoarthritis/);
    expect(lines).toHaveLength(3 + COURSE.length);
    expect(lines[3]).toMatch(/^2026-06-09,4,right,7\.00,kg,68\.646\d+,2,3,B&L pinch gauge,,,/);
    expect(text).not.toContain('Kowalska');
  });

  it('says when it could not be copied', async () => {
    const { user } = await open();
    navigator.clipboard.writeText = () => Promise.reject(new Error('refused'));
    await user.click(screen.getByRole('button', { name: 'Copy as CSV' }));
    expect(await screen.findByText(/could not be copied/)).toBeTruthy();
  });

  it('quotes what a spreadsheet would read otherwise, and runs nothing', () => {
    const odd = { ...COURSE[0]!, deviceName: '=cmd("x"), gauge' };
    const line = trendCsv([odd], 'kg', '2026-05-12', false).split('\r\n').at(-1) ?? '';
    expect(line).toContain('"\'=cmd(""x""), gauge"');
  });
});
