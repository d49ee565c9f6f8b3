// @vitest-environment jsdom

import { screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { AppState } from '../../core/contract/channels/app.ts';
import { AppError } from '../../core/contract/errors.ts';
import {
  EMPTY_DRAFT,
  OPEN_CLINIC,
  rowOf,
  TEST_USERS,
  type TestHandlers,
  testPatient,
  testSession,
} from './testing/memory-host.ts';
import { renderApp } from './testing/render-app.tsx';
import { beginsAnew, switchedConfirmation } from './user-switch-words.ts';

const ANNA = testPatient(1, { displayName: 'Kowalska, Anna' });
const [LINDGREN, ROSSI] = TEST_USERS as [AppState['users'][number], AppState['users'][number]];
const USERS: AppState['users'] = [
  { ...LINDGREN, pin: 'none' },
  { ...ROSSI, pin: 'set' },
];

function start(change: TestHandlers = {}, state: Partial<AppState> = {}) {
  let present: AppState = { ...OPEN_CLINIC, users: USERS, ...state };
  return renderApp({
    'app.state': () => present,
    'app.switchUser': ({ userId, pin }) => {
      if (pin !== '2580') throw new AppError('pin.wrong', { triesLeft: 2 });
      present = { ...present, user: USERS.find((user) => user.id === userId) ?? null };
      return { ...present, user: { id: ROSSI.id, name: ROSSI.name } };
    },
    'patients.list': () => ({ rows: [rowOf(ANNA)], total: 1 }),
    'patients.get': () => ANNA,
    'devices.list': () => [],
    'sessions.listForPatient': () => ({ rows: [], total: 0 }),
    'sessions.start': () => testSession(ANNA, EMPTY_DRAFT),
    'sessions.get': () => testSession(ANNA, EMPTY_DRAFT),
    'sessions.saveDraft': () => ({ savedAt: '2026-11-25T08:00:01.000Z' }),
    ...change,
  });
}

describe('another user takes over', () => {
  it('by keyboard alone: the screen and what was typed stay', async () => {
    const { user, inputsOf } = start();
    await user.click(await screen.findByRole('button', { name: 'Kowalska, Anna' }));
    await screen.findByRole('region', { name: 'Patient' });
    await user.keyboard('{Alt>}n{/Alt}');
    await screen.findByRole('heading', { name: 'Lateral pinch' });
    await user.keyboard('7.4');
    await user.keyboard('{Alt>}u{/Alt}');
    await screen.findByLabelText('PIN of M. Rossi');
    await user.keyboard('2580{Enter}');
    await screen.findByText('M. Rossi goes on here.');
    expect(inputsOf('app.switchUser')).toEqual([{ userId: ROSSI.id, pin: '2580' }]);
    expect(screen.getByRole('button', { name: 'M. Rossi: switch user' })).toBeTruthy();
    expect(screen.getByDisplayValue('7.4')).toBeTruthy();
  });

  it('a wrong PIN says how many tries are left and takes the next one at once', async () => {
    const { user } = start();
    await screen.findByRole('button', { name: 'Kowalska, Anna' });
    await user.keyboard('{Alt>}u{/Alt}');
    await screen.findByLabelText('PIN of M. Rossi');
    await user.keyboard('1111{Enter}');
    await screen.findByText(/That is not the PIN of this user/);
    const field = screen.getByLabelText('PIN of M. Rossi') as HTMLInputElement;
    await waitFor(() => expect(field.value).toBe(''));
    await user.keyboard('2580{Enter}');
    await screen.findByText('M. Rossi goes on here.');
  });

  it('without a usable PIN the way is the passphrase, and nobody is asked for one', async () => {
    const off = USERS.map((user) => (user.id === ROSSI.id ? { ...user, pin: 'off' as const } : user));
    const { user, inputsOf } = start({}, { users: off });
    await screen.findByRole('button', { name: 'Kowalska, Anna' });
    await user.keyboard('{Alt>}u{/Alt}');
    await user.click(await screen.findByRole('button', { name: /^M. Rossi/ }));
    await screen.findByText(/typed wrong three times/);
    expect(screen.getByRole('button', { name: 'Lock now' })).toBeTruthy();
    expect(inputsOf('app.switchUser')).toEqual([]);
  });
});

describe('what whoever takes over has seen', () => {
  it('is noted in their name, said before, and the record is asked for anew as theirs', async () => {
    const { user, inputsOf, requests } = start({
      'readings.noteOpened': () => ({}),
      'episodes.list': () => ({ isHidden: false, episodes: [] }),
    });
    await user.click(await screen.findByRole('button', { name: 'Kowalska, Anna' }));
    await screen.findByText('No session yet');
    expect(inputsOf('readings.noteOpened')).toEqual([{ patientId: ANNA.id }]);
    await user.keyboard('{Alt>}u{/Alt}');
    await screen.findByLabelText('PIN of M. Rossi');
    expect(screen.getByText(/counts as not blinded/)).toBeTruthy();
    await user.keyboard('2580{Enter}');
    await screen.findByText('M. Rossi goes on here.');
    // The broken twin noted a patient once, for the user who had opened the page.
    await waitFor(() => expect(inputsOf('readings.noteOpened')).toHaveLength(2));
    const after = requests
      .slice(requests.findIndex(({ name }) => name === 'app.switchUser'))
      .map((r) => r.name);
    expect(after).toContain('readings.noteOpened');
    expect(after).toContain('sessions.listForPatient');
  });

  it('is no list of the user before: lists of one’s own are read anew', () => {
    for (const screenName of ['readings', 'concordance', 'training', 'settings', 'patient'] as const) {
      expect(beginsAnew(screenName), screenName).toBe(true);
    }
  });
});

describe('what passes to another user', () => {
  it('is no half-typed conclusion: nobody saves another user’s words under their own name', async () => {
    const { session, patient: _patient, ...view } = testSession(ANNA);
    const closed = { ...view, session: { ...session, state: 'closed' as const } };
    const { user } = start({
      'sessions.listForPatient': () => ({ rows: [{ ...closed, draft: null }], total: 1 }),
      'sessions.trend': () => [],
      'norms.list': () => [],
      'episodes.list': () => ({ isHidden: false, episodes: [] }),
      'reports.conclusion': () => ({ text: '', version: 0, userName: '', createdAt: null, isHidden: false }),
    });
    await user.click(await screen.findByRole('button', { name: 'Kowalska, Anna' }));
    await user.click(await screen.findByRole('tab', { name: 'Report' }));
    const field = await screen.findByLabelText('Your conclusion', undefined, { timeout: 10_000 });
    await user.type(field, 'Half a sent');
    await user.keyboard('{Alt>}u{/Alt}');
    // Not lost without a question either; and the switch can still be given up after it.
    await user.click(await screen.findByRole('button', { name: 'Stay and go on typing' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    await user.keyboard('{Alt>}u{/Alt}');
    await user.click(await screen.findByRole('button', { name: 'Switch without saving' }));
    await screen.findByLabelText('PIN of M. Rossi');
    await user.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByLabelText('PIN of M. Rossi')).toBeNull());
    expect((screen.getByLabelText('Your conclusion') as HTMLTextAreaElement).value).toBe('Half a sent');
    await user.keyboard('{Alt>}u{/Alt}');
    await user.click(await screen.findByRole('button', { name: 'Switch without saving' }));
    await screen.findByLabelText('PIN of M. Rossi');
    await user.keyboard('2580{Enter}');
    await screen.findByText('M. Rossi goes on here.');
    expect((await screen.findByLabelText<HTMLTextAreaElement>('Your conclusion')).value).toBe('');
  });

  it('is never a half-filled judgement, and always a measurement', () => {
    for (const screenName of ['judgement', 'second-reading', 'forecast', 'elbow', 'result'] as const) {
      expect(beginsAnew(screenName), screenName).toBe(true);
      expect(switchedConfirmation(screenName, 'B').text).toContain('cleared');
    }
    for (const screenName of ['patient', 'session', 'settings'] as const) {
      expect(switchedConfirmation(screenName, 'B').text).toContain('read anew');
    }
    for (const screenName of ['bedside', 'add-wrist-strength', 'edit-patient', 'recording'] as const) {
      expect(beginsAnew(screenName), screenName).toBe(false);
      expect(switchedConfirmation(screenName, 'B').text).not.toContain('cleared');
    }
  });
});
