// @vitest-environment jsdom
import { screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { Input } from '../../core/contract/contract.ts';
import { EMPTY_DRAFT, OPEN_CLINIC, rowOf, testPatient, testSession } from './testing/memory-host.ts';
import { renderApp } from './testing/render-app.tsx';

const ANNA = testPatient(1, { displayName: 'Kowalska, Anna' });
const TYPED = {
  ...EMPTY_DRAFT,
  cells: { 'lateral-pinch/right/2': '6.1', 'lateral-pinch/right/1': '5,2' },
};

/** "New session" of a patient whose last one is still being measured. */
async function pressNewSession(startedAt: string) {
  const base = testSession(ANNA, TYPED);
  const view = { ...base, session: { ...base.session, startedAt } };
  const app = renderApp({
    'app.state': () => OPEN_CLINIC,
    'patients.list': () => ({ rows: [rowOf(ANNA)], total: 1 }),
    'patients.get': () => ANNA,
    'devices.list': () => [],
    'records.openSessions': () => [
      {
        sessionId: view.session.id,
        patientId: ANNA.id,
        displayName: ANNA.displayName,
        state: 'measuring',
        startedAt,
        userName: 'M. Rossi',
      },
    ],
    'sessions.clockCheck': () => ({ now: startedAt, newestAt: null, isBehind: false }),
    'sessions.listForPatient': () => ({ rows: [], total: 0 }),
    'sessions.get': () => view,
    'sessions.start': () => view,
    'sessions.saveDraft': () => ({ savedAt: startedAt }),
  });
  await app.user.click(await screen.findByRole('button', { name: 'Kowalska, Anna' }));
  await screen.findByRole('button', { name: 'Edit patient' });
  await app.user.keyboard('{Alt>}n{/Alt}');
  const started = () => app.inputsOf('sessions.start') as Input<'sessions.start'>[];
  return { ...app, started, id: view.session.id };
}

describe('"New session" with one of another day unfinished', () => {
  it('says what stands in it, and starts one for today beside it', async () => {
    const { user, started, id } = await pressNewSession('2026-01-12T10:00:00.000Z');
    await screen.findByText(/The session of 12 Jan 2026 was begun .*key pinch, right 5,2; 6\.1 kg\./);
    // The broken twin opened that form without a word: one session over two days, dated the first.
    expect(started()).toEqual([]);
    await user.click(screen.getByRole('button', { name: 'Start one for today' }));
    await waitFor(() => expect(started()).toMatchObject([{ leaves: [id] }]));
  });

  it('goes on with it when asked to, and does neither on Escape', async () => {
    const { user, started } = await pressNewSession('2026-01-12T10:00:00.000Z');
    await screen.findByRole('dialog');
    await user.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    await user.keyboard('{Alt>}n{/Alt}');
    await user.click(await screen.findByRole('button', { name: 'Go on with it, dated 12 Jan 2026' }));
    await screen.findByRole('heading', { name: 'Lateral pinch' });
    expect(screen.getByDisplayValue('5,2')).toBeTruthy();
    expect(started()).toEqual([]);
  });

  it('asks nothing about one of today, which goes on as before', async () => {
    const { started } = await pressNewSession(new Date().toISOString());
    await screen.findByRole('heading', { name: 'Lateral pinch' });
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(started()[0]?.leaves).toBeUndefined();
  });
});
