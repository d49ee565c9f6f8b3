// @vitest-environment jsdom

import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../core/contract/errors.ts';
import type { SessionDraft } from '../../core/contract/schemas/clinical.ts';
import {
  EMPTY_DRAFT,
  FIRST_RUN,
  LOCKED,
  OPEN_CLINIC,
  rowOf,
  TEST_DEVICES,
  testId,
  testPatient,
  testSession,
} from './testing/memory-host.ts';
import { renderApp } from './testing/render-app.tsx';

const ANNA = testPatient(1, { displayName: 'Kowalska, Anna' });
const PER = testPatient(2, { displayName: 'Lindqvist, Per', affectedSide: 'right' });
const listOf = (...patients: (typeof ANNA)[]) => ({
  rows: patients.map(rowOf),
  total: patients.length,
});
const PASSPHRASE = 'copper lantern nine';

describe('the gate', () => {
  it('opens the sample clinic with one click and says on every page that its people are invented', async () => {
    const { user } = renderApp({
      'app.state': () => FIRST_RUN,
      'app.openSampleClinic': () => ({ ...OPEN_CLINIC, storeKind: 'sample', user: null }),
      'patients.list': () => listOf(ANNA),
    });
    await user.click(await screen.findByRole('button', { name: 'Open the sample clinic' }));
    await screen.findByText('Sample clinic: invented people.');
    await user.click(screen.getByRole('button', { name: 'Settings' }));
    await screen.findByRole('heading', { name: 'Settings' });
    expect(screen.getByText('Sample clinic: invented people.')).toBeTruthy();
  });

  it('shows the recovery code once and opens the records only after it is written down', async () => {
    let state = FIRST_RUN;
    const { user, inputsOf, emit } = renderApp({
      'app.state': () => state,
      'app.createUser': ({ name }) => {
        state = { ...OPEN_CLINIC, user: { id: testId(901), name } };
        // The host tells everyone before the answer is back: the code must survive that.
        emit('app.stateChanged', {});
        return { state, recoveryCode: 'K7QF-2M9X' };
      },
      'patients.list': () => listOf(),
    });
    await user.click(await screen.findByRole('button', { name: 'Create a user' }));
    await user.type(screen.getByLabelText('Your name'), 'Dr A. Lindgren');
    await user.type(screen.getByLabelText('Passphrase'), PASSPHRASE);
    await user.click(screen.getByRole('button', { name: 'Create user' }));
    expect(await screen.findByText(/two passphrases differ/)).toBeTruthy();
    expect(inputsOf('app.createUser')).toEqual([]);
    await user.type(screen.getByLabelText('Passphrase again'), PASSPHRASE);
    await user.click(screen.getByRole('button', { name: 'Create user' }));

    await screen.findByText('K7QF-2M9X');
    const goOn = screen.getByRole('button', { name: 'Go on' });
    expect(goOn.hasAttribute('disabled')).toBe(true);
    await user.click(screen.getByLabelText('I have written it down'));
    await user.click(goOn);
    await screen.findByText('No patients yet');
    expect(screen.queryByText('K7QF-2M9X')).toBeNull();
  });

  it('counts the wait down after a wrong passphrase and keeps Unlock shut meanwhile', async () => {
    const { user } = renderApp({
      'app.state': () => LOCKED,
      'app.unlock': () => {
        throw new AppError('vault.wrong_passphrase', { waitSeconds: 15 });
      },
    });
    await user.click(await screen.findByLabelText('M. Rossi'));
    await user.type(screen.getByLabelText('Passphrase'), 'guess{Enter}');
    await screen.findByText('That does not open the records.');
    expect(screen.getByRole('timer').textContent).toMatch(/1[45] seconds/);
    expect(screen.getByRole('button', { name: 'Unlock' }).hasAttribute('disabled')).toBe(true);
    // Another user has a wait of their own.
    await user.click(screen.getByLabelText('Dr A. Lindgren'));
    expect(screen.queryByRole('timer')).toBeNull();
  });

  it('has somebody chosen and the cursor in the passphrase: the first user, later who worked last', async () => {
    let state = LOCKED;
    const { user, inputsOf } = renderApp({
      'app.state': () => state,
      'app.unlock': ({ userId }) => {
        state = { ...OPEN_CLINIC, user: LOCKED.users.find(({ id }) => id === userId) ?? null };
        return state;
      },
      'app.lock': () => {
        state = LOCKED;
        return state;
      },
      'patients.list': () => listOf(ANNA),
    });
    const [first, second] = LOCKED.users;
    const isChosen = (name = '') => (screen.getByLabelText(name) as HTMLInputElement).checked;
    await screen.findByRole('heading', { name: 'Unlock the records' });
    expect(document.activeElement).toBe(screen.getByLabelText('Passphrase'));
    expect(isChosen(first?.name)).toBe(true);
    await user.click(screen.getByLabelText(second?.name ?? ''));
    await user.keyboard(`${PASSPHRASE}{Enter}`);
    await screen.findByRole('button', { name: 'Kowalska, Anna' });
    expect((inputsOf('app.unlock')[0] as { userId?: string } | undefined)?.userId).toBe(second?.id);
    await user.keyboard('{Alt>}l{/Alt}');
    await screen.findByRole('heading', { name: 'Unlock the records' });
    expect(document.activeElement).toBe(screen.getByLabelText('Passphrase'));
    expect(isChosen(second?.name)).toBe(true);
  });

  it('shows the first page again when the host has locked the store meanwhile', async () => {
    let state = OPEN_CLINIC;
    const { user } = renderApp({
      'app.state': () => state,
      'patients.list': () => {
        if (state.phase !== 'open') throw new AppError('store.locked');
        return listOf(ANNA);
      },
    });
    await screen.findByRole('button', { name: 'Kowalska, Anna' });
    state = LOCKED;
    await user.keyboard('x');
    await screen.findByRole('heading', { name: 'Unlock the records' });
    expect(screen.queryByText('Kowalska, Anna')).toBeNull();
  });

  it.each([
    ['store.newer', 'These records need a newer Prehensa'],
    ['store.damaged', 'The file with the records is damaged'],
    ['store.busy', 'Prehensa is already open'],
    ['vault.damaged', 'The file with the users’ keys is damaged'],
  ] as const)('says what is safe to do when the host says %s', async (code, title) => {
    renderApp({
      'app.state': () => ({ ...LOCKED, phase: 'fatal', fatal: { code, incident: 'T7' } }),
    });
    await screen.findByRole('heading', { name: title });
    expect(screen.getByText(/Incident T7/)).toBeTruthy();
  });

  it.each(['store.newer', 'store.damaged', 'vault.damaged'] as const)(
    'opens the sample clinic from the page of %s, and comes back to it',
    async (code) => {
      const fatal = { ...LOCKED, phase: 'fatal' as const, fatal: { code, incident: 'T7' } };
      const { user } = renderApp({
        'app.state': () => fatal,
        'app.openSampleClinic': () => ({ ...OPEN_CLINIC, storeKind: 'sample', user: null }),
        'app.lock': () => fatal,
        'patients.list': () => listOf(ANNA),
      });
      expect(
        await screen.findByText(/^Safe: close this window, and note new measurements on paper/),
      ).toBeTruthy();
      await user.click(screen.getByRole('button', { name: 'Open the sample clinic' }));
      await screen.findByText('Sample clinic: invented people.');
      await user.click(screen.getByRole('button', { name: 'Leave sample clinic' }));
      await screen.findByText(/Incident T7/);
    },
  );

  it('offers no second store while another window has the first, and says so when the sample does not open', async () => {
    renderApp({
      'app.state': () => ({ ...LOCKED, phase: 'fatal', fatal: { code: 'store.busy', incident: 'T7' } }),
    });
    await screen.findByText(/Incident T7/);
    expect(screen.queryByRole('button', { name: 'Open the sample clinic' })).toBeNull();
  });

  it('says what happened when the host does not answer, and tries again', async () => {
    let isBroken = true;
    const { user } = renderApp({
      'app.state': () => {
        if (isBroken) throw new Error('pipe');
        return FIRST_RUN;
      },
    });
    await screen.findByRole('alert');
    isBroken = false;
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    await screen.findByRole('button', { name: 'Open the sample clinic' });
  });
});

