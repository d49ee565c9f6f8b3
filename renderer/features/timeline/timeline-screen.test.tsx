// @vitest-environment jsdom
import '../../app/testing/jsdom-gaps.ts';
import { MantineProvider } from '@mantine/core';
import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { draftToEntries } from '../../../core/clinical/session-entries.ts';
import type { PatientId, SessionState } from '../../../core/contract/schemas/clinical.ts';
import {
  EMPTY_DRAFT,
  startMemoryHost,
  type TestHandlers,
  testId,
  testPatient,
  testSession,
} from '../../app/testing/memory-host.ts';
import { ApiProvider } from '../../platform/api.tsx';
import type { TimelineRow } from './session-summary.ts';
import { TimelineScreen } from './timeline-screen.tsx';

const PATIENT = testId<PatientId>(1);

function row(
  number: number,
  state: SessionState,
  startedAt: string,
  change: Partial<TimelineRow> = {},
): TimelineRow {
  const { patient: _patient, ...view } = testSession(testPatient(1));
  const cells = {
    'lateral-pinch/right/1': '7.2',
    'lateral-pinch/right/2': '7.6',
    'lateral-pinch/left/1': '4.1',
  };
  return {
    ...view,
    draft: null,
    session: { ...view.session, id: testId(number), state, startedAt },
    trials:
      state === 'measuring'
        ? []
        : draftToEntries({ ...EMPTY_DRAFT, cells }).entries.map((entry, index) => ({
            ...entry,
            id: testId<string>(number * 10 + index),
            version: 1,
            createdAt: startedAt,
            correctionReason: null,
          })),
    ...change,
  };
}

async function open(rows: TimelineRow[], total = rows.length, handlers: TestHandlers = {}) {
  const state = { rows };
  const host = startMemoryHost({
    'sessions.listForPatient': () => ({ rows: state.rows, total }),
    ...handlers,
  });
  const events: string[] = [];
  const user = userEvent.setup();
  render(
    <MantineProvider env="test">
      <ApiProvider api={host.api}>
        <TimelineScreen
          patientId={PATIENT}
          onOpenSession={(id, sessionState) => events.push(`${id.slice(-3)} ${sessionState}`)}
          onOpenMeasurements={(id) => events.push(`${id.slice(-3)} measurements`)}
          onNewSession={() => events.push('new')}
        />
      </ApiProvider>
    </MantineProvider>,
  );
  await screen.findByRole('heading', { level: 1 });
  return { ...host, user, events, state };
}

