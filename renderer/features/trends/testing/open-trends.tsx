import { MantineProvider } from '@mantine/core';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { NormTableFile } from '../../../../core/clinical/norms/norm-table.ts';
import { toStored } from '../../../../core/clinical/stored-value.ts';
import type { Intervention } from '../../../../core/contract/channels/interventions.ts';
import type { SessionView } from '../../../../core/contract/channels/sessions.ts';
import type { Measure, Patient, Side, Unit } from '../../../../core/contract/schemas/clinical.ts';
import type { TrendPoint } from '../../../../core/contract/schemas/trend.ts';
import international2025Grip from '../../../../resources/norms/international-2025-grip.json';
import koreaFitnessGrip from '../../../../resources/norms/korea-fitness-grip.json';
import massyWestropp2011Grip from '../../../../resources/norms/massy-westropp-2011-grip.json';
import mathiowetz1985Grip from '../../../../resources/norms/mathiowetz-1985-grip.json';
import mathiowetz1985KeyPinch from '../../../../resources/norms/mathiowetz-1985-key-pinch.json';
import mathiowetz1985PalmarPinch from '../../../../resources/norms/mathiowetz-1985-palmar-pinch.json';
import mathiowetz1985TipPinch from '../../../../resources/norms/mathiowetz-1985-tip-pinch.json';
import steginkJansen2003KeyPinch from '../../../../resources/norms/stegink-jansen-2003-key-pinch.json';
import steiber2016Grip from '../../../../resources/norms/steiber-2016-grip.json';
import steiber2016GripByHeight from '../../../../resources/norms/steiber-2016-grip-by-height.json';
import { startMemoryHost, type TestHandlers, testId, testPatient } from '../../../app/testing/memory-host.ts';
import { ApiProvider } from '../../../platform/api.tsx';
import { TrendsScreen } from '../trends-screen.tsx';

/** The tables that ship; a test of the host holds that there are no others. */
export const NORM_FILES = [
  international2025Grip,
  koreaFitnessGrip,
  massyWestropp2011Grip,
  mathiowetz1985Grip,
  mathiowetz1985KeyPinch,
  mathiowetz1985PalmarPinch,
  mathiowetz1985TipPinch,
  steginkJansen2003KeyPinch,
  steiber2016GripByHeight,
  steiber2016Grip,
].map((file) => NormTableFile.parse(file));

/** A value of an invented course; three trials with a spread of 2 in the stored unit. */
export function trendPoint(
  number: number,
  at: string,
  side: Side,
  value: number,
  more: { measure?: Measure; unit?: Unit; device?: number | null } = {},
): TrendPoint {
  const { measure = 'lateral-pinch', unit = 'kg', device = 701 } = more;
  return {
    sessionId: testId(number),
    at: `${at}T08:00:00.000Z`,
    measure,
    side,
    valueSi: toStored(measure, value, unit) ?? Number.NaN,
    spreadSi: 2,
    trialCount: 3,
    typedUnit: unit,
    deviceId: device === null ? null : testId(device),
    deviceName: device === null ? '' : device === 701 ? 'B&L pinch gauge' : 'Digital gauge',
  };
}

export const COURSE = [
  trendPoint(501, '2026-06-09', 'left', 3),
  trendPoint(501, '2026-06-09', 'right', 7),
  trendPoint(502, '2026-07-07', 'left', 4.1),
  trendPoint(502, '2026-07-07', 'right', 7.1),
  trendPoint(503, '2026-08-04', 'left', 4.2, { device: 702 }),
];

export async function openTrends(
  options: {
    points?: TrendPoint[];
    patient?: Partial<Patient>;
    rows?: Omit<SessionView, 'patient'>[];
    marks?: Intervention[];
    isSample?: boolean;
    handlers?: TestHandlers;
  } = {},
) {
  const rows = options.rows ?? [];
  const host = startMemoryHost({
    'patients.get': () => testPatient(1, options.patient),
    'sessions.trend': () => options.points ?? COURSE,
    'norms.list': () => NORM_FILES,
    'interventions.list': () => options.marks ?? [],
    'episodes.list': () => ({ isHidden: false, episodes: [] }),
    'sessions.listForPatient': () => ({ rows, total: rows.length }),
    ...options.handlers,
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
  await screen.findByText(/Sources of the bands|No course yet|course is hidden/);
  return { user, host };
}
