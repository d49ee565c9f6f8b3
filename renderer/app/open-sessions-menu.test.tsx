// @vitest-environment jsdom
import { screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { OpenSession } from '../../core/contract/channels/records.ts';
import { OPEN_CLINIC, testId, testPatient } from './testing/memory-host.ts';
import { renderApp } from './testing/render-app.tsx';

const ANNA = testPatient(1, { displayName: 'Kowalska, Anna' });
const session = (number: number, state: OpenSession['state']): OpenSession => ({
  sessionId: testId(number),
  patientId: ANNA.id,
  displayName: number === 501 ? ANNA.displayName : 'Lindqvist, Per',
  state,
  startedAt: '2026-11-25T08:00:00.000Z',
  userName: 'M. Rossi',
});

async function openMenu() {
  const app = renderApp({
    'app.state': () => OPEN_CLINIC,
    'patients.list': () => ({ rows: [], total: 0 }),
    'records.openSessions': () => [session(502, 'measuring'), session(501, 'saved')],
    'sessions.close': () => {
      throw new Error('the answer is not read');
    },
  });
  await app.user.click(await screen.findByRole('button', { name: /2 open/ }));
  return app;
}

describe('the menu of open sessions', () => {
  it('closes one that waits with one key and a yes, and never a draft', async () => {
    const { user, inputsOf } = await openMenu();
    const items = await screen.findAllByRole('menuitem');
    expect(items).toHaveLength(3);
    items[0]?.focus();
    await user.keyboard('c');
    expect(screen.queryByRole('dialog')).toBeNull();
    items[1]?.focus();
    await user.keyboard('c');
    await screen.findByRole('dialog', { name: 'Close this session without a judgement?' });
    expect(inputsOf('sessions.close')).toEqual([]);
    await user.click(screen.getByRole('button', { name: 'Yes, close it' }));
    await waitFor(() => expect(inputsOf('sessions.close')).toEqual([{ sessionId: testId(501) }]));
  });

  it('says the same in words, and keeps it open unless told otherwise', async () => {
    const { user, inputsOf } = await openMenu();
    await user.click(
      await screen.findByRole('menuitem', { name: 'Close without a judgement: Kowalska, Anna' }),
    );
    await user.click(await screen.findByRole('button', { name: 'Keep it open' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(inputsOf('sessions.close')).toEqual([]);
  });
});
