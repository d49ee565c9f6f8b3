// @vitest-environment jsdom

import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { OpenSession } from '../../core/contract/channels/records.ts';
import { AppError } from '../../core/contract/errors.ts';
import type { SessionId } from '../../core/contract/schemas/clinical.ts';
import {
  EMPTY_DRAFT,
  LOCKED,
  OPEN_CLINIC,
  rowOf,
  TEST_DEVICES,
  type TestHandlers,
  testId,
  testPatient,
  testSession,
} from './testing/memory-host.ts';
import { renderApp } from './testing/render-app.tsx';
import { saved, start as startWithSession } from './testing/shortcut-app.tsx';

const ANNA = testPatient(1, { displayName: 'Kowalska, Anna' });
const RECORDS: TestHandlers = {
  'app.state': () => OPEN_CLINIC,
  'app.lock': () => LOCKED,
  'patients.list': () => ({ rows: [rowOf(ANNA)], total: 1 }),
  'patients.get': () => ANNA,
  'devices.list': () => TEST_DEVICES,
  'sessions.listForPatient': () => ({ rows: [], total: 0 }),
  'sessions.start': ({ draft }) => testSession(ANNA, draft),
  'sessions.saveDraft': () => ({ savedAt: '2026-11-25T08:00:01.000Z' }),
};

const question = () => screen.queryByRole('dialog', { name: 'Leave without saving?' });
const asked = () => screen.findByRole('dialog', { name: 'Leave without saving?' });

async function openEditing(handlers: TestHandlers = {}) {
  const app = renderApp({ ...RECORDS, ...handlers });
  await app.user.click(await screen.findByRole('button', { name: 'Kowalska, Anna' }));
  await app.user.click(await screen.findByRole('button', { name: 'Edit patient' }));
  await screen.findByRole('heading', { name: 'Edit patient' });
  return app;
}
const diagnosis = () => screen.getByLabelText<HTMLInputElement>('Diagnosis (optional)');

describe('leaving a patient form', () => {
  it.each([
    [
      'the top bar',
      (app: Awaited<ReturnType<typeof openEditing>>) =>
        app.user.click(screen.getByRole('button', { name: 'Help' })),
    ],
    ['a shortcut', (app: Awaited<ReturnType<typeof openEditing>>) => app.user.keyboard('{Alt>}4{/Alt}')],
    [
      'Cancel',
      (app: Awaited<ReturnType<typeof openEditing>>) =>
        app.user.click(screen.getByRole('button', { name: 'Cancel' })),
    ],
    [
      'the name in the strip',
      (app: Awaited<ReturnType<typeof openEditing>>) =>
        app.user.click(screen.getByRole('button', { name: 'Kowalska, Anna' })),
    ],
    [
      'Lock',
      (app: Awaited<ReturnType<typeof openEditing>>) =>
        app.user.click(screen.getByRole('button', { name: 'Lock' })),
    ],
  ])('asks when something is typed: by %s', async (_name, leave) => {
    const app = await openEditing();
    await app.user.type(diagnosis(), ' revised');
    await leave(app);
    await app.user.click(within(await asked()).getByRole('button', { name: 'Stay and go on typing' }));
    await waitFor(() => expect(question()).toBeNull());
    expect(diagnosis().value).toBe('SLAC wrist, stage II revised');
    expect(app.inputsOf('app.lock')).toEqual([]);
    await leave(app);
    await app.user.click(within(await asked()).getByRole('button', { name: 'Leave without saving' }));
    await waitFor(() => expect(screen.queryByRole('heading', { name: 'Edit patient' })).toBeNull());
    expect(app.inputsOf('patients.update')).toEqual([]);
  });

  it('asks nothing when nothing is typed, or typed and taken back', async () => {
    const { user } = await openEditing();
    await user.type(diagnosis(), 'x{Backspace}');
    await user.click(screen.getByRole('button', { name: 'Cancel' }));
    await waitFor(() => expect(screen.queryByRole('heading', { name: 'Edit patient' })).toBeNull());
    expect(question()).toBeNull();
  });

  it('asks nothing after saving, but again when saving failed', async () => {
    let isFull = true;
    const { user } = await openEditing({
      'patients.update': ({ fields }) => {
        if (isFull) throw new AppError('store.full');
        return { ...ANNA, ...fields, version: 2 };
      },
    });
    await user.type(diagnosis(), ' revised');
    await user.click(screen.getByRole('button', { name: 'Save changes' }));
    await screen.findByRole('alert');
    await user.click(screen.getByRole('button', { name: 'Cancel' }));
    await user.click(within(await asked()).getByRole('button', { name: 'Stay and go on typing' }));
    isFull = false;
    await waitFor(() => expect(question()).toBeNull());
    await user.click(screen.getByRole('button', { name: 'Save changes' }));
    await screen.findByText('No session yet');
    expect(question()).toBeNull();
  });
});

