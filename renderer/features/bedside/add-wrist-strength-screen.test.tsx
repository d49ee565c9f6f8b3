// @vitest-environment jsdom
import '../../app/testing/jsdom-gaps.ts';
import { MantineProvider } from '@mantine/core';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { draftToEntries } from '../../../core/clinical/session-entries.ts';
import type { SessionView } from '../../../core/contract/channels/sessions.ts';
import {
  EMPTY_DRAFT,
  startMemoryHost,
  testId,
  testPatient,
  testSession,
} from '../../app/testing/memory-host.ts';
import { ApiProvider } from '../../platform/api.tsx';
import { AddWristStrengthScreen } from './add-wrist-strength-screen.tsx';

/** Two trials of the left hand that were typed in pounds. */
const TYPED = draftToEntries({
  ...EMPTY_DRAFT,
  forceUnit: 'lb',
  cells: { 'lateral-pinch/left/1': '9.5', 'lateral-pinch/left/2': '9.7' },
}).entries.map((entry, index) => ({
  ...entry,
  id: testId<string>(600 + index),
  version: 1,
  createdAt: '2026-11-25T08:01:00.000Z',
  correctionReason: null,
}));

async function open(session: Partial<SessionView['session']> = {}, awaited: RegExp | null = null) {
  const base = testSession(testPatient(1));
  const view: SessionView = {
    ...base,
    draft: null,
    trials: TYPED,
    session: { ...base.session, state: 'revealed', judgedSide: 'left', ...session },
  };
  const host = startMemoryHost({ 'sessions.get': () => view, 'sessions.addTrials': () => view });
  const events: string[] = [];
  const user = userEvent.setup();
  render(
    <MantineProvider env="test">
      <ApiProvider api={host.api}>
        <AddWristStrengthScreen sessionId={view.session.id} onDone={() => events.push('done')} />
      </ApiProvider>
    </MantineProvider>,
  );
  if (awaited) await screen.findByText(awaited);
  else await screen.findByRole('heading', { name: 'Add wrist strength' });
  return { ...host, user, events };
}

describe('adding wrist strength', () => {
  it('asks for the judged hand only; four values, Enter, Enter: added as typed', async () => {
    const { user, inputsOf, events } = await open();
    expect(screen.queryByLabelText(/Right wrist/)).toBeNull();
    await user.keyboard('2.1{Enter}4{Enter}3,1{Enter}3.4{Enter}{Enter}');
    expect(events).toEqual(['done']);
    expect(inputsOf('sessions.addTrials')).toMatchObject([
      {
        trials: [
          { measure: 'wrist-extension', side: 'left', typedText: '2.1', typedUnit: 'N.m', valueSi: 2.1 },
          { measure: 'wrist-flexion', valueSi: 4 },
          { measure: 'wrist-radial', typedText: '3,1', valueSi: 3.1 },
          { measure: 'wrist-ulnar', valueSi: 3.4 },
        ],
      },
    ]);
  });

  it('adds nothing when nothing is typed', async () => {
    const { user, requests } = await open();
    await user.click(screen.getByRole('button', { name: 'Add to the session' }));
    expect(screen.getByText(/at least one wrist strength/)).toBeTruthy();
    expect(requests.some(({ name }) => name === 'sessions.addTrials')).toBe(false);
  });

  it('adds any other measurement, as further trials after what is there', async () => {
    const { user, inputsOf } = await open();
    await user.selectOptions(screen.getByLabelText('What is added'), 'Lateral pinch');
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Add lateral pinch');
    await user.click(screen.getByLabelText('Left, trial 1, lb'));
    await user.keyboard('9.9{Enter}');
    // One block at a time: what is typed is never out of sight.
    expect(screen.getByLabelText<HTMLSelectElement>('What is added').disabled).toBe(true);
    await user.click(screen.getByRole('button', { name: 'Add to the session' }));
    expect(inputsOf('sessions.addTrials')).toMatchObject([
      {
        trials: [
          { measure: 'lateral-pinch', side: 'left', trialNumber: 3, typedText: '9.9', typedUnit: 'lb' },
        ],
      },
    ]);
  });

  it('keeps pain of a hand without a value from being lost, as the bedside does', async () => {
    const { user, requests } = await open();
    await user.selectOptions(screen.getByLabelText('What is added'), 'Lateral pinch');
    await user.type(screen.getByLabelText('Left, trial 1, lb'), '9.9');
    await user.type(screen.getByLabelText('Right, pain 0 to 10'), '8');
    await user.click(screen.getByRole('button', { name: 'Add to the session' }));
    expect(screen.getAllByText(/^Right hand: pain 8 but no value/)).not.toEqual([]);
    expect(document.activeElement).toBe(screen.getByLabelText('Right, trial 1, lb'));
    expect(requests.some(({ name }) => name === 'sessions.addTrials')).toBe(false);
  });

  it('a closed session takes no more', async () => {
    await open({ state: 'closed' }, /takes no further measurements/);
    expect(screen.queryByRole('button', { name: 'Add to the session' })).toBeNull();
  });
});
