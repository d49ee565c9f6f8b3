// @vitest-environment jsdom
import '../../app/testing/jsdom-gaps.ts';
import { MantineProvider } from '@mantine/core';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import type { TrendPoint } from '../../../core/contract/channels/sessions.ts';
import type { Patient, Side } from '../../../core/contract/schemas/clinical.ts';
import { toNewtons } from '../../../core/units/quantities.ts';
import { startMemoryHost, testId, testPatient } from '../../app/testing/memory-host.ts';
import { ApiProvider } from '../../platform/api.tsx';
import { segmentsOf } from './trend-series.ts';
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
];

async function open(points: TrendPoint[], patient: Partial<Patient> = {}) {
  const host = startMemoryHost({
    'patients.get': () => testPatient(1, patient),
    'sessions.trend': () => points,
  });
  const user = userEvent.setup();
  render(
    <MantineProvider env="test">
      <ApiProvider api={host.api}>
        <TrendsScreen patientId={testId(1)} isSample={false} />
      </ApiProvider>
    </MantineProvider>,
  );
  return { user };
}

describe('trends', () => {
  it('says the last change of each hand against measurement error, with its population', async () => {
    await open(COURSE);
    expect(
      await screen.findByText(
        /^\+1\.10 kg since 9 Jun 2026; beyond measurement error \(0\.\d\d kg at this level\)/,
      ),
    ).toBeTruthy();
    expect(screen.getByText(/^\+0\.10 kg since 9 Jun 2026; within measurement error/)).toBeTruthy();
  });

  it('does not compare across a change of device, and breaks the line there', async () => {
    const changed = COURSE.map((p, index) =>
      index < 2 ? p : { ...p, deviceId: testId<NonNullable<TrendPoint['deviceId']>>(702) },
    );
    await open(changed);
    expect(await screen.findAllByText(/the device changed since 9 Jun 2026/)).toHaveLength(2);
    expect(segmentsOf(changed, 'kg', '2026-05-12').map((s) => s.points.length)).toEqual([1, 1, 1, 1]);
    expect(segmentsOf(COURSE, 'kg', '2026-05-12').map((s) => s.points.length)).toEqual([2, 2]);
  });

  it('draws every visit, also two of one day', () => {
    const twice = COURSE.flatMap((p) => [
      p,
      { ...p, at: new Date(Date.parse(p.at) + 3_600_000).toISOString() },
    ]);
    for (const line of segmentsOf(twice, 'kg', '2026-05-12')) {
      const places = line.points.map((point) => point.x);
      expect(new Set(places).size).toBe(places.length);
      expect(places).toHaveLength(4);
    }
  });

  it('shows the same numbers as a table, in the chosen unit', async () => {
    const { user } = await open(COURSE);
    await user.click(await screen.findByRole('button', { name: 'Show the table' }));
    const rows = screen.getAllByRole('row').map((r) => r.textContent);
    expect(rows[0]).toMatch(/weeks since surgery/);
    expect(rows[1]).toMatch(/7 Jul 20268right7\.1 kg/);
    await user.click(screen.getByLabelText('N'));
    expect(screen.getAllByRole('row')[1]?.textContent).toMatch(/70 N/);
  });

  it('teaches when it is empty, and hides the course while blinded', async () => {
    await open([]);
    expect(await screen.findByText('No course yet')).toBeTruthy();
    await open(COURSE, { isBlinded: true, operationDate: null });
    expect(await screen.findByText(/hidden while a blinded judgement is open/)).toBeTruthy();
  });
});