describe('the frame', () => {
  const session = (draft: SessionDraft) => testSession(ANNA, draft);
  const records = {
    'app.state': () => OPEN_CLINIC,
    'patients.list': () => listOf(ANNA, PER),
    'patients.get': ({ id }: { id: string }) => (id === PER.id ? PER : ANNA),
    'devices.list': () => TEST_DEVICES,
    'sessions.listForPatient': () => ({ rows: [], total: 0 }),
  };
  const strip = () => screen.findByRole('region', { name: 'Patient' });

  it('names the patient on every patient screen, with side and weeks since the operation', async () => {
    const { user } = renderApp(records);
    await user.click(await screen.findByRole('button', { name: 'Lindqvist, Per' }));
    const shown = await strip();
    expect(within(shown).getByText('Lindqvist, Per')).toBeTruthy();
    expect(shown.textContent).toContain('right hand affected');
    expect(shown.textContent).toMatch(/weeks since four-corner fusion/);
  });

  it('hides diagnosis and operation while a blinded session has no lock', async () => {
    const { user } = renderApp({
      ...records,
      'sessions.start': () => session({ ...EMPTY_DRAFT, isBlinded: true }),
      'sessions.get': () => session({ ...EMPTY_DRAFT, isBlinded: true }),
      'sessions.saveDraft': () => ({ savedAt: '2026-11-25T08:00:01.000Z' }),
    });
    await user.click(await screen.findByRole('button', { name: 'Kowalska, Anna' }));
    await user.click(within(await strip()).getByRole('button', { name: 'New session' }));
    await screen.findByText('diagnosis and operation hidden until you lock');
    const shown = (await strip()).textContent;
    expect(shown).toContain('Kowalska, Anna');
    expect(shown).not.toMatch(/SLAC|fusion|weeks|operation date/);
  });

  it('says hidden, never "no operation", when the host has blanked a blinded patient, and edits nothing', async () => {
    const blanked = {
      ...ANNA,
      diagnosis: '',
      operation: 'none' as const,
      operationDate: null,
      isBlinded: true,
    };
    const { user, inputsOf } = renderApp({ ...records, 'patients.get': () => blanked });
    await user.click(await screen.findByRole('button', { name: 'Kowalska, Anna' }));
    const shown = await strip();
    expect(shown.textContent).toContain('hidden until you lock');
    expect(shown.textContent).not.toContain('no operation');
    await user.click(within(shown).getByRole('button', { name: 'Edit patient' }));
    await screen.findByText('This patient can be edited after the lock.');
    expect(screen.queryByRole('button', { name: 'Save changes' })).toBeNull();
    expect(inputsOf('patients.update')).toEqual([]);
  });

  it('starts a session with the unit of the only device, and one session for two presses', async () => {
    const { user, inputsOf } = renderApp({
      ...records,
      'sessions.start': ({ draft }) => session(draft),
      'sessions.get': () => session(EMPTY_DRAFT),
    });
    await user.click(await screen.findByRole('button', { name: 'Kowalska, Anna' }));
    const button = within(await strip()).getByRole('button', { name: 'New session' });
    // Both before the first answer can be back.
    fireEvent.click(button);
    fireEvent.click(button);
    await screen.findByText(/Session of/);
    await waitFor(() => expect(inputsOf('sessions.start')).toHaveLength(1));
    expect(inputsOf('sessions.start')[0]).toMatchObject({
      patientId: ANNA.id,
      draft: { forceUnit: 'lb', deviceId: TEST_DEVICES[0]?.id, cells: {}, isBlinded: false },
    });
  });

  it('goes everywhere by keyboard and lists its shortcuts', async () => {
    const { user } = renderApp({ ...records, 'app.seedMap': () => ({ markdown: '' }) });
    await screen.findByRole('button', { name: 'Kowalska, Anna' });
    await user.keyboard('{Alt>}4{/Alt}');
    await screen.findByRole('heading', { name: 'Settings' });
    await user.keyboard('?');
    await screen.findByRole('dialog', { name: 'Keyboard shortcuts' });
    await user.keyboard('{Escape}');
    await user.keyboard('{Alt>}1{/Alt}');
    await screen.findByRole('heading', { name: 'Patients' });
  });

  it('shows the guide until it is closed, and replays it from Help', async () => {
    let isGuideDone = false;
    const { user } = renderApp({
      ...records,
      'app.state': () => ({ ...OPEN_CLINIC, isGuideDone }),
      'app.setGuideDone': ({ isDone }) => {
        isGuideDone = isDone;
        return {};
      },
      'app.seedMap': () => ({ markdown: '' }),
    });
    await screen.findByText(/1 of 5/);
    await user.click(screen.getByRole('button', { name: 'Close guide' }));
    await waitFor(() => expect(screen.queryByText(/1 of 5/)).toBeNull());
    await user.click(screen.getByRole('button', { name: 'Help' }));
    await user.click(await screen.findByRole('button', { name: 'Replay the guide' }));
    await screen.findByText(/1 of 5/);
  });

  it('resets the sample clinic only after a second, deliberate press', async () => {
    const { user, inputsOf } = renderApp({
      ...records,
      'app.state': () => ({ ...OPEN_CLINIC, storeKind: 'sample' }),
      'app.resetSampleClinic': () => ({ ...OPEN_CLINIC, storeKind: 'sample' }),
    });
    await user.click(await screen.findByRole('button', { name: 'Reset' }));
    expect(document.activeElement?.textContent).toBe('Keep it');
    expect(inputsOf('app.resetSampleClinic')).toEqual([]);
    await user.click(screen.getByRole('button', { name: 'Reset now' }));
    await waitFor(() => expect(inputsOf('app.resetSampleClinic')).toHaveLength(1));
  });

  it('keeps no patient in title or address and writes to no storage of the browser', async () => {
    const { user } = renderApp(records);
    await user.click(await screen.findByRole('button', { name: 'Kowalska, Anna' }));
    await strip();
    expect(`${document.title} ${location.href}`).not.toMatch(/Kowalska|0000-4000/);
    expect(localStorage.length + sessionStorage.length).toBe(0);
    expect(document.cookie).toBe('');
  });
});
