// @vitest-environment jsdom
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { Input } from '../../core/contract/contract.ts';
import {
  EMPTY_DRAFT,
  OPEN_CLINIC,
  rowOf,
  TEST_DEVICES,
  testPatient,
  testSession,
} from './testing/memory-host.ts';
import { renderApp } from './testing/render-app.tsx';

const ANNA = testPatient(1, { displayName: 'Kowalska, Anna' });

async function pressNewSession(isBehind: boolean) {
  const app = renderApp({
    'app.state': () => OPEN_CLINIC,
    'patients.list': () => ({ rows: [rowOf(ANNA)], total: 1 }),
    'patients.get': () => ANNA,
    'devices.list': () => TEST_DEVICES,
    'sessions.listForPatient': () => ({ rows: [], total: 0 }),
    'sessions.clockCheck': () => ({
      now: '2026-11-20T08:30:00.000Z',
      newestAt: '2026-11-25T16:00:00.000Z',
      isBehind,
    }),
    'sessions.start': ({ draft }) => testSession(ANNA, draft),
    'sessions.get': () => testSession(ANNA, EMPTY_DRAFT),
    'sessions.saveDraft': () => ({ savedAt: '2026-11-25T08:00:01.000Z' }),
  });
  await app.user.click(await screen.findByRole('button', { name: 'Kowalska, Anna' }));
  await screen.findByRole('button', { name: 'Edit patient' });
  await app.user.keyboard('{Alt>}n{/Alt}');
  const started = () => app.inputsOf('sessions.start') as Input<'sessions.start'>[];
  return { ...app, started };
}
const question = () => screen.findByRole('dialog', { name: 'The clock stands before the last record' });

describe('a clock before the last record', () => {
  it('is asked about before a session starts; "do not start" starts none', async () => {
    const { user, started } = await pressNewSession(true);
    const dialog = within(await question());
    expect(dialog.getByText(/^25 Nov 2026/)).toBeTruthy();
    expect(dialog.getByText(/^20 Nov 2026/)).toBeTruthy();
    await user.click(dialog.getByRole('button', { name: 'Do not start' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(started()).toEqual([]);
    // It can be started afterwards: nothing hangs.
    await user.keyboard('{Alt>}n{/Alt}');
    await question();
  });

  it('once confirmed, the note stands in the conditions of the session', async () => {
    const { user, started } = await pressNewSession(true);
    const dialog = within(await question());
    await user.type(dialog.getByLabelText('Note (optional)'), 'the last record had a wrong date');
    await user.click(dialog.getByRole('button', { name: 'The clock is right, start' }));
    await waitFor(() => expect(started()).toHaveLength(1));
    expect(started()[0]?.draft.conditions?.clockNote).toMatch(
      /^Confirmed as right at 20 Nov 2026.*last record of 25 Nov 2026.* the last record had a wrong date$/,
    );
  });

  it('is not asked about where the clock goes on, and nothing is noted', async () => {
    const { started } = await pressNewSession(false);
    await waitFor(() => expect(started()).toHaveLength(1));
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(started()[0]?.draft.conditions).toBeUndefined();
  });
});