describe('what was done is said on the screen that follows', () => {
  async function openBedside(handlers: TestHandlers = {}) {
    const view = testSession(ANNA, EMPTY_DRAFT);
    const app = renderApp({
      ...RECORDS,
      'sessions.get': () => view,
      'sessions.saveMeasurements': () => ({ ...view, draft: null }),
      'sessions.discard': () => ({}),
      ...handlers,
    });
    await app.user.click(await screen.findByRole('button', { name: 'Kowalska, Anna' }));
    await app.user.click(
      within(await screen.findByRole('region', { name: 'Patient' })).getByRole('button', {
        name: 'New session',
      }),
    );
    await screen.findByRole('heading', { name: 'Lateral pinch' });
    return app;
  }

  it('after "save measurements only", until the next move', async () => {
    const { user } = await openBedside();
    await user.keyboard('7.2{Enter}{Control>}s{/Control}');
    const said = await screen.findByText('The measurements are saved.');
    expect(said.closest('[role="status"]')).not.toBeNull();
    expect(screen.getByText('No session yet')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Help' }));
    expect(screen.queryByText('The measurements are saved.')).toBeNull();
  });

  it('after a discard, and never after one that failed', async () => {
    let isBroken = true;
    const { user } = await openBedside({
      'sessions.discard': () => {
        if (isBroken) throw new AppError('session.wrong_state');
        return {};
      },
    });
    await user.click(screen.getByRole('button', { name: 'Discard' }));
    await user.click(screen.getByRole('button', { name: 'Discard the session' }));
    await screen.findByRole('alert');
    expect(screen.queryByText('The session was discarded.')).toBeNull();
    isBroken = false;
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('The session was discarded.')).toBeTruthy();
  });
});

describe('leaving a typed correction', () => {
  it.each([
    ['F2', '{F2}', 'Leave without saving?'],
    ['the lock', '{Alt>}l{/Alt}', 'Leave without saving?'],
    ['a section', '{Alt>}1{/Alt}', 'Leave without saving?'],
    ['a switch of user', '{Alt>}u{/Alt}', 'Switch user without saving?'],
  ])('asks first: by %s', async (_name, keys, title) => {
    const waiting: OpenSession = {
      sessionId: testId<SessionId>(502),
      patientId: ANNA.id,
      displayName: 'Lindqvist, Per',
      state: 'measuring',
      startedAt: '2026-11-25T09:00:00.000Z',
      userName: 'M. Rossi',
    };
    const { user, inputsOf } = startWithSession(saved('saved'), [waiting]);
    await user.click(await screen.findByRole('button', { name: 'Kowalska, Anna' }));
    await user.click(await screen.findByRole('button', { name: /^Measurements/ }));
    await screen.findByRole('heading', { name: 'Measurements' });
    await user.click(screen.getByRole('button', { name: 'Correct key pinch, left, trial 1' }));
    await user.type(screen.getByLabelText('Corrected value'), '6,9');
    await user.keyboard(keys);
    await screen.findByRole('dialog', { name: title });
    await user.click(screen.getByRole('button', { name: 'Stay and go on typing' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(screen.getByLabelText<HTMLInputElement>('Corrected value').value).toBe('6,9');
    expect(inputsOf('app.lock')).toEqual([]);
  });
});
