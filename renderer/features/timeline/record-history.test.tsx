// @vitest-environment jsdom
import '../../app/testing/jsdom-gaps.ts';
import { MantineProvider } from '@mantine/core';
import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import type { RecordHistory } from '../../../core/contract/channels/records.ts';
import { AppError } from '../../../core/contract/errors.ts';
import {
  rowOf,
  startMemoryHost,
  type TestHandlers,
  testId,
  testPatient,
  testSession,
} from '../../app/testing/memory-host.ts';
import { ApiProvider } from '../../platform/api.tsx';
import { TimelineScreen } from './timeline-screen.tsx';

const ANNA = testPatient(1, { displayName: 'Kowalska, Anna' });
const PER = testPatient(2, { displayName: 'Lindqvist, Per' });
const NOTHING: RecordHistory = { archivedAt: null, mergedInto: null, merges: [], moves: [] };
const by = { at: '2026-11-20T08:00:00.000Z', userName: 'M. Rossi', undoneAt: null };
const MERGE = {
  ...by,
  id: testId<string>(900),
  keptId: PER.id,
  keptName: PER.displayName,
  mergedId: ANNA.id,
  mergedName: ANNA.displayName,
  sessionCount: 2,
  episodeCount: 1,
};

function renderTimeline(history: RecordHistory, change: TestHandlers = {}) {
  const { patient: _patient, ...row } = testSession(ANNA);
  const opened: string[] = [];
  const host = startMemoryHost({
    'records.history': () => history,
    'sessions.listForPatient': () => ({ rows: [row], total: 1 }),
    'patients.list': () => ({ rows: [ANNA, PER].map(rowOf), total: 2 }),
    ...change,
  });
  const nothing = () => {};
  render(
    <MantineProvider>
      <ApiProvider api={host.api}>
        <TimelineScreen
          patientId={ANNA.id}
          onOpenSession={nothing}
          onOpenMeasurements={nothing}
          onNewSession={nothing}
          onOpenPatient={(id) => opened.push(id)}
        />
      </ApiProvider>
    </MantineProvider>,
  );
  return { ...host, opened, user: userEvent.setup() };
}

describe('the history of a record', () => {
  it('of a merged record: nothing to measure here, the way to the kept one, and the way back', async () => {
    const mergedInto = { id: PER.id, displayName: PER.displayName, mergeId: MERGE.id };
    const { user, opened, inputsOf } = renderTimeline(
      { ...NOTHING, mergedInto, merges: [MERGE] },
      { 'records.undoMerge': () => ({ keptId: PER.id, mergedId: ANNA.id }) },
    );
    await screen.findByText('This record was merged into Lindqvist, Per.');
    expect(screen.queryByRole('button', { name: /^Resume draft/ })).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Open the kept record' }));
    expect(opened).toEqual([PER.id]);
    const history = screen.getByRole('region', { name: 'History of this record' });
    await user.click(within(history).getByRole('button', { name: 'Take back the merge' }));
    await screen.findByText(/^The merge is taken back/);
    expect(inputsOf('records.undoMerge')).toEqual([{ mergeId: MERGE.id }]);
  });

  it('says what cannot be taken back any more, and offers nothing for what was', async () => {
    const taken = { ...MERGE, id: testId<string>(901), undoneAt: '2026-11-21T08:00:00.000Z' };
    const { user } = renderTimeline(
      { ...NOTHING, merges: [{ ...MERGE, keptId: ANNA.id, mergedId: PER.id }, taken] },
      {
        'records.undoMerge': () => {
          throw new AppError('undo.not_possible');
        },
      },
    );
    await screen.findByText(/taken back on 21 Nov 2026/);
    await user.click(screen.getByRole('button', { name: 'Take back the merge' }));
    expect((await screen.findByRole('alert')).textContent).toContain('can no longer be taken back');
  });

  it('a draft under the wrong patient moves with a reason, and back again', async () => {
    const { user, inputsOf } = renderTimeline(NOTHING, {
      'records.moveSession': () => ({ moveId: testId(910), fromPatientId: ANNA.id }),
      'records.undoMove': ({ moveId: _moveId }) => ({ sessionId: testId(501), patientId: ANNA.id }),
    });
    await user.click(await screen.findByRole('button', { name: /^Wrong patient/ }));
    await user.click(await screen.findByRole('button', { name: /^Lindqvist, Per/ }));
    expect(screen.queryByRole('button', { name: /^Kowalska, Anna/ })).toBeNull();
    const move = screen.getByRole('button', { name: 'Move to Lindqvist, Per' });
    await user.click(move);
    expect(screen.getByText(/Say in a few words why/)).toBeTruthy();
    expect(inputsOf('records.moveSession')).toEqual([]);
    await user.type(screen.getByLabelText('Why it is moved'), 'wrong name picked');
    await user.click(move);
    await screen.findByText('The session is moved to Lindqvist, Per.');
    expect(document.activeElement?.textContent).toBe('Undo');
    await user.click(screen.getByRole('button', { name: 'Undo' }));
    await screen.findByText('The session is back with the patient it came from.');
    expect(inputsOf('records.undoMove')).toEqual([{ moveId: testId(910) }]);
  });
});