describe('timeline', () => {
  it('shows each session with its values and the step that comes next', async () => {
    const { user, events } = await open([
      row(503, 'measuring', '2026-11-25T08:00:00.000Z'),
      row(502, 'saved', '2026-11-10T08:00:00.000Z'),
    ]);
    const entries = screen.getAllByRole('listitem');
    expect(entries[0]?.textContent).toMatch(/25 Nov 2026.*draft/);
    expect(entries[1]?.textContent).toMatch(/10 Nov 2026.*7\.4 kg.*4\.1 kg/);
    await user.click(within(entries[0]!).getByRole('button', { name: /Resume draft/ }));
    await user.click(within(entries[1]!).getByRole('button', { name: /^Judge/ }));
    expect(events).toEqual(['503 measuring', '502 saved']);
  });

  it('never shows a class of the model without its probability', async () => {
    await open([
      row(501, 'closed', '2026-11-10T08:00:00.000Z', {
        prediction: {
          modelId: 'wrist-state',
          modelVersion: '0.1.0',
          bundleHash: 'c'.repeat(64),
          inputPattern: 'B',
          probabilities: [0.02, 0.65, 0.33],
          nonimpairedBand: [0, 0.1],
          predictionSet: ['four-corner-fusion', 'proximal-row-carpectomy'],
          coverage: 0.9,
          refusals: [],
          widthReasons: [],
          inRangeP: 0.5,
          features: [],
          durationMs: 1,
        },
      }),
    ]);
    expect(screen.getByText('{ four-corner fusion 65 %, PRC 33 % }')).toBeTruthy();
  });

  it('says which answers wait for the own reading, leads to the measurements, and opens to “look first”', async () => {
    const { user, events, inputsOf, state } = await open(
      [row(501, 'compared', '2026-11-10T08:00:00.000Z', { isWaitingForYou: true })],
      1,
      { 'readings.lookFirst': () => ({}) },
    );
    expect(screen.getByText(/answers and notes are held back/)).toBeTruthy();
    await user.click(screen.getByRole('button', { name: /^Open, / }));
    expect(events).toEqual(['501 measurements']);
    state.rows = [row(501, 'compared', '2026-11-10T08:00:00.000Z')];
    await user.click(screen.getByRole('button', { name: 'Look first, my reading is then not blinded' }));
    expect(inputsOf('readings.lookFirst')).toEqual([{ sessionId: testId(501) }]);
    await expect.poll(() => screen.queryByText(/answers and notes are held back/)).toBeNull();
  });

  it('names the measure of its numbers and what else was taken, and tells two sessions of one day apart', async () => {
    const cells = {
      'lateral-pinch/right/1': '7.2',
      'range-flexion/left/1': '40',
      'range-extension/left/1': '50',
      'score-quickdash/right/1': '30',
    };
    const more = row(502, 'saved', '2026-11-25T10:40:00.000Z');
    const trials = draftToEntries({ ...EMPTY_DRAFT, cells }).entries.map((entry, index) => ({
      ...entry,
      id: testId<string>(7000 + index),
      version: 1,
      createdAt: more.session.startedAt,
      correctionReason: null,
    }));
    await open([
      { ...more, trials },
      row(501, 'saved', '2026-11-25T08:00:00.000Z'),
      row(500, 'closed', '2026-11-10T08:00:00.000Z'),
    ]);
    const [first, second, third] = screen.getAllByRole('listitem');
    expect(first?.textContent).toMatch(/key pinch, right7\.2 kg/);
    expect(first?.textContent).toMatch(/also measuredrange of motion, QuickDASH score/);
    expect(second?.textContent).not.toContain('also measured');
    for (const entry of [first, second]) expect(entry?.textContent).toMatch(/25 Nov 2026, \d\d:\d\d/);
    expect(third?.textContent).not.toMatch(/10 Nov 2026, /);
  });

  it('teaches when it is empty', async () => {
    const { user, events } = await open([]);
    expect(screen.getByText('No session yet')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'New session' }));
    expect(events).toEqual(['new']);
  });

  it('follows a push of this patient and asks for older sessions', async () => {
    const { user, state, emit, inputsOf } = await open([row(501, 'saved', '2026-11-10T08:00:00.000Z')], 80);
    state.rows = [row(502, 'measuring', '2026-11-25T08:00:00.000Z'), ...state.rows];
    emit('patients.changed', { id: testId<PatientId>(2) });
    emit('patients.changed', { id: PATIENT });
    expect(await screen.findByText('25 Nov 2026')).toBeTruthy();
    expect(inputsOf('sessions.listForPatient')).toHaveLength(2);
    await user.click(screen.getByRole('button', { name: 'Show older sessions' }));
    await expect.poll(() => inputsOf('sessions.listForPatient').at(-1)).toMatchObject({ limit: 100 });
  });

  it('hides dates while a blinded judgement is open', async () => {
    const blinded = row(502, 'saved', '2026-11-25T08:00:00.000Z');
    await open([
      { ...blinded, session: { ...blinded.session, isBlinded: true } },
      row(501, 'closed', '2026-11-10T08:00:00.000Z'),
    ]);
    expect(screen.queryByText(/2026/)).toBeNull();
    expect(screen.getAllByText('date hidden (blinded)')).toHaveLength(2);
  });

  it('closes a session without a judgement only after a question, and says that it did', async () => {
    const saved = row(502, 'saved', '2026-11-25T08:00:00.000Z');
    const { user, inputsOf } = await open([saved], 1, {
      'sessions.close': () => ({ ...saved, patient: testPatient(1) }),
    });
    await user.click(screen.getByRole('button', { name: /^Close without judgement/ }));
    expect(inputsOf('sessions.close')).toEqual([]);
    expect(screen.getByText(/cannot be judged afterwards/)).toBeTruthy();
    // Enter right after the press keeps it open.
    await user.keyboard('{Enter}');
    expect(screen.queryByText(/cannot be judged afterwards/)).toBeNull();
    expect(inputsOf('sessions.close')).toEqual([]);
    await user.click(screen.getByRole('button', { name: /^Close without judgement/ }));
    await user.click(screen.getByRole('button', { name: /^Yes, close/ }));
    await expect.poll(() => inputsOf('sessions.close')).toEqual([{ sessionId: saved.session.id }]);
    expect(await screen.findByText(/closed without a judgement; its measurements stay/)).toBeTruthy();
  });

  it('opens the measurements of a closed session that was not judged, and offers them for every saved one', async () => {
    const { user, events } = await open([
      row(503, 'measuring', '2026-11-25T08:00:00.000Z'),
      row(502, 'revealed', '2026-11-17T08:00:00.000Z'),
      row(501, 'closed', '2026-11-10T08:00:00.000Z'),
    ]);
    await user.click(screen.getByRole('button', { name: 'Open, 10 Nov 2026' }));
    await user.click(screen.getByRole('button', { name: 'Measurements, 17 Nov 2026' }));
    expect(events).toEqual(['501 measurements', '502 measurements']);
    expect(screen.queryByRole('button', { name: 'Measurements, 25 Nov 2026' })).toBeNull();
  });
});
